"""The screens for seeing: sentence first, every number computed, no dead end when empty."""

import re
from dataclasses import replace

import pytest

from systemmap.bundled.examples import example
from systemmap.model.due import read_due
from systemmap.model.plan import Phase, SavedView, Step
from systemmap.model.response import GapRun
from systemmap.overview.figures import figures
from systemmap.testing import map_from, programme_of
from tests.app.shown import shown_tables
from tests.council.seen import plain, words_of
from tests.drawing.foresight import foresight
from tests.local.test_publishers import programme as published
from tests.sizes import spread

SLEEP = map_from(
    "stress -> sleep -\n sleep -> stress -\n stress -> snacking +\n snacking -> weight ?",
    outcome="weight",
)
EMPTY_TITLES = {
    "loops": "There are no links yet, so there are no loops.",
    "pathways": "There are no links to follow yet.",
    "importance": "There is no map yet, so nothing can be said about what matters on it.",
    "what_if": "Choose an outcome first: a push is followed towards what you care about.",
    "effort": "No actions are listed yet, so nobody can see where effort goes.",
    "health": "There is no map yet, so there is nothing to ask about it.",
    "assets": "No assets are listed yet.",
    "stakeholders": "Nobody is listed as taking part yet.",
    "local_picture": "There are no figures yet. Bring in a file you downloaded, for example from Fingertips.",
}


def title(at):
    return at.title[0].value.replace("\\", "")


def written(at):
    return " ".join(element.value for element in at.markdown).replace("\\", "")


@pytest.mark.parametrize("key", EMPTY_TITLES)
def test_an_empty_programme_meets_a_sentence_and_a_way_on(open_screen, key):
    at = open_screen(key, programme_of())
    assert not at.exception
    assert title(at) == EMPTY_TITLES[key]
    assert at.button


@pytest.mark.parametrize("key", spread(EMPTY_TITLES, 4))  # of all: test_screens.py
def test_sampleshire_is_drawn_without_fault(open_screen, key):
    at = open_screen(key, example())
    assert not at.exception
    assert not at.error
    assert title(at) != EMPTY_TITLES[key]


def test_loops_are_counted_by_kind_and_told_in_words(open_screen):
    at = open_screen("loops", programme_of(SLEEP))
    assert title(at) == "1 loop of up to 6 causes. 1 feed themselves and 0 push back."
    assert (
        "More sleep → less stress → more sleep. It feeds itself (reinforcing)."
        in written(at)
    )


def test_a_measure_comes_with_question_caution_and_reference(open_screen):
    at = open_screen("importance", programme_of(SLEEP))
    assert "Which factors act directly on many others?" in written(
        at
    ) or "directly" in written(at)
    assert "Source:" in written(at)
    titles = at.selectbox(key="measure.which").options
    assert not [name for name in titles if "between" in name.lower()]
    at.checkbox(key="measure.advanced").check().run()
    assert [
        name
        for name in at.selectbox(key="measure.which").options
        if "between" in name.lower()
    ]


def test_setting_the_outcome_is_a_change_on_record(open_screen, store):
    programme = programme_of(SLEEP)
    at = open_screen("importance", programme)
    at.selectbox(key="importance.outcome").select("sleep").run()
    at.button(key="importance.set").click().run()
    assert store.load(programme.id).system_map().outcome == "sleep"
    assert store.history(programme.id)[0].label == "Set “Sleep” as the outcome"


def test_a_push_along_an_unknown_link_has_no_clear_direction(open_screen):
    at = open_screen("what_if", programme_of(SLEEP))
    at.multiselect(key="what_if.more").select("snacking").run()
    assert (
        title(at) == "“Weight” rises in some runs and falls in others: talk it through."
    )


def test_following_links_opens_with_the_answer(open_screen):
    at = open_screen("pathways", programme_of(SLEEP))
    assert title(at) == "Choose a cause to follow its links."
    at.multiselect(key="pathways.starts.").select("stress").run()
    assert title(at) == "Within two steps, “Stress” leads to 3 causes."


def test_a_kept_question_is_asked_again(open_screen, store):
    programme = programme_of(SLEEP)
    at = open_screen("pathways", programme)
    at.multiselect(key="pathways.starts.").select("stress").run()
    at.text_input(key="pathways.save.name").input("What rests on stress?")
    next(b for b in at.button if b.label == "Keep the question").click().run()
    (view,) = store.load(programme.id).all(SavedView).values()
    assert (view.name, view.kind, view.parameters["starts"]) == (
        "What rests on stress?",
        "recipe",
        ["stress"],
    )
    at.selectbox(key="pathways.saved").select(view.id).run()
    assert title(at) == "Within two steps, “Stress” leads to 3 causes."


def test_an_asset_is_added_by_form_and_a_blank_one_is_refused(open_screen, store):
    programme = programme_of(SLEEP)
    at = open_screen("assets", programme)
    add = next(b for b in at.button if b.label == "Add the asset")
    add.click().run()
    assert "Give the name people know it by" in at.error[0].value.replace("\\", "")
    at.text_input(key="assets.add.name").input("Canal path")
    next(b for b in at.button if b.label == "Add the asset").click().run()
    assert [asset.name for asset in store.load(programme.id).assets.values()] == [
        "Canal path"
    ]


