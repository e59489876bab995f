"""One small made-up map in every dialect, with what must be found in it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from systemmap.formats import accept, read, write
from systemmap.formats.maps.workbook import FULL_NAME
from systemmap.model.elements import Factor, Link
from systemmap.model.values import Polarity
from systemmap.testing import map_from, programme_of

DATA = Path(__file__).parent / "data"

# file: (format, dialect, factors, signs of links, delays, items, skipped, blank, kinds of problems)
EXPECTED = {
    "sampleshire_gephi.gexf": ("gexf", "version 1.2", 3, "+?", 0, 5, 0, 0, ""),
    "sampleshire_kumu_blueprint.json": (
        "kumu_json",
        "blueprint",
        4,
        "+--?",
        2,
        8,
        1,
        0,
        "guessed skipped",
    ),
    "sampleshire_kumu_project.json": (
        "kumu_json",
        "full project",
        3,
        "+-",
        1,
        6,
        1,
        0,
        "guessed note skipped",
    ),
    "sampleshire_loopy_link.txt": (
        "loopy",
        "version 1",
        2,
        "+-",
        0,
        5,
        1,
        0,
        "skipped",
    ),
    "sampleshire_matrix.csv": ("links_csv", "matrix", 3, "-+-", 0, 6, 0, 0, "guessed"),
    "sampleshire_modeler.json": ("mental_modeler", "JSON", 2, "+", 0, 3, 0, 0, ""),
    "sampleshire_modeler_decimals.mmp": (
        "mental_modeler",
        "XML",
        2,
        "-",
        0,
        4,
        1,
        0,
        "skipped",
    ),
    "sampleshire_modeler_letters.mmp": (
        "mental_modeler",
        "XML",
        2,
        "+-",
        0,
        6,
        1,
        0,
        "guessed note skipped",
    ),
    "sampleshire_outline.txt": (
        "arrows",
        "outline",
        12,
        "+----" + "-++??",
        2,
        14,
        0,
        3,
        "",
    ),
    "sampleshire_prsm_old.prsm": (
        "prsm",
        "plain, version 1.2",
        3,
        "+-?",
        0,
        7,
        1,
        0,
        "guessed note skipped",
    ),
    "sampleshire_semicolons.csv": (
        "links_csv",
        "links by label",
        3,
        "+?",
        1,
        6,
        2,
        1,
        "conflict skipped",
    ),
    "sampleshire_stella.xmile": (
        "xmile",
        "version 1.0",
        4,
        "+?+",
        1,
        8,
        1,
        0,
        "guessed skipped",
    ),
    "sampleshire_vensim.mdl": (
        "vensim",
        "equations and sketch",
        5,
        "+-??",
        1,
        10,
        1,
        0,
        "guessed note skipped",
    ),
    "sampleshire_yed.graphml": (
        "graphml",
        "other",
        3,
        "+??",
        0,
        8,
        2,
        0,
        "note skipped",
    ),
}


def opened(name):
    return read((DATA / name).read_bytes(), name)


def factors_of(reading):
    return {r.label: r for r in reading.records if isinstance(r, Factor)}


def links_of(reading):
    return [r for r in reading.records if isinstance(r, Link)]


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_of_another_program_is_read_as_it_stands(name):
    reading = opened(name)
    links = links_of(reading)
    kinds = " ".join(sorted({problem.kind for problem in reading.problems}))
    found = (
        reading.format,
        reading.dialect,
        len(factors_of(reading)),
        "".join(link.polarity.value for link in links),
        sum(link.delay is True for link in links),
        reading.items,
        reading.skipped,
        reading.blank,
        kinds,
    )
    assert found == EXPECTED[name]


def test_every_fixture_has_its_expectations():
    files = {p.name for p in DATA.glob("sampleshire_*") if p.is_file()}
    assert files == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_accepting_a_file_twice_adds_nothing_and_undoing_restores(name):
    draft = programme_of(map_from("stress -> overwork +"))
    before = draft.copy()
    data = (DATA / name).read_bytes()
    accept(draft, read(data, name), file_name=name, data=data)
    once = draft.copy()
    again = accept(draft, read(data, name), file_name=name, data=data)
    assert draft == once
    assert (again.changed, again.new) == (0, 0)
    assert before != once
    assert before.system_map() == map_from("stress -> overwork +")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_map_of_another_program_keeps_its_signs_through_our_workbook(name):
    draft = programme_of()
    accept(draft, opened(name))
    again = programme_of()
    accept(again, read(write(draft, "workbook").data, "x.xlsx"))
    one, other = draft.system_map(), again.system_map()
    assert {k: v.polarity for k, v in one.links.items()} == {
        k: v.polarity for k, v in other.links.items()
    }
    assert {k: f.label for k, f in one.factors.items()} == {
        k: f.label for k, f in other.factors.items()
    }
    assert [f.theme for f in one.factors.values() if f.theme] == [
        other.factors[f.id].theme for f in one.factors.values() if f.theme
    ]


def test_names_of_people_stay_out_of_every_reading():
    for name in EXPECTED:
        assert "Pat Example" not in repr(opened(name))


def test_a_kumu_projects_places_come_from_its_default_map():
    factors = factors_of(opened("sampleshire_kumu_project.json"))
    assert (factors["Stress"].x, factors["Stress"].y) == (10.0, -4.5)
    assert factors["Sleep"].x is None


def test_a_yed_box_is_placed_by_its_centre_and_its_group_is_a_theme():
    factors = factors_of(opened("sampleshire_yed.graphml"))
    assert (factors["Stress at home"].x, factors["Stress at home"].y) == (140.0, 65.0)
    assert factors["Snacking"].theme == "schools"
    assert factors["Stress at home"].note == "Seen at home"


def test_a_loopy_link_wrapped_by_mail_is_whole_again():
    reading = opened("sampleshire_loopy_link.txt")
    assert set(factors_of(reading)) == {"Stress & strain", "mum's snacks"}
    (version,) = [r for r in reading.records if type(r).__name__ == "MapVersion"]
    assert version.note == "Made up"


def test_letters_of_mental_modeler_are_not_read_as_numbers():
    strengths = [
        k.strength.value for k in links_of(opened("sampleshire_modeler_letters.mmp"))
    ]
    assert strengths == ["strong", "medium"]


def test_an_alias_in_a_model_leads_to_its_variable():
    links = {k.id: k for k in links_of(opened("sampleshire_stella.xmile"))}
    assert links["stress -> snacking"].delay is True
    assert links["weight-gain -> child-weight"].polarity is Polarity.SAME


def test_hidden_arrows_and_missing_items_of_a_sketch_are_named_by_line():
    said = [str(p) for p in opened("sampleshire_vensim.mdl").problems]
    assert (
        "Line 34: this arrow starts or ends at item 17, which is not in the view. Skipped."
        in said
    )
    assert "Line 33: This arrow is hidden in the sketch. It was read." in said


def test_the_kinds_of_problem_are_the_four_of_the_guide():
    kinds = Counter(p.kind for name in EXPECTED for p in opened(name).problems)
    assert set(kinds) == {"skipped", "guessed", "conflict", "note"}


def test_names_other_tools_cannot_hold_come_back_through_the_full_name():
    system_map = map_from("stress -> sleep -")
    system_map.replace_factor(Factor(id="stress", label="Work|home stress"))
    draft = programme_of(system_map)
    reading = read(write(draft, "workbook").data, "x.xlsx")
    assert set(factors_of(reading)) == {"Work|home stress", "Sleep"}
    assert len(links_of(reading)) == 1
    assert FULL_NAME == "Full name"
