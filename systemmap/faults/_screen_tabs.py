"""A browser tab without a picture: it opens a screen and has it drawn again and again."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from websockets.sync.client import connect
from websockets.typing import Origin

if TYPE_CHECKING:
    from websockets.sync.client import ClientConnection

_ASKED, _QUERY, _PAGE = 11, 1, 4  # Streamlit's numbers of what a tab says …
_DONE = 6  # … and of the message that ends a run
_TEXT = 2  # the kind of field that has a length
_PATIENCE = 60.0  # seconds


class ScreenTab:
    """One tab, on Streamlit's own channel."""

    def __init__(self, port: int, programme_id: str) -> None:
        self._place, self._query = f"127.0.0.1:{port}", f"programme={programme_id}"
        self._lines = ExitStack()
        self._line: ClientConnection | None = None

    def draw(self, page: str) -> int:
        """Have a page drawn; return how many messages came until it was."""
        if self._line is None:
            self._line = self._lines.enter_context(
                connect(
                    f"ws://{self._place}/_stcore/stream",
                    origin=Origin(f"http://{self._place}"),
                    proxy=None,
                    max_size=None,
                    close_timeout=0.2,
                )
            )
        asked = _field(_QUERY, self._query.encode()) + _field(_PAGE, page.encode())
        self._line.send(_field(_ASKED, asked))
        heard = 1
        while _DONE not in _numbers(self._line.recv(_PATIENCE, decode=False)):
            heard += 1
        return heard

    def shut(self) -> None:
        """Close the tab; it can be opened again, as a new one."""
        self._lines.close()
        self._line = None


def _field(number: int, words: bytes) -> bytes:
    """Return words as one field of a message; they are short."""
    return bytes([number << 3 | _TEXT, len(words)]) + words


def _numbers(message: bytes) -> set[int]:
    """Return the numbers of a message's own fields.

    Examples
    --------
    >>> _numbers(_field(1, b"hash") + bytes([6 << 3, 0]))
    {1, 6}
    """
    found, at = set(), 0
    while at < len(message):
        head, at = _varint(message, at)
        found.add(head >> 3)
        value, at = _varint(message, at)  # a number, or a length
        if head & 7 == _TEXT:
            at += value
    return found


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
