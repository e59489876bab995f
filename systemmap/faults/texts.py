"""Any text, however odd, through every exporter: none breaks, and ours lose nothing."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from systemmap.errors import SystemMapError
from systemmap.faults._fault_test import FaultTest, Result, chance_from
from systemmap.formats import FORMATS, programme_from, read_within
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.text import clean, clean_label

if TYPE_CHECKING:
    import random

PROMISE = "Any text survives every export"
AT_ONCE = 50  # texts in one programme
BREAKS = (
    *(SystemMapError, ArithmeticError, AttributeError, LookupError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),  # a parser's are of these too
)
_PIECES = (
    *(
        "a",
        "Z",
        "é",
        "e\u0301",
        "ß",
        "ж",
        "ש",
        "ع",
        "漢",
        "🍎",
        "👩‍👩‍👧",
        "\u202e",
        "\u200b",
    ),
    *("\u00a0", "\u2028", "\ufeff", "\u0000", "\u0001", "\u001f", "\ufffe", "\ud7ff"),
    *("<b>", "</script>", "&amp;", "&", "]]>", "<!--", "{{", "}}", "${x}", "%s", "\\"),
    *('"', "'", "`", "=1+1", "+1", "-1", "@a", "|", ";", ",", "\t", "\n", "\r\n", "\r"),
    *("0", "01", "1e5", "TRUE", "NaN", "None", "null", "_x000D_", "#N/A", "*", "_"),
)


def texts(runs: int, *, seed: int | None = None) -> Result:
    """Put `runs` odd texts into names, notes and themes, and write them in every format.

    They are cleaned first, as whatever a person types or a file brings is. A writer that raises is `wrong`. What the native JSON or the project file
    does not give back letter for letter is `lost`.
    """
    start, chance = time.monotonic(), chance_from(seed)
    tried = lost = wrong = 0
    while tried < runs:
        programme = _programme(chance, min(AT_ONCE, runs - tried))
        for fmt in FORMATS.values():
            if fmt.write is None:
                continue
            try:
                written = fmt.write(programme, "main")
            except BREAKS:
                wrong += 1
                continue
            if fmt.lossless:
                name = f"x{fmt.suffixes[0]}"
                again = programme_from(read_within(written.data, name, fmt.key))
                there, kept = again.all(Factor), programme.all(Factor)
                lost += sum(there.get(key) != factor for key, factor in kept.items())
        tried += AT_ONCE
    return Result(
        promise=PROMISE,
        runs=runs,
        acknowledged=runs,
        lost=lost,
        wrong=wrong,
        seconds=round(time.monotonic() - start, 1),
        figures={"formats": sum(fmt.write is not None for fmt in FORMATS.values())},
    )


def _programme(chance: random.Random, number: int) -> Programme:
    programme = Programme(
        ProgrammeInfo(id="texts", name=clean_label(f"Texts {_text(chance)}"))
    )
    programme.add(MapVersion(id="main", name="Main map"))
    for n in range(number):
        programme.add(
            Factor(
                id=f"f{n}",
                label=clean_label(f"{n} {_text(chance)}"),
                note=_text(chance),
                theme=clean_label(_text(chance)),
            )
        )
    for n in range(1, number):
        programme.add(Link(source=f"f{n - 1}", target=f"f{n}", reason=_text(chance)))
    return programme


def _text(chance: random.Random) -> str:
    return clean("".join(chance.choices(_PIECES, k=chance.randint(1, 12))))


FAULT_TEST = FaultTest(key="texts", promise=PROMISE, run=texts)
