"""Removing words on request: from the row, from every log line, from labels and notes.

Whatever else of the programme repeats the removed words (a wording that was
merged into a factor, the label of a change) loses them too, when they are long
enough to be no accident. Ids are not words and stay. The hash chain covers
digests, so it still verifies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from systemmap.errors import InvalidValue, UnknownItem
from systemmap.model.kinds import KINDS
from systemmap.model.rows import data_from, record_from
from systemmap.store.log.apply import head_of, record
from systemmap.store.log.chain import name_digest
from systemmap.store.log.images import canonical, data_of, digest_of, written_in
from systemmap.store.log.session import Image, Redaction
from systemmap.store.log.write_checks import Write

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from systemmap.store.log.apply import Outcome
    from systemmap.store.log.session import Entry, Intent, Session

STUB = "[removed on request]"
NO_ACCIDENT = 8  # characters: a shorter text elsewhere may be another's word
_CHANGED_BY_CODE = frozenset({"id", "map_id"})


@dataclass(frozen=True, slots=True)
class _Target:
    """What is to go: fields of one row, and its words wherever they are repeated."""

    kind: str
    key: str
    fields: frozenset[str]
    words: tuple[str, ...]

    def scrubbed(self, kind: str, key: str, data: dict[str, Any]) -> dict[str, Any]:
        """Return a row's data without the words; the same data if there were none."""
        own = self.fields if (kind, key) == (self.kind, self.key) else frozenset()
        names = {n for reference in KINDS[kind].references for n in reference.fields}
        keep = names | set(KINDS[kind].key) | _CHANGED_BY_CODE
        return {
            name: _stubbed(value)
            if name in own
            else value
            if name in keep
            else self._without(value)
            for name, value in data.items()
        }

    def told(self, text: str) -> str:
        """Return a label or a note without the words."""
        for word in self.words:
            text = text.replace(word, STUB)
        return text

    def _without(self, value: Any) -> Any:  # noqa: ANN401 - plain data is Any by nature
        if isinstance(value, str):
            return self.told(value)
        if isinstance(value, list):
            return [self._without(inner) for inner in value]
        if isinstance(value, dict):
            return {self.told(n): self._without(inner) for n, inner in value.items()}
        return value


def redact_fields(
    session: Session,
    programme_id: str,
    row: tuple[str, str],
    fields: Iterable[str],
    intent: Intent,
    *,
    repeated: bool = True,
) -> Outcome:
    """Remove the words of some fields of one row, now and in the whole log.

    `repeated` = remove them wherever else they stand, too.
    """
    head = head_of(session, programme_id)
    target = _target(session, programme_id, row, frozenset(fields))
    if not repeated:
        target = replace(target, words=())
    revision = head.revision + 1
    removed = list(_log_scrubbed(session, programme_id, target, revision))
    writes = list(_rows_scrubbed(session, programme_id, target))
    if not removed and not writes:
        raise InvalidValue("There were no words to remove in those fields.")
    for name in session.names(programme_id):
        if target.told(name.note) != name.note:
            clean = replace(name, note=target.told(name.note))
            session.put_name(programme_id, replace(clean, digest=name_digest(clean)))
    return record(session, programme_id, head, writes, intent, removed)


def _target(
    session: Session, programme_id: str, row: tuple[str, str], fields: frozenset[str]
) -> _Target:
    kind, key = row
    if kind not in KINDS:
        raise UnknownItem.named("kind of record", kind, KINDS)
    images = [
        data
        for entry in session.entries(programme_id, row=row)
        for image in (entry.before, entry.after)
        if (data := data_of(entry.kind, image)) is not None
    ]
    if not images:
        known = [name for name, _ in session.rows(programme_id, kind)]
        raise UnknownItem.named(KINDS[kind].noun, key, known)
    for name in fields:
        if name not in images[-1]:
            raise UnknownItem.named("field", name, images[-1])
        if name in KINDS[kind].key:
            msg = (
                f"'{name}' is an id, not words. Remove the {KINDS[kind].noun} instead."
            )
            raise InvalidValue(msg)
    words = {
        word
        for data in images
        for name in fields
        for word in _texts(data.get(name))
        if len(word) >= NO_ACCIDENT and word != STUB
    }
    return _Target(kind, key, fields, tuple(sorted(words, key=len, reverse=True)))


def _rows_scrubbed(
    session: Session, programme_id: str, target: _Target
) -> Iterator[Write]:
    """Yield a write for each present row; its image in the log holds the stub twice."""
    for kind in KINDS:
        for key, row in list(session.rows(programme_id, kind)):
            data = _valid(kind, target.scrubbed(kind, key, dict(row.data)))
            if data != row.data:
                was = replace(row, data=data)  # what is removed is not logged again
                yield Write(kind=kind, key=key, was=was, data=data)


def _log_scrubbed(
    session: Session, programme_id: str, target: _Target, revision: int
) -> Iterator[Redaction]:
    for entry in session.entries(programme_id):
        before = _image_scrubbed(target, entry, entry.before)
        after = _image_scrubbed(target, entry, entry.after)
        if (before, after) != (entry.before, entry.after):
            session.rewrite_entry(
                programme_id, replace(entry, before=before, after=after)
            )
        for side, old, new in (
            ("before", entry.before, before),
            ("after", entry.after, after),
        ):
            if old != new:
                yield Redaction(revision, entry.seq, side, digest_of(new.text))
    for header in session.headers(programme_id):
        label = target.told(header.label.text or "")
        if label != header.label.text:
            image = Image(label, None, header.label.digest)
            session.rewrite_label(programme_id, header.revision, image)
            yield Redaction(revision, header.revision, "label", digest_of(label))


def _image_scrubbed(target: _Target, entry: Entry, image: Image) -> Image:
    data = written_in(image)
    if data is None or target.scrubbed(entry.kind, entry.key, data) == data:
        return image
    clean = _valid(entry.kind, target.scrubbed(entry.kind, entry.key, data))
    return Image(canonical(clean), None, image.digest)


def _valid(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    return data_from(record_from(kind, data))


def _stubbed(value: Any) -> Any:  # noqa: ANN401 - plain data is Any by nature
    if isinstance(value, str):
        return STUB if value else value
    if isinstance(value, list):
        return []
    if isinstance(value, dict):
        return {}
    if value is None or isinstance(value, bool):
        return value
    msg = f"{value} is a number, and only words can be removed. Change it instead."
    raise InvalidValue(msg)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
