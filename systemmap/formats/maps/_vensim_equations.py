"""The equations of a Vensim model: its variables, and which causes each lists."""

from __future__ import annotations

import re
from dataclasses import dataclass

from systemmap.model.text import clean_label

_CAUSES = re.compile(r"A FUNCTION OF\s*+\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Equation:
    """One variable: its name, the causes its equation lists, its comment."""

    name: str
    causes: tuple[str, ...]
    comment: str


def equations_of(text: str) -> tuple[list[Equation], set[str]]:
    """Return the model's variables and its lookup tables; settings are left out."""
    lookups: set[str] = set()
    text = text.removeprefix("{UTF-8}").replace("\\\n", " ")
    found = []
    for block in _split(text, "|"):
        if re.search(r"^\*{3,}\s*\.Control", block, re.MULTILINE):
            break
        body, *rest = _split(block, "~")
        body = re.sub(r"^\*{3,}+.*?^\*{3,}+", "", body, flags=re.DOTALL | re.MULTILINE)
        name, *expression = _split(body, "=", most=1)
        if not expression and "(" in name and '"' not in name:
            lookups.add(joined_name(name_of(name.partition("(")[0])))
            continue
        if not clean_label(name) or clean_label(name).startswith(("{", "*")):
            continue
        causes = _between(expression[0]) if expression else ""
        listed = tuple(c for c in _split(causes, ",") if c.strip())
        comment = rest[1].strip() if len(rest) > 1 else ""
        found.append(Equation(name_of(name), listed, comment))
    return found, lookups


def _between(expression: str) -> str:
    """Return what stands from the first opening bracket to the last closing one."""
    start = _CAUSES.search(expression)
    end = expression.rfind(")")
    return expression[start.end() : end] if start and start.end() <= end else ""


def _split(text: str, mark: str, most: int = -1) -> list[str]:
    """Split at a mark that stands outside quotes; a quote ends with its line."""
    parts, start = [], 0
    for token in re.finditer(r'"(?:[^"\\\n]|\\.)*+"?' + "|" + re.escape(mark), text):
        if token[0] == mark and most != 0:
            parts.append(text[start : token.start()])
            start = token.end()
            most -= 1
    return [*parts, text[start:]]


def name_of(raw: str) -> str:
    """Return a variable's name without quotes; outside quotes `_` is a space."""
    text = raw.strip()
    if text.startswith('"'):
        inner = text[1:-1] if len(text) > 1 and text.endswith('"') else text[1:]
        return clean_label(inner.replace('\\"', '"'))
    return clean_label(text.replace("_", " "))


def joined_name(name: str) -> str:
    """Return a name without case, for comparison; `_` is a space."""
    return " ".join(name.replace("_", " ").casefold().split())
