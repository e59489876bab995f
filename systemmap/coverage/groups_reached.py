"""Who is reached: populations and places against the factors that matter to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, listed, quoted
from systemmap.model.people import Place, Population
from systemmap.model.text import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.coverage.cover import Coverage, FactorCover
    from systemmap.language.phrases import Subject
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

CAUTION = (
    "A live action may reach people whom it does not name. "
    "Nothing marked is unknown, not zero."
)
_FIELDS = {"population": "populations", "place": "places"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupReach:
    """On how many of the factors that matter to a group live actions name it.

    Attributes
    ----------
    kind, id, name : str
        ``population`` or ``place``, with its id and name.
    relevant, reached : tuple[str, ...]
        Ids of the factors of the grid that are marked for the group, and of
        those with a live action that names it; both alphabetical by name.
    best, best_of : str
        The best-served group of the same kind, and on how many of how many
        relevant factors live actions name it: "4 of 5".
    behind_points, ratio : float | None
        How far behind the best-served group of the same kind, in percentage
        points, and this group's share over the best share. None when no factor
        is marked for the group, or when no group is reached at all (ratio).
    """

    kind: str
    id: str
    name: str
    priority: bool
    relevant: tuple[str, ...]
    reached: tuple[str, ...]
    best: str = ""
    best_of: str = ""
    behind_points: float | None = None
    ratio: float | None = None

    @property
    def unreached(self) -> tuple[str, ...]:
        """The relevant factors on which no live action names the group."""
        return tuple(name for name in self.relevant if name not in self.reached)

    @property
    def percent(self) -> float | None:
        """The share reached, in per cent; None when no factor is marked."""
        return 100 * len(self.reached) / len(self.relevant) if self.relevant else None

    @property
    def denominator(self) -> str:
        """Out of how many factors."""
        return f"{counted(len(self.relevant), 'cause')} marked as relevant to {quoted(self.name)}."

    @property
    def sentence(self) -> str:
        """What the table says about the group."""
        if not self.relevant:
            return f"No cause is marked as relevant to {quoted(self.name)}, so its reach is unknown."
        said = f"Live actions name {quoted(self.name)} on {len(self.reached)} of {counted(len(self.relevant), 'relevant cause')}"
        if not self.behind_points:
            return f"{said}."
        share = self.percent or 0.0
        best = share + self.behind_points
        return f"{said} ({share:.0f} % of them), and {quoted(self.best)}, the best served, on {self.best_of} ({best:.0f} %)."


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTable:
    """Factor by group, and population by place.

    Attributes
    ----------
    groups : tuple[GroupReach, ...]
        Populations, then places, in the programme's order.
    crossed : Mapping[tuple[str, str], GroupReach]
        By (population id, place id): the factors marked for both, and those
        with one live action that names both. Pairs without a factor are left
        out: unknown, not zero.
    """

    groups: tuple[GroupReach, ...]
    crossed: Mapping[tuple[str, str], GroupReach]
    caution: str = CAUTION

    def group(self, kind: str, group_id: str) -> GroupReach:
        """Return one group's row."""
        return next(g for g in self.groups if (g.kind, g.id) == (kind, group_id))

    def cell(self, factor_id: str, kind: str, group_id: str) -> bool | None:
        """Say whether a live action on a factor names a group; None = not marked as relevant."""
        group = self.group(kind, group_id)
        return factor_id in group.reached if factor_id in group.relevant else None

    def missing_sentence(
        self, cover: FactorCover, group: GroupReach, factor: Subject
    ) -> str:
        """Say which live work on a factor does not name a group."""
        silent = sum(not getattr(a, _FIELDS[group.kind]) for a in cover.live)
        live = listed(action.title for action in cover.live)
        rest = (
            f"; {counted(silent, 'live action')} named no {group.kind} at all"
            if silent
            else ""
        )
        return f"No live action{factor.after('on')} names {quoted(group.name)} (live: {live}{rest})."


def find_reach(programme: Programme, coverage: Coverage) -> ReachTable:
    """Set every population and place against the factors of the gap grid.

    Parameters
    ----------
    programme : Programme
        Whose populations and places to read. It is not changed.
    coverage : Coverage
        The cover of one map: only its live actions count, and only the
        factors of its grid.

    Returns
    -------
    ReachTable
        A group is named by its id or its name, whichever was typed.
    """
    groups = [
        *(
            ("population", g.id, g.name, g.priority)
            for g in programme.all(Population).values()
        ),
        *(("place", g.id, g.name, g.priority) for g in programme.all(Place).values()),
    ]
    rows = [_row(coverage.in_grid, *group) for group in groups]
    return ReachTable(
        groups=tuple(_beside_best(row, rows) for row in rows),
        crossed={
            (one.id, other.id): both
            for one in rows
            for other in rows
            if (one.kind, other.kind) == ("population", "place")
            and (both := _both(coverage, one, other)).relevant
        },
    )


def _row(
    covers: Iterable[FactorCover],
    kind: str,
    group_id: str,
    name: str,
    priority: bool,  # noqa: FBT001 - one column of a row
) -> GroupReach:
    words = {folded(group_id), folded(name)}
    relevant = [c for c in covers if _names(c.factor, kind, words)]
    reached = [c for c in relevant if any(_names(a, kind, words) for a in c.live)]
    return GroupReach(
        kind=kind,
        id=group_id,
        name=name,
        priority=priority,
        relevant=tuple(c.factor.id for c in relevant),
        reached=tuple(c.factor.id for c in reached),
    )


def _names(record: object, kind: str, words: set[str]) -> bool:
    return any(folded(value) in words for value in getattr(record, _FIELDS[kind]))


def _beside_best(row: GroupReach, rows: Iterable[GroupReach]) -> GroupReach:
    if row.percent is None:
        return row
    known = [
        (share, other)
        for other in rows
        if other.kind == row.kind and (share := other.percent) is not None
    ]
    top = max(share for share, _ in known)
    best = min((o for share, o in known if share == top), key=lambda other: other.name)
    return GroupReach(
        kind=row.kind,
        id=row.id,
        name=row.name,
        priority=row.priority,
        relevant=row.relevant,
        reached=row.reached,
        best=best.name,
        best_of=f"{len(best.reached)} of {len(best.relevant)}",
        behind_points=top - row.percent,
        ratio=row.percent / top if top else None,
    )


def _both(coverage: Coverage, one: GroupReach, other: GroupReach) -> GroupReach:
    relevant = [name for name in one.relevant if name in other.relevant]

    def names_both(action: Action) -> bool:
        return all(
            _names(action, group.kind, {folded(group.id), folded(group.name)})
            for group in (one, other)
        )

    return GroupReach(
        kind="population and place",
        id=f"{one.id}/{other.id}",
        name=f"{one.name} in {other.name}",
        priority=one.priority and other.priority,
        relevant=tuple(relevant),
        reached=tuple(
            name
            for name in relevant
            if any(map(names_both, coverage.factors[name].live))
        ),
    )
