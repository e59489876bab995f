"""Where people stand on each gap, read from their decisions; the latest stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from systemmap.gaps.gap import Gap, GapState
from systemmap.language.menu_words import term_name, theme_name
from systemmap.language.phrases import day, quoted
from systemmap.model.elements import Factor
from systemmap.model.response import GapDecision
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.gaps.gap import GapRule
    from systemmap.model.programme import Programme

_STATES = {state.value: state for state in GapState} | {
    "assigned": GapState.OPEN,
    "reopened": GapState.OPEN,
}


def standing_decisions(
    programme: Programme, map_id: str
) -> dict[tuple[str, str], GapDecision]:
    """Return the decision that stands for each rule and subject of one map.

    The latest by date stands; among those of one day, or without a date, the
    one that was added last.
    """
    mine = [d for d in programme.all(GapDecision).values() if d.map_id == map_id]
    ordered = sorted(mine, key=lambda decision: decision.on or date.min)
    return {(d.rule, _subject(d.subject)): d for d in ordered}


def _subject(text: str) -> str:
    """Return a subject with its kind; a bare id is a factor's."""
    return text if ":" in text else f"factor:{text}"


def with_states(
    gaps: Iterable[Gap],
    decisions: Mapping[tuple[str, str], GapDecision],
    programme: Programme,
) -> list[Gap]:
    """Return the gaps with their state and the sentence that says so."""
    return [_decided(gap, decisions.get(gap.key), programme) for gap in gaps]


def resolved_gaps(
    gaps: Iterable[Gap],
    decisions: Mapping[tuple[str, str], GapDecision],
    programme: Programme,
    rules: Mapping[str, GapRule],
    blank: Gap,
) -> list[Gap]:
    """Return what was agreed, has its action, and is found no more.

    It is resolved once the action has begun; until then it stays agreed, so
    that a plan is never reported as work. `blank` carries the run's date, settings and denominator.
    """
    still = {gap.key for gap in gaps}
    found = []
    for key, decision in decisions.items():
        if key in still or decision.state != GapState.AGREED or not decision.action_id:
            continue
        rule = rules.get(decision.rule)
        name = subject_name(programme, decision.map_id, key[1])
        if rule is None or not name:
            continue
        action = programme.actions[decision.action_id]
        begun = action.group is StatusGroup.LIVE or action.status == "complete"
        state = GapState.RESOLVED if begun else GapState.AGREED
        by = "resolved by" if begun else "agreed, not begun:"
        sentence = f"“{rule.title}” no longer holds for {quoted(name)}: {by} {quoted(action.title)}."
        found.append(
            replace(
                blank,
                rule=rule.key,
                code=rule.code,
                title=rule.title,
                subject=key[1],
                name=name,
                sentences=(sentence,),
                next_step="Check with the owner that the work is in place."
                if begun
                else "Ask the owner when it begins.",
                filters=rule.filters,
                state=state,
                decision=decision,
                state_sentence=f"Resolved by {quoted(action.title)}."
                if begun
                else _sentence(state, decision, programme, blank.run_on),
            )
        )
    return found


def subject_name(programme: Programme, map_id: str, subject: str) -> str:
    """Return the name of what a gap is about; "" when it exists no more."""
    kind, _, key = _subject(subject).partition(":")
    factors = programme.all(Factor)
    if kind == "factor":
        factor = factors.get(f"{map_id}/{key.partition('/')[0]}")
        return factor.label if factor else ""
    if kind == "loop":
        ids = key.split(",")
        every = [factors.get(f"{map_id}/{each}") for each in (*ids, ids[0])]
        return " → ".join(f.label for f in every if f) if all(every) else ""
    if kind == "theme":
        return theme_name(programme, key)
    if kind == "layer":
        return term_name(programme, "layers", key)
    if kind == "action":
        return programme.actions[key].title if key in programme.actions else ""
    if kind == "asset":
        return programme.assets[key].name if key in programme.assets else ""
    return key


def _decided(gap: Gap, decision: GapDecision | None, programme: Programme) -> Gap:
    if decision is None:
        return gap
    state = _STATES.get(decision.state, GapState.OPEN)
    return replace(
        gap,
        state=state,
        decision=decision,
        state_sentence=_sentence(state, decision, programme, gap.run_on),
    )


def _sentence(
    state: GapState, decision: GapDecision, programme: Programme, today: date
) -> str:
    when = day(decision.on) if decision.on else ""
    by = ", ".join(filter(None, (decision.role, when)))
    who = f" ({by if decision.role else f'decided on {by}'})" if by else ""
    reason = decision.reason.strip().rstrip(".") or "no reason was noted"
    if state is GapState.ACCEPTED:
        return f"Left on purpose: {reason}{who}.{_review(decision, today)}"
    if state is GapState.DISMISSED:
        return f"Not a gap: {reason}{who}."
    if state is GapState.AGREED:
        action = programme.actions.get(decision.action_id or "")
        named = quoted(action.title) if action else "no action is named yet"
        return f"Agreed{who}: {named}."
    if decision.state == "assigned":
        since = f" since {when}" if when else ""
        return f"Given to {decision.role}{since}."
    return f"Reopened{who}: {reason}." if decision.state == "reopened" else ""


def _review(decision: GapDecision, today: date) -> str:
    if decision.review_on is None:
        return ""
    if decision.review_on <= today:
        return f" Due for review since {day(decision.review_on)}."
    return f" To be reviewed on {day(decision.review_on)}."
