"""Inputs in the shapes that councils and other tools really have, each with its right answer."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.loops import find_loops
from systemmap.errors import ReadError, Undecided
from systemmap.formats import accept, read
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.plan import Decision, Workstream
from systemmap.model.response import Action
from systemmap.model.system_map import SystemMap
from systemmap.model.workshop import Contribution, WorkshopTable
from systemmap.testing import programme_of

CASES = Path(__file__).parent / "cases"


def reading(name, as_=None):
    return read((CASES / name).read_bytes(), name, as_)


def of(kind, name, as_=None):
    return [r for r in reading(name, as_).records if isinstance(r, kind)]


def drawn(name, as_=None):
    """Return a map as 'source -> target sign', by label."""
    found = reading(name, as_)
    labels = {r.id: r.label for r in found.records if isinstance(r, Factor)}
    links = [r for r in found.records if isinstance(r, Link)]
    return sorted(labels.values()), {
        f"{labels[k.source]} -> {labels[k.target]} {k.polarity.value}" for k in links
    }


PATH = {"Stress -> Sleep -", "Sleep -> Weight -", "Weight -> Stress +"}
MAPS = [
    ("b01_kumu_ids.xlsx", ["Sleep", "Stress"], {"Stress -> Sleep -"}),
    (
        "b03_destination.csv",
        ["Sleep", "Snacking", "Stress"],
        {"Stress -> Sleep -", "Sleep -> Snacking -"},
    ),
    ("b07c_matrix.xlsx", ["Sleep", "Stress", "Weight"], PATH),
    ("b10_undeclared.graphml", ["Sleep", "Stress"], {"Stress -> Sleep -"}),
    ("b20_novariables.stmx", ["Sleep", "Stress"], {"Stress -> Sleep -"}),
    (
        "b22_modules.xmile",
        ["Diet Quality", "Food Cost"],
        {"Food Cost -> Diet Quality -"},
    ),
    ("b22b_style.xmile", ["A", "B"], {"A -> B +"}),
    ("b18c_lookup.mdl", ["Price", "Sales"], {"Price -> Sales ?"}),
    (
        "b25_unknown.txt",
        ["Snacking", "Stress", "Weight"],
        {"Stress -> Snacking +", "Snacking -> Weight ?", "Weight -> Stress +"},
    ),
    (
        "b50_drawio.csv",
        ["Sleep", "Stress", "Weight"],
        {"Stress -> Sleep ?", "Stress -> Weight ?", "Sleep -> Weight ?"},
    ),
    (
        "b61_kumu_pairs.json",
        ["A", "B", "C"],
        {"A -> B +", "B -> C +", "C -> A -", "A -> C -"},
    ),
]


@pytest.mark.parametrize(("name", "factors", "links"), MAPS)
def test_a_map_comes_in_with_its_causes_ends_and_signs(name, factors, links):
    assert drawn(name) == (factors, links)


def test_a_packed_prsm_map_that_begins_with_a_line_end_keeps_its_themes_and_note():
    found = reading("packed_tabs.prsm")
    factors = [r for r in found.records if isinstance(r, Factor)]
    assert len(factors) == 3
    assert "Sleep quality" in {factor.label for factor in factors}
    assert len({factor.theme for factor in factors}) == 2
    signs = sorted(r.polarity.value for r in found.records if isinstance(r, Link))
    assert signs == ["+", "-", "-"]
    assert next(r for r in found.records if isinstance(r, MapVersion)).note


def test_what_kumu_calls_pairs_gives_one_balancing_loop_of_three():
    draft = programme_of(SystemMap(MapVersion(id="main", name="Main map")))
    accept(draft, reading("b61_kumu_pairs.json"))
    loops = [loop for loop in find_loops(draft.system_map()) if len(loop.factors) == 3]
    assert [loop.kind for loop in loops] == ["B"]
    assert len(to_digraph(draft.system_map())) == 3


def test_a_styles_default_is_no_link_and_gets_no_remark():
    assert reading("b22b_style.xmile").problems == ()


def test_a_lookup_table_is_left_out_and_said():
    found = reading("b18c_lookup.mdl")
    assert found.items == found.read + found.skipped + found.blank == 5
    assert found.skipped == 2
    assert "lookup table" in found.problems[0].what


@pytest.mark.parametrize("name", ["b04_headerless.csv", "b06_quoted_nohead.csv"])
def test_two_names_on_each_row_are_asked_about(name):
    with pytest.raises(Undecided) as asked:
        reading(name)
    assert [c.key for c in asked.value.choices][:1] == ["links_csv"]
    factors, links = drawn(name, "links_csv")
    assert (len(factors), len(links)) == (4, 3)


def test_a_whiteboards_notes_keep_colour_and_frame_apart():
    notes = of(Contribution, "b49b_miro.csv")
    assert [note.text for note in notes] == [
        "Cost of healthy food",
        "Lack of time to cook",
        "Takeaways near schools",
    ]
    assert [note.theme for note in notes] == ["yellow", "light_green", "yellow"]
    assert [t.name for t in of(WorkshopTable, "b49b_miro.csv")] == ["Frame 1"]


# -- plans -----------------------------------------------------------------------


def test_a_merged_cell_stands_for_every_row_it_covers():
    actions = of(Action, "b33_vmerge.docx")
    assert [(a.title, a.owners) for a in actions] == [
        ("Open a food club", ("Public health team",)),
        ("Open a food club", ("NHS trust",)),
        ("Train midwives", ("Maternity",)),
    ]
    assert [a.status for a in actions] == ["ongoing", "not_started", "not_started"]


def test_a_plan_is_read_from_csv():
    one, two = of(Action, "b62_plan.csv")
    assert (one.title, one.owners, one.due.start, one.status) == (
        "Open a food club",
        ("Public health team",),
        "2027-03-31",
        "ongoing",
    )
    assert (two.title, two.due.raw, two.status) == (
        "Train midwives",
        "30/06/2027",
        "not_started",
    )


def test_headings_that_are_questions_are_a_plans():
    one, two = of(Action, "b64b_heads.txt")
    assert (one.owners, one.due.start, one.outcomes) == (
        ("Public health team",),
        "2027-03",
        "40 members",
    )
    assert (two.owners, two.due.raw, two.outcomes) == (
        ("NHS trust",),
        "Ongoing",
        "all trained",
    )


def test_a_page_without_a_plan_table_is_refused_plainly():
    with pytest.raises(ReadError, match="web page, and no table of a plan is in it"):
        reading("b65_doctype.html")


def test_bullets_under_domains_are_actions_with_owners_and_statuses():
    actions = of(Action, "domain_bullets.txt")
    streams = {s.id: s for s in of(Workstream, "domain_bullets.txt")}
    assert [(a.title, streams[a.workstream_id].name, a.status) for a in actions] == [
        ("Baby friendly standards", "Infant feeding", "ongoing"),
        ("Feeding peer supporters", "Infant feeding", ""),
        ("Feeding friendly places", "Infant feeding", "ongoing"),
        ("Active travel ambassadors", "School age", "not_started"),
    ]
    assert actions[1].owners == ("Health visiting", "Children's centres")
    assert actions[1].progress_raw == "Action required"
    infant = streams["infant-feeding"]
    assert len(infant.extra["outcomes"]) == 2
    assert infant.extra["measures"] == [
        "Breastfeeding at 6 to 8 weeks",
        "Keep the upward trend",
    ]


def test_a_flattened_table_is_asked_about_and_rebuilt():
    with pytest.raises(Undecided) as asked:
        reading("flattened_table.txt")
    assert "plan_text" in [choice.key for choice in asked.value.choices]
    one, two = of(Action, "flattened_table.txt", "plan_text")
    assert (one.ref, two.ref) == ("1.1", "1.2")
    assert one.title.startswith("Work with caterers on portion sizes")
    assert "vending" in one.title
    assert (one.partners, two.partners) == (
        ("Catering services", "Property"),
        ("Planning policy",),
    )
    assert (one.outcomes, two.outcomes) == ("High", "Medium")
    assert (one.progress_raw, two.status) == (
        "A pilot runs in two buildings.",
        "not_started",
    )
    assert one.measures == ("Pilot reviewed by Spring 2027",)


def test_numbered_key_actions_are_actions_and_headings_are_not():
    actions = of(Action, "key_actions_numbered.txt")
    assert [a.title.split()[0] for a in actions] == ["Work", "Work", "Train"]
    assert not any(a.owners or a.due for a in actions)


def test_resolutions_are_read_in_every_style_with_the_day_of_the_meeting():
    decisions = of(Decision, "minutes_styles.txt")
    assert [d.number for d in decisions] == [
        "41(i)",
        "41(ii)",
        "42(a)",
        "42(b)",
        "42",
        "43",
        "43",
        "44(a)",
        "44(b)",
    ]
    assert {d.on for d in decisions} == {date(2026, 9, 14)}
    assert decisions[2].text == "That the update be noted"
    assert decisions[5].text == "NOTED the progress in 2025-26"


def test_a_register_gives_actions_leads_and_decisions_and_asks_about_its_dates_once():
    found = reading("register_with_decisions.txt")
    actions = [r for r in found.records if isinstance(r, Action)]
    assert [a.owners[0] for a in actions] == [
        "Public Health",
        "Chamber of commerce",
        "Events team",
    ]
    assert [a.due.start for a in actions] == ["2026-09-21", "2026-09-28", None]
    assert actions[1].status == "complete"
    asked = [p for p in found.problems if "month first" in p.what]
    assert [p.where for p in asked] == ["column DUE DATE"]
    assert len(found.asks) == 1
    assert "6/11/26" in asked[0].what
    decisions = [r for r in found.records if isinstance(r, Decision)]
    assert len(decisions) == 2
    assert decisions[0].text == "Meet on the second Tuesday of each month"


def test_every_column_of_a_plan_in_councils_words_is_read():
    actions = of(Action, "many_headings.txt")
    first, _, third = actions
    assert first.aims == ("Cooking skills are low",)
    assert first.partners == ("Food network", "Housing")
    assert first.owners == ("Public Health",)
    assert first.due.raw == "by end of Q3 2026/27"
    assert first.outcomes == "40 households cook weekly"
    assert [a.rating for a in actions] == ["amber", "green", "red"]
    assert [a.progress_raw for a in actions] == ["Incomplete", "Complete", "Incomplete"]
    assert actions[1].status == "complete"
    assert third.aims == ()
    assert third.due.start is None


def test_title_rows_across_the_table_are_workstreams():
    streams = of(Workstream, "numbered_sections.xlsx")
    assert [s.name for s in streams] == [
        "Food environment",
        "Active travel",
        "Workplaces",
    ]
    actions = of(Action, "numbered_sections.xlsx")
    assert [a.ref for a in actions] == ["1.1", "1.2", "2.1", "2.2", "3.1"]
    assert [a.workstream_id for a in actions].count("active-travel") == 2
    assert actions[4].status == ""


def test_partners_and_outcomes_are_read_where_no_lead_is_named():
    actions = of(Action, "objectives_partners.docx")
    assert [a.partners[0] for a in actions] == [
        "Hospital trust",
        "Midwifery",
        "Libraries",
    ]
    assert not any(a.owners for a in actions)
    assert actions[2].outcomes == "30 venues"
    assert [a.progress_raw for a in actions] == ["Incomplete", "Complete", "Incomplete"]
    assert [a.status == "complete" for a in actions] == [False, True, False]


def test_a_workbook_that_prsm_wrote_itself_is_read_whatever_column_comes_first():
    book = Workbook()
    sheet = book.active
    sheet.title = "Factors"
    for row in (("x", "y", "label"), (1, 2, "Stress"), (3, 4, "Sleep")):
        sheet.append(row)
    links = book.create_sheet("Links")
    for row in (("label", "from", "to"), ("-", "Stress", "Sleep")):
        links.append(row)
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "prsm.xlsx")
    assert {r.label: (r.x, r.y) for r in found.records if isinstance(r, Factor)} == {
        "Stress": (1, 2),
        "Sleep": (3, 4),
    }
    assert sum(isinstance(r, Link) for r in found.records) == 1


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (
            "Driver,Outcome,Effect\nStress,Snacking,INCREASES\nWalking,Stress,DECREASES\n",
            {"Stress -> Snacking +", "Walking -> Stress -"},
        ),
        (
            "Cause,Effect,Sign\nStress,Snacking,S\nWalking,Stress,O\n",
            {"Stress -> Snacking +", "Walking -> Stress -"},
        ),
        (
            "From,To,Type,Sign\nA x,B x,causal,-1\nB x,C x,flow,1\n",
            {"A x -> B x -", "B x -> C x +"},
        ),
        (
            "Start,End,Polarity\nA x,B x,▼\nB x,C x,promotes\n",
            {"A x -> B x -", "B x -> C x +"},
        ),
    ],
)
def test_ends_and_signs_are_read_in_the_words_of_other_tools(text, links):
    found = read(text.encode(), "map.csv")
    labels = {r.id: r.label for r in found.records if isinstance(r, Factor)}
    drawn = [r for r in found.records if isinstance(r, Link)]
    assert links == {
        f"{labels[k.source]} -> {labels[k.target]} {k.polarity.value}" for k in drawn
    }


def test_a_priority_beside_actions_is_no_action_and_totals_are_left_out():
    text = b"Priority,Actions,Lead officer,Timescale\n1. Food,,,\n,Open a food club,Health,March 2027\n2. Travel,,,\n,School streets,Transport,2027/28\nTotal,2,,\n"
    found = read(text, "plan.csv")
    assert [r.title for r in found.records if isinstance(r, Action)] == [
        "Open a food club",
        "School streets",
    ]
    assert [r.name for r in found.records if isinstance(r, Workstream)] == [
        "Food",
        "Travel",
    ]
    assert (found.read, found.skipped) == (4, 1)


def test_lines_that_say_what_they_are_below_a_point_are_taken_at_their_word():
    text = b"Plan\n\nPriority 1: Food\n- Open a food club\n  Lead: Public Health\n  By: March 2027\n  Status: On track\n- Train midwives\n  Lead: NHS trust\n"
    found = read(text, "plan.txt", "plan_outline")
    one, two = [r for r in found.records if isinstance(r, Action)]
    assert (one.owners, one.due.start, one.status) == (
        ("Public Health",),
        "2027-03",
        "ongoing",
    )
    assert two.owners == ("NHS trust",)
    assert [r.name for r in found.records if isinstance(r, Workstream)] == ["Food"]


def test_cytoscapes_elements_are_a_map_and_other_elements_are_asked_about():
    data = b'{"elements":[{"data":{"id":"a","label":"Stress"}},{"data":{"id":"b","label":"Sleep"}},{"data":{"source":"a","target":"b","weight":-1}}]}'
    assert read(data, "map.json").format == "node_link_json"
    with pytest.raises(Undecided, match="Kumu JSON"):
        read(b'{"elements": {"a": 1}, "x": 2}', "x.json")


def test_points_are_not_taken_for_areas():
    data = b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Club"},"geometry":{"type":"Point","coordinates":[-1.0,52.6]}}]}'
    with pytest.raises(Undecided, match="its features are points, not areas"):
        read(data, "clubs.geojson")
