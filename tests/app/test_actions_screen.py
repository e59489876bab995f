"""Actions: four views of the register, in each of which the row opens the action."""

import json

import pytest

from app.components.action_rows import VIEWS
from systemmap.bundled.examples import example


@pytest.fixture
def actions(open_screen):
    return open_screen("actions", example())


def rows(at):
    return [b for b in at.button if (b.key or "").startswith("actions.open.")]


def spoken(at):
    sent = [json.loads(one.proto.json) for one in at.get("bidi_component")]
    (data,) = [one for one in sent if "said" in one]
    return data


def test_a_row_says_action_lead_progress_date_and_causes(actions):
    (row,) = [r for r in rows(actions) if "Holiday food and fun clubs" in r.label]
    assert row.label == (
        "**Holiday food and fun clubs** *Education and Leisure Trust* *Ongoing – 9 sites in summer 2026* "
        "*Aug 26 \\(overdue\\)* *Food insecurity and Range of local clubs and activities*"
    )


@pytest.mark.parametrize("view", VIEWS)
def test_the_row_itself_opens_the_action_in_every_view(actions, view):
    at = actions.segmented_control(key="actions.view").set_value(view).run()
    assert not at.exception
    row = rows(at)[3]
    opened = row.key.removeprefix("actions.open.").partition(".")[0]
    at = row.click().run()
    title = example().actions[opened].title
    assert title in [h.value.replace("\\", "") for h in at.header]
    assert spoken(at)["focus"] == "actions-card"
    at.button(key="actions.close").click().run()
    assert at.header == [] or title not in [h.value for h in at.header]
    assert spoken(at)["focus"] == f"actions-open-{opened}"


def test_each_view_heads_its_groups(actions):
    def heads(view):
        at = actions.segmented_control(key="actions.view").set_value(view).run()
        return [s.value.replace("\\", "") for s in at.header]

    assert heads("Board")[:3] == ["Proposed", "Not planned yet", "Not started"]
    assert heads("Timeline")[0] == "Overdue"
    assert heads("By who leads")[:2] == ["Adult Learning", "Chamber of Commerce"]


def test_a_filter_says_how_many_are_left(actions):
    at = actions.selectbox(key="actions.status").select("paused").run()
    assert len(rows(at)) == 2
    assert spoken(at)["said"] == "2 of 60 actions listed."
