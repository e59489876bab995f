"""Colours keep apart for every eye, and nothing relies on colour alone."""

import re
from itertools import combinations

import numpy as np
import pytest

from systemmap.drawing.styles import (
    DARK,
    FONT_STACK,
    INK_SHARE,
    LIGHT,
    LINK_STYLES,
    RATINGS,
    contrast,
    theme_styles,
    tint,
)
from systemmap.drawing.web_files import web_names, web_text
from systemmap.vocab import terms

# Machado, Oliveira & Fernandes (2009), severity 1.0
MACHADO = {
    "full vision": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
LOOKS = [LIGHT, DARK]


def lab(colour, matrix):
    parts = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    ratio = TO_XYZ @ seen / np.array([0.95047, 1, 1.08883])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def nine(roles):
    return [s.colour(roles) for s in theme_styles(terms("themes")).values()]


@pytest.mark.parametrize("roles", LOOKS, ids=lambda r: r.name)
@pytest.mark.parametrize("eye", MACHADO)
def test_any_two_themes_stay_apart_for_every_eye(roles, eye):
    distances = [
        np.linalg.norm(lab(a, MACHADO[eye]) - lab(b, MACHADO[eye]))
        for a, b in combinations(nine(roles), 2)
    ]
    assert len(distances) == 36
    assert min(distances) >= 20


@pytest.mark.parametrize("roles", LOOKS, ids=lambda r: r.name)
def test_outlines_and_lines_stand_out_from_the_ground(roles):
    for colour in nine(roles):
        assert contrast(colour, roles.paper) >= 3.3
        assert contrast(colour, roles.ground) >= 3.1
    for style in LINK_STYLES.values():
        shares = INK_SHARE.values() if style.key in ("more", "less") else [1]
        for share in shares:
            assert (
                contrast(tint(style.colour(roles), roles.ground, share), roles.ground)
                >= 3
            )


@pytest.mark.parametrize("roles", LOOKS, ids=lambda r: r.name)
def test_text_is_readable_on_every_surface(roles):
    for colour in (roles.ink, roles.quiet, roles.action):
        assert contrast(colour, roles.paper) >= 4.5
        assert contrast(colour, roles.ground) >= 4.5
    for colour in nine(roles):
        assert contrast(roles.ink, tint(colour, roles.paper)) >= 4.5


def test_ratings_are_readable_and_say_their_word():
    assert all(
        contrast(r.ink, r.fill) >= 4.5 and r.word and r.sign for r in RATINGS.values()
    )


def test_links_differ_without_colour():
    drawn = {(s.dash, s.head, s.lines, s.sign) for s in LINK_STYLES.values()}
    assert len(drawn) == len(LINK_STYLES)
    assert len({s.sign for s in LINK_STYLES.values()}) == len(LINK_STYLES)


def test_every_theme_has_a_code_of_its_own_and_the_tenth_a_second_outline():
    wanted = [*terms("themes"), "", "aa-first", "zz last", "Food production"]
    styles = theme_styles(wanted)
    assert len({s.code for s in styles.values()}) == len(wanted)
    assert [s.key for s in styles.values() if s.second] == [
        "aa-first",
        "Food production",
        "zz last",
    ]
    assert styles[""].dashed
    assert styles["food_environment"].code == "FE"


def test_the_scripts_write_in_the_fonts_of_the_drawing():
    scripts = [web_text(name) for name in web_names() if name.endswith(".js")]
    stacks = {
        line.split('"')[1]
        for script in scripts
        for line in script.splitlines()
        if "Source Sans" in line
    }
    assert stacks == {FONT_STACK}


def test_the_scripts_hold_no_colour_of_their_own():
    for name in web_names():
        if name.endswith(".js"):
            found = re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(\d|hsl", web_text(name))
            assert found == [], name
