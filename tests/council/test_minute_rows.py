"""Each line of a board minute: in by file, seen on a screen, out in a document."""

from __future__ import annotations

from datetime import date

from systemmap.language.progress_words import progress_words
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.plan import Decision
from systemmap.model.response import Update
from tests.council.checklist import MINUTE, row
from tests.council.seen import plain, words_of

MINUTED = "good-food-and-moving-more-where-the-programme-stands"


@row(
    MINUTE,
    "A live plan, adopted, taken stock of",
    "Versions of the programme; any two can be compared",
    screen="Changes",
    command="systemmap compare NAME A B",
    document="Board paper with “progress since”",
)
def test_any_two_moments_can_be_compared(aldermere):
    said = aldermere.command("compare", "Aldermere", "2", "3")
    assert "action: 19 added" in said
    assert "Import aldermere_minute.txt" in aldermere.command("history", "Aldermere")


@row(
    MINUTE,
    "A wider plan, refreshed; the work stands in it as a chapter",
    "Frameworks with a list of their own, as tags of actions",
    screen="Plan, Frameworks",
    command="systemmap rows NAME frameworks",
    document="Programme record",
)
def test_an_outside_plan_is_a_framework(aldermere):
    assert "Community Plan,Chapter 3" in aldermere.rows("frameworks")
    assert "Counts for Community Plan: Chapter 3" in aldermere.document(
        "programme_record"
    )


@row(
    MINUTE,
    "The priorities that still fit",
    "A list of the council's own; actions by priority and status",
    screen="Plan, Frameworks",
    command="systemmap rows NAME frameworks",
    document="Programme record",
)
def test_own_priorities_are_a_list_with_a_grid(aldermere):
    shown = aldermere.screen("programme", "Frameworks")
    assert "Our five aims: Food for all" in shown
    assert "Actions by framework and status" in shown
    assert "Actions by framework and population" in shown
    assert "Our five aims: Food for all" in aldermere.document("programme_record")


@row(
    MINUTE,
    "Eight key messages",
    "Points of the event under their section, each to be sorted anew",
    screen="Plan, Governance",
    command="systemmap rows NAME points",
    document="Programme record",
)
def test_key_messages_are_points_to_sort_anew(aldermere):
    at = aldermere.opened("programme", "Governance", programme__event=MINUTED)
    assert "Key message (8)" in words_of(at)
    at.selectbox(key="programme.point").set_value(
        "free-does-not-mean-easy-to-reach"
    ).run()
    section = next(s for s in at.selectbox if s.label == "Section")
    section.set_value("insight").run()
    store = at.session_state["workspace.store"]
    moved = store.load("aldermere").find(EventPoint, "free-does-not-mean-easy-to-reach")
    assert moved.section == "insight"
    assert "Free does not mean easy to reach" in aldermere.document("programme_record")


@row(
    MINUTE,
    "A national framework with its clinical areas",
    "Shipped lists for adults and children, several to an action",
    screen="Plan, Frameworks",
    command="systemmap rows NAME actions",
    document="Programme record",
)
def test_an_action_carries_several_frameworks(aldermere):
    lido = next(
        a
        for a in aldermere.programme.actions.values()
        if a.title.startswith("Reopen the lido")
    )
    assert lido.frameworks == (
        "core20plus5_adults.hypertension",
        "our_five_aims.close_to_home",
    )
    for shown in (
        aldermere.rows("actions"),
        aldermere.document("programme_record"),
        aldermere.screen("programme", "Frameworks"),
    ):
        assert "Core20PLUS5 (adults): Hypertension" in shown


@row(
    MINUTE,
    "People living in poverty, other communities, a list of high impact",
    "Populations in their own right; free tags",
    screen="Plan, Frameworks",
    command="systemmap rows NAME populations",
    document="Programme record",
)
def test_populations_stand_in_their_own_right(aldermere):
    assert "People living in poverty,Yes" in aldermere.rows("populations")
    assert "For People living in poverty" in aldermere.document("programme_record")
    assert "People living in poverty" in aldermere.screen("programme", "Frameworks")


