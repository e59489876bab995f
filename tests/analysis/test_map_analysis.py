"""A map is analysed once: whoever asks is handed what is known already."""

from dataclasses import replace
from datetime import date

import pytest

from systemmap.analysis.checks import run_checks
from systemmap.analysis.effects import outcome_effects
from systemmap.analysis.four_boxes import four_boxes
from systemmap.analysis.importance import find_importance
from systemmap.analysis.loops import find_loops, shortest_loops
from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.neighbours import nearby
from systemmap.analysis.pathways import between, downstream, upstream
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach
from systemmap.analysis.settings import SETTINGS
from systemmap.bundled.examples import example
from systemmap.coverage.building_on import Recommender
from systemmap.drawing.view import Choice, view_of
from systemmap.gaps import find_gaps
from systemmap.reports import Order, build
from systemmap.reports.parts.document import Since
from tests.analysis.counted_calls import ONCE, counted
from tests.analysis.drawn_maps import complete, generated_map, keep_causes
from tests.sizes import WHOLE

TODAY = date(2026, 11, 21)


def test_a_gap_report_builds_the_graph_and_the_loops_once():
    programme = example()
    with counted() as calls:
        find_gaps(programme, today=TODAY)
    assert calls == ONCE


def test_gaps_with_what_could_be_built_on_and_everything_else_share_one_analysis():
    programme = example()
    with counted() as calls:
        analysis = MapAnalysis(programme.system_map())
        report = find_gaps(programme, today=TODAY, analysis=analysis)
        Recommender(programme, report.coverage, analysis).suggest("stress")
        for measure in MEASURES.values():
            measure.values(analysis)
        run_checks(analysis, programme)
        four_boxes(analysis)
        plan_reach(analysis)
        what_if(analysis, {"stress": 1.0})
        view_of(
            programme,
            Choice(layers=("loops",)),
            at=TODAY,
            notices=(),
            analysis=analysis,
        )
    assert calls == ONCE


@pytest.mark.parametrize(
    ("key", "suffix"),
    [("board_paper", ".docx"), ("map_in_words", ".html"), ("handover", ".zip")],
)
def test_a_document_builds_the_graph_and_the_loops_once(key, suffix):
    programme = example()
    if not WHOLE:  # how often is counted, not how long it takes
        keep_causes(programme, 12)
    since = Since(words="June", programme=programme, on=date(2026, 6, 1))
    with counted() as calls:
        build(programme, key, Order(at=TODAY, since=since), suffix)
    assert calls == ONCE


@pytest.mark.parametrize("drawn", [generated_map(60, 180), complete(11)], ids=str)
def test_what_is_kept_is_what_the_map_itself_answers(drawn):
    settings = replace(SETTINGS, draws=40, loop_cap=200)
    analysis = MapAnalysis(drawn, settings)
    start, end = sorted(drawn.factors)[1], drawn.outcome
    assert analysis.loops == find_loops(drawn, settings.loop_length, settings.loop_cap)
    assert analysis.shortest_loops == shortest_loops(drawn)
    assert analysis.effects == outcome_effects(drawn, settings=settings)
    assert analysis.importance == find_importance(drawn, settings)
    assert analysis.nearby(start) == nearby(drawn, start)
    for ask in (four_boxes, downstream, upstream, between):
        ends = {four_boxes: (), between: (start, end)}.get(ask, (start,))
        assert ask(analysis, *ends) == ask(drawn, *ends)


@pytest.mark.parametrize("cap", [5, 60, 5_000])
@pytest.mark.parametrize("length", range(2, 8))
def test_a_shorter_list_cut_from_a_longer_one_is_what_a_search_finds(length, cap):
    drawn = complete(7)
    analysis = MapAnalysis(drawn, replace(SETTINGS, loop_cap=cap))
    assert analysis.loops_up_to(length) == find_loops(drawn, length, cap)


def test_without_an_outcome_nothing_is_classed_and_the_loops_are_still_there():
    drawn = complete(3)
    analysis = MapAnalysis(drawn.copy(replace(drawn.version, outcome=None)))
    assert analysis.importance.factors == {}
    assert len(analysis.loops) == 5
