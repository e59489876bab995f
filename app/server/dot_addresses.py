"""Dots of one vote that came from one address: shown to the facilitator, never refused.

A phone has as many dots as the vote gives each person; one that forgets its
cookie and joins again gets them anew. That cannot be told from two people who
share a connection, so a person decides. An address is remembered as a salted
hash in memory only (see `allowances`), for the latest votes of this process.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from app.server.allowances import hashed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.workshop import Vote

ROUNDS_KEPT = 50
PHONES_KEPT = 5_000
"""Phones remembered of one vote, with the address each came from."""


@dataclass(frozen=True, slots=True)
class Shared:
    """One address from which several phones voted: how many, and their dots together."""

    phones: int
    dots: int


class DotAddresses:
    """Which phone of each vote came from which address."""

    def __init__(self) -> None:
        self._rounds: OrderedDict[tuple[str, str], dict[str, str]] = OrderedDict()
        self._lock = Lock()

    def voted(self, programme_id: str, round_id: str, voter: str, address: str) -> None:
        """Remember where a phone voted from; its first address counts."""
        with self._lock:
            phones = self._rounds.setdefault((programme_id, round_id), {})
            self._rounds.move_to_end((programme_id, round_id))
            if len(self._rounds) > ROUNDS_KEPT:
                self._rounds.popitem(last=False)
            if len(phones) < PHONES_KEPT:
                phones.setdefault(voter, hashed(address))

    def shared(
        self, programme_id: str, round_id: str, votes: Iterable[Vote]
    ) -> list[Shared]:
        """Return the addresses from which more than one phone has dots, most dots first."""
        with self._lock:
            phones = dict(self._rounds.get((programme_id, round_id), {}))
        dots: Counter[str] = Counter()
        voters: dict[str, set[str]] = {}
        for vote in votes:
            if address := phones.get(vote.voter):
                dots[address] += 1
                voters.setdefault(address, set()).add(vote.voter)
        return [
            Shared(len(voters[address]), count)
            for address, count in dots.most_common()
            if len(voters[address]) > 1
        ]


seen = DotAddresses()
"""Those of this process."""