@row(
    MINUTE,
    "An outcomes framework with profiles",
    "Indicators with the frameworks they count for",
    screen="Plan, Frameworks; Local picture",
    command="systemmap rows NAME indicators",
    document="Programme record",
)
def test_an_indicator_counts_for_frameworks(aldermere):
    assert "Our five aims: Close to home" in aldermere.rows("indicators")
    assert (
        "Swims a month counts for Our five aims: Close to home."
        in aldermere.document("programme_record")
    )
    assert "Swims a month" in aldermere.screen(
        "programme", "Frameworks", programme__lists="indicators"
    )


@row(
    MINUTE,
    "Personal care, a self-assessment against a model",
    "An assessment event; actions that touch no cause stay in the register",
    screen="Plan, Governance; Actions",
    command="systemmap rows NAME events",
    document="Programme record",
)
def test_a_self_assessment_without_a_date_gets_none(aldermere):
    event = aldermere.programme.find(Event, "self-assessment-of-personal-care")
    assert (event.on, event.attended) == (None, None)
    assert (
        "Self-assessment of personal care Assessment, no date given. Found: Plans are made late."
        in aldermere.document("programme_record")
    )
    assert "no cause yet" in aldermere.screen("actions")


@row(
    MINUTE,
    "A pathway reviewed for overlap, with people with severe mental illness in mind",
    "A review event with its findings",
    screen="Plan, Governance",
    command="systemmap rows NAME events",
    document="Programme record",
)
def test_a_pathway_review_has_its_findings(aldermere):
    assert "Three services overlap" in aldermere.rows("events")
    assert (
        "Review of the ways into prevention Service or pathway review, no date given, for People with severe mental illness. Found: Three services overlap."
        in aldermere.document("programme_record")
    )
    assert "Three services overlap" in aldermere.screen(
        "programme", "Governance", programme__governance="events"
    )


@row(
    MINUTE,
    "A service bought again, learning used elsewhere",
    "A stage of the action, beside its status",
    screen="Actions",
    command="systemmap rows NAME actions",
    document="Programme record",
)
def test_a_stage_stands_beside_the_status(aldermere):
    assert "Recommissioning" in aldermere.rows("actions")
    assert "Stage: recommissioning." in aldermere.document("programme_record")
    assert "Recommissioning" in aldermere.screen("actions")


@row(
    MINUTE,
    "An enabler group that owns a part; workforce",
    "A group among the boards, and as an owner in one piece",
    screen="Plan, Governance; Actions",
    command="systemmap rows NAME boards",
    document="Programme record",
)
def test_an_owner_may_be_a_group(aldermere):
    assert (
        "Workforce Enabler Group: enabler group, reports to Healthy Places Group."
        in aldermere.document("programme_record")
    )
    owned = [
        a
        for a in aldermere.programme.actions.values()
        if "Workforce Enabler Group" in a.owners
    ]
    assert [a.title[:11] for a in owned] == ["Teach front"]
    assert "Workforce Enabler Group" in aldermere.screen("actions")


@row(
    MINUTE,
    "Over a thousand people asked in two places, still going on",
    "An engagement with its count; insights said by how many",
    screen="Plan, Governance",
    command="systemmap rows NAME events",
    document="Board paper, programme record",
)
def test_an_engagement_has_its_count_and_its_insights(aldermere):
    assert (
        "Asking about the path Engagement, February 27 onwards, for Residents of Quay and Night workers, 1,240 people."
        in aldermere.document("programme_record")
    )
    assert "The path is dark after six (said by 310)." in aldermere.document(
        "programme_record"
    )
    at = aldermere.opened(
        "programme", "Governance", programme__event="asking-about-the-path"
    )
    assert any("said by 310" in m.value for m in at.markdown)


@row(
    MINUTE,
    "A service delivered, with early outcomes; strands within it",
    "Dated updates by kind; an action that is a part of another",
    screen="Plan, Timeline",
    command="systemmap rows NAME updates",
    document="Board paper, programme record",
)
def test_updates_have_their_days_and_kinds(aldermere, tmp_path):
    assert "Over 2,300 swims in the first month" in aldermere.rows("updates")
    time = aldermere.screen("programme", "Timeline")
    assert "21 August 2025" in time  # long before anything was kept here
    since = aldermere.document("board_paper", since=date(2025, 8, 1))
    assert (
        "Reopen the lido for family swimming (21 August 2025): Over 2,300 swims in the first month."
        in since
    )
    page = tmp_path / "paper.html"
    aldermere.command(
        "document", "Aldermere", "board_paper", page, "--since", "1 August 2025"
    )
    text = plain(page.read_text(encoding="utf-8"))
    assert "Progress since 1 August 2025" in text  # a year before it was kept here
    assert "(21 August 2025): Over 2,300 swims in the first month." in text
    assert "added" not in text  # nothing is known of the plan as it was then
    part = "Is part of “Keep the Saturday market through the winter”."
    assert part in aldermere.document("programme_record")


