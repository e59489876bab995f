"""Every screen, on nothing, on little and on the example: it opens with one finding."""

import ast
from pathlib import Path

import pytest

from app.screens import SCREENS
from systemmap.bundled.examples import example, from_template
from systemmap.testing import map_from, programme_of
from tests.sizes import spread

ROOT = Path(__file__).parents[2]
PROGRAMMES = {
    "empty": programme_of,
    "small": lambda: programme_of(
        map_from("stress -> snacking +\n snacking -> weight ?")
    ),
    "template": lambda: from_template("starter", "Testtown"),
    "example": example,
}


def problems(at):
    return [e.message for e in at.exception] + [e.value for e in at.error]


FEW = spread(SCREENS, 6)  # the template holds what the example does, without actions
OPENED = [
    (key, made)
    for key in SCREENS
    for made in PROGRAMMES
    if made != "template" or key in FEW
]


@pytest.mark.parametrize(("key", "made"), OPENED)
def test_a_screen_opens_with_one_finding_and_at_most_one_primary_button(
    open_screen, key, made
):
    at = open_screen(key, PROGRAMMES[made]())
    assert problems(at) == []
    (finding,) = at.title
    assert len(finding.value) > 10
    primary = [
        b.label
        for b in at.button
        if b.proto.type == "primary" and not b.proto.is_form_submitter
    ]
    assert len(primary) <= 1


@pytest.mark.parametrize(
    "key", [k for k, s in SCREENS.items() if not s.needs_programme]
)
def test_a_screen_of_the_first_start_draws_without_a_programme(open_screen, key):
    at = open_screen(key)
    assert problems(at) == []
    assert len(at.title) == 1


@pytest.mark.parametrize("key", SCREENS)
def test_a_screen_touches_neither_the_state_nor_the_store(key):
    text = (ROOT / "app" / "screens" / f"{key}.py").read_text(encoding="utf-8")
    names = {
        node.attr
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute)
    }
    assert not names & {"session_state", "store"}


@pytest.mark.parametrize("key", SCREENS)
def test_hostile_words_stay_words(open_screen, key):
    hostile = "![x](http://evil.example/x.png) :red[now] <img src=x> $5 to $10"
    system_map = map_from("stress -> snacking +")
    from dataclasses import replace

    from systemmap.editing.actions import tie
    from systemmap.model.response import Action

    system_map.replace_factor(replace(system_map.factor("stress"), label=hostile))
    programme = programme_of(
        system_map,
        Action(id="act", title=hostile, owners_raw=hostile, owners=(hostile,)),
    )
    tie(programme, "act", "stress", reason=hostile)
    at = open_screen(key, programme)
    assert problems(at) == []
    for element in [
        *at.markdown,
        *at.title,
        *at.header,
        *at.subheader,
        *at.caption,
        *at.info,
        *at.success,
    ]:
        assert "![x]" not in element.value, element.value
        assert ":red[now]" not in element.value, element.value
