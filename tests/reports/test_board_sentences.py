"""No sentence of the board paper is printed unless what it stands on is there."""

import ast
import html
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from systemmap.bundled.examples import example
from systemmap.model.meetings import DecisionTie
from systemmap.model.plan import Decision, Phase, Workstream
from systemmap.model.response import Action, ActionFactor
from systemmap.reports import Order, board_paper, build
from systemmap.reports.board_paper import paper_of
from systemmap.reports.parts.blocks import Heading, Words
from systemmap.reports.parts.phase_rows import phase_rows, phases_finding
from systemmap.testing import programme_of
from tests.reports.any_programme import any_programme
from tests.reports.board_around import AROUND, LISTS, texts, unlisted
from tests.reports.board_sentences import (
    DAY,
    FAILS,
    FOLLOWS,
    HOLDS,
    NO_NUMBER,
    SENTENCES,
    WALKS,
    said,
)
from tests.reports.conftest import foresight, words_of

KEYS = [sentence.key for sentence in SENTENCES]


def paper_words(programme, order):
    """What the paper says as a page; the Word file is written of the same paper."""
    page = build(programme, "board_paper", order, ".html").data
    return html.unescape(" ".join(words_of(page, ".html").split()))


def test_every_sentence_is_listed_once_with_a_case_for_and_a_case_against():
    assert len(set(KEYS)) == len(KEYS)
    assert set(KEYS) == HOLDS.keys() == FAILS.keys()


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_stands_in_the_paper_when_its_premise_holds(key):
    programme, order = HOLDS[key]
    words = paper_words(programme, order)
    sentences = said(key, programme, order)
    assert sentences
    assert all(sentence.rstrip(".;") in words for sentence in sentences)


@pytest.mark.parametrize("key", KEYS)
def test_a_sentence_is_left_out_when_its_premise_fails(key):
    programme, order = FAILS[key]
    assert said(key, programme, order) == ()
    for sentence in said(key, *HOLDS[key]):
        assert sentence not in paper_words(programme, order)


def test_every_text_of_the_paper_is_listed_with_what_it_stands_on():
    """A new sentence, caption or heading fails here until its premise is in a list."""
    met = set()
    for programme, order in (*HOLDS.values(), *FAILS.values()):
        paper = paper_of(programme, order)
        assert unlisted(paper, programme, order) == []
        met |= {
            around for text in texts(paper) for around in AROUND if around.fits(text)
        }
    for seed in (1, 2, 9, 12):
        programme, order = any_programme(seed)
        met |= {
            around
            for text in texts(paper_of(programme, order))
            for around in AROUND
            if around.fits(text)
        }
    assert [around.says for around in AROUND if around not in met] == []


def test_nothing_is_printed_by_a_part_of_the_paper_that_is_in_no_list():
    source = ast.parse(Path(board_paper.__file__).read_text(encoding="utf-8"))
    prints = {
        made.name
        for made in source.body
        if isinstance(made, ast.FunctionDef)
        for call in ast.walk(made)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in ("Words", "Heading", "Items", "_cut")
    }
    assert prints == {around.at for around in AROUND} | LISTS


def test_a_text_without_its_premise_is_found():
    programme, order = HOLDS["note_plan"]
    paper = paper_of(programme, order)
    for words in ("Everything is fine.", "Decided before", "Of 7 phases: 7 green."):
        false = replace(paper, blocks=(*paper.blocks, Words(text=words)))
        assert unlisted(false, programme, order) == [words]


def test_a_plan_without_a_map_never_says_that_nothing_is_listed():
    programme, order = HOLDS["no_map"]
    programme = programme.copy()
    programme.add(*(replace(WALKS, id=f"a{n}", title=f"Walk {n}") for n in range(28)))
    words = paper_words(programme, order)
    assert "nothing is listed" not in words.lower()
    assert "note progress on the 29 actions listed" in words
    assert "What the 29 actions listed act on: there is no map yet." in words