@row(
    MINUTE,
    "Ten lines of progress",
    "Points that wait to be taken as updates of the actions they are about",
    screen="Plan, Governance",
    command="systemmap rows NAME points",
    document="Programme record",
)
def test_progress_is_proposed_as_an_update_and_never_an_action_without_one(aldermere):
    titles = {a.title for a in aldermere.programme.actions.values()}
    assert "Cargo bikes on loan to six firms" not in titles
    at = aldermere.opened("programme", "Governance", programme__event=MINUTED)
    at.selectbox(key="programme.point").set_value(
        "cargo-bikes-on-loan-to-six-firms"
    ).run()
    (take,) = [b for b in at.button if b.label.startswith("Take it as an update of")]
    assert "Lend cargo bikes" in take.label
    take.click().run()
    assert not at.exception
    store = at.session_state["workspace.store"]
    (made,) = [
        u for u in store.load("aldermere").all(Update).values() if "Cargo" in u.text
    ]
    assert (made.on, made.action_id[:16]) == (None, "lend-cargo-bikes")
    lent = store.load("aldermere").actions[made.action_id]
    assert progress_words(lent) == "Cargo bikes on loan to six firms"  # no "No update"


@row(
    MINUTE,
    "Stages from approved and recruiting to launched, delivered, evaluated; a wider remit",
    "The stages of an action; its history says when they changed",
    screen="Actions",
    command="systemmap rows NAME actions",
    document="Programme record",
)
def test_every_stage_has_a_word():
    from systemmap.vocab import terms

    stages = terms("stages")
    for key in (
        "approved",
        "recruiting",
        "mobilising",
        "launched",
        "delivering",
        "expanding",
        "evaluating",
        "recommissioning",
        "closed",
    ):
        assert stages[key].label


@row(
    MINUTE,
    "“Resolved: (1) … be noted. (2) … be endorsed.”; something decided by others",
    "Decisions by verb, tied to the event and its next steps; outside decisions as points",
    screen="Plan, Governance",
    command="systemmap rows NAME decisions",
    document="Board paper, programme record",
)
def test_resolutions_are_decisions_of_the_event_about_its_next_steps(aldermere):
    assert ",endorse,,,Good Food and Moving More" in aldermere.rows("decisions")
    record = aldermere.document("programme_record")
    assert (
        "at “Good Food and Moving More: where the programme stands”; about “Bring the takeaway policy"
        in record
    )
    assert "Decided elsewhere (1)" in record
    paper = aldermere.document("board_paper")
    assert (
        "That the next steps shown on the slides be endorsed; at “Good Food and Moving More"
        in paper
    )
    assert "That the state of the programme be noted" in aldermere.screen(
        "programme", "Governance", programme__governance="decisions"
    )


def test_a_resolution_is_sorted_anew_like_every_other_line(aldermere):
    noted = "that-the-state-of-the-programme-be-noted"
    at = aldermere.opened("programme", "Governance", programme__event=MINUTED)
    assert "Decided (2)" in words_of(at)
    every = aldermere.programme.all(Decision).values()
    key = next(d.id for d in every if d.text.startswith("That the state"))
    at.selectbox(key="programme.point").set_value(f"decision:{key}").run()
    section = next(s for s in at.selectbox if s.label == "Section")
    section.set_value("message").run()
    assert not at.exception
    store = at.session_state["workspace.store"]
    moved = store.load("aldermere").find(EventPoint, noted)
    assert moved.section == "message"
    at.selectbox(key="programme.point").set_value(noted).run()
    section = next(s for s in at.selectbox if s.label == "Section")
    section.set_value("decision").run()
    assert key in store.load("aldermere").all(Decision)  # it is the same again
