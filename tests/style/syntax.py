"""Small questions to a syntax tree: what a call is given, what a name is assigned."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

FILLS = {"append", "extend", "add", "insert", "update"}
PLAIN_TYPES = {
    "None",
    "Polarity",
    "bool",
    "bytes",
    "date",
    "datetime",
    "float",
    "int",
    "timedelta",
}
WORD_TYPES = {
    "Collection",
    "Iterable",
    "Mapping",
    "None",
    "Sequence",
    "dict",
    "int",
    "list",
    "object",
    "set",
    "str",
    "tuple",
}


@dataclass
class Module:
    """One file: its tree, what it defines and what it imports from us."""

    name: str
    path: Path
    tree: ast.Module
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    constants: dict[str, ast.expr] = field(default_factory=dict)
    imported: dict[str, tuple[str, str]] = field(default_factory=dict)


@cache
def parsed(text: str) -> ast.Module:
    """Parse a file; several scans look at the same."""
    return ast.parse(text)


@cache
def nodes(tree: ast.Module) -> list[ast.AST]:
    """Return all parts of a tree, walked through once."""
    return list(ast.walk(tree))


def module_of(name: str, text: str) -> Module:
    tree = parsed(text)
    module = Module(name, Path(*name.split(".")).with_suffix(".py"), tree)
    for part in tree.body:
        if isinstance(part, ast.FunctionDef):
            module.functions[part.name] = part
        elif isinstance(part, ast.Assign):
            for target in part.targets:
                if isinstance(target, ast.Name):
                    module.constants[target.id] = part.value
                elif isinstance(target, ast.Tuple) and isinstance(
                    part.value, ast.Tuple
                ):
                    pairs = zip(target.elts, part.value.elts, strict=True)
                    module.constants |= {ast.unparse(t): v for t, v in pairs}
        elif isinstance(part, ast.AnnAssign) and part.value is not None:
            module.constants[ast.unparse(part.target)] = part.value
    for part in nodes(tree):
        if isinstance(part, ast.ImportFrom) and part.module:
            for alias in part.names:
                known = alias.asname or alias.name
                module.imported[known] = part.module, alias.name
        elif isinstance(part, ast.Import):
            for alias in part.names:
                module.imported[alias.asname or alias.name] = alias.name, ""
    return module


def arguments(function: ast.FunctionDef, call: ast.Call) -> dict[str, ast.expr]:
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    given = dict(zip(names, call.args, strict=False))
    given |= {k.arg: k.value for k in call.keywords if k.arg}
    if function.args.vararg and len(call.args) > len(names):
        rest: list[ast.expr] = list(call.args[len(names) :])
        given[function.args.vararg.arg] = ast.Tuple(rest, ast.Load())
    return given


def parameters(function: ast.FunctionDef) -> dict[str, ast.expr | None]:
    held = function.args
    every = [*held.posonlyargs, *held.args, *held.kwonlyargs]
    every += [one for one in (held.vararg, held.kwarg) if one]
    return {one.arg: one.annotation for one in every}


def assigned(function: ast.FunctionDef, name: str) -> list[tuple[ast.expr, ast.expr]]:
    """Return what a name is given in a function, each with the target it stands in."""
    return _assignments(function).get(name, [])


@cache
def _assignments(
    function: ast.FunctionDef,
) -> dict[str, list[tuple[ast.expr, ast.expr]]]:
    found: dict[str, list[tuple[ast.expr, ast.expr]]] = {}
    for node in ast.walk(function):
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, (ast.AnnAssign, ast.AugAssign, ast.NamedExpr)):
            pairs = [(node.target, node.value)] if node.value is not None else []
        elif isinstance(node, ast.For):
            pairs = [(node.target, node.iter)]
        elif isinstance(node, ast.withitem) and node.optional_vars is not None:
            pairs = [(node.optional_vars, node.context_expr)]
        elif isinstance(node, ast.Call) and called(node) in FILLS:
            held = getattr(node.func, "value", node.func)
            pairs = [(held, value) for value in node.args]
        for target, value in pairs:
            for name in names(target):
                found.setdefault(name, []).append((target, value))
    return found


def names(target: ast.expr) -> list[str]:
    match target:
        case ast.Name():
            return [target.id]
        case ast.Tuple() | ast.List():
            return [name for part in target.elts for name in names(part)]
        case ast.Starred() | ast.Subscript():
            return names(target.value)
    return []


def called(e: ast.expr) -> str:
    if not isinstance(e, ast.Call):
        return ""
    if isinstance(e.func, ast.Attribute):
        return e.func.attr
    return e.func.id if isinstance(e.func, ast.Name) else ""


def plain_type(annotation: str) -> bool:
    return set(re.findall(r"\w+", annotation)) <= PLAIN_TYPES


def words_type(annotation: ast.expr | None) -> bool:
    """Say whether a parameter holds words themselves rather than a record with words."""
    if annotation is None:
        return False
    words = set(re.findall(r"\w+", ast.unparse(annotation)))
    return words <= WORD_TYPES
