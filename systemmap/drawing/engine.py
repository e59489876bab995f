"""The drawing engine: vis-network as it lies inside the installed pyvis.

The one constant for its path and hash. It is found without importing pyvis.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.metadata import distribution
from pathlib import Path

from systemmap.errors import SystemMapError

ENGINE_PATH = "pyvis/lib/vis-9.1.2/vis-network.min.js"
ENGINE_SHA256 = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


class EngineChanged(SystemMapError):
    """The engine's file is not the one that was checked."""


@cache
def engine_script() -> str:
    """Return the engine as it is written into pages and served to the canvas.

    The file is checked first, then its pointer to a source map is taken out
    and line ends are made plain, as a browser does before it hashes.

    Raises
    ------
    EngineChanged
        The installed file differs from the one this program was tested with.
    """
    data = Path(str(distribution("pyvis").locate_file(ENGINE_PATH))).read_bytes()
    return checked(data)


def checked(data: bytes) -> str:
    """Return the engine's text, once it is known to be the tested file."""
    if hashlib.sha256(data).hexdigest() != ENGINE_SHA256:
        msg = (
            "The drawing engine inside the installed pyvis is not the tested one "
            "(vis-network 9.1.2). Install pyvis 0.3.2 again; no map was written."
        )
        raise EngineChanged(msg)
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return _SOURCE_MAP.sub("", text).rstrip() + "\n"
