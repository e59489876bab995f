"""Who is responsible, from one cell: organisations and roles, groups told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

# Names that hold a word or sign at which a list would be split.
KNOWN_ORGANISATIONS = (
    "Health and Wellbeing Board",
    "Health & Wellbeing Board",
    "Health and Well-being Board",
    "Office for Health Improvement and Disparities",
    "Department of Health and Social Care",
    "Department for Work and Pensions",
    "Voluntary and Community Sector",
    "Health and Social Care",
    "Workforce and OD Enabler Group",
)

_GROUPS = re.compile(
    r"(?:and\s+)?(?:all|wider|other|key|local|relevant|various|system|delivery)?\s*"
    r"(?:partners?|partner organisations?|organisations?|stakeholders?|services|agencies|teams?)"
    r"|all|everyone|everybody|various|others?",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:tbc|tbd|to be (?:confirmed|decided|agreed)|n/?a|none|nobody|vacant|unassigned|[-?.\u2013\u2014]+)",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[^\s@,;/]{1,64}@[^\s@,;/]{1,255}")
_SPLIT = re.compile(r"\s*(?:[\n;,/&]|\band\b)\s*", re.IGNORECASE)
_HELD = "\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Those a cell names, in its order and words.

    `groups` are those among `names` who are nobody in particular ("All
    partners"). `left_out` counts e-mail addresses, which are not kept as names.
    """

    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    left_out: int = 0

    @property
    def no_named_lead(self) -> bool:
        """Whether nobody in particular is named: a finding, also for a blank cell."""
        return len(self.names) == len(self.groups)


def read_owners(raw: str, known: Iterable[str] = ()) -> Owners:
    """Split a cell into those it names.

    Parameters
    ----------
    raw : str
        The cell, for instance ``"HWB, wider partners"``. Keep it beside the
        result: the split is a reading, not the record.
    known : iterable of str
        Names of organisations that must not be split, longest matched first,
        in addition to `KNOWN_ORGANISATIONS`.

    Examples
    --------
    >>> read_owners("Health and Wellbeing Board and Public Health").names
    ('Health and Wellbeing Board', 'Public Health')
    >>> read_owners("All partners").no_named_lead
    True
    """
    text, kept = _hold(raw.replace(_HELD, ""), {*known, *KNOWN_ORGANISATIONS})
    text, left_out = _EMAIL.subn(" ", text)
    names: dict[str, str] = {}  # as typed, by the form in which they are compared
    for part in _SPLIT.split(text):
        name = _restored(part, kept).strip(" .:\u2022\t-")
        if name and not _NOBODY.fullmatch(name):
            names.setdefault(folded(name), name)
    groups = tuple(name for name in names.values() if _GROUPS.fullmatch(name))
    return Owners(names=tuple(names.values()), groups=groups, left_out=left_out)


def _hold(text: str, known: set[str]) -> tuple[str, list[str]]:
    """Put marks in the place of known names, and of what stands in brackets."""
    kept: list[str] = []

    def hold(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"{_HELD}{len(kept) - 1}{_HELD}"

    for name in sorted(filter(None, known), key=len, reverse=True):
        words = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(rf"(?<!\w){words}(?!\w)", hold, text, flags=re.IGNORECASE)
    return re.sub(r"\([^()]*\)|\bn/a\b", hold, text, flags=re.IGNORECASE), kept


def _restored(part: str, kept: list[str]) -> str:
    while _HELD in part:  # brackets may hold a known name
        part = re.sub(f"{_HELD}(\\d+){_HELD}", lambda match: kept[int(match[1])], part)
    return " ".join(part.split())