def test_causes_nobody_sorted_are_never_put_to_the_board_as_gaps():
    programme = foresight()
    cause = next(iter(programme.system_map("foresight").factors))
    tie = ActionFactor(action_id="walks", map_id="foresight", factor_id=cause)
    programme.add(WALKS, tie)
    order = Order(at=DAY, map_id="foresight")
    words = paper_words(programme, order)
    assert "endorse" not in words
    assert "Ambient" not in words
    assert "nobody has said yet who could change them" in words


def test_a_section_that_cannot_be_told_is_left_out_with_one_line():
    programme, order = HOLDS["no_outcome"]
    headings = [
        block.text
        for block in paper_of(programme, order).blocks
        if isinstance(block, Heading)
    ]
    assert "Gaps, and what could be built on" not in headings
    assert "Left out, because it cannot be said yet" in headings


@pytest.mark.parametrize("key", sorted(set(KEYS) - NO_NUMBER))
def test_every_sentence_follows_its_number(key):
    changed, before, then = FOLLOWS[key]
    programme, order = HOLDS[key]
    assert before in said(key, programme, order)[0]
    assert then in said(key, changed, order)[0]
    assert before not in said(key, changed, order)[0]


def test_each_number_follows_the_data():
    programme, order = HOLDS["endorse_gaps"]
    assert "1 of 2 causes have live or planned work." not in paper_words(
        programme, order
    )
    before = paper_words(programme, order)
    changed = programme.copy()
    changed.replace(replace(changed.actions["walks"], status="stopped"))
    after = paper_words(changed, order)
    for words, live, working in ((before, "1 live", 1), (after, "", 0)):
        assert f"1 action listed: {live}".rstrip() in words
        assert f"{working} of 2 causes" in words


def test_every_workstream_has_its_row_and_the_columns_add_up():
    programme, order = HOLDS["actions"]
    programme = programme.copy()
    programme.add(
        *(Workstream(id=f"w{n}", name=f"Strand {n}", position=n) for n in range(5)),
        *(
            Action(
                id=f"x{n}", title=f"Act {n}", workstream_id=f"w{n}", status="ongoing"
            )
            for n in range(5)
        ),
    )
    (table,) = (
        block
        for block in paper_of(programme, order).blocks
        if getattr(block, "headings", ("",))[0] == "Workstream"
    )
    assert [row[0] for row in table.rows] == [
        *(f"Strand {n}" for n in range(5)),
        "In no workstream",
    ]
    assert sum(int(row[2]) for row in table.rows) == len(programme.actions)


def test_nothing_is_named_twice_in_one_sentence():
    said = words_of(
        build(example(), "board_paper", Order(at=DAY), ".html").data, ".html"
    )
    said = html.unescape(" ".join(said.split()))
    assert "Health and Wellbeing Board (Meeting, 24 September 2026)." in said
    assert "; at Health and Wellbeing Board" not in said
    assert "It produced: Needs assessment on the …" not in said


def test_a_list_of_names_is_cut_between_names():
    programme = example()
    programme.add(
        Decision(id="long", text="All of it", body="Board", on=date(2026, 11, 1)),
        DecisionTie(decision_id="long", actions=tuple(programme.actions)),
    )
    said = words_of(
        build(programme, "board_paper", Order(at=DAY), ".html").data, ".html"
    )
    (line,) = re.findall(r"All of it \(Board[^\n]*", html.unescape(said))
    assert line.count("“") == line.count("”") == 2
    assert "and 58 more." in line


def test_phases_not_planned_yet_are_counted_though_a_note_says_more():
    phases = (
        Phase(id="p", number=1, name="Act", status="not_planned", status_note="Later"),
    )
    programme = programme_of()
    programme.add(*phases)
    assert (
        phases_finding(phase_rows(programme, None)) == "Of 1 phase: 1 not planned yet."
    )
