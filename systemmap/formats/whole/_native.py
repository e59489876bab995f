"""The native document: a whole programme as JSON, for our own two file formats.

Carries everything. Lists are sorted by key and keys keep a fixed order, so the
same programme gives the same bytes. Fields and lists this program does not
know, at any level, are kept in the programme's `extra` and written back.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from systemmap.errors import InvalidValue, Problem, ReadError
from systemmap.formats.format import Reading
from systemmap.formats.reading.json_data import safe_json
from systemmap.formats.reading.limits import LIMITS
from systemmap.language.phrases import counted
from systemmap.model.kinds import KIND_OF, KINDS, Kind, Record
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.rows import data_from, record_from
from systemmap.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT_VERSION = 1
MIGRATIONS: Mapping[
    int, Callable[[dict[str, Any]], dict[str, Any]]
] = {}  # from version n to n + 1
KEPT = "kept_from_file"  # in ProgrammeInfo.extra: what a newer program wrote
SHOWN = 20  # broken references listed in a refusal

LISTS: Mapping[str, str] = {
    "programme": "project",
    "local_term": "vocabularies",
    "workstream": "workstreams",
    "phase": "phases",
    "step": "steps",
    "review": "reviews",
    "decision": "decisions",
    "import": "imports",
    "stakeholder": "stakeholders",
    "population": "populations",
    "place": "places",
    "indicator": "indicators",
    "observation": "observations",
    "indicator_tags": "indicator_tags",
    "board": "boards",
    "event": "events",
    "point": "event_points",
    "decision_tie": "decision_ties",
    "phase_update": "phase_updates",
    "action_link": "action_links",
    "workshop": "workshops",
    "map": "map_versions",
    "table": "tables",
    "factor": "factors",
    "link": "links",
    "action": "actions",
    "action_factor": "action_factors",
    "update": "updates",
    "asset": "assets",
    "asset_factor": "asset_factors",
    "gap_decision": "gap_decisions",
    "gap_run": "gap_runs",
    "view": "views",
    "contribution": "contributions",
    "note_picture": "note_pictures",
    "statement": "statements",
    "vote_round": "vote_rounds",
    "vote": "votes",
    "proposal": "proposals",
}
_HEAD = ("format", "format_version", "min_reader", "written")


def document_from(programme: Programme) -> bytes:
    """Return the whole programme as stable JSON bytes."""
    info = programme.info
    kept: Any = info.extra.get(KEPT) or {}
    found: dict[str, Any] = {
        "format": "systemmap",
        "format_version": FORMAT_VERSION,
        "min_reader": 1,
        "written": {"by": f"systemmap {__version__}"},
    }
    for kind in KINDS.values():
        rows = programme.all(kind.record)
        listed = [_row(kind, rows[key], kept) for key in sorted(rows)]
        found[LISTS[kind.name]] = listed[0] if kind.name == "programme" else listed
    found |= {k: v for k, v in (kept.get("lists") or {}).items() if k not in found}
    text = json.dumps(found, ensure_ascii=False, indent=2, allow_nan=False)
    # A lone surrogate cannot be UTF-8; as a JSON escape it survives.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def reading_from(
    data: bytes, *, key: str, limit: int = LIMITS.project_bytes
) -> Reading:
    """Read a native document whole, or refuse it with every reason.

    Raises
    ------
    ReadError
        Not ours, made by a newer program, or holding a record that cannot be
        kept or a reference that leads nowhere.
    """
    reading = _taken(safe_json(data, limit=limit), key)
    broken = [p for p in reading.problems if p.kind == "skipped"]
    if broken:
        more = len(broken) - SHOWN
        shown = broken[:SHOWN]
        if more > 0:
            shown.append(Problem("", f"and {more} more", "skipped"))
        msg = f"The file holds {counted(len(broken), 'record')} that cannot be opened. Choose 'open what can be read' to make a new programme from the rest."
        raise ReadError(msg, shown)
    return reading


def what_can_be_read(data: bytes, *, key: str) -> Reading:
    """Read all that is whole; what is broken is listed as skipped."""
    return _taken(safe_json(data, limit=LIMITS.project_bytes), key)


def programme_from(reading: Reading) -> Programme:
    """Make a programme of its own from a reading that holds a whole one.

    Raises
    ------
    ReadError
        The reading holds no programme, for instance only one map.
    """
    infos = [r for r in reading.records if isinstance(r, ProgrammeInfo)]
    if len(infos) != 1:
        raise ReadError(
            "The file holds no whole programme. Open a programme first, then read the file into it."
        )
    rest = [r for r in reading.records if not isinstance(r, ProgrammeInfo)]
    return Programme(infos[0], rest)


def counts_of(records: tuple[Record, ...]) -> dict[str, object]:
    """Return how many records of each kind there are, by list name."""
    counted = Counter(KIND_OF[type(record)].name for record in records)
    return {LISTS[name]: counted[name] for name in KINDS if counted[name]}


def _row(kind: Kind, record: Record, kept: Any) -> dict[str, Any]:  # noqa: ANN401
    data = data_from(record)
    if kind.name == "programme":
        data["extra"] = {k: v for k, v in data["extra"].items() if k != KEPT}
    whole: dict[str, Any] = _with(
        data, (kept.get("fields") or {}).get(_label(kind, record), {})
    )
    return whole


def _label(kind: Kind, record: Record) -> str:
    return f"{kind.name} {kind.key_of(record)}"


def _taken(document: Any, key: str) -> Reading:  # noqa: ANN401
    document = _migrated(document)
    problems: list[Problem] = []
    taken: dict[str, dict[str, Record]] = {name: {} for name in KINDS}
    unknown: dict[str, Any] = {}
    items = 0
    for kind in KINDS.values():
        for where, row in _rows(document, kind, problems):
            items += 1
            record = _record(kind, row, where, taken, problems)
            if record is None:
                continue
            taken[kind.name][kind.key_of(record)] = record
            if beyond := _beyond(row, data_from(record)):
                unknown[_label(kind, record)] = beyond
    lists = {k: v for k, v in document.items() if k not in (*_HEAD, *LISTS.values())}
    _keep(taken, {"lists": lists, "fields": unknown})
    records = tuple(record for rows in taken.values() for record in rows.values())
    skipped = sum(problem.kind == "skipped" for problem in problems)
    return Reading(
        format=key,
        dialect=f"version {document['format_version']}",
        records=records,
        problems=tuple(problems),
        items=len(records) + skipped,
        summary=counts_of(records)
        | ({"unknown_lists": sorted(lists)} if lists else {}),
    )


def _migrated(found: Any) -> dict[str, Any]:  # noqa: ANN401
    document: dict[str, Any] = found if isinstance(found, dict) else {}
    if document.get("format") != "systemmap":
        raise ReadError(
            "This is not a systemmap file: it does not say so at its start."
        )
    version, needs = document.get("format_version"), document.get("min_reader")
    if type(version) is not int or version < 1:
        raise ReadError(
            "The file does not say which version it is. Export it again from systemmap."
        )
    least = needs if type(needs) is int else version
    if version > FORMAT_VERSION and least > FORMAT_VERSION:
        msg = f"This file was made by a newer systemmap (file version {version}; this program reads up to {FORMAT_VERSION}). Update the program. Nothing was changed."
        raise ReadError(msg)
    while version in MIGRATIONS:
        document = MIGRATIONS[version](document)
        version += 1
    return document


def _rows(
    document: dict[str, Any], kind: Kind, problems: list[Problem]
) -> list[tuple[str, Any]]:
    name = LISTS[kind.name]
    listed = document.get(name, [])
    if kind.name == "programme":
        return [(name, listed)] if listed else []
    if not isinstance(listed, list):
        problems.append(
            Problem(
                name, "A list belongs here, and none was found.", raw=str(listed)[:60]
            )
        )
        return []
    return [(f"{name}[{n}]", row) for n, row in enumerate(listed)]


def _record(
    kind: Kind,
    row: Any,  # noqa: ANN401
    where: str,
    taken: dict[str, dict[str, Record]],
    problems: list[Problem],
) -> Record | None:
    """Return the record, or None and a problem that says why not."""
    if not isinstance(row, dict):
        problems.append(Problem(where, "An object belongs here.", raw=str(row)[:60]))
        return None
    try:
        record = record_from(kind.name, row)
        key = kind.key_of(record)
        referred = kind.referred(record)
    except (InvalidValue, TypeError) as error:
        said = (
            str(error)
            if isinstance(error, InvalidValue)
            else "A value of the wrong kind stands here."
        )
        problems.append(Problem(where, said, raw=str(row)[:200]))
        return None
    if key in taken[kind.name]:
        problems.append(
            Problem(where, f"There is a second {kind.noun} with id '{key}'.", raw=key)
        )
        return None
    for other, other_key in referred:
        if other_key not in taken[other]:
            said = f"It names the {KINDS[other].noun} '{other_key}', which is not in the file."
            problems.append(Problem(f"{where} ({key})", said, raw=other_key))
            return None
    return record


def _keep(taken: dict[str, dict[str, Record]], unknown: dict[str, Any]) -> None:
    """Put what is unknown into the programme's own record; make one if it was broken."""
    infos = taken["programme"]
    if not infos:
        infos["recovered"] = ProgrammeInfo(id="recovered", name="Recovered programme")
    full = {name: value for name, value in unknown.items() if value}
    for key, info in infos.items():
        if full:
            data = data_from(info)
            data["extra"] = {**data["extra"], KEPT: full}
            infos[key] = record_from("programme", data)


def _beyond(raw: Any, known: Any) -> Any:  # noqa: ANN401
    """Return the parts of `raw` that `known` lost, in the same shape; else nothing."""
    if isinstance(raw, dict) and isinstance(known, dict):
        lost = {k: v for k, v in raw.items() if k not in known}
        inner = {k: _beyond(v, known[k]) for k, v in raw.items() if k in known}
        return lost | {k: v for k, v in inner.items() if v}
    if isinstance(raw, list) and isinstance(known, list) and len(raw) == len(known):
        inner = {
            str(n): _beyond(*pair)
            for n, pair in enumerate(zip(raw, known, strict=True))
        }
        return {k: v for k, v in inner.items() if v}
    return {}


def _with(known: Any, lost: Any) -> Any:  # noqa: ANN401
    """Return `known` with the parts put back that `_beyond` found."""
    if isinstance(known, dict):
        added = {k: v for k, v in lost.items() if k not in known}
        return {
            k: _with(v, lost[k]) if k in lost else v for k, v in known.items()
        } | added
    if isinstance(known, list):
        return [
            _with(v, lost[str(n)]) if str(n) in lost else v for n, v in enumerate(known)
        ]
    return known
