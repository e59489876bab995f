"""A log as plain data for a file, one line a change, and back with every word checked.

What comes from a file is foreign: a line is taken only if each of its parts is
what belongs there. Whether it is true is for the chain to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from systemmap.errors import InvalidValue
from systemmap.model.kinds import KINDS
from systemmap.model.rows import record_from
from systemmap.model.text import clean_label
from systemmap.store.log.images import NOTHING, canonical, stored_data, written_in
from systemmap.store.log.session import Entry, Header, Image, Name, Redaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Line = dict[str, Any]
_BIGGEST = 2**53  # numbers that every reader of JSON keeps


@dataclass(frozen=True, slots=True)
class Log:
    """Everything a programme's history consists of, oldest first."""

    headers: list[Header] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    redactions: list[Redaction] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)


def change_line(
    header: Header, entries: Iterable[Entry], removed: Iterable[Redaction]
) -> Line:
    """Return one change with its rows.

    The words of a row before a change are those after the change before it,
    so only their seal is written again.
    """
    return {
        "revision": header.revision,
        "at": header.at,
        "actor": header.actor,
        "role": header.role,
        "label": [header.label.text, header.label.salt, header.label.digest],
        "workshop": header.workshop_id,
        "undoes": header.undoes,
        "key": header.key,
        "rows": [_row_line(entry) for entry in entries],
        "removed": [[r.place, r.side, r.digest] for r in removed],
        "hash": header.hash,
    }


def _row_line(entry: Entry) -> list[Any]:
    before, after = entry.before, entry.after
    return [
        entry.kind,
        entry.key,
        None if before == NOTHING else [before.salt, before.digest],
        None if after == NOTHING else [written_in(after), after.salt, after.digest],
    ]


def name_line(name: Name) -> Line:
    """Return one named version."""
    return {
        "name": name.name,
        "names": name.revision,
        "at": name.at,
        "actor": name.actor,
        "note": name.note,
        "digest": name.digest,
    }


def log_from(
    lines: Iterable[Mapping[str, Any]],
) -> Log:
    """Return the log that lines from a file stand for.

    Raises
    ------
    ValueError, TypeError, LookupError, AttributeError, InvalidValue
        A line is not one of ours, or says twice what is said once.
    """
    log = Log()
    words: dict[tuple[str, str], str | None] = {}
    for line in lines:
        if "name" in line:
            log.names.append(_name_from(line))
            continue
        header = _header_from(line)
        log.headers.append(header)
        for row in line["rows"]:
            entry = _entry_from(row, header.revision, len(log.entries) + 1, words)
            words[entry.kind, entry.key] = entry.after.text
            log.entries.append(entry)
        log.redactions.extend(
            _redaction_from(removed, header.revision) for removed in line["removed"]
        )
    _once(h.revision for h in log.headers)
    _once(h.key for h in log.headers if h.key is not None)
    _once((r.place, r.side, r.revision) for r in log.redactions)
    _once(name.name for name in log.names)
    return log


def _once(found: Iterable[object]) -> None:
    listed = list(found)
    if len(set(listed)) < len(listed):
        raise ValueError("the same thing stands there twice")


def _header_from(line: Mapping[str, Any]) -> Header:
    text, salt, digest = line["label"]
    return Header(
        revision=_number(line["revision"]),
        at=_moment(line["at"]),
        actor=_text(line["actor"]),
        role=_text(line["role"]),
        label=Image(_text(text), _text_or_none(salt), _text(digest)),
        workshop_id=_text_or_none(line["workshop"]),
        undoes=None if line["undoes"] is None else _number(line["undoes"]),
        key=_text_or_none(line["key"]),
        row_count=len(line["rows"]),
        hash=_text(line["hash"]),
    )


def _entry_from(
    row: Sequence[Any],
    revision: int,
    seq: int,
    words: Mapping[tuple[str, str], str | None],
) -> Entry:
    kind, key, before, after = row
    was = words.get((_text(kind), _text(key)))
    return Entry(
        seq=seq,
        revision=revision,
        kind=kind,
        key=key,
        before=NOTHING if before is None else Image(was, *_seal(before)),
        after=NOTHING
        if after is None
        else Image(_words(kind, key, after[0]), *_seal(after[1:])),
    )


def _words(kind: str, key: str, data: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    """Return a row's words as they are kept, if they are those of a sound record."""
    record = record_from(kind, data)
    kept = stored_data(record)
    sound = kept == data or _tidied(kept) == _tidied(data)
    if not sound or KINDS[kind].key_of(record) != key:
        msg = f"The {KINDS[kind].noun} '{key}' was written by another version."
        raise InvalidValue(msg)
    return canonical(data)


def _tidied(data: Any) -> Any:  # noqa: ANN401 - whatever stands in the file
    """Return data without the signs that a record leaves out; 0.1.0 kept some."""
    if isinstance(data, str):
        return clean_label(data, limit=len(data))
    if isinstance(data, dict):
        return {name: _tidied(value) for name, value in data.items()}
    return [_tidied(value) for value in data] if isinstance(data, list) else data


def _redaction_from(item: Sequence[Any], revision: int) -> Redaction:
    place, side, digest = item
    return Redaction(revision, _number(place), _text(side), _text(digest))


def _name_from(line: Mapping[str, Any]) -> Name:
    return Name(
        name=_text(line["name"]),
        revision=_number(line["names"]),
        at=_moment(line["at"]),
        actor=_text(line["actor"]),
        note=_text(line["note"]),
        digest=_text(line["digest"]),
    )


def _seal(seal: Sequence[Any]) -> Iterator[str | None]:
    salt, digest = seal
    yield _text_or_none(salt)
    yield _text(digest)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever stands in the file
    if not isinstance(value, str) or "\0" in value:
        raise TypeError("a text belongs here")
    value.encode()  # half of a pair of signs is no text
    return value


def _text_or_none(value: Any) -> str | None:  # noqa: ANN401
    return None if value is None else _text(value)


def _number(value: Any) -> int:  # noqa: ANN401
    if type(value) is not int or not 0 < value < _BIGGEST:
        raise TypeError("a number belongs here")
    return value


def _moment(value: Any) -> str:  # noqa: ANN401
    text = _text(value)
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a moment without a time zone")
    return text
