"""The scripts and styles of the canvas, and how a page carries them safely."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

# In the order in which one needs the other; the exported page inlines them as one.
MAP_MODULES = (
    "geometry", "trace", "elements", "links", "marks", "walk", "together",
    "listbox", "showing", "paint", "frame", "drawn", "viewport", "choice", "moves", "map", "telling", "letters", "legend", "minimap", "copying",
)  # fmt: skip
_IMPORT = re.compile(r"^import [^;]{1,500};\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_UNSAFE = re.compile("[<>&\u2028\u2029]")


@cache
def web_text(name: str) -> str:
    """Return one file of the ``web`` folder."""
    return (files(__package__) / "web" / name).read_text(encoding="utf-8")


@cache
def web_names() -> tuple[str, ...]:
    """Return the names of the scripts and styles, in alphabetical order."""
    folder = files(__package__) / "web"
    return tuple(
        sorted(
            item.name
            for item in folder.iterdir()
            if item.name.endswith((".js", ".css"))
        )
    )


@cache
def bundled(*modules: str) -> str:
    """Return modules as one plain script; they share one scope of their own."""
    parts = [
        _EXPORT.sub("", _IMPORT.sub("", web_text(f"{name}.js"))) for name in modules
    ]
    return "(() => {\n'use strict';\n" + "\n".join(parts) + "\n})();\n"


def island(data: object) -> str:
    """Return data as JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text)


def hashed(script: str) -> str:
    """Return a script's source expression for a content security policy."""
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def policy(*scripts: str) -> str:
    """Return the policy of a page that runs these scripts and talks to nobody."""
    allowed = " ".join(hashed(script) for script in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )
