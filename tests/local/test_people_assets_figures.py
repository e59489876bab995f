"""Who takes part, what already helps, what the figures say."""

from dataclasses import replace
from datetime import date

import pytest

from systemmap.bundled.examples import example
from systemmap.coverage.asset_use import find_asset_use
from systemmap.coverage.building_on import Recommender
from systemmap.editing.assets import new_asset, tie_asset
from systemmap.editing.partners import new_stakeholder
from systemmap.errors import InvalidValue
from systemmap.gaps import find_gaps
from systemmap.model.evidence import Indicator, Observation
from systemmap.model.people import Stakeholder
from systemmap.model.response import Action, Asset
from systemmap.overview.figures import figures
from systemmap.overview.partners import network
from systemmap.testing import map_from, programme_of

SAMPLESHIRE = example()


def test_a_sector_from_which_nobody_takes_part_is_named():
    found = network(SAMPLESHIRE)
    assert found.sentence == "18 organisations take part, from 13 of 18 sectors."
    assert "Licensing" in found.missing
    assert "Planning" not in found.missing


def test_all_partners_names_nobody():
    programme = programme_of(
        None,
        Stakeholder(id="all", organisation="All partners", group=True, role="network"),
    )
    assert network(programme).sentence == "Nobody is listed as taking part yet."


def test_an_organisation_without_a_sector_is_still_listed():
    programme = programme_of()
    new_stakeholder(programme, "Friends of the Park", engaged="3 November 2026\n")
    assert (
        network(programme).rows[-1].taking_part[0].organisation == "Friends of the Park"
    )
    assert network(programme).sentence.startswith(
        "1 organisation takes part, from 0 of"
    )


def test_a_blank_organisation_is_refused():
    with pytest.raises(InvalidValue, match="Give the organisation's name"):
        new_stakeholder(programme_of(), "  ")


def test_an_asset_no_action_uses_is_something_to_build_on():
    programme = programme_of(map_from("walking -> fitness +"))
    path = new_asset(programme, "Canal path")
    assert find_asset_use(programme).untied[0].asset == path
    tie_asset(programme, path.id, "walking", reason="A level path.")
    assert (
        find_asset_use(programme).sentence
        == "1 of 1 assets helps with a cause and no listed action uses it yet."
    )
    assert find_asset_use(programme).rows[0].helps_with == ("Walking",)


def test_tying_again_changes_the_reason_only():
    programme = programme_of(map_from("walking"))
    new_asset(programme, "Canal path")
    tie_asset(programme, "canal-path", "walking", reason="Level.")
    tie_asset(programme, "canal-path", "walking", reason="Level and safe.")
    assert find_asset_use(programme).rows[0].helps_with == ("Walking",)


def test_an_asset_needs_a_name():
    with pytest.raises(InvalidValue, match="the name people know it by"):
        new_asset(programme_of(), "")


def test_the_latest_figure_of_the_whole_place_leads():
    by_name = {figure.indicator.id: figure for figure in figures(SAMPLESHIRE)}
    year6 = by_name["year6-overweight"]
    assert (
        year6.sentence
        == "Year 6: children with excess weight: 38.4% (Sampleshire, 2024/25); "
        "England (invented) 35.6%, Region (invented) 36.2%."
    )
    assert (
        year6.widest_gap
        == "From 24.9% in Castle to 46.3% in Northfield. 1 of 5 areas have no figure."
    )


def test_an_indicator_without_a_figure_says_so():
    programme = programme_of(None, Indicator(id="a", name="Active adults", unit="%"))
    assert figures(programme)[0].sentence == "Active adults: no figure yet."


def test_a_suppressed_figure_is_never_zero():
    programme = programme_of(
        None,
        Indicator(id="a", name="Active adults", unit="%"),
        Observation(
            id="b",
            indicator_id="a",
            area_name="Castle",
            period="2025",
            value_note="Suppressed",
        ),
    )
    assert (
        figures(programme)[0].sentence
        == "Active adults: no figure that is known to be the council's."
    )
    programme.replace(replace(programme.info, area_name="Castle"))
    assert (
        figures(programme)[0].sentence
        == "Active adults: no figure (Suppressed) (Castle, 2025)."
    )


@pytest.mark.parametrize("words", ["canal-path", "Canal path", "canal PATH"])
@pytest.mark.parametrize("status", ["ongoing", "", "stopped", "complete"])
def test_whether_an_asset_is_used_has_one_answer(words, status):
    programme = programme_of(
        map_from("walking -> fitness +"),
        Asset(id="canal-path", name="Canal path"),
        Action(id="walks", title="Walks", assets=(words,), status=status),
    )
    tie_asset(programme, "canal-path", "walking")
    used = status not in ("stopped", "complete")
    report = find_gaps(programme, today=date(2026, 11, 21))
    found = [gap for gap in report.gaps if gap.rule == "unused_asset"]
    offered = Recommender(programme, report.coverage).suggest("walking").items
    assert [row.used_by for row in find_asset_use(programme).rows] == [
        ("Walks",) if used else ()
    ]
    assert bool(find_asset_use(programme).unused) is not used
    assert bool(found) is not used
    assert bool(offered) is not used
