"""The hash chain: each change covers the one before, so that nothing is altered unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.store.log.images import digest_of, salted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from systemmap.store.log.session import Entry, Header, Image, Name, Redaction


def chained(
    previous: str,
    programme_id: str,
    header: Header,
    entries: Iterable[Entry],
    redactions: Sequence[Redaction] = (),
) -> str:
    """Return a change's hash: over the last one's, its own facts and its rows' digests."""
    facts = [
        programme_id,
        header.revision,
        header.at,
        header.actor,
        header.role,
        header.label.digest,
        header.workshop_id,
        header.undoes,
        header.key,
        header.row_count,
    ]
    rows = [[e.seq, e.kind, e.key, e.before.digest, e.after.digest] for e in entries]
    removed = sorted([r.place, r.side, r.digest] for r in redactions)
    return digest_of(previous, facts, rows, removed)


def is_true(image: Image, stub: str | None = None) -> bool:
    """Say whether an image's words are those it was sealed with.

    `stub` is the digest, on record, of what a redaction left there.
    """
    if image.digest is None:
        return image.text is None and image.salt is None
    if image.text is None:
        return False
    if image.redacted:
        return stub == digest_of(image.text)
    return image.digest == salted(image.salt or "", image.text)


def name_digest(name: Name) -> str:
    """Return the digest of a named version's words."""
    return digest_of(name.name, name.revision, name.at, name.actor, name.note)
