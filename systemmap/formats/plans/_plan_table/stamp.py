"""What our own plans say about themselves, and how readers know it is not content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from systemmap.language.phrases import day
from systemmap.model.values import now

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_OWN_TITLE = "Plan of "
_STAMP = re.compile(r".*, version \d+, written \d{1,2} \w+ \d{4} with systemmap\.\Z")


def own_title(name: str) -> str:
    """Return the title of a plan that came without one."""
    return f"{_OWN_TITLE}{name}"


def stamp(programme: Programme) -> str:
    """Return the line that says which plan this is, which version, and of when."""
    return f"{programme.info.name}, version {programme.revision}, written {day(now())} with systemmap."


def is_ours(text: str) -> bool:
    """Say whether a line is one of the two above, and no part of the plan."""
    return text.startswith(_OWN_TITLE) or bool(_STAMP.match(text))
