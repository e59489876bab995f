"""Each line of a six-month plan: in by file, seen on a screen, out in a document."""

from __future__ import annotations

from systemmap.model.plan import Phase, Workstream
from tests.council.checklist import PLAN, row
from tests.council.seen import words_of

SIX = "Action Aims Responsible Due date Progress Outcomes"


@row(
    PLAN,
    "Two tables with six columns each",
    "The columns of the plan, in its order and words",
    screen="Plan, Plan table",
    command="systemmap export NAME plan_word",
    document="Plan table as Word, Excel or text",
)
def test_the_six_columns_come_back_in_their_order_and_words(aldermere, tmp_path):
    assert len(aldermere.programme.all(Workstream)) == 3  # two of the plan, one minute
    file = tmp_path / "plan.html"
    aldermere.command("export", "Aldermere", file, "--to", "plan_html")
    text = file.read_text(encoding="utf-8")
    for heading in (
        *SIX.replace("Due date", "Due-date").split(),
        "Phases of development",
    ):
        assert heading.replace("-", " ") in text
    assert "title,aims,owners,due,note,outcomes" in aldermere.screen(
        "programme", "Plan table"
    )


@row(
    PLAN,
    "Lists with marks and stray markup, a web address in the text",
    "Aims one by one; addresses whole",
    screen="Plan, Plan table",
    command="systemmap rows NAME plan",
    document="Programme record",
)
def test_aims_stand_one_by_one_and_no_markup_is_seen(aldermere):
    actions = aldermere.programme.actions
    visit = next(a for a in actions.values() if a.title.startswith("Visit each"))
    assert len(visit.aims) == 3
    for shown in (
        aldermere.rows("plan"),
        aldermere.screen("programme", "Plan table"),
        aldermere.document("programme_record"),
    ):
        assert "Bring two examples to the joint session." in shown
        assert "list-style-type" not in shown
        assert "•" not in shown
    assert (
        "https://www.aldermere.example/healthy-places/six-phases"
        in aldermere.document("programme_record")
    )


@row(
    PLAN,
    "A row broken over two pages",
    "One action, its last aim whole",
    screen="Plan, Plan table",
    command="systemmap rows NAME plan",
    document="Programme record",
)
def test_a_row_broken_over_two_pages_is_one(aldermere):
    whole = "Hear what residents of the Quay and Hillside estates and of the two coastal villages asked for, building on action 2."
    for shown in (
        aldermere.rows("plan"),
        aldermere.screen("programme", "Plan table"),
        aldermere.document("programme_record"),
    ):
        assert whole in " ".join(shown.split())


@row(
    PLAN,
    "“Phase 1: Setup – …”",
    "Number, name and goal; “Setup” is “Set-up”",
    screen="Plan, Phases",
    command="systemmap rows NAME phases",
    document="Board paper",
)
def test_number_name_and_goal_are_parted(aldermere):
    first = min(aldermere.programme.all(Phase).values(), key=lambda p: p.number)
    assert (first.number, first.name) == (1, "Set-up")
    assert first.goal.startswith("Find a sponsor")
    assert "1 Set-up" in aldermere.screen("programme", "Phases")
    assert first.goal in aldermere.rows("phases")
    assert "1 Set-up" in aldermere.document("board_paper")


@row(
    PLAN,
    "“Oct 26”, “March 27 meeting”, “April 27 onwards”, blank progress",
    "The words, with what they were read as; blank is no update",
    screen="Plan, Timeline",
    command="systemmap rows NAME plan",
    document="Programme record",
)
def test_dates_and_progress_stay_as_typed(aldermere):
    plan = aldermere.rows("plan")
    assert "March 27 meeting" in plan
    assert "April 27 onwards" in plan
    time = aldermere.screen("programme", "Timeline")
    assert "April 27 onwards" in time
    assert (
        "Publish the survey of places to be active in Aldermere. Action Oct 26 Done Complete"
        in time
    )
    record = aldermere.document("programme_record")
    assert "Ongoing - hall booked for the last week of Jan 27." in record


@row(
    PLAN,
    "“HWB, wider partners”, “All partners”, blank",
    "Owners as typed and one by one; a row that names nobody is counted",
    screen="Actions",
    command="systemmap rows NAME plan",
    document="Board paper",
)
def test_owners_stand_as_typed_and_nobody_is_counted(aldermere):
    owners = {a.owners_raw: a.owners for a in aldermere.programme.actions.values()}
    assert owners["HWB, wider partners"] == ("HWB", "wider partners")
    assert "HWB, wider partners" in aldermere.rows("plan")
    assert "HWB, wider partners" in aldermere.screen("actions")
    assert "without a named lead" in aldermere.document("board_paper")


@row(
    PLAN,
    "The partnership, the board that decides, who leads, the purpose of each workstream",
    "Boards and groups with who reports to whom",
    screen="Plan, Governance",
    command="systemmap rows NAME boards",
    document="Programme record",
)
def test_who_reports_to_whom_is_said(aldermere):
    line = "Healthy Places Group: partnership, chaired by Director of Public Health, reports to Health and Wellbeing Board."
    assert line in aldermere.screen("programme", "Governance")
    assert line in aldermere.document("programme_record")
    assert (
        "Healthy Places Group,,Partnership,Health and Wellbeing Board"
        in aldermere.rows("boards")
    )


