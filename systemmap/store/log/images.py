"""Row images: records as canonical text, under a salted digest that survives redaction."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from systemmap.errors import InvalidValue
from systemmap.model.kinds import KIND_OF, KINDS, Record
from systemmap.model.rows import data_from, record_from, up_to_date
from systemmap.store.log.session import Image

NOTHING = Image()
_BIGGEST = 2**63


def canonical(value: object) -> str:
    """Return plain data as text: sorted keys, no spaces, the same for the same data."""
    return json.dumps(
        value,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def stored_data(record: Record) -> dict[str, Any]:
    """Return a record's plain data as every database can keep it.

    Raises
    ------
    InvalidValue
        A number is not finite or too large, or a text holds a character that
        a database cannot keep.
    """
    kind = KIND_OF[type(record)]
    data = data_from(record_from(kind.name, data_from(record)))
    _check(data, kind.noun)
    values = [data[name] for name in kind.key]
    if len(values) > 1 and any("/" in value for value in values[:-1]):
        msg = f"The {kind.noun} '{kind.key_of(record)}' has a '/' in its id. Use lower-case letters, digits and hyphens."
        raise InvalidValue(msg)
    return data


def referred(kind: str, data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return (kind, key) of every row that a row's data names."""
    found = []
    for reference in KINDS[kind].references:
        values = [data[name] for name in reference.fields]
        if None not in values:
            found.append((reference.kind, "/".join(values)))
    return found


def image_of(data: Mapping[str, Any] | None) -> Image:
    """Return a row's image, or NOTHING for a row that is not there."""
    return NOTHING if data is None else sealed(canonical(data))


def sealed(text: str) -> Image:
    """Return words under a salted digest."""
    salt = secrets.token_hex(16)
    return Image(text, salt, salted(salt, text))


def salted(salt: str, text: str) -> str:
    """Return the digest of words under a salt."""
    return sha256(f"{salt}{text}".encode()).hexdigest()


def digest_of(*parts: object) -> str:
    """Return the digest of plain data."""
    return sha256(canonical(parts).encode()).hexdigest()


def data_of(kind: str, image: Image) -> dict[str, Any] | None:
    """Return the plain data of a row image; None = the row was not there.

    What an older program wrote is returned with the fields a row has now.
    """
    if image.text is None:
        return None
    return up_to_date(kind, json.loads(image.text))


def written_in(image: Image) -> dict[str, Any] | None:
    """Return a row image word for word; None = the row was not there."""
    if image.text is None:
        return None
    data: dict[str, Any] = json.loads(image.text)
    return data


def alike(kind: str, one: Image, other: Image) -> bool:
    """Say whether two images are of one row, whichever program wrote them."""
    return one.text == other.text or data_of(kind, one) == data_of(kind, other)


def _check(value: object, noun: str) -> None:
    """Refuse what a database cannot keep, however deep it stands."""
    if isinstance(value, str):
        if "\0" in value or not (value.isascii() or _is_text(value)):
            msg = f"The {noun} holds a character that cannot be kept: {value[:40]!r}. Type it again without."
            raise InvalidValue(msg)
    elif isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            msg = f"The {noun} holds {value}, which is not a number. Leave it empty instead."
            raise InvalidValue(msg)
    elif isinstance(value, int):
        if not -_BIGGEST <= value < _BIGGEST:
            msg = f"The {noun} holds {value}, which is too large to keep."
            raise InvalidValue(msg)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, noun)
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            _check(name, noun)
            _check(inner, noun)


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a pair of signs
        return False
    return True
