"""A file is accepted once, in full, and never over somebody's work."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from systemmap.bundled.examples import from_template
from systemmap.errors import UnknownItem
from systemmap.formats import accept, as_exported, read, write
from systemmap.formats.format import Reading
from systemmap.model.elements import Factor, Link
from systemmap.model.plan import ImportRecord, Phase, ProgrammeInfo, Workstream
from systemmap.model.programme import Programme
from systemmap.model.response import Action, ActionFactor, Asset
from systemmap.model.values import Confidence, Polarity
from systemmap.testing import map_from, programme_of

LINKS = b"From,To,Sign\nStress,Snacking,+\nSnacking,Weight,?\n"


def test_the_same_file_twice_adds_nothing():
    draft = programme_of()
    first = accept(draft, read(LINKS, "a.csv"), file_name="a.csv", data=LINKS)
    once = draft.copy()
    second = accept(draft, read(LINKS, "a.csv"), file_name="a.csv", data=LINKS)
    assert str(first) == "5 new"
    assert str(second) == "all 2 are here already"
    assert draft == once
    (record,) = draft.all(ImportRecord).values()
    assert (record.file_name, record.summary["new"]) == ("a.csv", 5)


def test_labels_meet_without_case_and_dashes():
    draft = programme_of(map_from("stress -> snacking +"))
    result = accept(draft, read(b"From,To,Sign\nSTRESS,snacking,+\n", "a.csv"))
    assert (result.same, result.new) == (1, 0)
    assert set(draft.system_map().factors) == {"stress", "snacking"}


def test_an_opposite_sign_makes_a_link_disputed_and_is_listed():
    draft = programme_of(map_from("stress -> snacking +"))
    data = b"From,To,Sign\nStress,Snacking,-\n"
    result = accept(draft, read(data, "a.csv"))
    link = draft.system_map().link("stress", "snacking")
    assert link.confidence is Confidence.DISPUTED
    assert link.polarity is Polarity.UNKNOWN
    assert [c.polarity for c in link.claims] == ["+", "-"]
    assert [str(c) for c in result.conflicts] == [
        "Link 'stress -> snacking', polarity: here '+', in the file '-'."
    ]
    again = accept(draft, read(data, "a.csv"))
    assert str(again) == "it is here already"


def test_a_person_may_take_the_files_side():
    draft = programme_of(map_from("stress -> snacking +"))
    reading = read(b"From,To,Sign\nStress,Snacking,-\n", "a.csv")
    taken = {("link", "main/stress/snacking", "polarity")}
    assert accept(draft, reading, take=taken).conflicts == ()
    assert draft.system_map().link("stress", "snacking").polarity is Polarity.OPPOSITE


def test_empty_fields_are_filled_and_differing_ones_kept_here():
    draft = programme_of(map_from("stress\n sleep"))
    draft.replace(replace(draft.find(Factor, "main/sleep"), note="Ours"))
    data = b"label,theme,note\nStress,Schools and early years,Why\nSleep,,Theirs\n"
    result = accept(draft, read(data, "a.csv"))
    assert str(result) == "1 changed, 1 here already, 1 difference to decide"
    assert draft.find(Factor, "main/stress").theme == "schools"
    assert draft.find(Factor, "main/stress").note == "Why"
    assert draft.find(Factor, "main/sleep").note == "Ours"


def test_against_the_exported_state_only_the_files_own_changes_are_taken():
    base = programme_of(map_from("stress -> snacking +"))
    draft = base.copy()
    draft.replace(replace(draft.find(Factor, "main/snacking"), label="Snacks"))
    reading = read(write(base, "links_csv").data, "a")
    edited = tuple(
        replace(r, label="Strain") if isinstance(r, Factor) and r.id == "stress" else r
        for r in reading.records
    )
    result = accept(draft, replace(reading, records=edited), base=base)
    assert draft.find(Factor, "main/stress").label == "Strain"
    assert draft.find(Factor, "main/snacking").label == "Snacks"
    assert result.conflicts == ()


def test_links_by_key_and_their_factors_may_come_in_either_order():
    factors = b"key,label,cluster\ncar-use,Use of cars,Transport\nsleep,Sleep,\n"
    links = b"source,target,polarity\ncar-use,sleep,-\n"
    drafts = [programme_of(), programme_of()]
    for draft, files in zip(drafts, [(factors, links), (links, factors)], strict=True):
        for data in files:
            assert accept(draft, read(data, "f.csv")).conflicts == ()
    for draft in drafts:
        assert draft.find(Factor, "main/car-use").label == "Use of cars"
        assert draft.find(Factor, "main/car-use").theme == "transport"
        assert draft.find(Link, "main/car-use/sleep").polarity is Polarity.OPPOSITE


def test_a_reading_goes_into_a_map_of_its_own():
    draft = programme_of(map_from("stress"))
    accept(draft, read(LINKS, "a.csv"), map_id="table-1")
    assert set(draft.system_map("table-1").factors) == {"stress", "snacking", "weight"}
    assert len(draft.system_map().factors) == 1


def test_equal_labels_in_one_file_stay_two_factors_and_are_matched_one_by_one():
    data = b"key,label\nsleep-a,Sleep\nsleep-b,Sleep\n"
    draft = programme_of()
    accept(draft, read(data, "a.csv"))
    assert str(accept(draft, read(data, "a.csv"))) == "all 2 are here already"
    assert len(draft.system_map().factors) == 2


def test_a_plan_row_typed_the_same_is_the_same_action_under_any_title():
    typed = {"Action": "Walk", "Lead": "Council"}
    draft = programme_of(map_from("sleep"))
    draft.add(Action(id="walk", title="Walking group", as_typed=typed))
    incoming = Action(id="walk", title="Walk", as_typed=typed)
    other = Action(id="walk-2", title="Swim", as_typed={"Action": "Swim"})
    tie = ActionFactor(action_id="walk-2", factor_id="sleep")
    clash = replace(other, id="walk", title="Cycle", as_typed={"Action": "Cycle"})
    accept(draft, Reading(format="x", records=(incoming, other, tie)))
    assert set(draft.actions) == {"walk", "walk-2"}
    assert draft.actions["walk"].title == "Walking group"
    result = accept(draft, Reading(format="x", records=(clash,)))
    assert result.keys == {"action walk": "walk-3"}
    assert draft.actions["walk-3"].title == "Cycle"


def test_a_reading_that_refers_to_nothing_leaves_the_draft_alone():
    draft = programme_of(map_from("sleep"))
    before = draft.copy()
    tie = ActionFactor(action_id="none", factor_id="sleep")
    with pytest.raises(UnknownItem):
        accept(draft, Reading(format="x", records=(Action(id="a", title="A"), tie)))
    assert draft == before


def test_a_whole_programme_accepted_into_itself_adds_nothing():
    draft = programme_of(map_from("stress -> snacking +"))
    draft.add(
        Action(id="a", title="A"), ActionFactor(action_id="a", factor_id="stress")
    )
    before = draft.copy()
    result = accept(draft, read(write(draft, "native_json").data, "x"))
    assert draft == before
    assert result.new == result.changed == 0


def plan_of(*rows):
    head = "Phases of development\tAims\tResponsible\tDue date\tProgress"
    text = "\n".join(("Workstream 2 – whole system approach to obesity", head, *rows))
    return read(text.encode(), "plan.txt")


TWO_PHASES = (
    "Phase 1: Set-up – Win the councillors\tTell the story\tPublic Health\tJan 23\tOngoing",
    "Phase 2: Building the local picture – Collate\tCollate\tPartners\tMarch 23\t",
)


def test_a_plan_takes_over_the_phases_that_the_template_laid_out():
    draft = from_template("starter", "Rutland")
    result = accept(draft, plan_of(*TWO_PHASES))
    phases = {p.number: p for p in draft.all(Phase).values()}
    assert len(draft.all(Phase)) == len(phases) == 6
    assert phases[1].goal == "Win the councillors"
    assert (phases[1].status, phases[1].due.raw) == ("ongoing", "Jan 23")
    assert draft.all(Workstream)["phases"].name == "whole system approach to obesity"
    assert result.conflicts == ()
    assert (result.changed, result.new) == (3, 0)
    again = accept(draft, plan_of(*TWO_PHASES))
    assert (again.same, again.changed, again.new) == (3, 0, 0)


def test_a_plan_never_takes_over_a_phase_in_which_somebody_recorded_something():
    draft = from_template("starter", "Rutland")
    mine = replace(draft.all(Phase)["set-up"], outcomes="The board agreed.")
    draft.replace(mine)
    accept(draft, plan_of(*TWO_PHASES))
    assert draft.all(Phase)["set-up"] == mine
    assert draft.all(Workstream)["phases"].name == "Whole systems approach to obesity"


def cells_changed(data, sheet, found, then):
    """Return a workbook with one cell said otherwise."""
    book = load_workbook(BytesIO(data))
    (cell,) = (c for row in book[sheet].iter_rows() for c in row if c.value == found)
    cell.value = then
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("key", "sheet", "cell", "kind", "name", "ours"),
    [
        ("workbook", "Factors", "Snacking", Factor, "main/stress", "label"),
        ("assets_sheet", "Assets (ignore)", "Park gym", Asset, "kitchen", "name"),
    ],
)
def test_what_changed_here_since_is_no_difference_of_a_file_of_ours(
    key, sheet, cell, kind, name, ours
):
    then = programme_of(
        map_from("stress -> snacking +"),
        Asset(id="kitchen", name="Kitchen", type="park", note="Open daily"),
        Asset(id="gym", name="Park gym"),
    )
    then.revision = 3
    data = cells_changed(write(then, key).data, sheet, cell, "By the file")
    reading = read(data, "ours.xlsx", key)
    assert (reading.made_of, reading.made_at) == (then.id, 3)
    draft = then.copy()
    draft.revision = 5
    draft.replace(replace(draft.find(kind, name), **{ours: "Changed here", "note": ""}))
    assert reading.revision_of(draft) == 3
    assert accept(draft.copy(), reading).conflicts  # as it would be without
    exported = as_exported(then, reading, "main")
    result = accept(draft, reading, base=then, exported=exported)
    assert result.conflicts == ()
    assert [(c.here, c.file) for c in result.changes] == [(cell, "By the file")]
    assert getattr(draft.find(kind, name), ours) == "Changed here"
    both = then.copy()
    both.replace(replace(both.find(kind, name), **{ours: "Changed here"}))
    word = "Stress" if key == "workbook" else "Kitchen"
    twice = read(cells_changed(data, sheet, word, "By the file too"), "o.xlsx", key)
    (conflict,) = accept(both, twice, base=then, exported=exported).conflicts
    assert (conflict.here, conflict.file) == ("Changed here", "By the file too")


def test_a_workbook_of_another_programme_is_matched_by_name_not_by_its_ids():
    theirs = Programme(ProgrammeInfo(id="theirs", name="Theirs"))
    theirs.put_map(map_from("stress -> snacking +"))
    theirs.replace(replace(theirs.find(Factor, "main/stress"), label="Walking"))
    reading = read(write(theirs, "workbook").data, "theirs.xlsx")
    draft = programme_of(map_from("stress -> sleep -"))
    assert reading.revision_of(draft) is None
    accept(draft, reading)
    labels = {f.label for f in draft.system_map().factors.values()}
    assert labels == {"Stress", "Sleep", "Walking", "Snacking"}
