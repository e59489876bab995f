"""Texts made to take long: what a stranger may hand to each reader.

Each is made for a length, so that the work at one can be held against the work
at another. Those of `AIMED` were once slow in the reader they name; the others
are plain repetitions, in every dress a reader takes off.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LENGTH = 200_000


@dataclass(frozen=True, slots=True)
class Hostile:
    """A text by name; `readers` are those it is aimed at, none = all of plain text."""

    name: str
    data: bytes
    readers: tuple[str, ...] = ()


def repeated(unit: str, n: int) -> str:
    """Return a text repeated up to so many bytes."""
    return unit * max(1, n // len(unit.encode()))


def lines(line: Callable[[int], str], n: int) -> str:
    """Return numbered lines up to so many bytes."""
    return "\n".join(_up_to(line, n))


def _up_to(part: Callable[[int], str], n: int) -> Iterator[str]:
    size = number = 0
    while size < n:
        made = part(number)
        yield made
        size += len(made.encode()) + 1
        number += 1


def marks(n: int) -> str:
    """Return one letter with so many marks on it that sorting them takes the square."""
    return "a" + "\u0301" * (n // 4) + "\u0316" * (n // 4)


def _zip(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return out.getvalue()


_NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_BOOK = f'<workbook {_NS} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
_RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>{}</Relationships>'
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/{}" ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'


def xlsx(cells: str, *, shared: str = "", after: str = "") -> bytes:
    """Return a workbook of one sheet from its rows' XML."""
    strings = '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/>'
    return _zip(
        **{
            "[Content_Types].xml": _TYPES.format(
                "xl/workbook.xml", "spreadsheetml.sheet"
            ),
            "_rels/.rels": _RELS.format("officeDocument", "xl/workbook.xml", ""),
            "xl/workbook.xml": _BOOK,
            "xl/_rels/workbook.xml.rels": _RELS.format(
                "worksheet", "worksheets/sheet1.xml", strings
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {_NS}><sheetData>{cells}</sheetData>{after}</worksheet>",
            "xl/sharedStrings.xml": f"<sst {_NS}>{shared or '<si><t>a</t></si>'}</sst>",
        }
    )


def docx(body: str) -> bytes:
    """Return a Word document from its body's XML."""
    return _zip(
        **{
            "[Content_Types].xml": _TYPES.format(
                "word/document.xml", "wordprocessingml.document"
            ),
            "_rels/.rels": _RELS.format("officeDocument", "word/document.xml", ""),
            "word/document.xml": f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>',
        }
    )


def _inline(*texts: str) -> str:
    return "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)


_HEAD = f"<row>{_inline('Action', 'Lead', 'Deadline', 'Progress')}</row>"
_MDL, _SKETCH = "{UTF-8}\n", "\\\\\\---/// Sketch information\n"
_PLAN = "Action\tLead\tDeadline\tProgress\n"
_TABLE = "<html><table><tr><th>Action</th><th>Lead</th><th>Deadline</th></tr>"


def aimed(n: int = LENGTH) -> list[Hostile]:
    """Return the texts aimed at one reader each, or at a few of a kind."""
    return [
        Hostile(f"{readers[0]}: {name}", text.encode("utf-8", "replace"), readers)
        for readers, texts in _aimed(n).items()
        for name, text in texts.items()
    ]


def packed() -> list[Hostile]:
    """Return zip files that are small and hold much."""
    return [
        Hostile(f"{readers[0]}: {name}", data, readers)
        for readers, files in _packed().items()
        for name, data in files.items()
    ]


def _aimed(n: int) -> dict[tuple[str, ...], dict[str, str]]:
    return {
        ("vensim",): {
            "causes that never close": _MDL
            + "a = "
            + repeated("A FUNCTION OF(", n)
            + "\n~\n~\n|\n",
            "stars": _MDL + repeated("***\n", n),
            "one row of stars": _MDL + repeated("*", n),
            "open quotes": _MDL + repeated('"\\', n),
            "one equation again and again": _MDL
            + repeated("a=A FUNCTION OF(b)~~|\n", n),
            "valves": _MDL
            + _SKETCH
            + lines(lambda i: f"11,{i},0\n10,{i},a{i},1,1,1,1,1,32,0", n),
            "one long record": _MDL + _SKETCH + "*V\n10," + repeated(",", n),
        },
        ("loopy",): {
            "open quotes": "[[[" + repeated('"\\', n),
            "brackets": "[[[" + repeated("[", n),
            "brackets in a link": "https://ncase.me/loopy/v1.1/?data="
            + repeated("[[", n),
            "spaces in a link": "https://ncase.me/loopy/v1.1/?data="
            + repeated("%22 ", n),
            "circles without a name": _json(
                [[[i, 1, 1, 0.5, "", 4] for i in range(min(n // 16, 4_990))], [], [], 1]
            ),
            "circles of one name": _json(
                [
                    [[i, 1, 1, 0.5, "a", 4] for i in range(min(n // 18, 4_990))],
                    [],
                    [],
                    1,
                ]
            ),
        },
        ("kumu_json",): {
            "elements without a name": _json(
                {
                    "elements": [{"_id": str(i)} for i in range(min(n // 14, 4_990))],
                    "connections": [],
                }
            ),
            "one pair, a new field each time": _json(
                {
                    "elements": [_kumu("a"), _kumu("b")],
                    "connections": [
                        {"from": "a", "to": "b", "attributes": {f"k{i}": i}}
                        for i in range(n // 55)
                    ],
                }
            ),
            "keys": _json(
                {
                    "elements": [_kumu("a") | {f"k{i}": 1 for i in range(n // 10)}],
                    "connections": [],
                }
            ),
        },
        ("plan_outline",): {
            "points at every depth": lines(lambda i: " " * (i % 200) + "- a", n),
            "one heading after the other": repeated("a:\n\n", n),
            "owners below a point": "Plan:\n- a\n" + repeated("  a\n", n // 2),
        },
        ("arrows",): {
            "two lists of names": "\n".join(
                ["a," * 490 + "a -> " + "b," * 490 + "b"] * max(1, n // 1_980)
            ),
            "delays": lines(lambda i: "a -> b" + " //" * 600, n),
            "quotes": lines(lambda i: "a -> b" + '"' * 1_900, n),
            "names of one id": lines(
                lambda i: f"{chr(0x4E00 + i % 20_000)} -> {chr(0x4E01 + i % 20_000)}", n
            ),
            "marks": f"a -> {marks(n)}",
            "themes": lines(lambda i: f"[{chr(0x4E00 + i % 20_000)}]\na{i}", n),
        },
        ("links_csv",): {
            "near misses": "label\n"
            + lines(lambda i: "ab" * 900 + str(i), n // 2)
            + "\n\nfrom,to\n"
            + lines(lambda i: "ba" * 900 + f"{i},x", n // 2),
            "long near misses": "from,to,sign\n"
            + lines(lambda i: "a" * 1_000 + f"{i}," + "b" * 1_000 + str(i), n),
            "one pair, both signs": "from,to,sign\n" + repeated("a,b,+\na,b,-\n", n),
            "names of one id": "from,to,sign\n"
            + lines(
                lambda i: (
                    f"{chr(0x4E00 + i * 2 % 20_000)},{chr(0x4E01 + i * 2 % 20_000)},+"
                ),
                n,
            ),
            "a quote mark in each cell": "from,to\n" + repeated('","', n),
            "wide": repeated("from,", n),
        },
        ("cause_list",): {
            "tables": "cause,table\n" + lines(lambda i: f"a,t{i}", n),
            "mentions": "cause,count\n" + repeated("a,500\n", n),
        },
        ("minute_text",): {
            "resolutions": "Resolved: (1) a\n" + lines(lambda i: f"({i % 90}) a", n),
            "items": "Action plan\nResolved: (1) a\n" + repeated("- a\n", n),
        },
        ("plan_text",): {
            "marks": f"{_PLAN}a\t{marks(n)}\tx\tx",
            "lines of one cell": _PLAN + "x\tx\tx\tx\n" + repeated("a\n", n),
            "headings of one name": "Action|Lead|"
            + "a|" * 1_200
            + "\n"
            + repeated("b|c\n", n - 2_400),
            "headings of one name in tabs": "Action\tLead\t"
            + "a\t" * 280
            + "\n"
            + repeated("b\tc\n", n - 600),
            "columns by spaces": "   ".join(["Action", "Lead", *["a"] * 1_200])
            + "\n"
            + repeated("a   ", n),
            "headings and lines": lines(
                lambda i: f"Action\tLead\nx{i}.\n{'x' * 40}.", n
            ),
            "bullets": _PLAN + 'x\t"' + repeated("• a\nb\n", n // 4) + '"\tx\tx',
            "partners": _PLAN
            + lines(
                lambda i: "a\t" + ", ".join(f"p{i}x{j}" for j in range(12)) + "\tc", n
            ),
            "a long cell and rows beneath": "Action\tLead\tDeadline\n"
            + repeated("a ", 30_000)
            + "\tb\tc\n"
            + repeated("\tb\tc\n", n - 30_000),
        },
        ("plan_html",): {
            "cells that reach far": _TABLE
            + repeated("<tr><td rowspan=9999 colspan=999>a</td></tr>", n),
            "one row of cells": _TABLE + "<tr>" + repeated("<td>", n),
            "tables in tables": "<html>" + repeated("<table><tr><td>", n),
            "many tables": "<html>" + repeated("<table><tr><td>a</td></tr></table>", n),
            "attributes": "<html><table " + lines(lambda i: f"a{i}=b", n),
            "list signs": _TABLE + "<tr><td>" + repeated("<li>", n),
            "open comments": "<html>" + repeated("<!--", n),
            "headings of one name": "<html><table><tr><td>Action<td>Lead"
            + "<td>a" * 290
            + repeated("<tr><td>b<td>c", n),
        },
        ("graphml", "gexf", "xmile", "mental_modeler", "prsm", "food_ratings"): {
            "attributes": "<graphml " + lines(lambda i: f'a{i}="b"', n) + "/>",
            "namespaces": "<graphml " + lines(lambda i: f'xmlns:a{i}="b"', n) + "/>",
            "open tags": repeated("<graphml", n),
            "questions": repeated("<?", n),
            "document types": repeated("<!DOCTYPE[", n),
            "comments": repeated("<!--", n),
            "line ends": "<graphml><graph><node id='a'><data>" + repeated("\n", n),
        },
        ("graphml",): {
            "nodes without a name": "<graphml><graph>"
            + lines(lambda i: f"<node id='{i}'/>", min(n, 90_000))
            + "</graph></graphml>",
            "keys": "<graphml>"
            + lines(lambda i: f"<key id='k{i}' for='node' attr.name='a{i}'/>", n)
            + "<graph/></graphml>",
        },
        ("gexf",): {
            "nodes without a name": "<gexf><graph><nodes>"
            + lines(lambda i: f"<node id='{i}'/>", min(n, 90_000))
            + "</nodes></graph></gexf>"
        },
        ("xmile",): {
            "one long equation": "<xmile><model><variables><aux name='a'><eqn>"
            + repeated('"a', n)
            + "</eqn></aux></variables></model></xmile>",
            "variables": "<xmile><model><variables>"
            + lines(lambda i: f"<aux name='v{i}'><eqn>v1+v2</eqn></aux>", n)
            + "</variables></model></xmile>",
        },
        ("mental_modeler",): {
            "concepts without a name": "<MentalModeler><concepts>"
            + lines(lambda i: f"<concept><id>{i}</id><name></name></concept>", n)
            + "</concepts></MentalModeler>"
        },
        ("geojson",): {
            "open features": '{"type":"FeatureCollection","features":['
            + repeated('{"type":', n),
            "one long border": '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"Polygon","coordinates":[['
            + ",".join(f"[{i % 180},{i % 90}]" for i in range(n // 8))
            + "]]}}]}",
        },
        ("food_ratings",): {
            "places": '{"FHRSEstablishment":{"EstablishmentCollection":['
            + repeated('{"a":1},', n)
        },
        ("native_json",): {
            "factors": _json(
                {
                    "format": "systemmap",
                    "schema": 1,
                    "programme": {"id": "a", "name": "b"},
                    "factors": [{"id": f"a{i}"} for i in range(n // 16)],
                }
            ),
            "a long number": f'{{"format":"systemmap","a":{repeated("1", n)}}}',
        },
    }


def _packed() -> dict[tuple[str, ...], dict[str, bytes]]:
    return {
        ("plan_excel", "partner_sheets", "workbook", "assets_sheet", "cause_sheet"): {
            "a cell in many pieces": xlsx(
                _HEAD
                + '<row><c t="inlineStr"><is>'
                + "<t>a</t>" * 400_000
                + "</is></c></row>"
            ),
            "one long text in every cell": xlsx(
                _HEAD + ("<row>" + '<c t="s"><v>0</v></c>' * 50 + "</row>") * 2_000,
                shared=f"<si><t>{'a ' * 1_000_000}</t></si>",
            ),
            "merged cells": xlsx(
                _HEAD
                + "".join(
                    f'<row r="{r}">{_inline("a", "b")}</row>' for r in range(2, 2_000)
                ),
                after="<mergeCells>"
                + "".join(
                    f'<mergeCell ref="C2:{c}1999"/>'
                    for c in ("D", "E")
                    for _ in range(9_000)
                )
                + "</mergeCells>",
            ),
            "empty rows": xlsx(_HEAD + "<row/>" * 1_000_000),
        },
        ("plan_word",): {
            "tables in tables": docx(
                "<w:tbl><w:tr><w:tc>" * 20 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 20
            ),
            "paragraphs": docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 90_000),
            "cells": docx(
                "<w:tbl><w:tr>"
                + "".join(
                    f"<w:tc><w:p><w:r><w:t>{h}</w:t></w:r></w:p></w:tc>"
                    for h in ("Action", "Lead")
                )
                + "</w:tr>"
                + "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>"
                * 60_000
                + "</w:tbl>"
            ),
            "runs": docx(
                "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Action</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Lead</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p>"
                + "<w:r><w:t>a</w:t></w:r>" * 200_000
                + "</w:p></w:tc></w:tr></w:tbl>"
            ),
        },
        ("project_file",): {
            "lines": _zip(
                **{
                    "programme.json": '{"format":"systemmap"}',
                    "log.ndjson": "{}\n" * 1_000_000,
                }
            )
        },
    }


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _kumu(name: str) -> dict[str, object]:
    return {"_id": name, "attributes": {"label": name}}


PUMPS = (
    "March ",
    "1/",
    "1/1/2020 ",
    "/",
    "-",
    " ",
    "(",
    ")",
    "a",
    "A",
    "end of ",
    "Q1 ",
    "2024",
    "0",
    "1st ",
    "by ",
    "to ",
    "spring ",
    "\u00a0",
    "and ",
    "&",
    ",",
    ", ",
    "(a",
    "a (",
    "TBC ",
    "Cllr ",
    "Lead: ",
    ": ",
    "complete ",
    "red: ",
    "* ",
    "1. ",
    "- ",
    "• ",
    "\\",
    "*",
    "[",
    "](",
    "_",
    "`",
    "#",
    "<",
    "<a",
    "<!--",
    "&amp;",
    "</",
    "<td>",
    '"',
    "'",
    "RESOLVED ",
    "noted ",
    "\n",
    " \n",
    "\t",
    "\r",
    "@",
    "a@",
    "a@b.",
    "07700 900",
    "+44",
    "SW1A ",
    ".",
    "a. A",
    "www.",
    "http://",
    "\u0301\u0316",
    "->",
    "-> ",
    "--",
    "=>",
    "leads to ",
    " x1",
    " (1)",
    "|",
    "~",
    "=",
    "\ue000",
    "“",
    "\u1100",
    "not yet ",
)


def _dressed(pump: str, n: int) -> dict[str, str]:
    """Return a repetition as the whole text, in a plan's cells, a map's cells, a label."""
    cell, third = repeated(pump, n // 3), n // 3
    quoted = cell.replace('"', '""')
    return {
        "alone": repeated(pump, n),
        "in the cells of a plan": f'{_PLAN}x\t"{quoted}"\t"{quoted}"\t"{quoted}"',
        "in the cells of a table": f"{_TABLE}<tr><td>a</td><td>{cell}</td><td>{cell}</td></tr></table>",
        "in the cells of a map": f'from,to,sign,note\n"{quoted}","{quoted}",+,"{quoted}"',
        "in a minute": f"MINUTES\nRESOLVED: (a) {repeated(pump, third)}\n- {cell}\n- {cell}",
        "in a label": _json([[[1, 1, 1, 0.5, repeated(pump, n), 4]], [], [], 1]),
    }


def plain(n: int = LENGTH) -> Iterator[Hostile]:
    """Yield every repetition in every dress."""
    for pump in PUMPS:
        for dress, text in _dressed(pump, n).items():
            yield Hostile(f"{pump!r} {dress}", text.encode("utf-8", "replace"))
