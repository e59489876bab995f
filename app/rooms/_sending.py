"""What becomes of a form that was sent: it is saved, or comes back with why not."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from app.rooms._replies import as_json
from systemmap.errors import DuplicateItem, InvalidValue, NotAllowed, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from app.rooms._room import Visit


class Page(Protocol):
    """What draws a room's page, with what was typed and what was wrong with it."""

    def __call__(
        self, visit: Visit, *, status: int = 200, problem: str = ""
    ) -> Response:
        """Return the page."""


def shown_or_saved(
    visit: Visit, page: Page, save: Callable[[Visit], Response]
) -> Response:
    """Show a room's page, or save the form that was sent; a refusal brings it back."""
    if not visit.posted:
        return page(visit)
    if _says_nothing(visit):  # the second tap of two, or a slip: no harm, no alarm
        return visit.go(visit.path, empty="1")
    try:
        return save(visit)
    except (InvalidValue, NotAllowed, DuplicateItem) as error:
        words, status = str(error), HTTPStatus.UNPROCESSABLE_ENTITY
    except StoreError:
        words, status = visit.not_saved_words, HTTPStatus.SERVICE_UNAVAILABLE
    if visit.wants_json:
        return as_json({"problem": words}, status)
    return page(visit, status=status, problem=words)


def _says_nothing(visit: Visit) -> bool:
    """Whether a browser without our script sent a form in which nothing was written."""
    written = any(visit.sent(name).strip() for name in visit.room.words)
    return bool(visit.room.words) and not written and not visit.wants_json
