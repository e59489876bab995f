"""PRSM's packed text: lz-string in its UTF-16 form, 15 bits to a character."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LIMIT = 50_000_000
_END = 2


def unpack(packed: str, limit: int = LIMIT) -> str:
    """Return the text that was packed.

    Raises
    ------
    ValueError
        The text is damaged, cut short, or larger than `limit` when unpacked.
    """
    text = "".join(_phrases(packed, limit))
    # Two half characters become one: an emoji arrives as a pair of surrogates.
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def unpacked_start(packed: str, length: int = 20) -> str:
    """Return how the unpacked text begins, or nothing: for recognising."""
    start = ""
    try:
        for phrase in _phrases(packed[: length * 20], LIMIT):
            start += phrase
            if len(start) >= length:
                break
    except ValueError:
        return ""
    return start


def _phrases(packed: str, limit: int) -> Iterator[str]:
    bits = _Bits(packed.removeprefix("\ufeff"))
    kind = bits.number(2)
    if kind == _END:
        return
    word = chr(bits.number(8 if kind == 0 else 16))
    # Numbers 0 to 2 are commands, so the list of phrases starts at 3.
    words, size = ["", "", "", word], 1
    room, width = 4, 3  # numbers left before the width grows by one
    yield word
    while (code := bits.number(width)) != _END:
        if code < _END:
            words.append(chr(bits.number(8 if code == 0 else 16)))
            code = len(words) - 1
            room, width = _less_room(room, width)
        if code > len(words):
            msg = "damaged"
            raise ValueError(msg)
        entry = words[code] if code < len(words) else word + word[0]
        size += len(entry)
        if size > limit:
            msg = "too large when unpacked"
            raise ValueError(msg)
        yield entry
        words.append(word + entry[0])
        word = entry
        room, width = _less_room(room, width)


def _less_room(room: int, width: int) -> tuple[int, int]:
    return (room - 1, width) if room > 1 else (1 << width, width + 1)


class _Bits:
    """The bits of a packed text, read on from where the last number ended."""

    def __init__(self, packed: str) -> None:
        self._bits = "".join(format((ord(c) - 32) & 0x7FFF, "015b") for c in packed)
        self._at = 0

    def number(self, width: int) -> int:
        """Read a number whose low bit comes first."""
        found = self._bits[self._at : self._at + width]
        if len(found) < width:
            msg = "cut short"
            raise ValueError(msg)
        self._at += width
        return int(found[::-1], 2)
