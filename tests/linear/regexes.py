"""Every regular expression of the program, collected from its source.

A pattern is a literal given to one of `re`'s functions, or a compiled one that
a module holds by name or in a table. One that is made from local values alone
cannot be known here, so it fails: hold it compiled in its module.
"""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
METHODS = frozenset(
    {"match", "search", "sub", "subn", "split", "findall", "finditer", "fullmatch"}
)
SCRIPTS = ("systemmap/**/*.js", "systemmap/**/*.j2", "app/**/*.js", "app/**/*.html")
_FLAGS = {
    "i": re.IGNORECASE,
    "m": re.MULTILINE,
    "s": re.DOTALL,
    "x": re.VERBOSE,
    "a": re.ASCII,
}
_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", re.DOTALL)
# After these a slash begins a pattern; after a name or a bracket it divides.
_LITERAL = re.compile(
    r"(?:[(,=:;!&|?{\[+~]|\breturn)\s*"
    r"/((?:[^/\\\n\[*]|\\.|\[(?:[^\]\\\n]|\\.)*\])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])*)"
    r"/([dgimsuvy]*)"
)


@dataclass
class Regex:
    """A pattern, the flags that change its matches, where it stands, how it is used."""

    pattern: str
    flags: str
    language: str
    places: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)

    @property
    def key(self) -> str:
        return f"{self.language}:{self.flags} {self.pattern}"


def compiled(pattern: str, flags: str) -> re.Pattern[str]:
    """Return a pattern for Python; a script's costs the same here as there."""
    value = re.NOFLAG
    for letter in flags:
        value |= _FLAGS[letter]
    return re.compile(pattern, value)


def collected() -> dict[str, Regex]:
    """Return every pattern of the library, the app and their scripts, by key."""
    found: dict[str, Regex] = {}
    for pattern, flags, language, place, used in sorted(
        [*_of_python(), *_of_scripts()], key=lambda row: row[:4]
    ):
        regex = Regex(pattern, flags, language)
        regex = found.setdefault(regex.key, regex)
        regex.places.add(place)
        regex.used |= used
    return found


def _of_python() -> Iterator[tuple[str, str, str, str, frozenset[str]]]:
    for path in sorted([*ROOT.glob("systemmap/**/*.py"), *ROOT.glob("app/**/*.py")]):
        text = path.read_text(encoding="utf-8")
        if "versions" in path.parts or not re.search(r"^import re$", text, re.M):
            continue
        tree = ast.parse(text)
        place = str(path.relative_to(ROOT))
        held = vars(_module(path))
        for name, value in held.items():
            for pattern in _held(value):
                used = _uses(tree, name)
                if not name.startswith("_"):
                    used |= _uses_elsewhere(name)
                # In a table, or handed on: however this module searches at all.
                used = used or _methods_of_variables(tree, held)
                yield (*_text(pattern), "py", place, used or METHODS)
        for call in _nodes(tree):
            if _is_regex_call(call) and not isinstance(call.args[0], ast.Name):
                if call.func.attr == "compile" and not _is_local(tree, call):
                    continue  # the module holds it
                used = {call.func.attr} & METHODS or METHODS
                yield (*_text(_made(call, held)), "py", place, frozenset(used))


def _held(value: object, depth: int = 0) -> Iterator[re.Pattern]:
    """Find the patterns in a value of a module, in its tables too."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, Mapping) and depth < 3:
        for inner in [*value.values(), *value]:
            yield from _held(inner, depth + 1)
    elif isinstance(value, (list, tuple, set, frozenset)) and depth < 3:
        for inner in value:
            yield from _held(inner, depth + 1)


def _text(made: re.Pattern) -> tuple[str, str]:
    pattern = made.pattern
    if isinstance(pattern, bytes):  # what it costs is the same
        pattern = pattern.decode("latin-1")
    return pattern, "".join(a for a, flag in _FLAGS.items() if made.flags & flag)


def _is_regex_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in METHODS | {"compile"}
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
    )


@lru_cache(2)  # one module after the other
def _nodes(tree: ast.Module) -> list[ast.AST]:
    return list(ast.walk(tree))


@lru_cache(2)
def _of_functions(tree: ast.Module) -> set[ast.AST]:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return {
        node
        for function in _nodes(tree)
        if isinstance(function, functions)
        for node in ast.walk(function)
    }


def _is_local(tree: ast.Module, call: ast.Call) -> bool:
    return call in _of_functions(tree)


def _uses(tree: ast.Module, name: str) -> frozenset[str]:
    """Return the methods a module calls on a pattern it knows by name."""
    used = set()
    for node in _nodes(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if (isinstance(node.func.value, ast.Name) and node.func.value.id == name) or (
            _is_regex_call(node) and getattr(node.args[0], "id", "") == name
        ):
            used.add(node.func.attr)
    return frozenset(used) & METHODS


@cache
def _uses_elsewhere(name: str) -> frozenset[str]:
    used: set[str] = set()
    for path in [*ROOT.glob("systemmap/**/*.py"), *ROOT.glob("app/**/*.py")]:
        text = path.read_text(encoding="utf-8")
        if f"{name}." in text:
            used |= _uses(ast.parse(text), name)
    return frozenset(used)


def _methods_of_variables(
    tree: ast.Module, held: Mapping[str, object]
) -> frozenset[str]:
    """Return the methods called on what is no constant pattern and no `re`."""
    return METHODS & {
        node.func.attr
        for node in _nodes(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and not (
            isinstance(node.func.value, ast.Name)
            and (
                isinstance(held.get(node.func.value.id), re.Pattern)
                or node.func.value.id == "re"
            )
        )
    }


class _Word(str):
    """Text that stands for a local value, and for whatever is asked of it."""

    __slots__ = ()

    def __getattr__(self, name: str) -> _Word:
        return self

    def __call__(self, *_: object) -> _Word:
        return self


def _made(call: ast.Call, held: Mapping[str, object]) -> re.Pattern:
    """Make the pattern of one call, with a word in place of each local value."""
    named = [word.value for word in call.keywords if word.arg == "flags"]
    place = {"compile": 1, "sub": 4, "subn": 4, "split": 3}.get(call.func.attr, 2)
    flags = (
        named[0] if named else (call.args[place] if len(call.args) > place else None)
    )
    return re.compile(
        _value(call.args[0], held), 0 if flags is None else _value(flags, held)
    )


def _value(node: ast.expr, held: Mapping[str, object]) -> object:
    code = compile(ast.Expression(node), "pattern", "eval")
    words: dict[str, object] = {}
    while True:
        try:
            return eval(code, dict(held), words)  # noqa: S307 - our own source
        except NameError as missing:
            words[missing.name] = _Word("word")


def _module(path: Path) -> object:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return importlib.import_module(name.removesuffix(".__init__"))


def _of_scripts() -> Iterator[tuple[str, str, str, str, frozenset[str]]]:
    for path in sorted(path for glob in SCRIPTS for path in ROOT.glob(glob)):
        text = _COMMENT.sub(" ", path.read_text(encoding="utf-8"))
        for found in _LITERAL.finditer(text):
            flags = "".join(letter for letter in "ims" if letter in found[2])
            yield (
                found[1],
                flags,
                "js",
                str(path.relative_to(ROOT)),
                frozenset({"search", "sub"}),
            )
