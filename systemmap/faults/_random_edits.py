"""A programme edited at random beside a plain model of it, and every promise compared.

The model is dictionaries of whole states: it knows no log, no chain and no
undo, so it cannot share the store's mistakes. A property test and the `undo`
fault test drive it; planted bugs show that it bites.
"""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from systemmap.errors import StaleRevision, StillNeeded, UndoRefused
from systemmap.faults._factor_merge import merge_factors
from systemmap.faults._plain_model import State, changes_of, dangling, merged, state_of
from systemmap.faults._work import LEAD, TOWN, begin
from systemmap.model.changes import Change, append, put
from systemmap.model.elements import Factor, Link
from systemmap.model.rows import data_from, record_from
from systemmap.model.values import Polarity, now
from systemmap.model.workshop import Vote, VoteRound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

T = TypeVar("T")


class Mismatch(AssertionError):
    """The store did something else than the model."""


class Machine:
    """One store under test, the states it should have had, and how often what was done.

    Parameters
    ----------
    store : ProgrammeStore
        An empty store.
    pick : callable
        Chooses one of a sequence: Hypothesis's choice, or random's.
    merge : callable
        How two factors are merged; a planted bug may replace it.
    """

    def __init__(
        self,
        store: ProgrammeStore,
        pick: Callable[[Sequence[Any]], Any],
        merge: Callable[[Programme, str, str], None] | None = None,
    ) -> None:
        self.store = store
        self.pick = pick
        self.done: Counter[str] = Counter()
        self._merge = merge or merge_factors
        begin(store)
        store.apply(
            TOWN,
            [put(VoteRound(id="round", workshop_id="w", question="Which?"))],
            actor=LEAD,
            label="Vote",
        )
        self.states: dict[int, State] = {
            n: state_of(store.load(TOWN, as_of=n)) for n in (1, 2)
        }
        self.versions = {w: 1 if w in self.states[1] else 2 for w in self.now}
        self._number = 0

    @property
    def revision(self) -> int:
        """The last revision the model knows."""
        return max(self.states)

    @property
    def now(self) -> State:
        """The state as it should be."""
        return self.states[self.revision]

    def add(self) -> None:
        """Add a factor."""
        factor = Factor(id=f"f{self._next()}", label="New")
        self._save(
            {("factor", f"main/{factor.id}"): data_from(factor)}, [append(factor)]
        )

    def link(self) -> None:
        """Draw a link, or change the one that is there."""
        source, target = self._factor(), self._factor()
        if source == target:
            return
        link = Link(
            source=source,
            target=target,
            polarity=self.pick(list(Polarity)),
            mentions=self._next(),
        )
        self._save({("link", f"main/{source}/{target}"): data_from(link)}, [put(link)])

    def vote(self) -> None:
        """Put a dot on a factor; a voter has one dot on each."""
        choice = self._factor()
        voter = self.pick(["a", "b", "c"])
        if not self._rows("vote_round") or any(
            (v["choice"], v["voter"]) == (choice, voter) for v in self._rows("vote")
        ):
            return
        vote = Vote(
            id=f"v{self._next()}",
            round_id="round",
            choice=choice,
            voter=voter,
            at=now(),
        )
        self._save({("vote", vote.id): data_from(vote)}, [append(vote)])

    def edit(self) -> None:
        """Change a factor as it was read."""
        where, record = self._edited()
        self._save({where: data_from(record)}, [put(record, self.versions[where])])

    def stale_edit(self) -> None:
        """Change a row as it was read before its last change: it must be refused."""
        where, record = self._edited()
        if self.versions[where] > 1:
            with _refused(StaleRevision):
                self._apply([put(record, self.versions[where] - 1)])
            self.done["conflict"] += 1

    def bulk_with_one_stale_row(self) -> None:
        """Change several rows, one of them stale: none may be written."""
        where, record = self._edited()
        if self.versions[where] > 1:
            others = [
                append(Factor(id=f"f{self._next()}", label="Never")) for _ in range(3)
            ]
            with _refused(StaleRevision):
                self._apply([*others, put(record, self.versions[where] - 1)])
            self.done["conflict"] += 1

    def remove(self) -> None:
        """Remove a row: done, or refused because others need it."""
        self._factor()
        where = self.pick([w for w in self.now if w[0] in ("factor", "link", "vote")])
        gone = [Change(kind=where[0], key=where[1], new=None, expected=self.revision)]
        if dangling({k: v for k, v in self.now.items() if k != where}):
            with _refused(StillNeeded):
                self._apply(gone)
        else:
            self._save({where: None}, gone)

    def merge(self) -> None:
        """Merge two factors through a draft, and compare with the model's own merge."""
        keep, drop = self._factor(), self._factor()
        if keep == drop:
            return
        expected = merged(self.now, keep, drop)
        with self.store.editing(TOWN, actor=LEAD, label="Merged") as draft:
            self._merge(draft, keep, drop)
        self._stored(expected)
        self.done["merge"] += 1

    def undo_last(self) -> None:
        """Undo the newest change."""
        self._undo(self.revision)

    def undo_any(self) -> None:
        """Undo a change from anywhere in the history."""
        self._undo(self.pick(range(2, self.revision + 1)))

    def time_travel(self) -> None:
        """Look at any moment, and at what differs between two."""
        one, other = (self.pick(sorted(self.states)) for _ in range(2))
        _same(
            state_of(self.store.load(TOWN, as_of=one)), self.states[one], f"as of {one}"
        )
        told = {
            (c.kind, c.key): (c.before, c.after)
            for c in self.store.diff(TOWN, one, other)
        }
        differs = changes_of(self.states[one], self.states[other])
        _same(told, differs, f"diff {one} to {other}")

    def check(self) -> None:
        """Compare everything that must hold at any time."""
        _same(state_of(self.store.load(TOWN)), self.now, "present")
        _same(self.store.revision(TOWN), self.revision, "revision")
        problems = self.store.verify(TOWN).problems
        _same(problems, (), "proof")
        _same(dangling(self.now), [], "references")
        _same(
            [v for v in self._rows("link") if v["source"] == v["target"]],
            [],
            "self-loops",
        )

    STEPS = (
        "add",
        "add",
        "link",
        "link",
        "vote",
        "vote",
        "edit",
        "edit",
        "stale_edit",
        "bulk_with_one_stale_row",
        "remove",
        "merge",
        "undo_last",
        "undo_last",
        "undo_any",
        "undo_any",
        "undo_any",
        "time_travel",
    )

    def _undo(self, revision: int) -> None:
        before, after = self.states[revision - 1], self.states[revision]
        touched = changes_of(before, after)
        changed_since = any(self.now.get(w) != after.get(w) for w in touched)
        expected = {w: r for w, r in self.now.items() if w not in touched}
        expected |= {w: before[w] for w in touched if w in before}
        if changed_since or dangling(expected):
            with _refused(UndoRefused):
                self.store.undo(TOWN, revision, actor=LEAD)
            self.done["refused undo"] += 1
            return
        self.store.undo(TOWN, revision, actor=LEAD)
        self._stored(expected)
        self.done["undo"] += 1

    def _save(
        self,
        rows: Mapping[tuple[str, str], dict[str, Any] | None],
        changes: list[Change],
    ) -> None:
        expected = {**self.now, **{w: r for w, r in rows.items() if r is not None}}
        expected = {w: r for w, r in expected.items() if rows.get(w, r) is not None}
        self._apply(changes)
        self._stored(expected)

    def _apply(self, changes: list[Change]) -> None:
        self.store.apply(TOWN, changes, actor=LEAD, label="Step")

    def _stored(self, expected: State) -> None:
        touched = changes_of(self.now, expected)
        if not touched:
            return
        revision = self.revision + 1
        self.states[revision] = expected
        self.versions |= dict.fromkeys(touched, revision)
        self.done["change"] += 1

    def _edited(self) -> tuple[tuple[str, str], Factor]:
        where = ("factor", f"main/{self._factor()}")
        record = record_from("factor", self.now[where])
        if not isinstance(record, Factor):
            raise TypeError(where)
        return where, replace(record, label=f"Label {self._next()}")

    def _factor(self) -> str:
        """Choose a factor's id, after making one if there is none."""
        if not self._rows("factor"):
            self.add()
        return str(self.pick([row["id"] for row in self._rows("factor")]))

    def _rows(self, kind: str) -> list[dict[str, Any]]:
        return [row for (found, _), row in self.now.items() if found == kind]

    def _next(self) -> int:
        self._number += 1
        return self._number


@contextmanager
def _refused(error: type[Exception]) -> Iterator[None]:
    try:
        yield
    except error:
        return
    msg = f"{error.__name__} was expected, but the change was taken"
    raise Mismatch(msg)


def _same(found: object, expected: object, what: str) -> None:
    if found != expected:
        msg = f"{what} is not as it should be: {str(found)[:200]} instead of {str(expected)[:200]}"
        raise Mismatch(msg)
