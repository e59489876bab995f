"""One act of the facilitator's page as its form sent it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Asked:
    """One act as the form sent it."""

    workshop_id: str
    form: Mapping[str, list[str]]
    file: bytes = b""

    @property
    def digest(self) -> str:
        """What tells the file that was sent from others."""
        return hashlib.sha256(self.file).hexdigest()[:20]

    def one(self, name: str) -> str:
        """Return one field; "" when it was not sent."""
        return self.form.get(name, [""])[0]

    def several(self, name: str) -> list[str]:
        """Return the ids in all fields of a name: a card sends several at once."""
        sent = self.form.get(name, [])
        return [part for value in sent for part in value.split(",") if part]

    def number(self, name: str) -> int:
        """Return a field as a whole number."""
        try:
            return int(self.one(name))
        except ValueError:
            msg = f"“{self.one(name)[:20]}” is not a whole number. Reload the page."
            raise InvalidValue(msg) from None
