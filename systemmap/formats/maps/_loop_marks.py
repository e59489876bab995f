"""Boxes of a map that only mark a loop: "R1", "B2", with no arrow to or from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.language.phrases import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.elements import Factor, Link


def remark_on_marks(factors: Iterable[Factor], links: Iterable[Link]) -> str:
    """Say which causes without a link are named as loops are; "" = none is."""
    linked = {end for link in links for end in (link.source, link.target)}
    marks = [f.label for f in factors if f.id not in linked and is_mark(f.label)]
    if not marks:
        return ""
    one = len(marks) == 1
    return f"{listed(marks)} {'is' if one else 'are'} named as a loop is, and no arrow touches {'it' if one else 'them'}. {'It was' if one else 'They were'} read as {'a cause' if one else 'causes'}: take {'it' if one else 'them'} out if {'it' if one else 'they'} only {'marks' if one else 'mark'} a loop."


def is_mark(label: str) -> bool:
    """Say whether a name is that of a loop.

    Examples
    --------
    >>> is_mark("R1"), is_mark("B 12:"), is_mark("B12 vitamins"), is_mark("R")
    (True, True, False, False)
    """
    plain = label.strip(" ():.")
    number = plain[1:].strip()
    return plain[:1] in ("R", "B") and number.isdigit() and len(number) < 3
