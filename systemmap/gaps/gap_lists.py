"""Gaps as a list to decide on: one line a thing, repeated findings once, and filters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.coverage.groups_reached import find_reach
from systemmap.language.phrases import counted
from systemmap.model.response import ActionFactor

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from systemmap.coverage.cover import Coverage
    from systemmap.gaps.gap import Gap
    from systemmap.model.programme import Programme

MANY = 10
"""A finding about more things than this is one line with a count."""

_NOUNS = {"factor": "cause"}  # the other kinds are called as people call them


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One cause, action, asset, theme or loop with the findings about it.

    Examples
    --------
    >>> GapLine(subject="factor:stress", name="Stress", gaps=()).words
    ''
    """

    subject: str
    name: str
    gaps: tuple[Gap, ...]

    @property
    def words(self) -> str:
        """What was found, title by title."""
        return "; ".join(dict.fromkeys(gap.title for gap in self.gaps))


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatedFinding:
    """A finding that holds for many things: said once, with how many."""

    rule: str
    title: str
    lines: tuple[GapLine, ...]

    @property
    def counted(self) -> str:
        """How many of what, for instance "31 causes"."""
        kind = self.lines[0].subject.partition(":")[0]
        return counted(len(self.lines), _NOUNS.get(kind, kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFilter:
    """Which gaps to list; what is empty asks for nothing.

    Attributes
    ----------
    lead : str
        Who has to do with it: leads a listed action on it, runs the asset, or
        was given the gap.
    theme : str
        The theme of one of its causes.
    group : str
        A group of people or a place that no live action on its causes names.
    rule : str
        The key of the rule that found it.
    known : collection of (rule, subject) | None
        What was known at an earlier moment: only what is new since is listed.
    """

    lead: str = ""
    theme: str = ""
    group: str = ""
    rule: str = ""
    known: Collection[tuple[str, str]] | None = None


def gap_lines(gaps: Iterable[Gap]) -> tuple[GapLine, ...]:
    """Put the findings about one thing together, in the order they come."""
    found: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        found[gap.subject].append(gap)
    return tuple(
        GapLine(subject=subject, name=about[0].name, gaps=tuple(about))
        for subject, about in found.items()
    )


def repeated_apart(
    gaps: Sequence[Gap],
) -> tuple[tuple[GapLine, ...], tuple[RepeatedFinding, ...]]:
    """Part what stands alone from findings that repeat for many things.

    What says of a cause that matters most how well it is covered always
    stands alone: it is what people decide on first.

    Returns
    -------
    tuple
        Lines in the order of the gaps; repeated findings, the longest first.
    """
    by_rule: dict[str, list[Gap]] = defaultdict(list)
    for gap in gaps:
        if not (gap.on_ladder and gap.importance == "high"):
            by_rule[gap.rule].append(gap)
    many = {rule: found for rule, found in by_rule.items() if len(found) > MANY}
    repeated = [
        RepeatedFinding(rule=rule, title=found[0].title, lines=gap_lines(found))
        for rule, found in many.items()
    ]
    apart = {id(gap) for found in many.values() for gap in found}
    alone = gap_lines(gap for gap in gaps if id(gap) not in apart)
    return alone, tuple(sorted(repeated, key=lambda r: (-len(r.lines), r.title)))


def leads_by_gap(
    programme: Programme, gaps: Iterable[Gap], map_id: str = "main"
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return who has to do with each gap, by its rule and subject, alphabetically."""
    by_factor: dict[str, set[str]] = defaultdict(set)
    for made in programme.all(ActionFactor).values():
        if made.map_id == map_id and made.action_id in programme.actions:
            by_factor[made.factor_id].update(programme.actions[made.action_id].owners)
    found = {}
    for gap in gaps:
        kind, _, key = gap.subject.partition(":")
        names = {name for factor in gap.factors for name in by_factor[factor]}
        if kind == "action" and key in programme.actions:
            names.update(programme.actions[key].owners)
        if kind == "asset" and key in programme.assets:
            names.add(programme.assets[key].organisation)
        if gap.decision is not None and gap.decision.state == "assigned":
            names.add(gap.decision.role)
        found[gap.key] = tuple(sorted(names - {""}, key=str.casefold))
    return found


def filtered_gaps(
    gaps: Iterable[Gap],
    wanted: GapFilter,
    programme: Programme,
    coverage: Coverage,
    map_id: str = "main",
) -> tuple[Gap, ...]:
    """Return the gaps that a filter asks for, in the order they come."""
    listed = tuple(gaps)
    leads = leads_by_gap(programme, listed, map_id) if wanted.lead else {}
    factors = programme.system_map(map_id).factors
    unreached = {
        key
        for group in (find_reach(programme, coverage).groups if wanted.group else ())
        if f"{group.kind}:{group.id}" == wanted.group
        for key in group.unreached
    }
    return tuple(
        gap
        for gap in listed
        if (not wanted.lead or wanted.lead in leads[gap.key])
        and (
            not wanted.theme
            or any(
                factors[key].theme == wanted.theme
                for key in gap.factors
                if key in factors
            )
        )
        and (not wanted.group or unreached.intersection(gap.factors))
        and (not wanted.rule or gap.rule == wanted.rule)
        and (wanted.known is None or gap.key not in wanted.known)
    )