@row(
    PLAN,
    "A needs assessment, published, approved by the board",
    "An event with what it produced and found, for whom",
    screen="Plan, Governance",
    command="systemmap rows NAME events",
    document="Programme record",
)
def test_an_assessment_has_what_it_produced_and_found(aldermere):
    line = "Survey of places (Assessment, Oct 26, Health and Wellbeing Board, for Residents of Quay). It produced: Survey on the council website. Found: Two estates have no green space within ten minutes."
    told = line.replace(" (A", " A").replace("Quay).", "Quay.")  # under its own heading
    assert told in aldermere.document("programme_record")
    events = aldermere.opened("programme", "Governance", programme__governance="shown")
    assert line in list(events.selectbox(key="programme.event").options)
    assert "Survey on the council website" in aldermere.rows("events")


@row(
    PLAN,
    "One-to-one talks with partners",
    "Events of that kind, with the days on which a partner was met",
    screen="Stakeholders; Plan, Governance",
    command="systemmap rows NAME stakeholders",
    document="Programme record",
)
def test_talks_with_partners_are_dated(aldermere):
    assert "One-to-one 3 November 2026; One-to-one 9 January 2027" in aldermere.rows(
        "stakeholders"
    )
    assert (
        "Visit to Harbour Housing One-to-one conversation, 3 November 2026, for Residents of Quay, 2 people from 1 organisation."
        in aldermere.document("programme_record")
    )
    assert "Harbour Housing" in aldermere.screen("stakeholders")


@row(
    PLAN,
    "A development session whose recommendations become actions",
    "An event, its recommendations, and the actions that came from them",
    screen="Plan, Governance",
    command="systemmap rows NAME points",
    document="Board paper, programme record",
)
def test_a_recommendation_becomes_an_action_that_says_where_it_came_from(aldermere):
    at = aldermere.opened("programme", "Governance", programme__event="joint-session")
    at.selectbox(key="programme.point").set_value(
        "write-one-plan-that-parks-and-housing-both-recognise"
    ).run()
    at.text_input[0].set_value("Healthy Places Group")
    button = next(b for b in at.button if b.label == "Make it an action")
    button.click().run()
    assert not at.exception
    store = at.session_state["workspace.store"]
    made = store.load("aldermere").actions[
        "write-one-plan-that-parks-and-housing-both-recognise"
    ]
    assert (made.origin, made.owners) == ("recommendation", ("Healthy Places Group",))
    said = "Write one plan that parks and housing both recognise (an action here)"
    assert any(said in m.value.replace("\\", "") for m in at.markdown)
    assert "34 people from 14 organisations" in aldermere.document("programme_record")


@row(
    PLAN,
    "Action 3 builds on action 2",
    "An action that needs another first",
    screen="Actions, Updates and what follows",
    command="systemmap rows NAME actions",
    document="Programme record",
)
def test_an_action_needs_another(aldermere):
    assert (
        "Needs “Visit each partner to hear what they run in the places named by the survey”."
        in aldermere.document("programme_record")
    )
    assert "Needs first" in aldermere.rows("actions")
    key = next(
        a.id
        for a in aldermere.programme.actions.values()
        if a.title.startswith("Joint session")
    )
    at = aldermere.opened("actions", "Updates and what follows")
    at.query_params["action"] = key
    at.run()
    assert any(
        "Needs “Visit each partner" in m.value.replace("\\", "") for m in at.markdown
    )


@row(
    PLAN,
    "A framework to monitor, looked at again over time",
    "Indicators, reviews with their days, gap runs that can be compared",
    screen="Plan, Governance",
    command="systemmap rows NAME reviews",
    document="Programme record",
)
def test_reviews_have_their_days(aldermere):
    assert "14 September 2026: First look back." in aldermere.document(
        "programme_record"
    )
    assert "First look back" in aldermere.rows("reviews")
    assert "First look back" in aldermere.screen(
        "programme", "Governance", programme__governance="reviews"
    )


@row(
    PLAN,
    "“food environment, schools, work …”: what is done for each, and where nothing is",
    "Themes of the map, gaps and recommendations",
    screen="Gaps",
    command="systemmap gaps NAME",
    document="Gap table",
)
def test_the_named_areas_are_themes_of_the_map():
    from systemmap.vocab import terms

    labels = [term.label for term in terms("themes").values()]
    for area in (
        "Food environment",
        "Physical activity",
        "Schools and early years",
        "Workplaces",
    ):
        assert area in labels


@row(
    PLAN,
    "Phases 4 to 6, to be planned later",
    "Phases that are not planned yet, without dates",
    screen="Plan, Phases",
    command="systemmap rows NAME phases",
    document="Phase report",
)
def test_later_phases_wait_without_a_date(aldermere):
    later = [p for p in aldermere.programme.all(Phase).values() if p.number > 3]
    assert [(p.status, p.due) for p in later] == [("not_planned", None)] * 3
    assert "Not planned yet" in aldermere.screen("programme", "Phases")
    assert "Not planned yet" in aldermere.document("board_paper")


@row(
    PLAN,
    "The narrative, senior leaders, the line of governance",
    "Vision and story; sponsors by role",
    screen="Plan, Vision and story",
    command="systemmap rows NAME story",
    document="Programme record",
)
def test_the_story_and_the_sponsors_are_kept(aldermere):
    words = "A whole town shapes weight."
    assert words in aldermere.rows("story")
    assert words in aldermere.document("programme_record")
    at = aldermere.opened("programme", "Vision and story")
    assert words in [area.value for area in at.text_area]
    engaged = "Chief Executive, Aldermere Council: engaged 12 October 2026."
    assert engaged in aldermere.document("programme_record")
    assert engaged in words_of(at)
    assert "Key messages (8)" in words_of(at)
    assert "sponsored by Chief Executive, Aldermere Council" in aldermere.screen(
        "programme", "Governance"
    )
