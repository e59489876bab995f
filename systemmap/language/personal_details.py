"""An offline look for personal details in free text, before it reaches the big screen.

It finds what has a shape: e-mail addresses, UK telephone numbers, UK
postcodes, and NHS numbers by their check digit. It cannot find a name. What
it finds goes to the facilitator's queue; the words themselves stay as typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Every run is bounded, so that what a search costs grows with the text alone.
_EMAIL = re.compile(r"[^\s@<>()\[\],;:]{1,64}@[^\s@<>()\[\],;:]{1,255}\.[A-Za-z]{2,}")
_PHONE = re.compile(
    r"(?<![\w+])(?:\+44[\s().-]{0,4}(?:\(?0\)?[\s().-]{0,4})?|0044[\s().-]{0,4}|\(?0)"
    r"(?:[\s().-]{0,4}\d){9,10}(?!\d)"
)
_POSTCODE = re.compile(
    r"\b(?:GIR\s?0AA|[A-PR-UWYZ](?:[0-9][0-9A-HJKPSTUW]?|[A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)"
    r"\s{0,2}[0-9][ABD-HJLNP-UW-Z]{2})\b",
    re.IGNORECASE,
)
_TEN_DIGITS = re.compile(r"(?<!\d)(\d{3})[\s-]?(\d{3})[\s-]?(\d{4})(?!\d)")


@dataclass(frozen=True, slots=True)
class PersonalDetail:
    """One thing that looks like a personal detail: what it is, and where it stands."""

    kind: str
    start: int
    end: int


def find_personal_details(text: str) -> tuple[PersonalDetail, ...]:
    """Find what looks like a personal detail in `text`, first things first.

    Examples
    --------
    >>> [d.kind for d in find_personal_details("Ring 01709 382 121 or a.b@example.org")]
    ['telephone number', 'e-mail address']
    >>> find_personal_details("5 takeaways within 400 m of 3 schools")
    ()
    """
    found = [
        PersonalDetail(kind, match.start(), match.end())
        for kind, pattern in (
            ("e-mail address", _EMAIL),
            ("telephone number", _PHONE),
            ("postcode", _POSTCODE),
        )
        for match in pattern.finditer(text)
    ]
    found += [
        PersonalDetail("NHS number", match.start(), match.end())
        for match in _TEN_DIGITS.finditer(text)
        if is_nhs_number("".join(match.groups()))
    ]
    return tuple(sorted(found, key=lambda detail: (detail.start, detail.kind)))


def why_held(text: str) -> str:
    """Say in words why a note should wait, or "" when nothing was found.

    Examples
    --------
    >>> why_held("Fast food near S60 1AE")
    'It seems to hold a postcode.'
    """
    kinds = list(dict.fromkeys(detail.kind for detail in find_personal_details(text)))
    if not kinds:
        return ""
    named = [f"{'an' if kind[0] in 'eN' else 'a'} {kind}" for kind in kinds]
    listed = " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
    return f"It seems to hold {listed}."


def is_nhs_number(digits: str) -> bool:
    """Say whether ten digits pass the NHS number's check (modulus 11).

    Notes
    -----
    The first nine digits are weighted 10 to 2; 11 less the remainder of their
    sum by 11 is the tenth, where 11 counts as 0 and 10 is never used (NHS Data
    Dictionary, NHS NUMBER).

    Examples
    --------
    >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
    (True, False)
    """
    if len(digits) != 10 or not digits.isdecimal() or len(set(digits)) == 1:
        return False
    weighted = sum(
        int(digit) * weight
        for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - weighted % 11) % 11 == int(digits[9])
