"""What people decide about a gap: left on purpose, not a gap, agreed, resolved, reopened."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from systemmap.coverage.cover import Rung
from systemmap.gaps import NOT_SET, GapState, find_gaps
from systemmap.gaps.runs import compare_gap_runs, gap_run_from
from systemmap.model.response import Action, ActionFactor, GapDecision, GapRun
from systemmap.model.rows import data_from, record_from
from systemmap.model.values import Influence
from systemmap.testing import map_from, programme_of

TODAY = date(2026, 11, 21)
STAR = "\n".join(
    ["hub -> weight +", "weight -> hub +", *(f"hub -> end-{n} +" for n in range(7))]
)
CLUB = Action(id="club", title="Walking club")


def decision(state, subject="factor:stress", rule="g1_no_action", **fields):
    given = {
        "id": f"d-{state}",
        "role": "Public health",
        "reason": "Covered nationally",
        "on": date(2026, 11, 1),
    } | fields
    return GapDecision(rule=rule, subject=subject, state=state, **given)


def programme(*records, notation="stress -> snacking +", outcome=None):
    system_map = map_from(notation, outcome=outcome)
    for factor in system_map.factors.values():
        system_map.replace_factor(replace(factor, influence=Influence.LOCAL))
    return programme_of(system_map, *records)


def report(*records, **options):
    return find_gaps(programme(*records, **options), today=TODAY)


def gap(found, rule="g1_no_action", subject="factor:stress"):
    return next(g for g in found.gaps if (g.rule, g.subject) == (rule, subject))


def test_a_gap_is_open_until_somebody_decides():
    found = gap(report())
    assert (found.state, found.decision, found.state_sentence) == (
        GapState.OPEN,
        None,
        "",
    )


@pytest.mark.parametrize(
    ("state", "becomes", "words"),
    [
        (
            "accepted",
            GapState.ACCEPTED,
            "Left on purpose: Covered nationally (Public health, 1 November 2026).",
        ),
        (
            "dismissed",
            GapState.DISMISSED,
            "Not a gap: Covered nationally (Public health, 1 November 2026).",
        ),
        (
            "agreed",
            GapState.AGREED,
            "Agreed (Public health, 1 November 2026): “Walking club”.",
        ),
        (
            "reopened",
            GapState.OPEN,
            "Reopened (Public health, 1 November 2026): Covered nationally.",
        ),
    ],
)
def test_each_decision_gives_a_state_and_a_sentence(state, becomes, words):
    action_id = "club" if state == "agreed" else None
    found = gap(report(CLUB, decision(state, action_id=action_id)))
    assert (found.state, found.state_sentence) == (becomes, words)


def test_a_gap_left_on_purpose_stays_in_every_denominator_and_in_its_own_list():
    plain, decided = report(), report(decision("accepted"))
    assert decided.coverage.denominators == plain.coverage.denominators
    assert len(decided.cell(NOT_SET, Rung.NOTHING_LISTED)) == 2
    assert [g.name for g in decided.in_state(GapState.ACCEPTED)] == ["Stress"]
    assert gap(decided) not in decided.open
    row = next(row for row in decided.rows if row.factor_id == "stress")
    assert row.left_on_purpose


@pytest.mark.parametrize(
    ("review_on", "words"),
    [
        (date(2026, 11, 21), "Due for review since 21 November 2026."),
        (date(2027, 6, 1), "To be reviewed on 1 June 2027."),
    ],
)
def test_a_gap_left_on_purpose_comes_up_for_review(review_on, words):
    assert gap(
        report(decision("accepted", review_on=review_on))
    ).state_sentence.endswith(words)


def test_the_latest_decision_stands_and_the_last_added_of_one_day():
    later = decision("dismissed", on=date(2026, 11, 2))
    assert gap(report(later, decision("accepted"))).state is GapState.DISMISSED
    same_day = decision("reopened")
    assert gap(report(decision("accepted"), same_day)).state is GapState.OPEN


def test_a_decision_about_another_rule_factor_or_map_does_not_count():
    others = (
        decision("accepted", rule="g8_no_asset"),
        decision("dismissed", subject="factor:snacking"),
    )
    elsewhere = decision("agreed", map_id="oak")
    assert gap(report(*others, elsewhere)).state is GapState.OPEN


def test_a_bare_id_in_an_older_decision_is_read_as_a_factor():
    assert (
        gap(report(decision("accepted", subject="stress"))).state is GapState.ACCEPTED
    )


def test_an_agreed_gap_that_is_found_no_more_is_resolved_by_its_action():
    live = replace(CLUB, status="ongoing")
    tie = ActionFactor(action_id="club", factor_id="stress")
    found = report(live, tie, decision("agreed", action_id="club"))
    (resolved,) = found.in_state(GapState.RESOLVED)
    assert resolved.sentences == (
        "“No action listed” no longer holds for “Stress”: resolved by “Walking club”.",
    )
    assert resolved.state_sentence == "Resolved by “Walking club”."
    assert resolved.next_step


def test_a_dismissed_gap_that_is_found_no_more_leaves_no_trace():
    live = replace(CLUB, status="ongoing")
    tie = ActionFactor(action_id="club", factor_id="stress")
    assert report(live, tie, decision("dismissed")).in_state(GapState.RESOLVED) == ()


def test_the_grid_holds_each_factor_once_and_says_when_importance_is_not_set():
    found = report(notation="a -> b +\n b -> c +\n c -> a +")
    cells = found.grid()
    assert {importance for importance, _ in cells} == {NOT_SET}
    assert sum(map(len, cells.values())) == len(found.rows) == 3
    assert any("choose the map's outcome first" in text for text in found.not_run)


def test_with_an_outcome_the_grid_has_three_rows_of_five():
    found = report(notation=STAR, outcome="weight")
    cells = found.grid()
    assert len(cells) == 15
    assert sum(map(len, cells.values())) == len(found.rows) == 8
    assert found.not_run == ()
    assert (
        found.headline
        == "0 of 1 high-importance causes that can be changed here have live work, nothing missing on paper."
    )
    assert (found.rows[0].name, found.rows[0].importance) == ("Hub", "high")


def test_g7_names_an_important_factor_that_nothing_touches():
    found = report(notation=STAR + "\n cause -> hub +", outcome="weight")
    untouched = gap(found, "g7_untouched", "factor:hub")
    assert untouched.importance == "high"
    (sentence,) = untouched.sentences
    assert sentence.startswith(
        "“Hub” is high on this map and untouched: no action listed"
    )
    assert sentence.endswith("listed within 2 steps upstream (“Cause” and “Weight”).")


@pytest.mark.parametrize("where", ["hub", "cause", "further"])
def test_g7_is_silent_once_work_touches_the_factor_within_two_steps(where):
    notation = STAR + "\n cause -> hub +\n further -> cause +"
    live = (
        replace(CLUB, status="ongoing"),
        ActionFactor(action_id="club", factor_id=where),
    )
    found = report(*live, notation=notation, outcome="weight")
    assert ("g7_untouched", "factor:hub") not in {g.key for g in found.gaps}


def test_rows_sort_by_rung_then_by_more_thin_flags_then_by_name():
    thin = replace(CLUB, status="ongoing", owners=("Council",))
    bare = replace(CLUB, id="bare", status="ongoing")
    ties = (
        ActionFactor(action_id="club", factor_id="b"),
        ActionFactor(action_id="bare", factor_id="d"),
    )
    found = report(thin, bare, *ties, notation="a\n b\n c\n d")
    flags = {row.name: len(row.cover.flags) for row in found.rows}
    assert [row.name for row in found.rows][:2] == ["A", "C"]
    assert [row.name for row in found.rows][2:] == sorted(
        ("B", "D"), key=lambda n: (-flags[n], n)
    )


def test_the_order_of_rows_in_the_programme_changes_nothing():
    records = [CLUB, replace(CLUB, id="b", title="Bikes", status="ongoing")]
    ties = [
        ActionFactor(action_id=a, factor_id=f)
        for a in ("club", "b")
        for f in ("stress", "snacking")
    ]
    one, other = report(*records, *ties), report(*records[::-1], *ties[::-1])
    assert [data.__repr__() for data in one.gaps] == [
        data.__repr__() for data in other.gaps
    ]


def run(run_id, day, *records, **options):
    found = report(*records, **options)
    return gap_run_from(found, run_id, datetime(2026, 11, day, tzinfo=UTC))


def test_a_run_is_a_record_that_survives_the_codec():
    kept = run("r1", 1, decision("accepted"))
    assert record_from("gap_run", data_from(kept)) == kept
    assert kept.findings["denominator"].startswith("2 causes on this map")


def test_two_runs_say_what_opened_closed_and_changed_and_why():
    live = replace(CLUB, status="ongoing")
    tie = ActionFactor(action_id="club", factor_id="stress")
    found = compare_gap_runs(
        run("r1", 1),
        run("r2", 20, live, tie, decision("accepted", subject="factor:snacking")),
    )
    closed = {change.rule: change.sentence for change in found.closed}
    assert (
        closed["g1_no_action"]
        == "“No action listed” for “Stress”: no longer found. Before: No action listed for “Stress”. Actions on it: now “Walking club” (ongoing)."
    )
    assert {change.rule for change in found.opened} >= {"g2_no_live_work", "g5_unowned"}
    (changed,) = found.changed
    assert changed.sentence.startswith(
        "“No action listed” for “Snacking”: Left on purpose"
    )
    assert found.sentence.startswith("Since 1 November 2026: ")
    assert found.notes == ()


def agreed_between(**fields):
    """Return two runs, between which an action for stress was agreed."""
    planned = replace(CLUB, status="not_started", **fields)
    tie = ActionFactor(action_id="club", factor_id="stress")
    return compare_gap_runs(
        run("r1", 1, outcome="snacking"),
        run(
            "r2",
            20,
            planned,
            tie,
            decision("agreed", action_id="club"),
            outcome="snacking",
        ),
    )


def test_agreeing_an_action_is_counted_as_agreed_and_opens_nothing():
    found = agreed_between()
    assert [change.sentence for change in found.agreed] == [
        "“No action listed” for “Stress”: Agreed (Public health, 1 November 2026): “Walking club”."
    ]
    assert (found.opened, found.changed) == ((), ())
    assert {change.rule for change in found.to_complete} == {
        "g2_no_live_work",
        "g5_unowned",
    }
    assert found.sentence.startswith(
        "Since 1 November 2026: 0 gaps opened, 1 agreed, 0 closed, 0 changed, "
    )
    assert found.sentence.endswith("2 things still to complete.")


def test_what_opens_elsewhere_is_not_hidden_by_an_agreement():
    planned = replace(CLUB, status="not_started")
    ties = [
        ActionFactor(action_id="club", factor_id=name)
        for name in ("stress", "snacking")
    ]
    found = compare_gap_runs(
        run("r1", 1),
        run("r2", 20, planned, *ties, decision("agreed", action_id="club")),
    )
    assert {change.name for change in found.opened} == {"Snacking"}


def test_a_gap_that_is_agreed_keeps_its_causes_importance():
    tie = ActionFactor(action_id="club", factor_id="stress")
    plain = report(outcome="snacking")
    agreed = report(
        replace(CLUB, status="not_started"),
        tie,
        decision("agreed", action_id="club"),
        outcome="snacking",
    )
    assert gap(agreed).importance == gap(plain).importance is not None


def test_a_move_names_the_action_that_changed_status():
    tie = ActionFactor(action_id="club", factor_id="stress")
    before, after = (
        run(f"r{day}", day, replace(CLUB, status=status), tie)
        for day, status in ((1, "proposed"), (20, "ongoing"))
    )
    found = compare_gap_runs(before, after)
    moved = (
        "Actions on it: now “Walking club” (ongoing); before “Walking club” (proposed)."
    )
    assert found.opened
    assert all(change.sentence.endswith(moved) for change in found.opened)
    known = {k: v for k, v in before.findings.items() if k != "actions"}
    older = compare_gap_runs(replace(before, findings=known), after)
    assert not any("Actions on it" in change.sentence for change in older.opened)


def test_importance_that_is_not_set_is_never_said_to_have_moved():
    rated, unrated = run("r1", 1, outcome="snacking"), run("r2", 2)
    for found in (compare_gap_runs(rated, unrated), compare_gap_runs(unrated, rated)):
        assert not any("importance" in change.sentence for change in found.changed)


def test_a_run_compared_with_itself_has_no_changes():
    kept = run("r1", 1)
    found = compare_gap_runs(kept, kept)
    assert (found.opened, found.closed, found.changed) == ((), (), ())
    assert found.same == len(kept.findings["gaps"])


def test_rules_asked_in_one_run_only_are_noted_and_not_called_closed():
    before = run("r1", 1, notation=STAR, outcome="weight")
    assert any(found["rule"] == "g7_untouched" for found in before.findings["gaps"])
    found = compare_gap_runs(before, run("r2", 2, notation=STAR))
    assert any("g7_untouched" in note for note in found.notes)
    assert all(change.rule != "g7_untouched" for change in found.closed)


def test_an_empty_run_can_be_compared():
    empty = GapRun(id="r0", at=datetime(2026, 1, 1, tzinfo=UTC))
    assert compare_gap_runs(empty, empty).sentence.endswith("0 as before.")


def test_different_settings_are_said():
    kept = run("r1", 1)
    other = replace(kept, settings={**kept.settings, "theme_cover": 0.5})
    assert "theme_cover" in compare_gap_runs(kept, other).notes[0]


def test_an_agreed_action_that_has_not_begun_resolves_nothing_yet():
    tie = ActionFactor(action_id="club", factor_id="stress")
    planned = replace(CLUB, status="not_started")
    found = report(planned, tie, decision("agreed", action_id="club"))
    assert found.in_state(GapState.RESOLVED) == ()
    (agreed,) = found.in_state(GapState.AGREED)
    assert "“Walking club”" in agreed.state_sentence
    assert agreed.next_step == "Ask the owner when it begins."


def test_a_reason_that_ends_in_a_full_stop_reads_as_one_sentence():
    said = gap(
        report(decision("accepted", reason="The county holds it."))
    ).state_sentence
    assert said.startswith("Left on purpose: The county holds it (")
    assert ". (" not in said
