"""Maps in any table or list come in by what a person says of them, and nothing is guessed."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import Workbook

from systemmap.errors import InvalidValue, Undecided
from systemmap.formats import accept, read, recognise, write
from systemmap.formats.import_mapping import ImportMapping
from systemmap.formats.kept_mappings import fitting_mappings, keep_mapping
from systemmap.formats.mapping_words import (
    with_column,
    with_parts,
    with_sign,
    with_table,
    with_theme,
)
from systemmap.formats.worker.messages import carried, heard
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.values import Polarity
from systemmap.testing import map_from, programme_of

SAMPLES = Path(__file__).parent / "samples"


def sample(name):
    return (SAMPLES / name).read_bytes()


def links(reading):
    """Return what was read as "From sign To", with a mark for slow links."""
    names = {r.id: r.label for r in reading.records if isinstance(r, Factor)}
    return {
        f"{names[r.source]} {r.polarity.value} {names[r.target]}{' slow' if r.delay else ''}"
        for r in reading.records
        if isinstance(r, Link)
    }


def balances(reading):
    assert reading.items == reading.read + reading.skipped + reading.blank
    return reading.read, reading.skipped, reading.blank


RELATIONS = sample("relations.csv")
BY_TABLE = ImportMapping(format="links_csv")


def related(*words):
    said, reading = BY_TABLE, read(RELATIONS, "r.csv", "links_csv")
    for word in words:
        said = with_column(said, word, reading)
    return said, read(RELATIONS, "r.csv", mapping=said)


def test_columns_that_name_the_same_things_are_asked_about_as_ends():
    with pytest.raises(Undecided) as asked:
        recognise(RELATIONS, "r.csv")
    (choice,) = asked.value.choices
    assert (choice.key, choice.certainty) == ("links_csv", "possible")
    assert "'Factor A'" in choice.evidence
    assert "'Factor B'" in choice.evidence


def test_words_that_say_no_sign_are_told_where_each_stands_once():
    data = b"From,To,Relation\nStress,Sleep,weakens\nSleep,Stress,soothes a lot\nMood,Sleep,boosts\nSleep,Mood,boosts\n"
    reading = read(data, "r.csv")
    assert any("“weakens”" in p.what for p in reading.problems)


def test_a_word_that_is_no_known_sign_is_asked_about_and_then_taken_as_said():
    said, reading = related("Relation=sign")
    assert [a.partition(" stands")[0] for a in reading.asks] == [
        "'weakens'",
        "'boosts'",
    ]
    assert "Stress ? Sleep" in links(reading)
    said = with_sign(said, "weakens=opposite", reading)
    said = with_sign(said, "boosts=same", reading)
    reading = read(RELATIONS, "r.csv", mapping=said)
    assert reading.asks == ()
    assert links(reading) == {
        "Stress - Sleep",
        "Sleep + Mood slow",
        "Mood - Stress",
        "Stress + Snacking",
    }
    assert balances(reading) == (4, 0, 0)


def test_a_sign_that_means_no_link_leaves_its_rows_out_and_says_so():
    said, reading = related("Relation=sign")
    said = with_sign(said, "boosts=no link", reading)
    said = with_sign(said, "weakens=-", reading)
    reading = read(RELATIONS, "r.csv", mapping=said)
    assert len(links(reading)) == 2
    assert balances(reading) == (2, 2, 0)


def test_until_both_ends_are_known_no_row_is_read_and_that_is_asked():
    _, reading = related("Factor A=note")
    assert not links(reading)
    assert "both ends" in reading.asks[0]
    assert balances(reading) == (0, 4, 0)


def test_a_row_can_be_left_out_and_a_column_too():
    said, _ = related("No=leave out")
    said = said.said("rows", "Line 2", "leave out")
    reading = read(RELATIONS, "r.csv", mapping=said)
    assert balances(reading) == (3, 1, 0)
    (one, *_) = [r for r in reading.records if isinstance(r, Link)]
    assert "No" not in one.extra.get("columns", {})


def test_types_are_put_to_themes_and_a_type_can_be_none():
    data = b"Name,Type,Note\nShops,Env,a\nStress,Mind,b\nSleep,Mind,c\n"
    reading = read(data, "x.csv")
    said = with_theme(
        ImportMapping(format="links_csv"), "env=Food environment", reading
    )
    said = with_theme(said, "Mind=no theme", reading)
    found = [
        r for r in read(data, "x.csv", mapping=said).records if isinstance(r, Factor)
    ]
    assert [f.theme for f in found] == ["food_environment", "", ""]
    with pytest.raises(InvalidValue, match="It has: 'Mind', 'Env'"):
        with_theme(said, "Body=Schools", reading)


def workbook(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for n, row in enumerate(rows):
                page.write_row(n, 0, row)
    return out.getvalue()


BOOK = workbook(
    About=[["Our map"], ["Made in May"], ["with three groups"]],
    Draft=[
        ["Table 1: links"],
        [],
        ["Driver", "Outcome", "Effect"],
        ["Stress", "Sleep", "-"],
        ["Sleep", "Stress", "-"],
    ],
    Old=[["From", "To", "Sign"], ["Stress", "Weight", "+"]],
)


def test_sheets_are_chosen_and_those_left_out_are_counted_and_said():
    reading = read(BOOK, "b.xlsx")
    assert links(reading) == {"Stress - Sleep", "Sleep - Stress", "Stress + Weight"}
    assert balances(reading) == (3, 2, 0)
    assert any("Sheet 'About' was left out" in p.what for p in reading.problems)
    said = with_table(ImportMapping(format="workbook"), "Old=leave out", reading)
    reading = read(BOOK, "b.xlsx", mapping=said)
    assert links(reading) == {"Stress - Sleep", "Sleep - Stress"}
    assert balances(reading) == (2, 3, 0)


def test_a_square_of_a_workbook_can_be_turned():
    data = workbook(Grid=[["", "Stress", "Sleep"], ["Stress", 0, -1], ["Sleep", "", 0]])
    reading = read(data, "g.xlsx")
    assert links(reading) == {"Stress - Sleep"}
    said = ImportMapping(format="workbook", tables={"Grid": "square, columns act"})
    assert links(read(data, "g.xlsx", mapping=said)) == {"Sleep - Stress"}


def test_ends_are_ids_or_names_as_a_person_says():
    data = workbook(
        Elements=[["Label", "ID"], ["1", "2"], ["2", "1"]],
        Connections=[["From", "To", "Type"], ["1", "2", "+"]],
    )
    by_name = ImportMapping(format="workbook", ends="name")
    by_id = ImportMapping(format="workbook", ends="id")
    assert links(read(data, "k.xlsx", mapping=by_name)) == {"1 + 2"}
    assert links(read(data, "k.xlsx", mapping=by_id)) == {"2 + 1"}


def test_pages_of_a_drawing_are_asked_for_plain_and_packed():
    data = sample("two_pages.drawio")
    reading = read(data, "d.drawio")
    assert "'Food' and 'Packed'" in reading.asks[0]
    by_page = ImportMapping(format="drawio")
    food = read(data, "d", mapping=with_parts(by_page, ["food"], reading))
    assert links(food) == {
        "Cost of healthy food - Healthy meals at home",
        "Shops & markets + Healthy meals at home",
    }
    assert balances(food) == (5, 4, 3)
    (version,) = [r for r in food.records if isinstance(r, MapVersion)]
    assert version.note == "Drawn by group 2, 3 May"
    packed = read(data, "d", mapping=with_parts(by_page, ["Packed"], reading))
    assert links(packed) == {"Stress - Sleep"}
    whole = read(data, "d", mapping=with_parts(by_page, ["all"], reading))
    assert whole.asks == ()
    assert len(links(whole)) == 3


def test_a_colour_is_a_sign_once_a_person_says_what_it_means():
    data = sample("vis.json")
    reading = read(data, "v.json")
    assert {text.split()[1] for text in links(reading)} == {"?"}
    said = with_column(ImportMapping(format="node_link_json"), "color=sign", reading)
    reading = read(data, "v.json", mapping=said)
    assert len(reading.asks) == 2
    said = with_sign(with_sign(said, "red=opposite", reading), "green=same", reading)
    assert links(read(data, "v.json", mapping=said)) == {
        "Stress - Sleep",
        "Sleep - Snacking",
        "Stress + Snacking",
    }


@pytest.mark.parametrize(
    ("name", "key", "found"),
    [
        ("loops.gml", "gml", {"Stress - Sleep quality", "Stress + Snacking"}),
        (
            "food.net",
            "pajek",
            {
                "Cost of food - Cooking at home",
                "Cooking at home - Snacking",
                "Stress + Snacking",
            },
        ),
    ],
)
def test_texts_of_graphs_are_read(name, key, found):
    reading = read(sample(name), name)
    assert reading.format == key
    assert links(reading) == found
    balances(reading)


def test_lists_under_other_names_are_asked_about_and_read():
    data = sample("arrows_app.json")
    with pytest.raises(Undecided, match="2 items that name two ends"):
        read(data, "a.json")
    said = ImportMapping(
        format="node_link_json",
        columns={"links.type": "sign"},
        signs={"weakens": "opposite"},
    )
    assert links(read(data, "a.json", mapping=said)) == {
        "Stress - Sleep",
        "Sleep - Stress",
    }


KUMU = b"""{"elements": [{"_id": "a", "attributes": {"label": "Stress"}}, {"_id": "b", "attributes": {"label": "Sleep"}},
 {"_id": "c", "attributes": {"label": "Roads"}}], "connections": [{"_id": "x", "from": "a", "to": "b", "direction": "directed",
 "attributes": {"connection type": "-"}}, {"_id": "y", "from": "c", "to": "a", "direction": "directed", "attributes": {}}],
 "maps": [{"_id": "m1", "name": "Mind", "elements": [{"element": "a", "position": {"x": 1, "y": 2}}, {"element": "b", "position": {"x": 3, "y": 4}}]},
 {"_id": "m2", "name": "Town", "elements": [{"element": "c", "position": {"x": 0, "y": 0}}]}], "defaultMap": "m1"}"""


def test_one_map_of_a_project_can_be_taken():
    reading = read(KUMU, "k.json")
    assert balances(reading) == (5, 0, 0)
    said = with_parts(ImportMapping(format="kumu_json"), ["Mind"], reading)
    reading = read(KUMU, "k.json", mapping=said)
    assert links(reading) == {"Stress - Sleep"}
    assert balances(reading) == (3, 2, 0)


def test_what_was_said_of_a_map_is_kept_and_offered_for_the_same_shape():
    programme = programme_of(map_from("stress -> sleep +"))
    said, reading = related("Relation=sign")
    kept = ImportMapping.from_parameters(said.parameters())
    assert kept == said
    keep_mapping(
        programme,
        "Relations",
        ImportMapping.from_parameters(
            said.parameters()
            | {"shape": reading.seen["shape"], "parts": ["a"], "ends": "id"}
        ),
    )
    assert fitting_mappings(programme, reading) == ["Relations"]
    assert fitting_mappings(programme, read(BOOK, "b.xlsx")) == []


def test_what_is_shown_and_left_out_crosses_the_border_of_the_worker():
    reading = read(BOOK, "b.xlsx")
    again = heard(carried(reading)).reading()
    assert (again.seen, again.aside) == (reading.seen, reading.aside)


TWO_VIEWS = """{UTF-8}
Stress= A FUNCTION OF( Debt) ~~|
Debt= A FUNCTION OF( ) ~~|
Sleep= A FUNCTION OF( Stress) ~~|
\\\\\\---/// Sketch information - do not modify anything except names
V300
*Money
10,1,Debt,100,100,20,10,8,3,0,0,0,0,0,0
10,2,Stress,300,100,20,10,8,3,0,0,0,0,0,0
1,3,1,2,1,0,43,0,0,0,0,-1--1--1,,1|(0,0)|
\\\\\\---/// Sketch information - do not modify anything except names
V300
*Rest
10,1,Stress,100,100,20,10,8,3,0,0,0,0,0,0
10,2,Sleep,300,100,20,10,8,3,0,0,0,0,0,0
1,3,1,2,1,0,45,0,0,0,0,-1--1--1,,1|(0,0)|
///---\\\\\\
"""


def test_the_views_of_a_vensim_model_can_be_chosen_from():
    whole = read(TWO_VIEWS.encode(), "m.mdl")
    assert [part[0] for part in whole.seen["parts"]] == ["Money", "Rest"]
    assert whole.asks == ()
    names = {f.label for f in whole.records if isinstance(f, Factor)}
    assert names == {"Debt", "Stress", "Sleep"}
    said = with_parts(ImportMapping(format="vensim"), ["Rest"], whole)
    rest = read(TWO_VIEWS.encode(), "m.mdl", mapping=said)
    assert {f.label for f in rest.records if isinstance(f, Factor)} == {
        "Stress",
        "Sleep",
    }
    (link,) = [r for r in rest.records if isinstance(r, Link)]
    assert link.polarity is Polarity.OPPOSITE
    assert rest.items == rest.read + rest.skipped + rest.blank
    assert rest.skipped == 2
    assert any("View 'Money' was left out: 1 cause" in p.what for p in rest.problems)


def test_a_label_that_looks_like_an_error_is_a_label_and_an_error_is_none():
    town = programme_of(map_from("a -> b +"))
    town.replace(replace(town.find(Factor, "main/a"), label="#CALC!"))
    again = read(write(town, "workbook").data, "x.xlsx")
    assert {f.label for f in again.records if isinstance(f, Factor)} == {"#CALC!", "B"}
    book = Workbook()
    for row in (("From", "To", "Sign"), ("A", "B", "+"), ("C", "#REF!", "+")):
        book.active.append(row)
    book.active["B3"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "x.xlsx")
    assert {f.label for f in found.records if isinstance(f, Factor)} == {"A", "B"}
    assert found.skipped == 1


def test_a_square_may_stand_below_a_title_and_say_nothing_of_a_cause_itself():
    book = Workbook()
    for row in (
        ("Cross-impact matrix: the row acts on the column",),
        (None, "Stress", "Sleep", "Weight"),
        ("Stress", "-", "-", "+"),
        ("Sleep", None, "-", "-"),
        ("Weight", "+", None, "-"),
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "matrix.xlsx")
    assert links(found) == {
        "Stress - Sleep",
        "Stress + Weight",
        "Sleep - Weight",
        "Weight + Stress",
    }
    said = " ".join(problem.what for problem in found.problems)
    assert "Where a cause meets itself, every cell holds '-'" in said


def said_of(found):
    return " ".join(problem.what for problem in found.problems)


OUTLINE = b"""Stress => Comfort eating ; Poor sleep
Shift work, low pay -> Stress +
More takeaways means more fast food eaten
Cost of food
"""


def test_an_outline_says_what_it_took_for_one_cause():
    found = read(OUTLINE, "map.txt")
    assert links(found) == {
        "Stress ? Comfort eating",
        "Stress ? Poor sleep",
        "Shift work, low pay + Stress",
    }
    assert "'Shift work, low pay', was read as one cause" in said_of(found)
    assert said_of(found).count("This line holds no arrow") == 1


def test_a_name_with_a_semicolon_comes_back_as_it_left():
    found = read(b'"Stress; worry" -> Sleep -\n', "map.txt")
    assert links(found) == {"Stress; worry - Sleep"}
    programme = programme_of()
    accept(programme, found)
    again = read(write(programme, "arrows").data, "map.txt", "arrows")
    assert links(again) == links(found)


VENSIM = """{UTF-8}
Stress = A FUNCTION OF( Shift work,-Sleep)
~ ~ |
Shift work = A FUNCTION OF( )
~ ~ |
Sleep = A FUNCTION OF( )
~ ~ |
\\\\\\---/// Sketch information - do not modify anything except names
V300  Do not put anything below this section - it will be ignored
*View 1
$192-192-192,0,Times New Roman|12||0-0-0|0-0-0|0-0-255|-1--1--1|-1--1--1|96,96,100,0
10,1,Stress,300,200,40,20,8,3,0,0,0,0,0,0
10,2,Shift work,100,200,40,20,8,3,0,0,0,0,0,0
10,3,Sleep,300,400,40,20,8,3,0,0,0,0,0,0
1,6,2,1,0,0,0,0,0,64,0,-1--1--1,,1|(0,0)|
1,7,3,1,0,0,0,0,0,64,0,-1--1--1,,1|(0,0)|
///---\\\\\\
"""


def test_a_minus_in_an_equation_is_the_sign_of_an_arrow_without_one():
    found = read(VENSIM.encode(), "m.mdl")
    assert links(found) == {"Shift work ? Stress", "Sleep - Stress"}
    assert "the equation ties its ends with a minus" in said_of(found)


def test_a_box_named_as_a_loop_without_an_arrow_is_said():
    text = "Id,Label\n1,Stress\n2,Sleep\n3,R1\n"
    nodes = {
        "nodes": [
            {"id": n, "label": w} for n, w in ((1, "Stress"), (2, "Sleep"), (3, "R1"))
        ]
    }
    nodes["links"] = [{"source": 1, "target": 2}]
    found = read(json.dumps(nodes).encode(), "m.json", "map")
    assert "“R1” is named as a loop is, and no arrow touches it" in said_of(found)
    assert "named as a loop" not in said_of(read(text.encode(), "nodes.csv"))


@pytest.mark.parametrize(
    "text",
    [
        "From,To,Sign,,\nStress,Sleep,-,,\nSleep,Weight,+,,\n",
        "| From | To | + or - |\n|---|---|---|\n| Stress | Sleep | - |\n| Sleep | Weight | + |\n",
        "Cause,Effect on,Effect\nStress,Sleep,decreases\nSleep,Weight,increases\n",
    ],
)
def test_columns_without_headings_rules_and_effects_hide_no_link(text):
    found = read(text.encode(), "links.csv")
    assert links(found) == {"Stress - Sleep", "Sleep + Weight"}
    assert (found.items, found.read) == (2, 2)


def test_a_type_beside_a_sign_never_overwrites_it():
    text = b"From,To,Type,Sign\nStress,Sleep,Flow,-\nSleep,Weight,+,-\n"
    found = read(text, "links.csv")
    assert links(found) == {"Stress - Sleep", "Sleep - Weight"}
    kept = [r.extra["columns"]["Type"] for r in found.records if isinstance(r, Link)]
    assert kept == ["Flow", "+"]
