"""JSON that is not trusted: bounded in depth, each key once, numbers finite."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any, NoReturn

from systemmap.errors import ReadError
from systemmap.formats.reading.limits import LIMITS, check_size

if TYPE_CHECKING:
    from collections.abc import Iterable

# One token at a time, so that brackets inside strings do not count. The closing
# quote is optional: an open string is then passed over once, not once per quote.
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


def safe_json(data: bytes, *, limit: int = LIMITS.file_bytes) -> Any:  # noqa: ANN401 - JSON is any plain data
    """Return parsed JSON, at most 64 levels deep.

    Raises
    ------
    ReadError
        Not UTF-8, not JSON, too deep, the same key twice in one object, or a
        number that is not finite.
    """
    check_size(data, limit)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ReadError(
            "The file is not UTF-8 text, so it is not JSON. Export it again."
        ) from None
    return parse_json(text)


def parse_json(text: str) -> Any:  # noqa: ANN401 - JSON is any plain data
    """Return parsed JSON from text, under the rules of `safe_json`."""
    _check_depth(text)
    try:
        return json.loads(
            text,
            object_pairs_hook=_no_doubles,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except json.JSONDecodeError as error:
        near = text[error.pos : error.pos + 30].split("\n", maxsplit=1)[0]
        msg = f"Not valid JSON at line {error.lineno}, near '{near}'. The file may have been cut short."
        raise ReadError(msg) from None
    except (RecursionError, ValueError):
        raise ReadError(
            "The file holds a number too long to be read. Export it again."
        ) from None


def _check_depth(text: str) -> None:
    depth = 0
    for token in _BRACKET.finditer(text):
        first = text[token.start()]
        if first in "[{":
            depth += 1
            if depth > LIMITS.depth:
                msg = f"The file is nested more than {LIMITS.depth} levels deep. It is damaged or not made for this."
                raise ReadError(msg)
        elif first in "]}":
            depth -= 1


def _no_doubles(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            msg = f"The file names '{key[:60]}' twice in one place, so it is unclear which counts. Export it again."
            raise ReadError(msg)
        found[key] = value
    return found


def _no_constant(name: str) -> NoReturn:
    msg = f"The file holds {name} where a number belongs. Export it again."
    raise ReadError(msg)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits[:20])
