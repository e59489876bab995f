"""Who is responsible, from one cell: organisations and roles, groups told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.text import clean, clean_label, folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.plan import Phase
    from systemmap.model.response import Action

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
_ROLES = {
    **dict.fromkeys(("lead", "leads", "lead officer", "lead organisation"), True),
    **dict.fromkeys(
        ("support", "supporting", "supported by", "partner", "partners", "with"), False
    ),
}
_EMAIL = re.compile(r"[^\s@,;/()]{1,64}@[^\s,;/()]{1,255}")
_EMPTY = re.compile(r"\(\s*\)")
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:[\n;,/&]|\band\b)\s*+", re.IGNORECASE)
_HELD = "\x00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owners:
    """Those a cell names, in its order and words.

    `groups` are those among `names` who are nobody in particular ("All
    partners"). `left_out` counts e-mail addresses, which are not kept as names.
    `supporting` are named too, beside those who are marked as the lead.
    """

    names: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    left_out: int = 0
    supporting: tuple[str, ...] = ()

    @property
    def no_named_lead(self) -> bool:
        """Whether nobody in particular is named: a finding, also for a blank cell."""
        return len(self.names) == len(self.groups)


def read_owners(raw: str, known: Iterable[str] = ()) -> Owners:
    """Split what was typed into those it names: the one rule for forms, files and phones.

    Parameters
    ----------
    raw : str
        The words, for instance ``"HWB, wider partners"``. Keep them beside
        the result: the split is a reading, not the record.
    known : iterable of str
        Names of the programme's own that are one, as `known_owners` gives them.

    Returns
    -------
    Owners
        Each once, in the order and words typed. `KNOWN_ORGANISATIONS` and what
        stands in brackets are not split; "TBC" and its like name nobody; an
        e-mail address is never a name. Where some are marked as the lead, those
        are the names, and the others support them.

    Examples
    --------
    >>> read_owners("Health and Wellbeing Board and Public Health").names
    ('Health and Wellbeing Board', 'Public Health')
    >>> read_owners("All partners").no_named_lead
    True
    >>> read_owners("HR & OD, Parks", known=["HR & OD"]).names
    ('HR & OD', 'Parks')
    >>> read_owners("Planning[50%], Leisure trust [100%]").names
    ('Planning', 'Leisure trust')
    >>> read_owners("Planning, VCS (lead)")
    Owners(names=('VCS',), groups=(), left_out=0, supporting=('Planning',))
    """
    return _owners(raw, tuple(known))


@lru_cache(maxsize=2_048)  # a plan names the same few again and again
def _owners(raw: str, known: tuple[str, ...]) -> Owners:
    text, left_out = _EMAIL.subn(" ", clean(raw))  # also drops the sign that holds
    text, kept = _hold(_EMPTY.sub(" ", text), (*KNOWN_ORGANISATIONS, *known))
    names: dict[str, str] = {}  # as typed, by the form in which they are compared
    leads: dict[str, bool | None] = {}  # None = that is not said
    role: bool | None = None
    for part in _SPLIT.split(text):
        words, role = _without_role(_restored(part, kept), role)
        words, marked = _without_mark(words)
        if name := _named(words):
            names.setdefault(folded(name), name)
            leads[folded(name)] = leads.get(folded(name)) or marked or role
    others = [k for k in names if not leads[k]] if any(leads.values()) else []
    supporting = tuple(names.pop(key) for key in others)
    groups = tuple(name for name in names.values() if is_group(name))
    return Owners(
        names=tuple(names.values()),
        groups=groups,
        left_out=left_out,
        supporting=supporting,
    )


def _without_mark(words: str) -> tuple[str, bool]:
    """Return a name without the brackets that say it leads, and whether they do."""
    name, bracket, rest = words.rstrip(" )]").replace("[", "(").rpartition("(")
    mark = rest.casefold().replace("-", " ").split()
    leads = mark[:1] in (["lead"], ["leads"], ["leading"]) and len(mark) <= 2
    leads = leads or mark in (["joint", "lead"], ["co", "lead"], ["overall", "lead"])
    return (name, True) if bracket and name.strip() and leads else (words, False)


def _without_role(words: str, role: bool | None) -> tuple[str, bool | None]:  # noqa: FBT001 - private, one call
    """Return the words after "Lead:" or "Support:", and whether they name a lead."""
    before, colon, rest = words.partition(":")
    if not colon:
        return words, role
    said = _ROLES.get(before.strip().casefold())
    return (words, role) if said is None else (rest, said)


def read_owner(raw: str) -> str:
    """Return whom a cell for one name names, unsplit; "" = nobody, or only an address.

    Examples
    --------
    >>> read_owner("Smith and Daughters"), read_owner("TBC"), read_owner("jo@example.org")
    ('Smith and Daughters', '', '')
    """
    return _named(_EMPTY.sub(" ", _EMAIL.sub(" ", clean(raw))))


def organisation_from(raw: str) -> str:
    """Return an organisation as typed into a field of its own; blank stays blank.

    Raises
    ------
    InvalidValue
        An e-mail address stands where the organisation should.
    """
    if _EMAIL.search(raw):
        raise InvalidValue(
            "Name the organisation or the role, not an e-mail address: "
            "for example 'Leisure Trust'. Nothing was changed."
        )
    return clean_label(raw)


def lead_words(record: Action | Phase) -> str:
    """Say who leads, as typed, or as read where nothing was typed; "" = nobody named."""
    return record.owners_raw or ", ".join(record.owners)


def named_leads(record: Action | Phase) -> tuple[str, ...]:
    """Return who leads, without those who are nobody in particular ("wider partners").

    Examples
    --------
    >>> from systemmap.model.response import Action
    >>> named_leads(Action(id="a", title="Walks", owners=("Parks", "All partners")))
    ('Parks',)
    """
    return tuple(name for name in record.owners if not is_group(name))


def is_group(name: str) -> bool:
    """Whether a name is of nobody in particular.

    Examples
    --------
    >>> is_group("Wider partners"), is_group("Sports partnership")
    (True, False)
    """
    return _GROUPS.fullmatch(name) is not None


def _named(words: str) -> str:
    name = clean_label(words).strip(" .:\u2022-")
    if name.endswith("%]"):  # Microsoft Project says how much of somebody it takes
        name = name.rpartition("[")[0].rstrip() or name
    return "" if _NOBODY.fullmatch(name) else name


def _hold(text: str, known: Iterable[str]) -> tuple[str, list[str]]:
    """Put marks in the place of known names, and of what stands in brackets."""
    kept: list[str] = []

    def hold(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"{_HELD}{len(kept) - 1}{_HELD}"

    for name in sorted(known, key=len, reverse=True):
        words = r"\s+".join(map(re.escape, name.split()))
        text = re.sub(rf"(?<!\w){words}(?!\w)", hold, text, flags=re.IGNORECASE)
    return re.sub(r"\([^()]*\)|\bn/a\b", hold, text, flags=re.IGNORECASE), kept


def _restored(part: str, kept: list[str]) -> str:
    while _HELD in part:  # brackets may hold a known name
        part = re.sub(f"{_HELD}(\\d+){_HELD}", lambda match: kept[int(match[1])], part)
    return part
