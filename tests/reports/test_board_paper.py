"""The board paper: what is asked, what changed, and nothing that nobody counted."""

import io
from dataclasses import replace
from datetime import date

import docx
import pytest

from systemmap.bundled.examples import example
from systemmap.model.due import read_due
from systemmap.model.evidence import Indicator
from systemmap.model.plan import Phase
from systemmap.model.response import Action
from systemmap.reports import Order, Since, build
from systemmap.reports.board_paper import paper_of
from systemmap.reports.parts.blocks import ForAuthor, Items, Table
from systemmap.reports.parts.fitting import sides_of
from systemmap.reports.parts.page_pictures import page_count
from systemmap.reports.parts.pdf import pdf_of
from systemmap.testing import map_from, programme_of
from tests.reports.any_programme import any_programme
from tests.reports.board_around import unlisted
from tests.reports.conftest import DAY, words_of
from tests.sizes import spread

WHY = {"rating_reason": "Late", "rated_on": DAY}


def asked(programme, order):
    return next(
        b for b in paper_of(programme, order).blocks if isinstance(b, Items)
    ).items


def progress(programme, order):
    return [b for b in paper_of(programme, order).blocks if isinstance(b, Items)][
        1
    ].items


def test_the_board_is_asked_about_what_the_tables_hold(sampleshire, order):
    assert asked(sampleshire, order) == (
        "note progress across the 6 phases (table 1) and on the 60 actions listed;",
        "endorse work on the 3 suggested next actions in table 2;",
        "ask Education, Leisure Trust and Communications to report on 2 overdue actions.",
    )


def test_progress_is_counted_with_its_denominators(sampleshire, order):
    changes = (
        "4 causes new, 1 cause reworded, 1 cause moved to another theme, "
        "13 links new, 1 sign changed"
    )
    told = progress(sampleshire, order)
    assert told[:6] == (
        "34 people from 14 organisations took part in “Mapping workshop” on 3 November 2026.",
        "5 of 41 causes have no action listed; 3 of them matter most here.",
        "32 of 41 causes have live or planned work; in September 2026 it was 30 of 38.",
        "Of 60 actions, since September 2026: 4 started, 1 status changed.",
        "60 actions listed: 40 live, 2 overdue.",
        f"On the map since September 2026: {changes}.",
    )
    assert told[6].startswith(
        "Words matter: training on weight stigma (19 October 2026): Two practices"
    )
    assert told[-1] == "3 dated updates in all; the programme record has them."


def test_the_title_names_the_comparison_and_drops_it_without_one(sampleshire, order):
    assert paper_of(sampleshire, order).title.endswith("progress since September 2026")
    alone = paper_of(sampleshire, Order(at=DAY))
    assert alone.title == "Whole systems approach to obesity: progress"
    assert "since" not in " ".join(progress(sampleshire, Order(at=DAY)))


def test_an_overdue_action_nobody_leads_is_a_request_of_its_own():
    programme = programme_of(map_from("stress -> snacking +"))
    late = Action(id="a1", title="Walks", status="ongoing", due=read_due("March 2026"))
    programme.add(late, replace(late, id="a2", title="Talks", owners=("Leisure",)))
    assert asked(programme, Order(at=DAY))[-2:] == (
        "ask Leisure to report on an overdue action;",
        "name a lead for 1 overdue action without one.",
    )


def test_a_finished_a_started_and_a_new_action_are_told_apart():
    then = programme_of(map_from("stress -> snacking +"))
    a, b = (Action(id=i, title=i, owners=("PH",), status="booked") for i in ("a", "b"))
    then.add(a, b)
    now = then.copy()
    now.replace(replace(a, status="complete"))
    now.replace(replace(b, status="ongoing"))
    now.add(Action(id="c", title="c", owners=("PH",), status="ongoing"))
    since = Since(programme=then, words="May 2026", on=date(2026, 5, 1))
    said = progress(now, Order(at=DAY, since=since))
    assert "Of 3 actions, since May 2026: 1 finished, 1 started, 1 added." in said


def test_nothing_is_written_for_the_author(sampleshire, order):
    document = docx.Document(io.BytesIO(build(sampleshire, "board_paper", order).data))
    implications = document.tables[-1]
    assert [c.text for c in implications.rows[0].cells] == [
        "Financial",
        "Legal",
        "Equality",
        "Risk",
    ]
    assert {c.text.strip() for c in implications.rows[1].cells} == {""}
    (left,) = [
        b for b in paper_of(sampleshire, order).blocks if isinstance(b, ForAuthor)
    ]
    assert left.names == ("Financial", "Legal", "Equality", "Risk")


