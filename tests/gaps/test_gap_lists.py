"""Gaps as a list: one line a thing, repeated findings once, filters by who and where."""

from datetime import date

import pytest

from systemmap.bundled.examples import example
from systemmap.errors import InvalidValue
from systemmap.gaps import find_gaps
from systemmap.gaps.decisions import decide
from systemmap.gaps.gap_lists import (
    MANY,
    GapFilter,
    filtered_gaps,
    gap_lines,
    leads_by_gap,
    repeated_apart,
)

DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def report():
    return find_gaps(example(), today=DAY)


def narrowed(report, **wanted):
    programme = example()
    return filtered_gaps(report.open, GapFilter(**wanted), programme, report.coverage)


def test_every_open_gap_is_in_a_line_or_in_what_repeats(report):
    alone, repeated = repeated_apart(report.open)
    told = [g for line in alone for g in line.gaps]
    told += [g for found in repeated for line in found.lines for g in line.gaps]
    assert sorted(g.key for g in told) == sorted(g.key for g in report.open)
    assert all(len(found.lines) > MANY for found in repeated)
    sizes = [len(found.lines) for found in repeated]
    assert sizes == sorted(sizes, reverse=True)


def test_a_line_names_each_finding_once_and_keeps_the_order(report):
    lines = gap_lines(report.open)
    assert len({line.subject for line in lines}) == len(lines)
    (stress,) = [line for line in lines if line.subject == "factor:stress"]
    assert stress.words == "No action listed; No asset listed; No indicator listed"
    assert lines[0].name == report.open[0].name


def test_what_repeats_says_how_many_of_what(report):
    found = {r.rule: r.counted for r in repeated_apart(report.open)[1]}
    assert found["g9_no_indicator"] == "38 causes"
    assert found["unused_asset"] == "14 assets"


def test_an_empty_filter_asks_for_nothing(report):
    assert narrowed(report) == report.open


def test_filters_ask_for_lead_theme_rule_and_what_is_new(report):
    leads = leads_by_gap(example(), report.open)
    lead = next(names[0] for names in leads.values() if names)
    found = narrowed(report, lead=lead)
    assert found
    assert all(lead in leads[gap.key] for gap in found)
    factors = example().system_map().factors
    themed = narrowed(report, theme="food_environment")
    assert themed
    assert all(
        any(factors[key].theme == "food_environment" for key in gap.factors)
        for gap in themed
    )
    assert {g.rule for g in narrowed(report, rule="g5_unowned")} == {"g5_unowned"}
    first = report.open[0]
    known = {gap.key for gap in report.open[1:]}
    assert narrowed(report, known=known) == (first,)


def test_a_place_asks_for_the_causes_it_is_not_reached_on(report):
    from systemmap.coverage.groups_reached import find_reach

    group = next(
        g for g in find_reach(example(), report.coverage).groups if g.unreached
    )
    found = narrowed(report, group=f"{group.kind}:{group.id}")
    assert found
    assert all(set(gap.factors) & set(group.unreached) for gap in found)


def test_a_gap_given_to_somebody_stays_open_and_names_them():
    programme = example()
    gap = ("g1_no_action", "factor:stress")
    decide(programme, gap, "assigned", on=DAY, role="Mind Sampleshire")
    report = find_gaps(programme, today=DAY)
    (found,) = [g for g in report.open if g.key == gap]
    assert found.state_sentence == "Given to Mind Sampleshire since 21 November 2026."
    assert leads_by_gap(programme, [found])[gap] == ("Mind Sampleshire",)


def test_a_gap_is_given_to_somebody_named():
    programme = example()
    with pytest.raises(InvalidValue, match="Say which organisation or role"):
        decide(programme, ("g1_no_action", "factor:stress"), "assigned", on=DAY)
