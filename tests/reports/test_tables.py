"""Gap table, register and heat map: every row where it belongs, counts that add up."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from systemmap.bundled.examples import example
from systemmap.drawing.picture import png_from
from systemmap.gaps import find_gaps
from systemmap.model.response import Action, ActionFactor, Asset, GapDecision
from systemmap.reports import Order, build
from systemmap.reports.coverage_heat import finding_of, rows_of
from systemmap.reports.parts.book import sheet_name
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.fitting import lines_of, table_height
from systemmap.reports.parts.gap_rows import ranked, top_gaps
from systemmap.reports.register_by_owner import actions_by_owner
from systemmap.testing import map_from, programme_of
from tests.reports.conftest import DAY, words_of


def sheet(programme, key, name, **order):
    data = build(programme, key, Order(at=DAY, **order), ".xlsx").data
    return openpyxl.load_workbook(io.BytesIO(data))[name]


def table(page, first):
    rows = [[c.value for c in row] for row in page.iter_rows()]
    start = next(n for n, row in enumerate(rows) if row[0] == first)
    end = next((n for n, r in enumerate(rows) if n > start and r[0] is None), len(rows))
    return rows[start:end]


# The gap table


def test_the_first_ten_gaps_stand_in_the_order_of_the_gap_list(sampleshire):
    facts = Facts(sampleshire, Order(at=DAY))
    shown = table(sheet(sampleshire, "gap_table", "First gaps"), "Cause")
    assert [row[0] for row in shown[1:]] == [row.name for row in ranked(facts)][:10]
    assert shown[0][:7] == [
        "Cause",
        "Theme",
        "Causes / effects",
        "Votes",
        "Actions",
        "Why it is a gap",
        "Rule",
    ]


def test_links_votes_and_actions_are_counted(sampleshire):
    stress = next(
        r for r in top_gaps(Facts(sampleshire, Order(at=DAY))) if r.cause == "Stress"
    )
    links = sampleshire.system_map().links
    causes = sum(target == "stress" for _, target in links)
    effects = sum(source == "stress" for source, _ in links)
    assert stress.links == f"{causes} / {effects}"
    assert (stress.votes, stress.actions, stress.rule) == (
        "27",
        "0",
        "No action listed",
    )


def test_a_cause_nobody_voted_on_has_no_votes_rather_than_none(sampleshire):
    comfort = top_gaps(Facts(sampleshire, Order(at=DAY)))[0]
    assert (comfort.cause, comfort.votes) == ("Eating for comfort", "")


def test_every_open_finding_is_in_the_appendix(sampleshire):
    report = find_gaps(sampleshire, today=DAY)
    shown = table(sheet(sampleshire, "gap_table", "All findings"), "About")
    assert len(shown) - 1 == len(report.open)


def test_a_gap_left_on_purpose_leaves_the_list_and_is_named_as_decided():
    programme = example()
    programme.add(
        GapDecision(
            id="d9",
            rule="g1_no_action",
            subject="factor:stress",
            state="accepted",
            reason="The ICB is on it.",
            on=DAY,
        )
    )
    causes = [row.cause for row in top_gaps(Facts(programme, Order(at=DAY)))]
    assert "Stress" not in causes
    decided = table(sheet(programme, "gap_table", "Decided"), "About")
    assert any(r[0] == "Stress" and "The ICB is on it" in r[5] for r in decided)


def test_a_sheet_of_no_findings_is_left_out_and_so_are_rules_that_found_nothing():
    programme = programme_of(map_from("stress -> snacking +"))
    data = build(programme, "gap_table", Order(at=DAY), ".xlsx").data
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames == ["First gaps"]
    page = build(programme, "gap_table", Order(at=DAY), ".html").data.decode()
    assert "What each rule asks" not in page


def test_the_rules_explained_are_those_that_found_something(sampleshire):
    lines = sheet(sampleshire, "gap_table", "Rules").iter_rows(values_only=True)
    asked = {words.partition(": ")[0] for words, *_ in lines if "?" in str(words)}
    found = {
        row[2]
        for name in ("All findings", "Decided")
        for row in table(sheet(sampleshire, "gap_table", name), "About")[1:]
    }
    assert asked == found


def test_without_an_action_listed_nothing_is_called_a_gap():
    programme = programme_of(map_from("stress -> snacking +"))
    assert top_gaps(Facts(programme, Order(at=DAY))) == ()
    page = sheet(programme, "gap_table", "First gaps")
    assert "no gaps can be shown yet" in page["A1"].value


# The register


def test_a_plan_without_a_map_counts_no_gaps_out_of_none():
    programme = programme_of()
    programme.add(Action(id="walks", title="Walks"))
    said = words_of(build(programme, "gap_table", Order(at=DAY), ".docx").data, ".docx")
    assert "no gaps can be shown yet" in said
    assert "No cause that can be changed here is on the map yet" in said
    assert "0 of 0" not in said
    assert "1 action waits for a map to stand on." in said
    assert "Walks" not in said


@pytest.mark.parametrize(
    ("owners", "said"),
    [
        ((("Parks",), ("Parks",)), "2 actions led by 1 partner"),
        (
            (("Parks", "GPs"), ()),
            "2 actions, 1 led by 2 partners and 1 with no named lead",
        ),
        (((), ()), "2 actions, none with a named lead"),
    ],
)
def test_the_register_counts_as_led_only_what_somebody_leads(owners, said):
    programme = programme_of()
    programme.add(
        *(Action(id=f"a{n}", title="X", owners=o) for n, o in enumerate(owners))
    )
    title = sheet(programme, "register_by_owner", "Partners")["A1"].value
    assert title == f"{programme.info.name}: {said}"


def test_an_action_without_a_reference_shows_none():
    programme = programme_of()
    programme.add(
        Action(id="long-slug-of-a-title", title="Walks", owners=("Parks",)),
        Action(id="b", ref="1.1", title="Swims", owners=("Parks",)),
    )
    page = sheet(programme, "register_by_owner", "Parks")
    assert [row[0] for row in table(page, "Ref")[1:]] == ["", "1.1"]
    for suffix in (".docx", ".html"):
        data = build(programme, "register_by_owner", Order(at=DAY), suffix).data
        assert "long-slug" not in words_of(data, suffix)


def test_every_action_stands_with_each_of_its_owners(sampleshire):
    owners = actions_by_owner(sampleshire)
    for action in sampleshire.actions.values():
        for owner in action.owners:
            assert action in owners[owner]
    assert sum(map(len, owners.values())) == sum(
        max(1, len(a.owners)) for a in sampleshire.actions.values()
    )


def test_one_organisation_typed_two_ways_is_one_sheet():
    programme = programme_of(map_from("stress -> snacking +"))
    one = Action(id="a", title="A", owners=("Public Health",))
    programme.add(
        one,
        replace(one, id="b", owners=("public  health",)),
        replace(one, id="c", owners=()),
    )
    found = {
        name: [a.id for a in actions]
        for name, actions in actions_by_owner(programme).items()
    }
    assert found == {"Public Health": ["a", "b"], "No named lead": ["c"]}


def test_only_due_date_progress_and_outcomes_are_white():
    page = sheet(example(), "register_by_owner", "Transport")
    head, first = [row for row in page.iter_rows() if row[0].value][3:5]
    assert [c.value for c in head][:2] == ["Ref", "Action"]
    white = [
        h.value
        for h, c in zip(head, first, strict=True)
        if c.fill.fgColor.rgb == "00000000"
    ]
    assert white == ["Due date", "Progress", "Outcomes"]


def test_a_sheet_says_how_its_actions_stand_and_when_to_return_it():
    page = sheet(
        example(), "register_by_owner", "Transport", return_by=date(2027, 1, 12)
    )
    assert page["A1"].value == "Transport"
    assert page["A2"].value.startswith("6 actions: 1 booked, 4 ongoing, 1 paused")
    assert page["A3"].value == (
        "Return by: 12 January 2027. Change only the white columns; keep Ref. "
        "New actions go into the white rows below."
    )


def test_dates_and_progress_print_as_typed():
    rows = table(sheet(example(), "register_by_owner", "Midwifery"), "Ref")
    healthy = next(r for r in rows if r[0] == "A002")
    assert healthy[4] == "March 2026"
    assert healthy[5].startswith("Complete – vitamins and vouchers now offered")


@given(st.lists(st.text(max_size=60), max_size=12))
def test_any_names_become_sheet_names_that_excel_takes(names):
    taken = set()
    found = [sheet_name(name, taken) for name in names]
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")


# The heat map


def test_the_rows_of_the_heat_map_add_up_to_the_gap_grid(sampleshire):
    rows = rows_of(sampleshire, Order(at=DAY))
    report = find_gaps(sampleshire, today=DAY)
    assert sum(r.causes for r in rows) == len(report.rows) == 41
    assert sum(r.covered for r in rows) == sum(r.cover.covered for r in report.rows)
    assert finding_of(sampleshire, Order(at=DAY)) == (
        "32 of 41 causes have live or planned work; 6 of 9 themes have causes without."
    )


def test_few_causes_no_votes_and_the_most_votes_are_said(sampleshire):
    cells = {r.theme: r.cells for r in rows_of(sampleshire, Order(at=DAY))}
    assert cells["Healthcare"][1] == "2 (few)"
    assert cells["Workplaces"][1] == "3"
    assert cells["Workplaces"][4] == "not voted on"
    assert cells["Food environment"][6] == "Each cause has work; most voted"
    assert sum("most voted" in row[6] for row in cells.values()) == 1


def test_finished_work_is_not_cover_yet_not_nothing_either():
    programme = programme_of(map_from("stress -> snacking +"))
    done = Action(id="a", title="Walks", owners=("PH",), status="complete")
    programme.add(done, ActionFactor(action_id="a", factor_id="stress"))
    (row,) = rows_of(programme, Order(at=DAY))
    assert (row.covered, row.reading) == (0, "2 causes without work")
    programme.remove(ActionFactor, "a/main/stress")
    (row,) = rows_of(programme, Order(at=DAY))
    assert row.reading == "No action listed at all"


def test_shade_is_darker_where_less_is_covered(sampleshire):
    rows = {r.theme: r for r in rows_of(sampleshire, Order(at=DAY))}
    assert rows["Food environment"].ground == "#FFFFFF"
    assert rows["Mental wellbeing"].ground < rows["Social and cultural"].ground


def test_the_picture_holds_its_words():
    svg = build(example(), "coverage_heat", Order(at=DAY), ".svg").data.decode()
    assert 'role="img"' in svg
    assert "<title" in svg
    bare = svg.replace("<text", "<g").replace("</text", "</g")
    assert png_from(svg, width=400) != png_from(bare, width=400)
    empty = build(programme_of(), "coverage_heat", Order(at=DAY), ".svg").data.decode()
    assert "No cause that can be changed here is on the map yet.</desc>" in empty
    assert "Coverage" not in empty  # a head over no rows


# Small parts


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Ring 01709 382 121 now", "Ring [left out: may identify a person] now"),
        ("a.b@example.org", "[left out: may identify a person]"),
        ("60 actions from 30 organisations", "60 actions from 30 organisations"),
        ("one\x0btwo\x00", "one\ntwo"),
    ],
)
def test_personal_details_are_left_out(typed, said):
    assert tidy(typed) == said


@given(st.text(st.characters(codec="ascii"), max_size=200), st.floats(1, 10))
def test_smaller_type_never_takes_more_lines(text, width):
    assert lines_of(text, width, 8) <= lines_of(text, width, 12)
    assert table_height([(text,)], (1,), width, 8) <= table_height(
        [(text,)], (1,), width, 12
    )


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("register_by_owner", "Testtown: no action is listed yet"),
        ("coverage_heat", "No action is listed yet against 2 causes in 1 theme."),
        ("gap_table", "Testtown: no gaps can be shown yet"),
    ],
)
def test_a_map_without_actions_gets_a_document_that_says_what_is_missing(key, said):
    programme = programme_of(map_from("stress -> snacking +"))
    words = words_of(build(programme, key, Order(at=DAY), ".docx").data, ".docx")
    assert said in words


def test_an_empty_phase_report_says_what_will_stand_there():
    page = build(programme_of(), "phase_report", Order(at=DAY), ".pdf").data
    assert "Once the six phases are planned" in words_of(page, ".pdf")


def test_peoples_own_words_stay_as_they_are_in_what_could_be_built_on():
    drawn = map_from("risk-factors -> stress +")
    drawn.replace_factor(replace(drawn.factors["stress"], theme="mental"))
    mill = Asset(
        id="mill",
        name="The Factory",
        organisation="The Old Factory Trust",
        theme="mental",
    )
    work = Action(
        id="a",
        title="Factory walks",
        status="ongoing",
        owners=("The Old Factory Trust",),
    )
    programme = programme_of(
        drawn, mill, work, ActionFactor(action_id="a", factor_id="risk-factors")
    )
    row = next(r for r in top_gaps(Facts(programme, Order(at=DAY))) if r.step)
    assert row.step == (
        "Could build on “The Factory”: its owner, The Old Factory Trust, already "
        "runs “Factory walks” on “Risk factors”, one step away."
    )
