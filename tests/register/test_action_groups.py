"""Actions in groups: by status, by who leads, by when they are due."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from systemmap.model.due import read_due
from systemmap.model.response import Action
from systemmap.overview.action_groups import by_due, by_lead, by_status
from systemmap.vocab import terms

DAY = date(2026, 11, 21)
DUE = ["", "March 2026", "Dec 26", "Nov 26", "April 27 onwards", "when we can", "2027"]


def listed(*actions):
    return {
        group.title: [action.id for action in group.actions]
        for group in by_due(actions, DAY)
    }


def action(key, due="", status="ongoing", owners=()):
    read = read_due(due) if due else None
    return Action(id=key, title=key, due=read, status=status, owners=owners)


def test_what_is_due_stands_month_by_month_after_what_is_overdue():
    found = listed(
        action("later", "March 2027"),
        action("late", "March 2026"),
        action("now", "Nov 26"),
        action("open", "April 27 onwards"),
        action("never", "when we can"),
        action("none"),
        action("done", "March 2026", status="complete"),
    )
    assert found == {
        "Overdue": ["late"],
        "November 2026 (this month)": ["now"],
        "March 2027": ["later"],
        "No end named": ["open"],
        "No date given, or none that could be read": ["never", "none"],
        "Nothing left to do": ["done"],
    }
    assert list(found)[:3] == ["Overdue", "November 2026 (this month)", "March 2027"]


def test_leads_come_by_name_and_nobody_last():
    found = by_lead(
        (
            action("a", owners=("Sport", "Arts")),
            action("b"),
            action("c", owners=("Arts",)),
        )
    )
    assert [(g.title, [a.id for a in g.actions]) for g in found] == [
        ("Arts", ["a", "c"]),
        ("Sport", ["a"]),
        ("No named lead", ["b"]),
    ]


def test_statuses_come_in_the_order_of_the_menu_and_no_update_last():
    keys = [*terms("statuses"), ""]
    found = by_status(
        action(f"a{n}", status=key) for n, key in enumerate(reversed(keys))
    )
    assert [g.title for g in found] == [
        *(term.label for term in terms("statuses").values()),
        "No update",
    ]


@given(
    st.lists(st.tuples(st.sampled_from(DUE), st.sampled_from([*terms("statuses"), ""])))
)
def test_nobody_is_lost_in_a_group(drawn):
    actions = [action(f"a{n}", due, status) for n, (due, status) in enumerate(drawn)]
    for groups in (by_due(actions, DAY), by_status(actions), by_lead(actions)):
        assert sorted(a.id for g in groups for a in g.actions) == sorted(
            a.id for a in actions
        )
