"""A story is saved views in their order; what is gone from the map is said, not shown."""

from datetime import date

from systemmap.bundled.examples import example
from systemmap.drawing.story import parameters_of, saved_views, story_of
from systemmap.drawing.view import Choice
from systemmap.formats.drawn_maps import interactive_map
from systemmap.model.plan import SavedView
from systemmap.testing import map_from, programme_of


def town(*views):
    return programme_of(map_from("stress -> snacking +"), *views)


def test_sampleshire_tells_three_steps_in_their_order():
    story = story_of(example())
    assert [step.name for step in story] == [
        "Start with stress",
        "The school run",
        "Where nobody acts yet",
    ]
    assert (story[0].choice.focus, story[0].choice.steps) == ("stress", 1)
    assert story[0].choice.layers == ()
    assert story[2].choice.layers == ("gaps",)


def test_a_saved_view_comes_back_as_it_was_chosen():
    choice = Choice(
        focus="stress",
        steps=3,
        themes=("schools", ""),
        determinants=("wider", ""),
        styles=("less", "unknown"),
        agreed=("agreed",),
        rungs=(0, 2),
        tables=("oak",),
        hide=True,
        layers=("gaps", "actions", "assets", "votes", "loops"),
    )
    view = SavedView(id="mine", name="Mine", parameters=parameters_of(choice))
    (found,) = saved_views(town(view))
    assert found.choice == choice


def test_a_focus_that_left_the_map_is_named_and_the_whole_map_is_shown():
    view = SavedView(id="old", name="Old", kind="story", parameters={"focus": "gone"})
    (step,) = story_of(town(view))
    assert (step.missing, step.choice.focus) == ("gone", "")


def test_odd_parameters_never_stop_a_story():
    odd = {"focus": None, "steps": "many", "themes": 5, "show": "gaps glitter"}
    (step,) = story_of(town(SavedView(id="o", name="O", kind="story", parameters=odd)))
    assert step.choice == Choice(layers=("gaps",))


def test_a_step_number_is_kept_within_what_the_map_offers():
    views = [
        SavedView(id=f"v{n}", name=f"{n}", kind="story", parameters={"steps": n})
        for n in (0, 2, 99)
    ]
    assert [step.choice.steps for step in story_of(town(*views))] == [1, 2, 3]


def test_the_exported_page_tells_the_story_as_text():
    html = interactive_map(example(), at=date(2026, 11, 21))
    assert html.count("<li><h3>") == 3
    assert "that loop feeds itself" in html


def test_a_map_without_a_story_has_no_place_for_one():
    assert (
        "story-walk"
        not in interactive_map(town(), at=date(2026, 11, 21)).split(
            "<script", maxsplit=1
        )[0]
    )