def test_hostile_names_are_shown_as_typed(open_screen):
    hostile = "![x](http://example.com/x.png) :red[now] $x$"
    programme = programme_of(SLEEP)
    stress = programme.system_map().factor("stress")
    programme.replace(replace(stress, label=hostile))
    for key in ("loops", "pathways", "importance", "what_if", "health"):
        at = open_screen(key, replace_id(programme, key))
        assert not at.exception
        assert "](http:" not in " ".join(m.value for m in at.markdown)


def replace_id(programme, key):
    from systemmap.bundled.examples import renamed

    return renamed(programme, programme_id=f"test-{key.replace('_', '-')}")


def test_two_tables_are_compared_with_the_disagreement_first(open_screen):
    at = open_screen("compare", example())
    at.radio(key="compare.which").set_value("Two maps").run()
    assert not at.exception
    assert (
        title(at)
        == "They disagree about the direction of 1 link. Disagreement is information."
    )
    assert (
        "Two groups drew “Mental wellbeing” → “Healthier weight” in opposite directions."
        in written(at)
    )


def test_a_kept_gap_list_is_compared_with_today(open_screen, store):
    programme = example()
    at = open_screen("compare", programme)
    at.radio(key="compare.which").set_value("Gap lists").run()
    assert title(at).startswith("No gap list has been kept yet")
    at.button(key="compare.keep").click().run()
    assert len(store.load(programme.id).all(GapRun)) == 1
    assert "0 gaps opened, 0 agreed, 0 closed, 0 changed" in title(at)


def test_then_and_now_says_nothing_changed_when_nothing_did(open_screen):
    at = open_screen("compare", programme_of(SLEEP))
    assert title(at).endswith(": nothing changed on the map.")


def test_a_loop_is_told_link_by_link(open_screen):
    at = open_screen("loops", programme_of(SLEEP))
    at.button(key="loops.step.sleep,stress.next").click().run()
    assert "1 of 2: More sleep → less stress." in written(at)
    at.button(key="loops.step.sleep,stress.next").click().run()
    assert (
        "2 of 2: Less stress → more sleep. It feeds itself (reinforcing)."
        in written(at)
    )
    assert at.button(key="loops.step.sleep,stress.next").disabled
    at.button(key="loops.step.sleep,stress.back").click().run()
    assert "1 of 2:" in written(at)


@pytest.mark.parametrize(
    "key", ["loops", "importance", "what_if", "effort", "health", "gaps", "home"]
)
def test_a_screen_says_cause_where_analysts_say_factor(open_screen, key):
    at = open_screen(key, example())
    said = f"{title(at)} {written(at)} {' '.join(e.label for e in at.expander)}"
    outside = re.sub(r"“[^”]*”", "", said)
    # "Individual lifestyle factors" is the published name of a layer
    outside = re.sub(r"(lifestyle|community) factors", "", outside)
    assert not re.findall(r"\bfactors?\b", outside, re.IGNORECASE)


def test_a_programme_without_phases_can_take_up_the_six(open_screen, store):
    at = open_screen("programme", programme_of())
    at.button(key="programme.phases").click().run()
    programme = store.load("testtown")
    phases = sorted(programme.all(Phase).values(), key=lambda p: p.number)
    assert [phase.number for phase in phases] == [1, 2, 3, 4, 5, 6]
    assert len(programme.all(Step)) == 22
    assert not at.exception
    assert "0 of 6 phases complete" in title(at)


def test_where_to_act_lists_the_open_gaps_of_what_is_looked_at(open_screen):
    at = open_screen("opportunities", example())
    at.selectbox(key="opportunities.factor").set_value("stress").run()
    assert "Open gaps: 3" in [h.value.replace("\\", "") for h in at.header]


def test_home_marks_a_phase_whose_date_has_passed(open_screen):
    programme = programme_of()
    programme.add(
        Phase(
            id="a", number=1, name="Set-up", status="ongoing", due=read_due("Jan 23")
        ),
        Phase(
            id="b", number=2, name="Picture", status="complete", due=read_due("Jan 23")
        ),
    )
    at = open_screen("home", programme)
    assert written(at).count("Date has passed") == 1


def test_a_map_with_its_own_themes_names_them_in_what_matters(open_screen):
    at = open_screen("importance", foresight())
    said = str(shown_tables(at))
    assert "Food consumption" in said
    assert "food_consumption" not in said


def test_reach_without_anybody_to_act_says_what_to_mark_and_is_no_error(open_screen):
    at = open_screen("what_if", foresight())
    assert not at.error
    assert "Nobody has said yet who can change what." in written(at)


def test_chosen_indicators_stand_side_by_side_each_with_unit_period_and_source(
    open_screen,
):
    at = open_screen("local_picture", published(area="Sampleshire", code="E06000099"))
    at.session_state["local_picture.tab"] = "Side by side"
    at.run()
    chosen = at.multiselect(key="local_picture.several")
    town = published(area="Sampleshire", code="E06000099")
    wanted = [figure for figure in figures(town) if figure.own][:3]
    assert [figure.name for figure in wanted] == chosen.options[:3]
    chosen.set_value(chosen.value[:3]).run()
    assert len(at.get("image")) == 3
    words = words_of(at)
    for figure in wanted:
        assert plain(figure.sentence) in words
        assert plain(figure.indicator.source) in words
    assert ".." not in words
