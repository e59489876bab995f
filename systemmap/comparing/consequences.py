"""What follows from a changed map or register: loops, importance, cover, ties."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.analysis.settings import SETTINGS
from systemmap.comparing.versions import Section
from systemmap.coverage.cover import find_coverage
from systemmap.language.phrases import listed, quoted
from systemmap.model.response import ActionFactor, AssetFactor
from systemmap.vocab import label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from systemmap.analysis.loops import Loop
    from systemmap.analysis.settings import AnalysisSettings
    from systemmap.coverage.cover import FactorCover
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.model.system_map import SystemMap

_KINDS = {"R": "reinforcing", "B": "balancing", "?": "undetermined"}


def find_consequences(
    before: Programme,
    after: Programme,
    map_id: str = "main",
    *,
    before_map: str | None = None,
    today: date,
    settings: AnalysisSettings = SETTINGS,
) -> tuple[Section, ...]:
    """Say what a year's changes did to loops, importance, cover and ties.

    Parameters
    ----------
    before, after : Programme
        The programme at two dates; the same one when only maps are compared.
    map_id, before_map : str
        Which map of the later, and of the earlier one when it has another id
        (a frozen version, for instance).
    today : date
        The day against which both are read, so that only changes show.
    settings : AnalysisSettings
        Both sides are calculated with them.

    Returns
    -------
    tuple[Section, ...]
        Loops gained, lost, of another kind; importance moved; cover moved;
        actions and assets newly attached or without a factor. When the two
        had different outcomes both are calculated for the later one, and a
        section says so.
    """
    old_id = before_map or map_id
    old, new = (
        MapAnalysis(programme.system_map(key), settings)
        for programme, key in ((before, old_id), (after, map_id))
    )
    aligned, note = _same_outcome(old, new)
    return (
        _section("outcome", "note", "about the outcome", [note] if note else []),
        *_loop_sections(old, new),
        _importance_section(aligned, new),
        _cover_section((before, old_id), (after, map_id), today, settings),
        *_tie_sections((before, old_id), (after, map_id)),
    )


def _section(key: str, noun: str, words: str, sentences: Iterable[str]) -> Section:
    return Section(key=key, noun=noun, words=words, sentences=tuple(sentences))


def _same_outcome(
    earlier: MapAnalysis, later: MapAnalysis
) -> tuple[MapAnalysis | None, str]:
    """Return the earlier map under the later one's outcome, and what to say about it."""
    before, after = earlier.system_map, later.system_map
    if before.outcome == after.outcome:
        return earlier, ""
    if after.outcome is None or after.outcome not in before.factors:
        return (
            None,
            "Importance is not compared: the two versions have no outcome in common.",
        )
    name = quoted(after.factors[after.outcome].label)
    aligned = before.copy(replace(before.version, outcome=after.outcome))
    return (
        MapAnalysis(aligned, earlier.settings),
        f"The outcome changed: importance was calculated for {name} on both versions.",
    )


def _loop_sections(earlier: MapAnalysis, later: MapAnalysis) -> tuple[Section, ...]:
    before, after = earlier.system_map, later.system_map
    old, new = (
        {loop.factors: loop for loop in each.loops} for each in (earlier, later)
    )
    return (
        _section(
            "loops_gained",
            "loop",
            "gained",
            (
                f"Gained, {_KINDS[new[k].kind]}: {_read(new[k], after)}."
                for k in sorted(set(new) - set(old))
            ),
        ),
        _section(
            "loops_lost",
            "loop",
            "lost",
            (
                f"Lost, {_KINDS[old[k].kind]}: {_read(old[k], before)}."
                for k in sorted(set(old) - set(new))
            ),
        ),
        _section(
            "loops_changed",
            "loop",
            "changed kind",
            (
                f"Was {_KINDS[old[k].kind]}, now {_KINDS[new[k].kind]}: {_read(new[k], after)}."
                for k in sorted(set(old) & set(new))
                if old[k].kind is not new[k].kind
            ),
        ),
    )


def _read(loop: Loop, system_map: SystemMap) -> str:
    labels = [system_map.factors[name].label for name in loop.factors]
    return " → ".join([*labels, labels[0]])


def _importance_section(before: MapAnalysis | None, after: MapAnalysis) -> Section:
    old = before.importance.classes if before else {}
    new = after.importance.classes if before else {}
    factors = after.system_map.factors
    return _section(
        "importance",
        "cause",
        "in another importance class",
        (
            f"{quoted(factors[name].label)}: {old[name]} before, now {new[name]}."
            for name in sorted(set(old) & set(new))
            if old[name] != new[name]
        ),
    )


def _cover_section(
    before: tuple[Programme, str],
    after: tuple[Programme, str],
    today: date,
    settings: AnalysisSettings,
) -> Section:
    old, new = (
        find_coverage(programme, map_id, today=today, settings=settings).factors
        for programme, map_id in (before, after)
    )
    return _section(
        "cover",
        "cause",
        "on another rung",
        (
            f"{quoted(cover.factor.label)}: {old[name].words} before, now {cover.words}{_because(old[name], cover)}."
            for name, cover in new.items()
            if name in old and old[name].rung is not cover.rung
        ),
    )


def _because(before: FactorCover, after: FactorCover) -> str:
    """Say what moved a factor's cover: actions tied, let go, or with another status."""
    old = {action.id: action for action in before.tied}
    new = {action.id: action for action in after.tied}
    tied = [a.title for key, a in new.items() if key not in old]
    gone = [a.title for key, a in old.items() if key not in new]
    moved = [
        f"{quoted(a.title)} was {_status(old[key])}, is {_status(a)}"
        for key, a in new.items()
        if key in old and a.status != old[key].status
    ]
    why = [
        f"{listed(tied)} newly tied" if tied else "",
        f"{listed(gone)} tied no more" if gone else "",
        *moved,
    ]
    said = "; ".join(filter(None, why))
    return f", because of this: {said}" if said else ""


def _status(action: Action) -> str:
    """Return a status for the middle of a sentence; one nobody gave is no worsening."""
    return label("statuses", action.status).lower() or "without an update"


def _tie_sections(
    before: tuple[Programme, str], after: tuple[Programme, str]
) -> tuple[Section, ...]:
    old, new = _attached(*before), _attached(*after)
    names = {
        **{f"action:{a.id}": a.title for a in after[0].actions.values()},
        **{f"asset:{a.id}": a.name for a in after[0].assets.values()},
    }
    labels = {f.id: f.label for f in after[0].system_map(after[1]).factors.values()}
    return (
        _section(
            "attached",
            "tie",
            "new",
            (
                f"{quoted(names[key])} is newly tied to {listed(sorted(labels[f] for f in new[key] - old.get(key, set())))}."
                for key in sorted(new)
                if new[key] - old.get(key, set())
            ),
        ),
        _section(
            "orphaned",
            "thing",
            "left without a cause",
            (
                f"{quoted(names[key])} is tied to no cause any more."
                for key in sorted(old)
                if key in names and key not in new
            ),
        ),
    )


def _attached(programme: Programme, map_id: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for tie in programme.all(ActionFactor).values():
        if tie.map_id == map_id:
            found.setdefault(f"action:{tie.action_id}", set()).add(tie.factor_id)
    for helps in programme.all(AssetFactor).values():
        if helps.map_id == map_id:
            found.setdefault(f"asset:{helps.asset_id}", set()).add(helps.factor_id)
    return found
