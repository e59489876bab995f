"""What trips a public health lead who opens systemmap the evening before the board."""

from dataclasses import replace
from datetime import timedelta

from app.workspace import FACILITATOR
from systemmap.bundled.examples import example, from_template
from systemmap.editing.actions import new_action
from systemmap.model.changes import put
from systemmap.model.response import Action, ActionFactor
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import Actor, Seat
from systemmap.workshops.kits import kits
from systemmap.workshops.running import open_room, plan_workshop
from tests.app.shown import on_tab


def with_an_action():
    draft = from_template("starter", "Testtown")
    new_action(draft, "Walking group", status="ongoing")
    return draft


def test_a_map_without_actions_leads_to_the_plan(open_screen):
    at = open_screen("home", from_template("starter", "Testtown"))
    (primary,) = [b for b in at.button if b.proto.type == "primary"]
    assert primary.label == "Bring in your plan"
    said = " ".join(m.value for m in at.markdown)
    assert "35 causes and 73 links of this map came with the template" in said
    assert "people drew" not in said


def test_the_number_of_causes_stays_when_the_first_action_comes(open_screen):
    before = open_screen("gaps", from_template("starter", "Testtown")).title[0].value
    assert before.startswith("34 causes to act on, and no action listed yet")


def test_nothing_is_called_rarest_where_no_action_is_sorted(open_screen):
    at = open_screen("gaps", with_an_action())
    assert not [m.value for m in at.markdown if "fewest" in m.value]


def test_the_gaps_speak_of_causes_only(open_screen):
    at = open_screen("gaps", example())
    said = [m.value for m in at.markdown] + [t.value for t in at.title]
    outside = [text for text in said if "factor" in text.split("“")[0]]
    assert outside == []


def test_no_cause_is_chosen_for_an_action_until_somebody_chooses(open_screen, store):
    at = open_screen("actions", with_an_action())
    (action,) = store.load("testtown").all(Action)
    at.button(key=f"actions.open.{action}").click().run()
    on_tab(at, "Causes it acts on")
    (button,) = [b for b in at.button if b.label == "Tie to this cause"]
    button.click().run()
    assert "Choose the cause it acts on first" in at.error[0].value
    assert not store.load("testtown").all(ActionFactor)


def test_actions_that_came_since_are_said_though_the_map_stood_still(
    open_screen, store
):
    at = open_screen("compare", from_template("starter", "Testtown"))
    with store.editing("testtown", actor=FACILITATOR, label="Add an action") as draft:
        new_action(draft, "Walking group")
    at.run()
    assert "nothing changed on the map" in at.title[0].value
    assert "1 action new" in [s.value for s in at.subheader]


def test_the_workshop_last_held_comes_before_one_still_to_come(open_screen):
    draft = example()
    today = now().date()
    ids = list(draft.all(Workshop))
    for days, key in zip((-30, -3, 40), ids, strict=False):
        held = draft.all(Workshop)[key]
        draft.replace(replace(held, open=False, on=today + timedelta(days=days)))
    at = open_screen("inbox", draft)
    expected = ids[1] if len(ids) > 1 else ids[0]
    assert at.selectbox(key="inbox.workshop").value == expected


def test_a_workshop_just_planned_is_not_called_closed(open_screen):
    draft = example()
    first = next(iter(draft.all(Workshop).values()))
    draft.replace(replace(first, open=False))
    fresh = plan_workshop(draft, next(iter(kits().values())), title="Third workshop")
    at = open_screen("workshops", draft)
    at.selectbox(key="workshops.workshop").select(fresh.id).run()
    said = at.title[0].value
    assert said.startswith("Third workshop is planned for 6 tables; its room is not")


def test_the_corner_undoes_what_was_done_here_and_no_phones_note(open_screen, store):
    draft = from_template("starter", "Testtown")
    workshop = plan_workshop(draft, next(iter(kits().values())))
    at = open_screen("workshops", draft)
    with store.editing(draft.id, actor=FACILITATOR, label="Open the room") as changed:
        open_room(changed, workshop.id, address="http://127.0.0.1:1")
    seat = Seat(workshop_id=workshop.id, part="capture", device="d")
    note = Contribution(
        id="n", workshop_id=workshop.id, text="Stress", at=now(), participant="d"
    )
    store.apply(
        draft.id,
        [put(note)],
        actor=Actor("A phone", "room", seat),
        label="A note",
    )
    at.session_state["workspace.made"] = frozenset({2})
    at.run()
    assert at.button(key="frame.undo").label.startswith("Undo\\: Open the room")


def test_the_same_change_many_times_is_one_line_on_home(open_screen, store):
    draft = from_template("starter", "Testtown")
    at = open_screen("home", draft)
    for number in range(3):
        with store.editing(draft.id, actor=FACILITATOR, label="A dot") as changed:
            new_action(changed, f"Walk {number}")
    at.run()
    said = [m.value for m in at.markdown if "A dot" in m.value]
    assert len(said) == 1
    assert "A dot \\(3 times\\)" in said[0]
