"""Find the worst strings for each pattern and write them to `worst_strings.json`.

Needed only when a pattern is new or has changed, which a test will say:

    npm install --prefix FOLDER recheck
    uv run python -m tests.linear.find_worst FOLDER

The checker recheck looks for strings on which a pattern takes more than linear
time (`--all` asks it about patterns that have a row as well). Beside its strings,
every recipe ever found and simple runs made of each pattern's own pieces are
tried on every pattern; those that took longest are kept, for patterns that the
checker calls safe as well. It does not know possessive quantifiers: it is given
the greedy form, so its verdict there is on the pattern as it would be without.
"""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from tests.linear.regexes import collected, compiled
from tests.linear.worst import FILE, kept, methods, run, text_of

if TYPE_CHECKING:
    from tests.linear.regexes import Regex
    from tests.linear.worst import Recipe

_CHECK = """
const { checkSync } = require("recheck");
const rows = JSON.parse(require("fs").readFileSync(0));
const out = rows.map(([source, flags]) => checkSync(source, flags, { timeout: 15000 }));
process.stdout.write(JSON.stringify(out));
"""
_RUNS = [
    " ",
    "\t",
    "\n",
    "a",
    "A",
    "0",
    "-",
    '"',
    "'",
    "\\",
    "(",
    "[",
    "<",
    "a ",
    "1 ",
    "-a",
    ",",
    "a,",
]
_SHORT, _LONG = 1_500, 9_000
_KEPT = 2


def main(folder: str, *, again: bool) -> None:
    """Check what has no row yet, try everything, and write the file."""
    found, known = collected(), kept()["patterns"]
    asked = [r for key, r in found.items() if again or key not in known]
    verdicts = dict(zip([r.key for r in asked], _checked(folder, asked), strict=True))
    attacks = {key: _recipes(verdict) for key, verdict in verdicts.items()}
    pool = {tuple(recipe) for recipe in kept()["recipes"]}
    pool |= {tuple(recipe) for recipes in attacks.values() for recipe in recipes}
    recipes = [list(recipe) for recipe in sorted(pool)]
    written = {}
    for key, regex in found.items():
        old = known.get(key, {})
        if key not in verdicts:
            written[key] = old
            continue
        row = {"checker": _said(verdicts[key]), "worst": _slowest(regex, recipes)}
        row["worst"] += [r for r in attacks.get(key, ()) if r not in row["worst"]]
        written[key] = row | {k: old[k] for k in ("limit", "because") if k in old}
        sys.stdout.write(f"{row['checker']:28} {key[:80]}\n")
    text = json.dumps(
        {"patterns": written, "recipes": recipes}, indent=1, sort_keys=True
    )
    FILE.write_text(text + "\n", encoding="utf-8")


def _checked(folder: str, asked: list[Regex]) -> list[dict]:
    answer = subprocess.run(
        ["node", "-e", _CHECK],
        input=json.dumps(
            [
                [_for_scripts(r), r.flags.replace("x", "").replace("a", "")]
                for r in asked
            ]
        ),
        env={
            **os.environ,
            "NODE_PATH": f"{folder}/node_modules",
            "RECHECK_BACKEND": "pure",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout)


def _for_scripts(regex: Regex) -> str:
    """Write a pattern of Python as one of JavaScript."""
    text = regex.pattern
    if regex.language == "js":
        return text
    if "x" in regex.flags:
        text = re.sub(r"(?<!\\)\s+", "", re.sub(r"(?<!\\)#.*", "", text))
    text = text.replace("(?P<", "(?<").replace("(?>", "(?:")
    text = re.sub(r"([*+?}])\+", r"\1", text)
    text = text.replace(r"\Z", r"$(?![\s\S])").replace(r"\A", "^").replace("/", r"\/")
    return re.sub(r"\\U([0-9a-f]{8})", lambda m: chr(int(m[1], 16)), text)


def _said(verdict: dict) -> str:
    if verdict["status"] == "unknown":
        return f"not checked: {verdict['error']['kind']}"
    return verdict["complexity"]["summary"]


def _recipes(verdict: dict) -> list[Recipe]:
    attack = verdict.get("attack")
    if not attack:
        return []
    pairs = [
        text for pump in attack["pumps"] for text in (pump["prefix"], pump["pump"])
    ]
    return [[*pairs, attack["suffix"]]]


def _slowest(regex: Regex, pool: list[Recipe]) -> list[Recipe]:
    """Return the recipes that took longest, tried short first and then longer."""
    pieces = re.findall(r"[A-Za-z]{2,}|[^\\\w\s]|\w", regex.pattern)
    runs = dict.fromkeys([*_RUNS, *pieces, *map("".join, itertools.pairwise(pieces))])
    recipes = [*pool, *(["", piece, end] for piece in runs for end in ("", "\0"))]
    pattern, used = compiled(regex.pattern, regex.flags), methods(regex.used)
    first = sorted(recipes, key=lambda r: _time(pattern, used, r, _SHORT))[-12:]
    return sorted(first, key=lambda r: _time(pattern, used, r, _LONG))[
        : -_KEPT - 1 : -1
    ]


def _time(pattern: re.Pattern[str], used: list[str], recipe: Recipe, n: int) -> float:
    text = text_of(recipe, n)
    start = time.process_time_ns()
    for method in used:
        run(pattern, method, text)
    return time.process_time_ns() - start


if __name__ == "__main__":
    main(sys.argv[1], again="--all" in sys.argv)
