"""Follows text into the widgets that read Markdown, over the syntax trees of the project.

Text is plain when it was written by us: constants, vocabularies, numbers and
dates, and whatever is put together from these. Text that may be people's must
pass through `safe_text` before such a widget. What a function hands on to a
widget is asked of those who call it.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from tests.style.syntax import (
    Module,
    arguments,
    assigned,
    called,
    module_of,
    names,
    nodes,
    parameters,
    plain_type,
    words_type,
)
from tests.style.widgets import is_widget, widget_text

ESCAPES = {"safe_text"}
REGISTRIES = {"SCREENS"}  # their titles stand in our own files
OURS = {"terms", "day", "when", "clock", "len", "round", "int", "float", "bool", "abs"}
PASS_ON = {
    "cast",
    "dict",
    "enumerate",
    "filter",
    "iter",
    "list",
    "max",
    "min",
    "next",
    "partial",
    "range",
    "reversed",
    "sentence",
    "set",
    "sorted",
    "str",
    "sum",
    "tuple",
    "zip",
}
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)
NUMBER_OR_DATE = re.compile(r"[<>+]?[,0-9]*(\.\d+)?[,dfeg%n]|.*%[A-Za-z].*")


@dataclass
class Scope:
    """Where an expression stands, and which names in it are known to be plain or not."""

    module: Module
    function: ast.FunctionDef | ast.Lambda | None
    known: dict[str, bool] = field(default_factory=dict)
    outer: Scope | None = None


class Project:
    """Every module of the app and the library."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.modules: dict[str, Module] = {}
        for name, text in sources.items():
            self.modules[name] = module_of(name, text)
        self.handed_on: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._called: set[tuple[str, str]] = set()
        self._found_calls: dict[str, list[tuple[Scope, ast.Call]]] = {}
        self._asking: set[tuple[int, tuple[tuple[str, bool], ...]]] = set()

    @cached_property
    def plain_attributes(self) -> set[str]:
        """The names under which every record of ours holds a number, a date or a choice."""
        types: dict[str, set[str]] = defaultdict(set)
        for module in self.modules.values():
            for made in nodes(module.tree):
                if isinstance(made, ast.ClassDef):
                    for part in made.body:
                        if isinstance(part, ast.AnnAssign):
                            types[ast.unparse(part.target)].add(
                                ast.unparse(part.annotation)
                            )
                        elif isinstance(part, ast.FunctionDef) and part.returns:
                            types[part.name].add(ast.unparse(part.returns))
        return {name for name, held in types.items() if all(map(plain_type, held))}

    def findings(self, *, within: str) -> list[str]:
        """Return every place where text that may be people's reaches Markdown."""
        while True:
            before = {key: set(names) for key, names in self.handed_on.items()}
            found = [
                line
                for module in self.modules.values()
                if module.name.startswith(within)
                for line in self._in_module(module)
            ]
            if before == self.handed_on:
                found += [
                    f"{self.modules[name].path}: nobody calls {function}({', '.join(sorted(names))}=…) by name"
                    for (name, function), names in self.handed_on.items()
                    if names and (name, function) not in self._called
                ]
                return sorted(set(found))

    def _in_module(self, module: Module) -> list[str]:
        found: list[str] = []
        if "streamlit" not in {source for source, _ in module.imported.values()}:
            return []
        for scope, call in self._calls(module):
            for shown, words in self._shown(scope, call):
                if self.is_plain(shown, scope):
                    continue
                names = self._handed_on_names(shown, scope)
                if names:
                    function = scope.function
                    assert isinstance(function, ast.FunctionDef)
                    self.handed_on[module.name, function.name] |= names
                else:
                    found.append(f"{module.path}:{call.lineno}: {words}")
        return found

    def _calls(self, module: Module) -> list[tuple[Scope, ast.Call]]:
        """Return every call with the function it stands in."""
        if module.name in self._found_calls:
            return self._found_calls[module.name]
        found: list[tuple[Scope, ast.Call]] = []

        def walk(node: ast.AST, scope: Scope) -> None:
            if isinstance(node, ast.Call):
                found.append((scope, node))
            if isinstance(node, (ast.FunctionDef, ast.Lambda)):
                within = scope if scope.function is not None else None
                scope = Scope(module, node, {}, within)
            if isinstance(node, COMPREHENSIONS):
                scope = self._inside(node, scope)
            for child in ast.iter_child_nodes(node):
                walk(child, scope)

        walk(module.tree, Scope(module, None))
        self._found_calls[module.name] = found
        return found

    def _shown(self, scope: Scope, call: ast.Call) -> list[tuple[ast.expr, str]]:
        """Return what a call shows as Markdown, each with words that say so."""
        name = called(call)
        if is_widget(call):
            return [(e, f"{name}({ast.unparse(e)})") for e in widget_text(name, call)]
        made = self._function(scope.module, call)
        if made is None:
            return []
        module, function = made
        self._called.add((module.name, function.name))
        wanted = self.handed_on.get((module.name, function.name), set())
        given = arguments(function, call)
        return [
            (given[n], f"{name}({n}={ast.unparse(given[n])})")
            for n in sorted(wanted)
            if n in given
        ]

    def _handed_on_names(self, shown: ast.expr, scope: Scope) -> set[str]:
        """Return the parameters that alone keep an expression from being plain."""
        function = scope.function
        if not isinstance(function, ast.FunctionDef):
            return set()
        if scope.module.functions.get(function.name) is not function:
            return set()  # a method, or within another: its callers are not known
        names = {n for n, a in parameters(function).items() if words_type(a)}
        all_plain = Scope(scope.module, function, dict.fromkeys(names, True))
        if not self.is_plain(shown, all_plain):
            return set()
        return {
            name
            for name in names
            if not self.is_plain(
                shown, Scope(scope.module, function, all_plain.known | {name: False})
            )
        }

    # Whether an expression is plain

    def is_plain(self, e: ast.expr | None, scope: Scope) -> bool:
        """Say whether an expression holds nothing but words, numbers and dates of ours."""
        match e:
            case None | ast.Constant() | ast.Compare():
                return True
            case ast.UnaryOp():
                return isinstance(e.op, ast.Not) or self.is_plain(e.operand, scope)
            case ast.JoinedStr():
                return all(self.is_plain(v, scope) for v in e.values)
            case ast.FormattedValue():
                spec = ast.unparse(e.format_spec)[2:-1] if e.format_spec else ""
                return bool(NUMBER_OR_DATE.fullmatch(spec)) or self.is_plain(
                    e.value, scope
                )
            case ast.BinOp():
                return self.is_plain(e.left, scope) and self.is_plain(e.right, scope)
            case ast.BoolOp():
                return all(self.is_plain(v, scope) for v in e.values)
            case ast.IfExp():
                return self.is_plain(e.body, scope) and self.is_plain(e.orelse, scope)
            case ast.List() | ast.Tuple() | ast.Set():
                return all(self.is_plain(v, scope) for v in e.elts)
            case ast.Dict():
                return all(self.is_plain(v, scope) for v in [*e.keys, *e.values])
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                return self.is_plain(e.elt, self._inside(e, scope))
            case ast.DictComp():
                inside = self._inside(e, scope)
                return self.is_plain(e.key, inside) and self.is_plain(e.value, inside)
            case ast.Lambda():
                names = [a.arg for a in e.args.args]
                known = {n: scope.known.get("*", False) for n in names}
                return self.is_plain(e.body, Scope(scope.module, e, known, scope))
            case ast.Starred() | ast.NamedExpr() | ast.Await():
                return self.is_plain(e.value, scope)
            case ast.Subscript():
                return self._values_are_plain(e.value, scope)
            case ast.Attribute():
                return e.attr in self.plain_attributes or self.is_plain(e.value, scope)
            case ast.Name():
                return self._name_is_plain(e.id, scope)
            case ast.Call():
                return self._call_is_plain(e, scope)
        return False

    def _inside(self, e: ast.expr, scope: Scope) -> Scope:
        known = dict(scope.known)
        for part in e.generators:  # type: ignore[attr-defined]
            inside = Scope(scope.module, scope.function, known, scope.outer)
            known |= self._bound(part.target, part.iter, inside)
        return Scope(scope.module, scope.function, known, scope.outer)

    def _bound(
        self, target: ast.expr, value: ast.expr, scope: Scope
    ) -> dict[str, bool]:
        """Return whether each name of an assignment or a loop is plain."""
        if called(value) == "enumerate" and isinstance(target, ast.Tuple):
            rest = self._bound(target.elts[1], value.args[0], scope)  # type: ignore[attr-defined]
            return dict.fromkeys(names(target.elts[0]), True) | rest
        if called(value) == "zip" and isinstance(target, ast.Tuple):
            parts = zip(target.elts, value.args, strict=False)  # type: ignore[attr-defined]
            return {n: p for t, v in parts for n, p in self._bound(t, v, scope).items()}
        if isinstance(target, ast.Tuple) and isinstance(value, (ast.Tuple, ast.List)):
            rows = [value]
            if all(isinstance(e, ast.Tuple) for e in value.elts):  # a loop over pairs
                rows = list(value.elts)  # type: ignore[arg-type]
            found = dict.fromkeys(names(target), True)
            for row in rows:
                for t, v in zip(target.elts, row.elts, strict=False):
                    for n, p in self._bound(t, v, scope).items():
                        found[n] = found[n] and p
            return found
        return dict.fromkeys(names(target), self.is_plain(value, scope))

    def _name_is_plain(self, name: str, scope: Scope) -> bool:
        if name in scope.known:
            return scope.known[name]
        function = scope.function
        if isinstance(function, ast.FunctionDef):
            if name in parameters(function) and not assigned(function, name):
                note = parameters(function)[name]
                return note is not None and plain_type(ast.unparse(note))
            values = assigned(function, name)
            if values:
                trying = Scope(scope.module, function, scope.known | {name: True})
                trying.outer = scope.outer
                return all(
                    self._bound(t, v, trying).get(name, False) for t, v in values
                )
        if scope.outer is not None:
            return self._name_is_plain(name, scope.outer)
        return self._constant_is_plain(name, scope.module)

    def _constant_is_plain(self, name: str, module: Module) -> bool:
        made = self._constant(name, module)
        return name in REGISTRIES or (
            made is not None and self.is_plain(made[1], Scope(made[0], None))
        )

    def _constant(self, name: str, module: Module) -> tuple[Module, ast.expr] | None:
        """Return what a module's name stands for, and the module that says so."""
        if name in module.constants:
            return module, module.constants[name]
        source, original = module.imported.get(name, ("", ""))
        return (
            self._constant(original, self.modules[source])
            if source in self.modules and source != module.name
            else None
        )

    def _call_is_plain(self, call: ast.Call, scope: Scope) -> bool:
        name = called(call)
        if name in ESCAPES or name in OURS:
            return True
        given = [*call.args, *(k.value for k in call.keywords)]
        if name in PASS_ON:
            return all(self.is_plain(value, scope) for value in given)
        made = self._function(scope.module, call)
        if made is not None:
            return self._answer_is_plain(*made, call, scope)
        if isinstance(call.func, ast.Lambda):
            names = [a.arg for a in call.func.args.args]
            known = dict.fromkeys(names, all(self.is_plain(v, scope) for v in given))
            inside = Scope(scope.module, call.func, known, scope)
            return self.is_plain(call.func.body, inside)
        if isinstance(call.func, ast.Attribute):
            if name in self.plain_attributes:
                return True
            held = call.func.value
            if name in {"get", "__getitem__", "values"}:
                rest = given[1:] if name == "get" else []
                return self._values_are_plain(held, scope) and all(
                    self.is_plain(value, scope) for value in rest
                )
            return all(self.is_plain(value, scope) for value in [held, *given])
        return False

    def _values_are_plain(self, e: ast.expr, scope: Scope) -> bool:
        """Say whether what a mapping leads to is plain, whatever its keys are."""
        if isinstance(e, ast.Dict):
            return all(
                self.is_plain(v, scope) if k else self._values_are_plain(v, scope)
                for k, v in zip(e.keys, e.values, strict=True)
            )
        if isinstance(e, ast.DictComp):
            return self.is_plain(e.value, self._inside(e, scope))
        if called(e) in {"MappingProxyType", "dict"} and e.args:  # type: ignore[attr-defined]
            return self._values_are_plain(e.args[0], scope)  # type: ignore[attr-defined]
        function = scope.function
        if isinstance(e, ast.Name) and e.id in REGISTRIES:
            return True
        if isinstance(e, ast.Name) and (made := self._constant(e.id, scope.module)):
            return self._values_are_plain(made[1], Scope(made[0], None))
        if isinstance(e, ast.Name) and isinstance(function, ast.FunctionDef):
            values = assigned(function, e.id)
            if values and e.id not in scope.known:
                trying = Scope(scope.module, function, scope.known, scope.outer)
                return all(
                    isinstance(t, ast.Name) and self._values_are_plain(v, trying)
                    for t, v in values
                )
        return self.is_plain(e, scope)

    def _answer_is_plain(
        self, module: Module, function: ast.FunctionDef, call: ast.Call, scope: Scope
    ) -> bool:
        if function.returns and plain_type(ast.unparse(function.returns)):
            return True
        given = arguments(function, call)
        known = {
            name: self.is_plain(given[name], scope) if name in given else True
            for name, note in parameters(function).items()
        }
        return self._returns_plain(module, function, known)

    def _returns_plain(
        self, module: Module, function: ast.FunctionDef, known: dict[str, bool]
    ) -> bool:
        asked = id(function), tuple(sorted(known.items()))
        if asked in self._asking:
            return True  # it asks itself: its other answers decide
        self._asking.add(asked)
        try:
            answers = [
                node.value
                for node in ast.walk(function)
                if isinstance(node, (ast.Return, ast.Yield))
            ]
            scope = Scope(module, function, known)
            return bool(answers) and all(self.is_plain(a, scope) for a in answers)
        finally:
            self._asking.discard(asked)

    def _function(
        self, module: Module, call: ast.Call
    ) -> tuple[Module, ast.FunctionDef] | None:
        if not isinstance(call.func, ast.Name):
            return None
        name = call.func.id
        if name in module.functions:
            return module, module.functions[name]
        source, original = module.imported.get(name, ("", ""))
        if source in self.modules and original in self.modules[source].functions:
            return self.modules[source], self.modules[source].functions[original]
        return None
