"""Files made to harm are refused in words, and what we write is inert."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from systemmap.editing.canvas_acts import add_factor
from systemmap.errors import ReadError
from systemmap.formats import FORMATS, accept, programme_from, read, write
from systemmap.formats.reading.file_text import decode
from systemmap.formats.reading.json_data import parse_json, safe_json
from systemmap.formats.reading.limits import LIMITS
from systemmap.formats.reading.spreadsheets import cell_text, read_sheets
from systemmap.formats.reading.xml_tree import safe_xml
from systemmap.formats.reading.zip_parts import check_zip
from systemmap.model.elements import Factor, Link
from systemmap.model.text import clean, clean_label
from systemmap.model.values import Claim, Confidence, Polarity
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE

SHEET = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
BOOK = '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{}</sheets></workbook>'
TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
RELS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'


def zipped(**parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def xlsx(rows="", sheets=1, **more):
    entries = "".join(
        f'<sheet name="S{n}" sheetId="{n}" r:id="r{n}"/>' for n in range(1, sheets + 1)
    )
    targets = "".join(
        f'<Relationship Id="r{n}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK.format(entries),
        "xl/_rels/workbook.xml.rels": RELS.partition("<Relationship ")[0]
        + targets
        + "</Relationships>",
    }
    parts |= {
        f"xl/worksheets/sheet{n}.xml": SHEET.format(rows) for n in range(1, sheets + 1)
    }
    return zipped(**{**parts, **more})


def cell(ref, text):
    return f'<row r="{re.sub("[A-Z]", "", ref)}"><c r="{ref}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def test_an_honest_hand_made_workbook_is_read():
    (sheet,) = read_sheets(xlsx(cell("A1", "Label"))).sheets
    assert sheet.rows == (("Label",),)


def bomb():
    return xlsx(**{"xl/media/picture.bin": b"\0" * 30_000_000})


def locked():
    data = bytearray(zipped(**{"xl/workbook.xml": "<a/>"}))
    data[6] |= 1  # the flag for encryption, in the header and in the directory
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "more than 20 MB"),
        (lambda: xlsx(cell("XFD1048576", "x")), "limit"),
        (
            lambda: xlsx("".join(f'<row r="{n}" s="1"/>' for n in range(1, 120_000))),
            "rows",
        ),
        (
            lambda: xlsx(
                "".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 5_100))
            ),
            "5,000",
        ),
        (lambda: xlsx(sheets=60), "50"),
        (lambda: xlsx(sheets=1_000), "200"),
        (
            lambda: xlsx(**{"docProps/app.xml": "<!DOCTYPE a><a/>"}),
            "document type definition",
        ),
        (
            lambda: xlsx(**{"docProps/app.xml": "<!DOCTYPE a><a/>".encode("utf-16")}),
            "document type definition",
        ),
        (locked, "password"),
        (lambda: zipped(**{"xl/workbook.xml": "<broken"}), "damaged"),
        (lambda: zipped(**{"../../etc/x": "a"}), "not an Excel workbook"),
        (lambda: b"PK\x03\x04" + b"\0" * 90, "damaged"),
        (lambda: b"PK" + b"x" * 6_000_000, "limit is 5 MB"),
    ],
    ids=[
        "picture",
        "far cell",
        "empty rows",
        "many rows",
        "sheets",
        "parts",
        "dtd",
        "dtd16",
        "locked",
        "broken",
        "path",
        "no zip",
        "large",
    ],
)
def test_a_workbook_made_to_harm_is_refused(make, said):
    with pytest.raises(ReadError, match=said):
        read_sheets(make())


def test_a_cell_reads_as_people_see_it():
    assert [cell_text(v) for v in ("#1 priority", 3.0, True, None)] == [
        "#1 priority",
        "3",
        "TRUE",
        "",
    ]


def test_an_error_value_is_empty_and_a_text_like_one_stays():
    book = Workbook()
    book.active.append(["Cause", "#REF!", "#N/A"])
    book.active["C1"].data_type = "s"  # somebody typed it as a text
    kept = io.BytesIO()
    book.save(kept)
    (sheet,) = read_sheets(kept.getvalue()).sheets
    assert [cell_text(cell) for cell in sheet.rows[0]] == ["Cause", "", "#N/A"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a><b></a>", "line 1"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "document type definition"),
        (b'<?xml version="1.0" encoding="klingon"?><a/>', "encoding"),
        (b"<a>" * 200_000, "64 levels"),
        (b"<r>" + b"<a/>" * 500_000 + b"</r>", "XML elements"),
        (b"   ", "empty"),
    ],
)
def test_xml_made_to_harm_is_refused(data, said):
    with pytest.raises(ReadError, match=said):
        safe_xml(data)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "a": 2}', "'a' twice"),
        ('{"a": NaN}', "NaN"),
        ('{"a": -Infinity}', "Infinity"),
        ('{"a": 1e999}', "1e999"),
        ("[" * 100_000, "64 levels"),
        ('{"a": ' + "9" * 9_000 + "}", "too long"),
        ('{"a": [1,\n2', "line 2"),
    ],
)
def test_json_made_to_harm_is_refused(text, said):
    with pytest.raises(ReadError, match=said):
        parse_json(text)


def test_brackets_inside_strings_do_not_count_as_depth():
    assert parse_json('["' + "[" * 500 + '\\"["]') == ["[" * 500 + '"[']
    with pytest.raises(ReadError):
        parse_json('"' + '\\"' * 200_000)  # an open string, looked over once


def test_text_is_decoded_by_its_mark_then_utf8_then_as_a_guess():
    assert decode("é".encode("utf-16")).text == "é"
    assert decode("\ufeffé".encode()).text == "é"
    assert decode("é".encode("cp1252")).guessed
    for data in (b"a\0b", b"\x81\x8d"):
        with pytest.raises(ReadError, match="not text"):
            decode(data)


def test_a_file_above_its_limit_is_refused_with_both_sizes():
    with pytest.raises(ReadError, match=r"6 MB, and the limit is 5 MB"):
        safe_json(b'"' + b"x" * 5_999_998 + b'"')
    assert LIMITS.file_bytes == 5_000_000


def test_the_largest_honest_zip_passes():
    assert check_zip(zipped(a=b"x" * 19_000_000)) == ("a",)


@pytest.mark.parametrize("suffix", [".prsml", ".vmf", ".dot"])
def test_what_is_not_read_is_declined_with_a_way_out(suffix):
    with pytest.raises(ReadError, match=r"export|save|Save|Open|Redraw"):
        read(b"anything at all", f"map{suffix}")


def test_too_many_factors_are_refused_with_the_figure():
    rows = "".join(f"A{n},B{n},+\n" for n in range(2_600))
    with pytest.raises(ReadError, match=r"5,001 factors, and the limit is 5,000"):
        read(f"From,To,Sign\n{rows}".encode(), "a.csv")


# -- what we write -----------------------------------------------------------------

HOSTILE = [
    "=HYPERLINK(1)",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    "<b>x</b>",
    "a|b",
    "{=1}",
]


def hostile_programme():
    system_map = map_from("\n".join(f"f{n} -> f{n + 1} +" for n in range(len(HOSTILE))))
    for n, text in enumerate(HOSTILE):
        factor = system_map.factor(f"f{n}")
        system_map.replace_factor(
            replace(
                factor,
                label=f"{text} {n}" if text != "a|b" else text,
                note=text,
                tags=(text,),
                x=0.0,
                y=0.0,
            )
        )
    sides = tuple(Claim(polarity=p) for p in (Polarity.SAME, Polarity.OPPOSITE))
    link = system_map.link("f0", "f1")
    system_map.replace_link(
        replace(
            link,
            polarity=Polarity.UNKNOWN,
            confidence=Confidence.DISPUTED,
            claims=sides,
            reason=HOSTILE[0],
        )
    )
    return programme_of(system_map)


def test_the_workbook_holds_no_formula_no_link_and_keeps_the_rules_of_three_tools():
    data = write(hostile_programme(), "workbook").data
    book = load_workbook(io.BytesIO(data))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert {c.data_type for c in cells} <= {"s", "n"}
    assert not any(c.hyperlink for c in cells)
    names = book.sheetnames
    assert names[:2] == ["Factors", "Links"]
    assert all("(ignore)" in name and len(name) <= 31 for name in names[2:])
    factors = list(book["Factors"].iter_rows(values_only=True))
    links = list(book["Links"].iter_rows(values_only=True))
    head, rows = factors[0], factors[1:]
    assert head[0] == "Label"
    assert head[-1] == "Ref"
    assert links[0][:3] == ("ID", "From", "To")  # one pair has both signs
    labels = {row[0] for row in rows}
    assert len(labels) == len(rows)
    assert not any("|" in label for label in labels)
    assert {end for row in links[1:] for end in row[1:3]} <= labels
    places = {row[head.index(at)] for row in rows for at in ("x", "y")}
    assert 0 not in places
    styles = {row[links[0].index("Style")] for row in links[1:]}
    assert styles <= {1, 2, 7}
    assert len({row[0] for row in links[1:]}) == len(links) - 1


def test_hostile_text_comes_back_to_the_letter_from_every_format_that_holds_it():
    programme = hostile_programme()
    labels = sorted(f.label for f in programme.system_map().factors.values())
    for key in (
        "workbook",
        "links_csv",
        "kumu_json",
        "prsm",
        "graphml",
        "gexf",
        "mental_modeler",
        "loopy",
    ):
        reading = read(write(programme, key).data, "x", as_=key)
        again = sorted(r.label for r in reading.records if isinstance(r, Factor))
        if key == "loopy":
            again = [label.replace("  ", " ") for label in again]
        assert again == sorted(map(clean_label, labels)), key


MAPS = [f.key for f in FORMATS.values() if f.read and f.write and f.holds == "map"]


@settings(
    max_examples=30 if WHOLE else 15,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(label=st.text(min_size=1).filter(clean_label), note=st.text())
def test_any_text_survives_every_export(label, note):
    system_map = map_from("stress -> sleep +")
    system_map.replace_factor(Factor(id="stress", label=label, note=note))
    system_map.replace_link(
        replace(system_map.link("stress", "sleep"), note=note, reason=note)
    )
    programme = programme_of(system_map)
    for key in MAPS:
        reading = read(write(programme, key).data, "x", as_=key)
        assert len([r for r in reading.records if isinstance(r, Factor)]) == 2, key
        assert len([r for r in reading.records if isinstance(r, Link)]) == 1, key


def test_a_bad_file_changes_nothing_in_a_draft():
    draft = programme_of(map_from("stress"))
    before = draft.copy()
    with pytest.raises(ReadError):
        accept(draft, read(b"<graphml><graph>", "a.graphml"))
    assert draft == before


@pytest.mark.parametrize(
    ("key", "data", "said"),
    [
        (
            "kumu_json",
            json.dumps(
                {
                    "elements": [{"_id": "a"}, {"_id": "b"}],
                    "connections": [
                        {"from": "a", "to": "b", "attributes": {f"field {n}": 1}}
                        for n in range(301)
                    ],
                }
            ).encode(),
            "different fields, and the limit is 300",
        ),
        (
            "plan_html",
            b"<table><tr><td>Action<td>Lead</tr>"
            + b"<tr><td rowspan=50 colspan=50>a</tr>" * 9,
            "columns in one table, and the limit is 300",
        ),
    ],
)
def test_what_would_grow_with_its_square_is_refused_in_words(key, data, said):
    with pytest.raises(ReadError, match=said):
        read(data, "x", key)


def test_a_text_that_stands_in_every_cell_is_counted_in_each():
    cells = '<c t="s"><v>0</v></c>' * 50
    text = "a" * 90_000
    data = xlsx(
        f"<row>{cells}</row>" * 5,
        **{"xl/sharedStrings.xml": f"<sst><si><t>{text}</t></si></sst>"},
    )
    with pytest.raises(
        ReadError, match="characters in cells, and the limit is 20,000,000"
    ):
        read(data, "x.xlsx", "plan_excel")


def test_marks_stacked_without_end_are_kept_and_take_no_time():
    stacked = "a" + "\u0301" * 40_000 + "\u0316" * 40_000
    kept = clean(stacked, limit=200_000)
    assert kept.replace("\u034f", "").count("\u0301") == 39_999  # one is in the á
    assert clean(kept, limit=200_000) == kept
    assert clean("e\u0301 \u0915\u094d\u0937\u093f") == "é \u0915\u094d\u0937\u093f"


@pytest.mark.parametrize("odd", ["  ", "\x01", "a\x01b", "\ud800", " \u202e "])
def test_signs_that_no_file_holds_come_in_by_no_road(odd):
    typed = programme_of(map_from("stress -> snacking +"))
    by_file = json.loads(write(typed, "native_json").data)
    for record in by_file["factors"]:
        record |= {"theme": odd, "layer": odd, "note": odd}
    said = json.dumps(by_file).encode()
    carried = programme_from(read(said, "x.json", as_="native_json"))
    add_factor(typed, "main", {"label": "Parks", "theme": odd})
    for programme in (carried, typed):
        for factor in programme.all(Factor).values():
            assert factor.theme in ("", "ab")
            assert "\x01" not in factor.note
        safe_xml(write(programme, "map_svg").data)
        write(programme, "map_pdf")
