"""Links to look at one view: signed, for so many days, and for reading only.

Whoever has the address sees that view and nothing else, without signing in. A
link stands on the right of whoever made it: it ends with its days, or as soon
as that person has no part in the programme any more.
"""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass

from app.listed_people import store_of
from app.settings import current
from app.signing import NotSigned, RunOut, opened, sealed
from systemmap.errors import NotAllowed, ProgrammeNotFound
from systemmap.store import Person

_LINK = "link to look"
MOST_DAYS, DAYS = 90, 14
OVER = "This link is over. Ask whoever sent it for a new one."
NO_LINK = "This is no link of this server, or it was cut short. Ask whoever sent it to send it again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a link shows: one map of one programme, whole or as one saved view."""

    programme_id: str
    map_id: str
    until: int
    view_id: str = ""
    person: Person | None = None


def link_to(
    secret: bytes,
    programme_id: str,
    map_id: str,
    *,
    view_id: str = "",
    days: int = DAYS,
    person: Person | None = None,
) -> str:
    """Return the path of a link that is good for so many days."""
    look = Look(
        programme_id=programme_id,
        map_id=map_id,
        view_id=view_id,
        until=int(time.time()) + 86_400 * min(days, MOST_DAYS),
        person=person,
    )
    return f"/see/{sealed(secret, _LINK, asdict(look))}"


def looked_at(secret: bytes, text: str) -> Look:
    """Return what a link shows, if it still may.

    Raises
    ------
    NotAllowed
        It was not made here, is over, or its maker has no part there any more.
    """
    try:
        said = opened(secret, _LINK, text)
        person = said.pop("person")
        if person is not None:
            person = Person(who=person["who"], groups=tuple(person["groups"]))
        look = Look(**said, person=person)
    except RunOut:
        raise NotAllowed(OVER) from None
    except (NotSigned, TypeError, KeyError):
        raise NotAllowed(NO_LINK) from None
    if current().server:
        _may_still(look)
    return look


def _may_still(look: Look) -> None:
    if look.person is None:
        raise NotAllowed(NO_LINK)
    try:
        store_of(look.person).revision(look.programme_id)
    except ProgrammeNotFound:
        raise NotAllowed(OVER) from None
