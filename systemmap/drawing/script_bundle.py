"""The canvas's scripts as one: a page asks once, not seventy times.

Each module keeps a scope of its own, so that two may use one name; what it
exports is handed to those that import it, which come later.
"""

from __future__ import annotations

from functools import cache
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from systemmap.drawing.web_files import web_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_KINDS = ("function ", "async function ", "const ", "class ")


@cache
def script_bundle(entry: str) -> str:
    """Return a module of the ``web`` folder with all it needs, as one module.

    It exports the entry's default, if it has one.

    Raises
    ------
    ValueError
        Modules need each other in a circle.

    Examples
    --------
    >>> bundle = script_bundle("map/glide.js")
    >>> bundle.index('"map/arrangement.js"') < bundle.index('"map/glide.js"')
    True
    """
    placed: dict[str, None] = {}
    _place_after_needs(entry, (), placed)
    modules = "\n".join(_wrapped(name) for name in placed)
    return f'const modules = {{}};\n{modules}\nexport default modules["{entry}"].own;\n'


def _place_after_needs(
    name: str, above: tuple[str, ...], placed: dict[str, None]
) -> None:
    """Add a module to `placed`, after what it needs."""
    if name in above:
        msg = f"Scripts need each other in a circle: {' '.join((*above, name))}"
        raise ValueError(msg)
    if name in placed:
        return
    for needed, _ in _imports(name):
        _place_after_needs(needed, (*above, name), placed)
    placed[name] = None


def _wrapped(name: str) -> str:
    """Return a module as a function that is called at once and gives what it exports."""
    needs = "".join(
        f'const {{ {_taken(names)} }} = modules["{needed}"];\n'
        for needed, names in _imports(name)
    )
    lines, exports = [], []
    for line in _own_lines(name):
        said = line.removeprefix("export ")
        if said != line:
            own = said.removeprefix("default ")
            words = _name_in(own)
            exports.append(f"own: {words}" if own != said else words)
            line = own if words else ""  # noqa: PLW2901 - the line without its export
        lines.append(line)
    given = ", ".join(filter(None, exports))
    body = "\n".join(lines)
    return (
        f'modules["{name}"] = (() => {{\n{needs}{body}\nreturn {{ {given} }};\n}})();'
    )


def _taken(names: str) -> str:
    """Return the names of an import as those of an object that is taken apart."""
    each = (name.split() for name in names.strip("{} ").split(","))
    return ", ".join(": ".join((name[0], name[-1])) for name in each if name)


def _name_in(line: str) -> str:
    """Return what a line that is exported declares; "" = nothing."""
    for kind in _KINDS:
        if line.startswith(kind):
            rest = line.removeprefix(kind)
            end = next(at for at, sign in enumerate(rest) if sign in " (=")
            return rest[:end]
    return ""


def _statements(name: str) -> Iterator[tuple[bool, str]]:
    """Give the lines of a module, those of one import together: (is it one, text)."""
    held = ""
    for line in web_text(name).split("\n"):
        if held or line.startswith("import "):
            held = f"{held} {line}" if held else line
            if line.endswith(";"):
                yield True, held
                held = ""
        else:
            yield False, line


def _imports(name: str) -> Iterator[tuple[str, str]]:
    """Give what a module needs: the path in the ``web`` folder, and the names in braces."""
    for is_import, text in _statements(name):
        if is_import:
            names, _, path = text.removeprefix("import ").partition(" from ")
            yield normpath(join(dirname(name), path.strip('";'))), names


def _own_lines(name: str) -> Iterator[str]:
    return (text for is_import, text in _statements(name) if not is_import)
