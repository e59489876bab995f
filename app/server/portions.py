"""How a connection is read and its waits noted, whichever protocol it speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.server.connections import PORTION

if TYPE_CHECKING:

    class _Protocol:
        """What either of uvicorn's protocols does, which stands behind this."""

        def data_received(self, data: bytes) -> None: ...
        def pause_writing(self) -> None: ...
        def resume_writing(self) -> None: ...

else:
    _Protocol = object


class Portions(_Protocol):
    """Reads in portions, and notes when the visitor does not read.

    It stands first among the bases: before uvicorn's protocol.
    """

    def get_buffer(self, sizehint: int) -> bytearray:
        """Say where the next bytes go: never more than a portion."""
        return PORTION

    def buffer_updated(self, nbytes: int) -> None:
        """Take the portion."""
        self.data_received(bytes(PORTION[:nbytes]))

    def pause_writing(self) -> None:
        """Note that the visitor does not read."""
        super().pause_writing()
        self._note()

    def resume_writing(self) -> None:
        """Note that the visitor reads again."""
        super().resume_writing()
        self._note()

    def _note(self) -> None:
        """Say what the connection waits for now."""
        raise NotImplementedError
