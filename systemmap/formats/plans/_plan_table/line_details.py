"""People's details in the lines around a table: left out, the rest of the line kept."""

from __future__ import annotations

from systemmap.formats.plans._plan_table.sorts_of_cells import is_body
from systemmap.language.personal_details import find_personal_details
from systemmap.language.personal_names import may_be_person

_KINDS = ("e-mail address", "telephone number")
# What stands before the names in a minute.
_WHO_CAME = frozenset(
    (
        "present",
        "apologies",
        "apologies for absence",
        "in attendance",
        "attendance",
        "attendees",
        "also present",
        "also in attendance",
    )
)
LEFT_OUT = "[left out]"


def text_without_details(text: str) -> str:
    """Return a line without e-mail addresses and telephone numbers, or a name alone.

    Examples
    --------
    >>> text_without_details("Questions to jo@example.org by May")
    'Questions to [left out] by May'
    >>> text_without_details("Present: Cllr A Smith (Chair), C Patel")
    ''
    >>> text_without_details("Jane Doe"), text_without_details("Public Health")
    ('', 'Public Health')
    """
    before, colon, _ = text.partition(":")
    if colon and before.strip().casefold() in _WHO_CAME:
        return ""
    if may_be_person(text) and not is_body(text):
        return ""
    for detail in reversed(find_personal_details(text)):
        if detail.kind in _KINDS:
            text = text[: detail.start] + LEFT_OUT + text[detail.end :]
    return text
