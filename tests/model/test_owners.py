"""Whom a cell names: one rule for what is typed, imported, sent back and proposed."""

import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from systemmap.editing.actions import new_action, revise_action
from systemmap.editing.assets import new_asset
from systemmap.editing.partners import new_stakeholder
from systemmap.editing.phases import revise_phase
from systemmap.errors import InvalidValue
from systemmap.formats.lists import assets_sheet, obsekio_csv
from systemmap.formats.plans import partner_sheets, plan_text
from systemmap.formats.sighting import Sighting
from systemmap.model.owners import read_owner, read_owners
from systemmap.model.people import Stakeholder
from systemmap.model.plan import Phase
from systemmap.model.response import Action, Asset
from systemmap.model.values import now
from systemmap.model.workshop import Proposal
from systemmap.testing import programme_of
from systemmap.workshops.proposals import action_changes
from tests.register.test_register import DAY

TYPED = {
    "Health and Wellbeing Board": ("Health and Wellbeing Board",),
    "Public Health and Leisure Trust; Education": (
        "Public Health",
        "Leisure Trust",
        "Education",
    ),
    "TBC": (),
    "jo.bloggs@example.org": (),
    "Public Health (jo@example.org)": ("Public Health",),
    "Transport, jo@example.org/Parks": ("Transport", "Parks"),
    "": (),
}


def typed_in_the_form(words):
    return new_action(programme_of(), "Walks", owner=words).owners


def changed_in_the_form(words):
    fields = dict.fromkeys(("due", "status", "status_note", "outcomes"), "")
    before = Action(id="a", title="A", owners=("X",), owners_raw="X")
    return revise_action(before, title="A", owner=words, **fields).owners


def changed_on_a_phase(words):
    fields = dict.fromkeys(("due", "status", "status_note", "rating"), "")
    before = Phase(id="p", number=1, name="P", owners=("X",), owners_raw="X")
    return revise_phase(
        before, owner=words, rating_reason="", today=DAY, **fields
    ).owners


def imported_with_a_plan(words):
    plan = (
        "Action\tAims\tResponsible\tDue date\tProgress\tOutcomes\n"
        f"Walks\tMore walks\t{words}\tMay 27\t\t\n"
    )
    records = plan_text.read(Sighting(plan.encode(), "plan.txt")).records
    return next(r.owners for r in records if isinstance(r, Action))


def sent_back_by_a_partner(words):
    book = openpyxl.Workbook()
    book.active.append(partner_sheets.HEADINGS)
    book.active.append(("A1", "Walks", "", words, "", "", "", ""))
    out = io.BytesIO()
    book.save(out)
    return partner_sheets.read(Sighting(out.getvalue(), "r.xlsx")).records[0].owners


def proposed_in_a_room(words):
    idea = Proposal(
        id="p", workshop_id="w", title="Walks", owner=words, subject="", at=now()
    )
    return action_changes(programme_of(), idea)[0].new.owners


@pytest.mark.parametrize(
    "way",
    [
        typed_in_the_form,
        changed_in_the_form,
        changed_on_a_phase,
        imported_with_a_plan,
        sent_back_by_a_partner,
        proposed_in_a_room,
    ],
)
@pytest.mark.parametrize("words", TYPED)
def test_the_same_words_name_the_same_owners_whichever_way_they_come(way, words):
    assert tuple(way(words)) == TYPED[words]


NAMES = ("Public Health", "Health and Wellbeing Board", "Leisure Trust", "NHS (ICB)")


@given(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=5),
    st.sampled_from(["; ", ", ", "\n", " and ", " & ", "/"]),
)
def test_what_is_typed_as_owner_is_kept_and_split_without_repeats(names, between):
    made = new_action(programme_of(), "Walks", owner=between.join(names))
    assert made.owners_raw == between.join(names)
    assert made.owners == tuple(dict.fromkeys(names))


ADDRESSES = st.from_regex(r"[a-z][a-z.]{0,9}@[a-z]{1,9}\.(org|gov\.uk)", fullmatch=True)


@given(st.text(max_size=80).map(lambda words: words.replace("@", "")), ADDRESSES)
def test_an_address_is_never_an_organisation(words, address):
    found = read_owners(f"{words} {address}; Parks")
    assert not any("@" in name for name in found.names)
    assert found.left_out >= 1
    assert found.names[-1] == "Parks"
    assert read_owner(address) == ""


def test_an_address_is_refused_where_an_organisation_is_asked_for():
    with pytest.raises(InvalidValue, match="not an e-mail address"):
        new_stakeholder(programme_of(), "jo@example.org")
    with pytest.raises(InvalidValue, match="not an e-mail address"):
        new_asset(programme_of(), "Pantry", organisation="jo@example.org")


def test_an_address_in_a_list_is_left_out_and_counted():
    csv = (
        b"Name,Impact Card Name,Started At,Stakeholder 1 Name,Stakeholder 2 Name\n"
        b"School Streets,Card,,Smith and Daughters,jo@example.org\n"
    )
    reading = obsekio_csv.read(Sighting(csv, "i.csv"))
    action = next(r for r in reading.records if isinstance(r, Action))
    assert action.owners == ("Smith and Daughters",)
    assert "jo@example.org" not in repr(reading)
    assert [r.organisation for r in reading.records if isinstance(r, Stakeholder)] == [
        "Smith and Daughters"
    ]
    csv = b"Name,Type,Organisation,Postcode\nPantry,place,jo@example.org,\n"
    reading = assets_sheet.read(Sighting(csv, "a.csv"))
    assert [r.organisation for r in reading.records if isinstance(r, Asset)] == [""]
    assert reading.summary["contact details left out"] == 1
