"""The words of the rooms, in English and in any language a council adds.

`phrases.csv` has one row a phrase. To add a language, add a column headed
with its tag, for instance ``pl`` or ``ur``; a phrase left empty stays English.
The row ``language`` holds the language's own name, and shows it in the list.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

ENGLISH = "en-GB"
RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})
_NOT_LANGUAGES = ("key", "where")


@cache
def phrases() -> dict[str, dict[str, str]]:
    """Return {language: {key: phrase}}, English first."""
    text = files(__package__).joinpath("phrases.csv").read_text(encoding="utf-8-sig")
    return phrases_from(text)


def phrases_from(text: str) -> dict[str, dict[str, str]]:
    """Read a phrase table; gaps in another language are filled with English."""
    rows = list(csv.DictReader(text.splitlines()))
    columns = [name for name in rows[0] if name not in _NOT_LANGUAGES]
    english = {row["key"]: row[ENGLISH] for row in rows}
    return {
        name: {
            row["key"]: (row[name] or "").strip() or english[row["key"]] for row in rows
        }
        for name in sorted(columns, key=lambda name: name != ENGLISH)
        if any((row[name] or "").strip() for row in rows)
    }


def direction(language: str) -> str:
    """Return ``rtl`` for languages written from right to left, else ``ltr``."""
    return "rtl" if language.split("-", maxsplit=1)[0] in RIGHT_TO_LEFT else "ltr"
