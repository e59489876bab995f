"""Bytes as text, never trusted: by its mark, else UTF-8, else a guess that is shown."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from systemmap.errors import ReadError


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text, its encoding, and whether that was a guess to be shown."""

    text: str
    encoding: str
    guessed: bool = False


def decode(data: bytes) -> Text:
    """Return the file's text: by its mark, else UTF-8, else Windows-1252 as a guess.

    A mark of UTF-8 before bytes that are none counts for nothing, and zeros in
    every other byte are UTF-16 that lost its mark.

    Raises
    ------
    ReadError
        The bytes are not text.
    """
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    for mark, encoding in marks:
        if data.startswith(mark) and encoding != "utf-8":
            return Text(_decoded(data[len(mark) :], encoding), encoding)
    data = data.removeprefix(codecs.BOM_UTF8)
    if b"\0" in data:
        encoding = _without_mark(data)
        text = _decoded(data, encoding)
        if any(letter < " " and not letter.isspace() for letter in text):
            raise ReadError(_NOT_TEXT)  # zeros by chance
        return Text(text, encoding)
    try:
        return Text(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        return Text(_decoded(data, "cp1252"), "cp1252", guessed=True)


def _without_mark(data: bytes) -> str:
    """Return which half of two bytes a letter is zero in, as in UTF-16 without a mark."""
    first, second = data[0::2].count(0), data[1::2].count(0)
    if 4 * abs(first - second) < len(data):  # not every other byte, or nearly
        raise ReadError(_NOT_TEXT)
    return "utf-16-le" if second > first else "utf-16-be"


def text_or_none(data: bytes) -> str | None:
    """Return the text, or None when the bytes are not text: for recognising."""
    try:
        return decode(data).text
    except ReadError:
        return None


_NOT_TEXT = "The file is not text. If it comes from another program, export it from there as text, CSV or Excel."


def _decoded(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ReadError(_NOT_TEXT) from None
    if "\0" in text:
        raise ReadError(_NOT_TEXT)
    return text
