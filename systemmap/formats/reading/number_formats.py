"""Excel number formats: how a number or a date is shown in its cell."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

# The formats Excel knows by number alone, as shown in a British Excel.
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
}

_TOKEN = re.compile(r'\[[^\[\]]*+\]|"[^"]*"|\\.|[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|AM/PM|.')
_DRAWN = ("am/pm", "_", "*", "@")  # tokens that show nothing


def is_date_format(code: str) -> bool:
    """Say whether a number format shows a date.

    Examples
    --------
    >>> is_date_format("d-mmm"), is_date_format("0.00")
    (True, False)
    """
    bare = _bare(code)
    return "y" in bare or "d" in bare or "mmm" in bare


def shows_year(code: str) -> bool:
    """Say whether a date format shows a year, or no day that could be mistaken."""
    bare = _bare(code)
    return "y" in bare or "d" not in bare


def number_words(number: float, code: str) -> str:
    """Return a number as it is meant: 3.0 as "3", a share of one as per cent."""
    if "%" in _bare(code):
        return f"{number * 100:.10g}%"
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return f"{number:.15g}"


def date_words(moment: datetime, code: str) -> str:
    """Return a moment in the words of a number format.

    Examples
    --------
    >>> from datetime import datetime
    >>> date_words(datetime(2022, 10, 3), "mmm-yy")
    'Oct-22'
    >>> date_words(datetime(2022, 10, 3), "[$-809]dd mmmm yyyy;@")
    '03 October 2022'
    """
    forms = _forms(moment)
    found: list[str] = []
    after_hour = False
    for token in _TOKEN.findall(code.split(";", maxsplit=1)[0]):
        word = token.lower()
        if token[0] == "[":
            continue
        if token[0] in '"\\':
            found.append(token.strip('"').removeprefix("\\"))
        elif after_hour and word in ("m", "mm"):
            found.append(f"{moment:%M}")
        else:
            after_hour = word in ("h", "hh") or (after_hour and not word.isalpha())
            found.append(forms.get(word, "" if word in _DRAWN else token))
    return "".join(found).strip()


def _forms(moment: datetime) -> dict[str, str]:
    return {
        "d": str(moment.day),
        "dd": f"{moment:%d}",
        "ddd": f"{moment:%a}",
        "dddd": f"{moment:%A}",
        "m": str(moment.month),
        "mm": f"{moment:%m}",
        "mmm": f"{moment:%b}",
        "mmmm": f"{moment:%B}",
        "yy": f"{moment:%y}",
        "yyyy": f"{moment.year:04}",
        "h": str(moment.hour),
        "hh": f"{moment:%H}",
        "s": str(moment.second),
        "ss": f"{moment:%S}",
    }


def _bare(code: str) -> str:
    return re.sub(r'\[[^\[\]]*+\]|"[^"]*"|\\.', "", code).split(";")[0].lower()
