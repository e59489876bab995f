"""File formats, one file each: bytes in, a reading out.

`recognise` goes by content, not by ending, and asks where several readers may
be right; `read` previews and saves nothing, `read_within` does so within a
budget; `accept` puts a reading into a draft that the caller commits.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import Choice, Problem, ReadError, Undecided, UnknownItem
from systemmap.formats import figures, lists, maps, pictures, plans, whole
from systemmap.formats.acceptance import Acceptance, accept
from systemmap.formats.conflicts import Conflict
from systemmap.formats.format import Format, Reading, Written
from systemmap.formats.reading.limits import DAMAGE
from systemmap.formats.sighting import Certainty, Recognition, Sighting
from systemmap.formats.unread_files import decline, name_the_damage, seeming
from systemmap.formats.whole._native import programme_from
from systemmap.formats.worker.bounded import read_within
from systemmap.model.people import Place
from systemmap.model.plan import Phase
from systemmap.model.response import Asset
from systemmap.registry import discover

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.model.programme import Programme

__all__ = [
    "FORMATS",
    "Acceptance",
    "Conflict",
    "Format",
    "Reading",
    "Sighting",
    "Written",
    "accept",
    "as_exported",
    "candidates",
    "chosen",
    "made_by",
    "nothing_in",
    "programme_from",
    "read",
    "read_as",
    "read_within",
    "recognise",
    "recognised",
    "write",
    "writer_of",
]

_HELD = {
    "programme": "a whole programme",
    "map": "a map",
    "plan": "a plan",
    "actions": "a list of actions",
    "assets": "a list of assets",
    "notes": "notes",
    "data": "figures or areas",
}
_OPEN = " Leave the choice open to have it recognised."
FORMATS = discover(maps, "FORMAT", Format, plans, lists, figures, pictures, whole)


def candidates(sighting: Sighting) -> list[tuple[Format, Recognition]]:
    """Return the formats a file may be in, the surest first."""
    known = sighting.recognitions  # each is asked once of a file
    for fmt in FORMATS.values():
        if fmt.recognise and fmt.key not in known:
            known[fmt.key] = fmt.recognise(sighting)
    found = [(fmt, said) for fmt in FORMATS.values() if (said := known.get(fmt.key))]
    named = [one for one in found if one[1].says_so]
    return sorted(named or found, key=lambda one: -one[1].certainty)


def recognise(data: bytes, file_name: str) -> Format:
    """Return the format of a file, by its content, where one reader alone is sure.

    Raises
    ------
    Undecided
        The file may be several things, or no reader is sure; every choice is
        named with what was seen.
    ReadError
        No reader knows the file; the message says what is read, what the file
        starts with, and what to do where a way out is known.
    """
    return recognised(Sighting(data, file_name))


def recognised(sighting: Sighting) -> Format:
    """Return the format of a file that was looked at already; see `recognise`."""
    sighting = sighting.opened
    decline(sighting)
    found = candidates(sighting)
    if not found:
        raise _unknown(sighting)
    sure = [one for one in found if one[1].certainty is Certainty.CERTAIN]
    others = [one for one in found if one[1].certainty is Certainty.LIKELY]
    if len(sure) == 1 and not others:
        return sure[0][0]
    raise _undecided(sighting, found)


def read(
    data: bytes,
    file_name: str,
    as_: str | None = None,
    mapping: ImportMapping | None = None,
) -> Reading:
    """Read a file into a preview; nothing is saved.

    Parameters
    ----------
    data, file_name : bytes, str
        The file, and its name, which is only a hint.
    as_ : str | None
        The key of a format, or what the file holds ("plan", "map" …), when a
        person chose; None = recognise it.
    mapping : ImportMapping | None
        What a person said of the file's columns, rows or lines; it names the
        format itself.

    Raises
    ------
    ReadError
        The file was refused, with every reason.
    Undecided
        The file may be several things.
    UnknownItem
        No format has the key `as_`.
    """
    return read_as(Sighting(data, file_name), as_, mapping)


def read_as(
    sighting: Sighting, as_: str | None = None, mapping: ImportMapping | None = None
) -> Reading:
    """Read a file that was looked at already; see `read`."""
    if mapping is not None:
        as_ = mapping.format
    sighting = sighting.opened
    fmt = chosen(sighting, as_) if as_ else recognised(sighting)
    if fmt.read is None or (mapping and fmt.read_mapped is None):
        msg = f"systemmap writes {fmt.title}, but does not read it."
        raise ReadError(msg)
    try:
        if mapping is not None and fmt.read_mapped is not None:
            return _remarked(sighting, fmt.read_mapped(sighting, mapping))
        reading = _remarked(sighting, fmt.read(sighting))
    except DAMAGE as error:
        msg = f"The file could not be read as {fmt.title}. It is damaged or of another kind; save it again from the original program. Nothing was changed."
        raise ReadError(msg) from error
    return _checked(sighting, reading, fmt) if as_ else reading


def chosen(sighting: Sighting, as_: str) -> Format:
    """Return the format a person chose, by its key or by what it holds.

    Raises
    ------
    UnknownItem, ReadError
        There is no such format, or the file is nothing of that kind.
    Undecided
        Several formats hold what was asked for.
    """
    if as_ in FORMATS:
        return FORMATS[as_]
    sighting = sighting.opened
    holding = {fmt.key for fmt in FORMATS.values() if fmt.read and fmt.holds == as_}
    if not holding:
        raise UnknownItem.named("file format", as_, FORMATS)
    found = [one for one in candidates(sighting) if one[0].key in holding]
    if not found:
        keys = ", ".join(
            f"{key} ({FORMATS[key].title})"
            for key in sorted(holding)
            if sighting.name.lower().endswith(FORMATS[key].suffixes)
        )
        step = (
            f" To read it so all the same, say it by its key: {keys}." if keys else ""
        )
        msg = f"'{sighting.name}' does not look like {_HELD[as_]}.{step or _OPEN}"
        raise ReadError(msg)
    best = [one for one in found if one[1].certainty == found[0][1].certainty]
    if len(best) > 1:
        raise _undecided(sighting, best)
    return best[0][0]


def _remarked(sighting: Sighting, reading: Reading) -> Reading:
    if not sighting.remark:
        return reading
    remark = Problem("", sighting.remark, "note")
    return replace(reading, problems=(*reading.problems, remark))


def _checked(sighting: Sighting, reading: Reading, fmt: Format) -> Reading:
    """Remark on a choice that the file itself speaks against."""
    found = (
        dict(candidates(sighting)) if not reading.problems or reading.records else {}
    )
    own = found.pop(fmt, Recognition())
    surer = [one for one in found.items() if one[1].certainty > own.certainty]
    if not surer:
        return reading
    other, why = surer[0]
    what = f"Read as {fmt.title} because you chose so. It looks more like {other.title}: {why.evidence}."
    return replace(reading, problems=(*reading.problems, Problem("", what, "note")))


def _undecided(
    sighting: Sighting, found: Iterable[tuple[Format, Recognition]]
) -> Undecided:
    choices = [
        Choice(fmt.key, fmt.title, said.certainty.name.lower(), said.evidence)
        for fmt, said in found
    ]
    what = f"The file '{sighting.name}'" if sighting.name else "This"
    many = (
        "could be more than one thing"
        if len(choices) > 1
        else "could be one thing, but that is not certain"
    )
    return Undecided(f"{what} {many}. Say what it is:", choices)


def _unknown(sighting: Sighting) -> ReadError:
    name_the_damage(sighting)
    what, step = seeming(sighting)
    start = "".join(c for c in (sighting.head or "")[:200] if c.isprintable())[:40]
    begins = f" It starts with: '{start}'." if start else ""
    msg = f"This is not a file systemmap knows. It seems to be {what}. {step}{begins}"
    return ReadError(msg)


def write(
    programme: Programme,
    key_or_suffix: str,
    map_id: str = "main",
    *,
    prefer: str = "map",
) -> Written:
    """Write a programme, or one of its maps, by a format's key or file ending.

    Parameters
    ----------
    programme, map_id : Programme, str
        What is written. It is not changed.
    key_or_suffix : str
        A format's key, or the ending its files have.
    prefer : str
        What is meant where an ending is shared: ``"map"``, ``"plan"`` ….

    Raises
    ------
    UnknownItem
        Nothing is written under that key or ending, or several things are.
    """
    return made_by(writer_of(key_or_suffix, prefer), programme, map_id)


def made_by(fmt: Format, programme: Programme, map_id: str) -> Written:
    """Write a programme in one format."""
    if fmt.write is None:
        msg = f"systemmap reads {fmt.title}, but does not write it."
        raise UnknownItem(msg)
    return fmt.write(programme, map_id)


def writer_of(key_or_suffix: str, prefer: str = "map") -> Format:
    """Return the format written under a key or an ending; see `write`."""
    writers = {fmt.key: fmt for fmt in FORMATS.values() if fmt.write}
    if key_or_suffix in writers:
        return writers[key_or_suffix]
    # The first ending is the one a format writes; others are only read.
    found = [fmt for fmt in writers.values() if fmt.suffixes[0] == key_or_suffix]
    if len(found) > 1:
        found = [fmt for fmt in found if fmt.holds == prefer] or found
    if len(found) == 1:
        return found[0]
    also = [fmt for fmt in writers.values() if key_or_suffix in fmt.suffixes]
    if key_or_suffix and (found or also):
        keys = ", ".join(f"{fmt.key} ({fmt.title})" for fmt in found or also)
        msg = f"'{key_or_suffix}' alone does not say what to write. Say it by its key: {keys}."
        raise UnknownItem(msg)
    endings = sorted({fmt.suffixes[0] for fmt in writers.values()})
    raise _not_written(key_or_suffix, endings, writers)


def as_exported(then: Programme, reading: Reading, map_id: str) -> Reading | None:
    """Return what a file of ours said when it was made of a programme as it was then.

    It is written and read as the file was, so that what the format cannot hold, or
    rounds, is no change of anybody's.
    """
    fmt = FORMATS[reading.format]
    gone = fmt.holds == "map" and map_id not in then.maps
    if fmt.write is None or fmt.read is None or gone:
        return None
    written = fmt.write(then, map_id)
    return fmt.read(Sighting(written.data, f"then{written.suffix}"))


def nothing_in(fmt: Format, programme: Programme, map_id: str) -> str:
    """Say why a file of this format would be empty; "" = it would not."""
    if fmt.holds == "map" and not programme.system_map(map_id).factors:
        return "The map holds no cause yet"
    phases = len(programme.all(Phase))
    if fmt.holds == "plan" and not programme.actions and not phases:
        return "The plan holds no action and no phase yet"
    if fmt.holds == "assets" and not programme.all(Asset):
        return "No asset is listed yet"
    if fmt.holds == "actions" and not programme.actions:
        return "No action is listed yet"
    located = any(a.latitude is not None for a in programme.all(Asset).values())
    if fmt.holds == "data" and not located and not programme.all(Place):
        return "No area is named and no asset has a location yet"
    return ""


def _not_written(wanted: str, endings: list[str], keys: Iterable[str]) -> UnknownItem:
    """Say which endings are written; a key that was only misspelt gets the nearest."""
    if wanted and not wanted.startswith("."):
        return UnknownItem.named("file format", wanted, keys)
    what = f"Nothing is written as '{wanted}'" if wanted else "The file has no ending"
    return UnknownItem(f"{what}. It can end in: {', '.join(endings)}.")
