"""The scripts and styles of the canvas, and how a page carries them safely."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

# In the order in which one needs the other; the exported page inlines them as one.
PAGE_SCRIPTS = (
    "map/engine",
    "map/elements",
    "map/rounded_box",
    "map/colours",
    "map/link_routes",
    "map/neighbours",
    "map/link_marks",
    "map/box_marks",
    "map/flags",
    "map/grounds",
    "map/far_names",
    "map/key_samples",
    "map/arrow_keys",
    "map/arrangement",
    "map/overview",
    "map/shown_part",
    "map/map_state",
    "map/glide",
    "map/factor_words",
    "map/listbox",
    "map/painter",
    "map/view",
    "map/map_parts",
    "map/engine_items",
    "map/theme_grid",
    "map/viewport",
    "map/chosen",
    "map/moves",
    "map/wheel",
    "map/map",
    "map/told_loop",
    "map/loop_letters",
    "map/legend",
    "map/minimap",
    "map/picture_copy",
    "map/card_parts",
    "map/card_view",
    "map/card",
    "page/page_parts",
    "page/story",
    "exported_page",
)
_IMPORT = re.compile(r"^import [^;]{1,500};\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ", re.MULTILINE)
_UNSAFE = re.compile("[<>&\u2028\u2029]")


@cache
def web_text(name: str) -> str:
    """Return one file of the ``web`` folder, by its path inside it."""
    return files(__package__).joinpath("web", *name.split("/")).read_text("utf-8")


@cache
def web_names() -> tuple[str, ...]:
    """Return the paths of the scripts and styles, in alphabetical order."""
    return tuple(sorted(_below(files(__package__) / "web", "")))


def _below(folder: Traversable, path: str) -> Iterator[str]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{path}{item.name}/")
        elif item.name.endswith((".js", ".css")):
            yield path + item.name


@cache
def bundled(*modules: str) -> str:
    """Return modules as one plain script; they share one scope of their own."""
    return "(() => {\n'use strict';\n" + joined(*modules) + "\n})();\n"


def joined(*modules: str) -> str:
    """Return what modules say, one after the other, without imports and exports."""
    texts = (web_text(f"{name}.js") for name in modules)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts)


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
