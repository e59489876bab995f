"""Small pieces of sentence that findings share: quoted names, short lists, counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STRUCTURE_NOTE = (
    "This describes the map people drew. "
    "It is not evidence that acting here will change obesity."
)


def quoted(name: str) -> str:
    """Return a name in quotation marks, so that it stands out in a sentence."""
    return f"“{name}”"


def listed(names: Iterable[str], *, limit: int = 3) -> str:
    """Return quoted names as a list in a sentence, cut after `limit` with a count.

    Examples
    --------
    >>> listed(["Stress", "Sleep"])
    '“Stress” and “Sleep”'
    >>> listed(["A", "B", "C", "D", "E"])
    '“A”, “B”, “C” and 2 more'
    """
    return joined([quoted(name) for name in names], limit=limit)


def joined(words: Sequence[str], *, limit: int = 0) -> str:
    """Return words as a list in a sentence; beyond `limit` the rest is counted.

    Examples
    --------
    >>> joined(["stress", "sleep", "snacking"]), joined(["a", "b", "c", "d"], limit=2)
    ('stress, sleep and snacking', 'a, b and 2 more')
    """
    rest = len(words) - limit if limit else 0
    parts = [*words[:limit], f"{rest} more"] if rest > 0 else list(words)
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun in the right form.

    Examples
    --------
    >>> counted(1, "action"), counted(0, "action"), counted(3, "policy", "policies")
    ('1 action', '0 actions', '3 policies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def causes(text: str) -> str:
    """Return a computed sentence for people: cause where analysts say factor.

    What stands in quotes, “…”, is people's own and stays as it is.

    Examples
    --------
    >>> causes("2 factors new; “Risk factors” gone.")
    '2 causes new; “Risk factors” gone.'
    """
    parts = re.split(r"(“[^“”]*+”)", text)
    return "".join(
        part
        if part.startswith("“")
        else part.replace("factor", "cause").replace("Factor", "Cause")
        for part in parts
    )