def test_a_suggestion_names_its_rule_and_sets_no_date(sampleshire, order):
    (gaps,) = [
        b
        for b in paper_of(sampleshire, order).blocks
        if isinstance(b, Table) and "gap" in b.caption
    ]
    assert (
        gaps.caption
        == "Table 2. The first 3 of 25 causes with an open gap, by importance on this map"
    )
    assert gaps.headings[3:] == (
        "Suggested next action",
        "Lead (suggested)",
        "By (to fill)",
    )
    assert all("G1" not in row[2] and row[5] == "" for row in gaps.rows)
    stress = next(row for row in gaps.rows if row[0] == "Stress")
    assert stress == (
        "Stress",
        "27",
        "No action listed.",
        "Could build on “Mill Lane pantry”: works on “Food insecurity”, which feeds straight into this.",
        "Mill Lane Residents Group",
        "",
    )


def test_a_map_without_actions_shows_no_gap_to_endorse():
    programme = programme_of(map_from("stress -> snacking +"))
    assert asked(programme, Order(at=DAY)) == (
        "note the map of 2 causes; no action is listed yet.",
    )


@pytest.mark.parametrize("lead", ["", "Director of Public Health"])
def test_who_reports_is_the_programmes_lead_or_left_open(lead):
    programme = example()
    programme.replace(replace(programme.info, lead=lead))
    assert dict(paper_of(programme, Order(at=DAY)).facts)["Report of"] == (lead or "…")


@pytest.mark.parametrize("seed", spread(range(16), 4))
def test_two_sides_hold_any_programme_of_up_to_300_actions(seed):
    programme, order = any_programme(seed)
    paper = paper_of(programme, order)
    assert sides_of(paper) <= 2
    assert page_count(pdf_of(paper)) <= 2
    assert unlisted(paper, programme, order) == []


def test_a_long_story_is_cut_with_a_mark_so_that_two_sides_hold_it(sampleshire):
    programme = sampleshire.copy()
    for phase in list(programme.all(Phase).values()):
        programme.replace(replace(phase, status_note="A long story. " * 50))
    (table,) = (
        block
        for block in paper_of(programme, Order(at=DAY)).blocks
        if isinstance(block, Table) and block.headings[0] == "Phase"
    )
    assert all(row[1].endswith("…") for row in table.rows)


def test_a_list_that_is_cut_says_out_of_how_many():
    programme = programme_of(map_from("stress -> snacking +"))
    late = Action(id="a", title="Walks", status="ongoing", due=read_due("March 2026"))
    programme.add(*(replace(late, id=f"a{n}") for n in range(300)))
    captions = [
        block.caption
        for block in paper_of(programme, Order(at=DAY)).blocks
        if isinstance(block, Table)
    ]
    assert "The first 8 of 300 actions overdue, of 300 listed" in captions


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ({"rating": "red", **WHY}, "Red"),
        ({"rating": "amber", **WHY}, "Amber"),
        ({"rating": "green"}, "Green"),
        ({"rating": "blue"}, "Complete"),
        ({"status": "not_planned"}, "Not planned yet"),
        ({}, "No update"),
    ],
)
def test_each_of_the_six_ratings_is_a_word_on_a_shade_of_its_own(phase, said):
    programme = programme_of(None, Phase(id="p", number=1, name="Set-up", **phase))
    (table,) = (
        block
        for block in paper_of(programme, Order(at=DAY)).blocks
        if isinstance(block, Table) and block.headings[0] == "Phase"
    )
    assert table.rows[0][4] == said
    ink, ground = table.colours[0, 4]
    assert ground not in ("#FFFFFF", ink)


def test_the_figures_chosen_stand_in_the_paper_and_no_other(sampleshire):
    first, second, *_ = sampleshire.all(Indicator).values()
    order = Order(at=DAY, figures=(second.id,))
    words = words_of(build(sampleshire, "board_paper", order).data, ".docx")
    assert "The local picture" in words
    assert second.name in words
    assert first.name not in words
    assert "no figure is chosen" not in words


def test_two_actions_of_one_name_keep_leads_of_their_own():
    due = read_due("2028")
    same = {"number": 1, "name": "Set-up", "due": due}
    programme = programme_of(
        None,
        Action(id="a", title="Walks", owners=("Parks",), owners_raw="Parks", due=due),
        Action(id="b", title="Walks", owners=("Schools",), due=due),
        Action(id="c", title="Walks", due=due),
        Phase(id="p", owners_raw="Public Health", **same),
        Phase(id="q", cycle=2, owners_raw="Leisure", **same),
    )
    table = next(
        block
        for block in paper_of(programme, Order(at=DAY)).blocks
        if isinstance(block, Table) and "ahead in the plan" in block.caption
    )
    assert [row[:2] for row in table.rows] == [
        ("Phase 1, Set-up", "Public Health"),
        ("Phase 1, Set-up", "Leisure"),
        ("Walks", "Parks"),
        ("Walks", "Schools"),
        ("Walks", "(no named lead)"),
    ]
