"""PRSM maps of every age, packed and plain."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from systemmap.errors import ReadError
from systemmap.formats import read
from systemmap.formats.maps._packing import unpack, unpacked_start
from systemmap.model.elements import Factor, Link


def packed(text):
    """Pack text the way PRSM does, from the description of the form, for these tests."""
    units = text.encode("utf-16-le", "surrogatepass")
    chars = [
        chr(int.from_bytes(units[n : n + 2], "little")) for n in range(0, len(units), 2)
    ]
    out, known, fresh = [], {}, set()
    room, width, word = 2, 2, ""

    def put(number, bits):
        out.extend((number >> at) & 1 for at in range(bits))

    def shrink():
        nonlocal room, width
        room -= 1
        if room == 0:
            room, width = 1 << width, width + 1

    def emit(phrase):
        if phrase in fresh:
            small = ord(phrase) < 256
            put(0 if small else 1, width)
            put(ord(phrase), 8 if small else 16)
            shrink()
            fresh.discard(phrase)
        else:
            put(known[phrase], width)
        shrink()

    for char in chars:
        if char not in known:
            known[char] = len(known) + 3
            fresh.add(char)
        if word + char in known:
            word += char
        else:
            emit(word)
            known[word + char] = len(known) + 3
            word = char
    if word:
        emit(word)
    put(2, width)
    out.extend([0] * (-len(out) % 15 or 15))
    groups = [out[n : n + 15] for n in range(0, len(out), 15)]
    return "\ufeff" + "".join(chr(int("".join(map(str, g)), 2) + 32) for g in groups)


@given(st.text(max_size=60))
def test_packed_text_unpacks_to_exactly_what_was_packed(text):
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    assert unpack(packed(text)) == whole


@pytest.mark.parametrize(
    "text", ["", "a", "é" * 300, "🥕 map 🥕", "ab" * 500_000, '{"nodes": []}']
)
def test_accents_emoji_and_long_repeats_unpack(text):
    assert unpack(packed(text)) == text


def test_text_that_unpacks_for_ever_is_stopped():
    with pytest.raises(ValueError, match="too large"):
        unpack(packed("a" * 100_000), limit=10_000)


@pytest.mark.parametrize("text", ["\u7fff" * 50, "\u0020" * 3, "\ufeff"])
def test_damaged_packing_is_refused(text):
    with pytest.raises(ValueError, match=r"damaged|cut short|too large|chr"):
        unpack(text)
    assert unpacked_start(text) == ""


def map_of(**parts):
    return json.dumps({"version": "1.4", "nodes": [], "edges": [], **parts})


def node(number, label, **more):
    return {"id": number, "label": label, "x": 1, "y": 2, **more}


def parts_of(text):
    reading = read(text.encode(), "a.prsm")
    factors = {r.id: r for r in reading.records if isinstance(r, Factor)}
    return factors, {k.id: k for k in reading.records if isinstance(k, Link)}, reading


STYLES = {
    "nodes": {
        "group1": {"groupLabel": "Schools and early years"},
        "group2": {"groupLabel": "Sample"},
    },
    "edges": {
        "edge2": {"groupLabel": "Positive (+)"},
        "edge3": {"groupLabel": "decreases"},
    },
}


def test_themes_and_signs_come_from_legend_names_and_colour_is_never_a_sign():
    text = map_of(
        styles=STYLES,
        nodes=[
            node(1, "Car\nuse", grp="group1"),
            node(2, "Walking", grp="group2"),
            node("3", "Sleep"),
        ],
        edges=[
            {"from": 1, "to": "2", "grp": "edge3"},
            {"from": 2, "to": 3, "grp": "edge2", "label": "(delay)"},
            {"from": 3, "to": 1, "grp": "edge9", "color": {"color": "green"}},
        ],
    )
    factors, links, _ = parts_of(packed(text))
    assert factors["car-use"].theme == "schools"
    assert factors["car-use"].extra["label_raw"] == "Car\nuse"
    assert factors["walking"].theme == ""
    signs = {name: (k.polarity.value, k.delay) for name, k in links.items()}
    assert signs == {
        "car-use -> walking": ("-", None),
        "walking -> sleep": ("+", True),
        "sleep -> car-use": ("?", None),
    }


@pytest.mark.parametrize(
    ("arrows", "found"),
    [
        ({"to": {"enabled": True}}, {"a -> b": True}),
        ({"from": {"enabled": True}}, {"b -> a": True}),
        (
            {"from": {"enabled": True}, "to": {"enabled": True}},
            {"a -> b": True, "b -> a": True},
        ),
        ({"to": {"enabled": False}}, {"a -> b": False}),
        ({"middle": {"enabled": True}}, {"a -> b": True}),
        (None, {"a -> b": True}),
    ],
)
def test_arrowheads_decide_the_direction(arrows, found):
    edge = {"from": 1, "to": 2} | ({"arrows": arrows} if arrows else {})
    _, links, _ = parts_of(map_of(nodes=[node(1, "A"), node(2, "B")], edges=[edge]))
    assert {name: link.directed for name, link in links.items()} == found


def test_old_maps_with_samples_and_groups_are_read():
    old = {"nodes": [node(1, "A", group=10)], "edges": [{"source": 1, "target": 1}]}
    factors, _, reading = parts_of(
        json.dumps({**old, "groups": {"group1": {"groupLabel": "Food environment"}}})
    )
    assert factors["a"].theme == "food_environment"
    assert "leads to itself" in reading.problems[0].what


def test_notes_are_plain_text_and_names_of_people_stay_out():
    quill = {
        "ops": [{"insert": "Why\n"}, {"insert": {"image": "x"}}, {"insert": "so\n"}]
    }
    text = map_of(
        nodes=[
            node(1, "A", note=quill, created={"user": "Pat Example"}),
            node(2, "B", title="a<br>b"),
        ],
        history=[{"user": "Pat Example"}],
    )
    factors, _, reading = parts_of(text)
    assert factors["a"].note == "Why\nso"
    assert factors["b"].note == "a\nb"
    assert "Pat" not in repr(reading)


def test_a_damaged_map_is_refused_in_words():
    with pytest.raises(
        ReadError, match=r"is not a PRSM map\. Open it in PRSM and save it again"
    ):
        read(b'{"nodes": 3}', "a.prsm", as_="prsm")
