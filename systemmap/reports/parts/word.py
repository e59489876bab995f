"""A paper as a Word document: real headings, repeated header rows, en-GB, page numbers."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from systemmap.drawing.picture import png_from, standalone
from systemmap.drawing.styles import LIGHT
from systemmap.formats.fixed_zip import without_times
from systemmap.formats.word_marks import (
    add_page_number,
    count_in,
    list_of,
    mark_place,
    set_font,
    style_ids,
)
from systemmap.reports.parts.blocks import (
    Drawing,
    ForAuthor,
    Heading,
    Items,
    Table,
    Words,
)
from systemmap.reports.parts.fitting import leads_to_table
from systemmap.reports.parts.template import accent, opened
from systemmap.reports.parts.template_form import asked_of, fill_cells, left_empty
from systemmap.reports.parts.template_places import (
    WHOLE,
    has_title,
    is_named,
    place_of,
    places_of,
    sections_of,
    title_to_fill,
)
from systemmap.reports.parts.word_table import add_table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from systemmap.reports.parts.blocks import Block, Paper
    from systemmap.reports.parts.template_places import Place

Part: TypeAlias = Any  # python-docx is untyped

_ACTION, _INK, _QUIET = (c.lstrip("#") for c in (LIGHT.action, LIGHT.ink, LIGHT.quiet))
_PIXELS = 1_800  # of a picture across the page: names stay sharp in print
_OURS = "systemmap"  # a page of ours, not a council's
_STYLES = (  # name, size, before, after, colour
    ("Normal", 10, 0, 4, _INK),
    ("Title", 16, 0, 3, _INK),
    ("Heading 1", 12, 8, 2, _ACTION),
    ("Heading 2", 11, 8, 2, _INK),
    ("Heading 3", 10, 4, 2, _INK),
    ("List Bullet", 10, 0, 2, _INK),
    ("List Number", 10, 0, 2, _INK),
    ("Caption", 9, 6, 2, _INK),
)


def word_document(paper: Paper, *, at: date, template: bytes = b"") -> bytes:
    """Lay a paper out as Word, on a council's own template when there is one.

    The template keeps its styles, header, footer, margins and text. Sections go to
    the places it names (`template_places`); what has none follows once, at its
    end. The same paper gives the same bytes.

    Raises
    ------
    ReadError
        The template is not a Word file that can be used.
    """
    document = opened(template) if template else _plain(paper)
    width = _line_width(document)
    if template:
        _fill(document, paper, width)
    else:
        _open(document, paper)
        _write_all(document, paper.blocks, width)
    _describe(document, paper, at)
    stream = BytesIO()
    document.save(stream)
    return without_times(stream.getvalue())


def _plain(paper: Paper) -> Part:
    document = docx.Document()
    section = document.sections[0]
    wide, high = (297, 210) if paper.landscape else (210, 297)
    landscape = WD_ORIENT.LANDSCAPE if paper.landscape else WD_ORIENT.PORTRAIT
    section.orientation = landscape
    section.page_width, section.page_height = Mm(wide), Mm(high)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin, section.bottom_margin = Mm(15), Mm(15)
    section.footer_distance = Mm(8)
    for name, size, before, after, colour in _STYLES:
        _set_style(document.styles[name], size, before, after, colour)
    document.core_properties.category = _OURS
    border = document.styles["Title"].element.find(f".//{qn('w:pBdr')}")
    if border is not None:
        border.getparent().remove(border)
    _set_footer(section.footer.paragraphs[0], paper.footer)
    return document


def _set_style(style: Part, size: int, before: int, after: int, colour: str) -> None:
    style.font.size = Pt(size)
    style.font.italic = False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    set_font(style)


def _set_footer(paragraph: Part, text: str) -> None:
    paragraph.add_run(f"{text} · page ")
    add_page_number(paragraph)
    for run in paragraph.runs:
        run.font.size = Pt(8)
        run.font.color.rgb = RGBColor.from_string(_QUIET)


def _describe(document: Part, paper: Paper, at: date) -> None:
    moment = datetime(at.year, at.month, at.day, tzinfo=UTC)
    properties = document.core_properties
    properties.title, properties.language = paper.title, "en-GB"
    properties.author, properties.last_modified_by, properties.comments = "", "", ""
    properties.created = properties.modified = moment


def empty_cells(paper: Paper, template: bytes) -> tuple[str, ...]:
    """Return the labels of the template's own form whose cells the paper leaves empty."""
    document = opened(template)
    places, asked = places_of(document), asked_of(document)
    _fill_short(document, paper, places)
    wanted = (WHOLE, *(name for name, _ in sections_of(paper) if name))
    found = (place_of(places, name) for name in wanted)
    return left_empty(asked, places=[place.element for place in found if place])


def _fill_short(document: Part, paper: Paper, places: Mapping[str, Place]) -> bool:
    """Fill the places of a few words; return whether one of them shows the title."""
    short = _short_words(paper)
    for name, words in short.items():
        place = place_of(places, name)
        if place is not None and place.kind != "heading":
            place.write(words)
    in_cells = fill_cells(document, short)
    return "Title" in in_cells or place_of(places, "title") is not None


def _fill(document: Part, paper: Paper, width: int) -> None:
    """Put each section in the place that the template names, and the rest once."""
    places = places_of(document)
    own_title = has_title(document)
    asked = title_to_fill(document)
    if asked is not None:
        asked.write(paper.title)
    titled = _fill_short(document, paper, places)
    rest: list[Block] = []
    for name, blocks in sections_of(paper):
        place = place_of(places, name) if name else None
        if place is None:
            rest += blocks
            continue
        if place.has_form() and any(isinstance(each, ForAuthor) for each in blocks):
            continue  # the template's own form is for the author to fill in
        room = place.width(width)
        start = len(document.element.body)
        said = blocks[1:]  # the template has the heading
        if not is_named(places, name):
            said = (Words(text=f"{name}:"), *said)
        _write_all(document, said, room)
        place.take(_taken(document, start))
    whole = place_of(places, WHOLE)
    room = whole.width(width) if whole else width
    start = len(document.element.body)
    if whole is None and not titled:
        style = "Heading 1" if own_title else "Title"
        _open(document, paper, style="" if asked else style)
    _write_all(document, rest, room)
    if whole is not None:
        whole.take(_taken(document, start))
        whole.unmark()


def _short_words(paper: Paper) -> dict[str, str]:
    """Return what a template can show in a few words, by the name of the place."""
    names = ("Place", "Version", "As at")
    said = [
        words.partition("as at ")[2] or words for words in paper.footer.split(" · ")
    ]
    return {
        **dict(zip(names, said, strict=False)),
        **dict(paper.facts),
        "Title": paper.title,
    }


def _taken(document: Part, start: int) -> list[Part]:
    """Take out of the body what was written at its end."""
    body = document.element.body
    found = [part for part in list(body)[start - 1 :] if part.tag != qn("w:sectPr")]
    for part in found:
        body.remove(part)
    return found


def _line_width(document: Part) -> int:
    section = document.sections[-1]
    return int(section.page_width - section.left_margin - section.right_margin)


def _open(document: Part, paper: Paper, *, style: str = "Title") -> None:
    if paper.running:
        _paragraph(document, paper.running, "").runs[0].bold = True
    if style:
        _paragraph(document, paper.title, style)
    if paper.facts:
        paragraph = _paragraph(document, "", "")
        for place, (label, value) in enumerate(paper.facts):
            paragraph.add_run(f"{'     ' if place else ''}{label}: ").bold = True
            paragraph.add_run(value)


def _paragraph(document: Part, text: str, style: str) -> Part:
    """Add a paragraph in a style, or in bold where the template has no such style."""
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text) if text else None
    if style and (known := style_ids(document).get(style)):
        paragraph._p.style = known  # noqa: SLF001 - its own call looks twice a time
    elif run is not None and (style == "Title" or style.startswith("Heading")):
        run.bold = True
    return paragraph


def _write_all(document: Part, blocks: Sequence[Block], width: int) -> None:
    """Write blocks; a sentence between a heading and its table stays with both.

    Small print stays together, and with the end of the table before it: a last
    page never holds only its lines.
    """
    for at, block in enumerate(blocks):
        pair = blocks[at : at + 2]
        small = [isinstance(each, Words) and each.kind == "small" for each in pair]
        kept = leads_to_table(blocks, at) or small == [True, True]
        kept = kept or (isinstance(block, Table) and small == [False, True])
        _write(document, block, width, kept=kept)


def _write(document: Part, block: Block, width: int, *, kept: bool = False) -> None:
    if isinstance(block, Heading):
        head = _paragraph(document, block.text, f"Heading {block.level}")
        head.paragraph_format.page_break_before = block.new_page
        head.paragraph_format.keep_with_next = True
        if block.anchor:
            mark_place(head, block.anchor)
    elif isinstance(block, Words):
        _write_words(document, block).keep_with_next = kept or None
    elif isinstance(block, Items):
        _write_items(document, block)
    elif isinstance(block, Drawing):
        _write_drawing(document, block, width)
    elif isinstance(block, ForAuthor):
        _write_for_author(document, block, width)
    else:
        _write_table(document, block, width, leads=kept)


def _write_words(document: Part, block: Words) -> Part:
    paragraph = _paragraph(document, block.text, "")
    for run in paragraph.runs:
        if block.kind == "lead":
            run.bold, run.font.size = True, Pt(11)
        if block.kind == "small":
            run.font.size = Pt(8)
            run.font.color.rgb = RGBColor.from_string(_QUIET)
    if block.kind == "small":
        paragraph.paragraph_format.space_after = Pt(1)
    return paragraph.paragraph_format


def _write_items(document: Part, block: Items) -> None:
    own = list_of(document, "List Number") if block.numbered else ""
    for number, text in enumerate(block.items, start=1):
        if not block.numbered and _bullets(document):
            paragraph = _paragraph(document, text, "List Bullet")
        elif own and _is_template(document):
            paragraph = _paragraph(document, text, "List Number")
            count_in(paragraph, own)
        else:
            mark = f"({number})\t" if block.numbered else "•\t"
            paragraph = _paragraph(document, mark + text, "")
            _hang(paragraph.paragraph_format)
        if number == 1 < len(block.items):  # under a heading the first is not alone
            paragraph.paragraph_format.keep_with_next = True


def _hang(shape: Part) -> None:
    shape.left_indent, shape.first_line_indent = Mm(8), Mm(-8)
    shape.tab_stops.add_tab_stop(Mm(8))
    shape.space_after = Pt(2)


def _bullets(document: Part) -> bool:
    """Whether the template has a bullet of its own; on a page of ours it is written."""
    if "List Bullet" not in style_ids(document) or not _is_template(document):
        return False
    return bool(document.styles["List Bullet"].element.findall(f".//{qn('w:numPr')}"))


def _is_template(document: Part) -> bool:
    return bool(document.core_properties.category != _OURS)


def _write_drawing(document: Part, block: Drawing, width: int) -> None:
    picture = png_from(standalone(block.svg), width=_PIXELS)
    document.add_picture(BytesIO(picture), width=width)
    shape = document.inline_shapes[-1]
    shape._inline.docPr.set("descr", block.words)  # noqa: SLF001 - no call for it


def _write_for_author(document: Part, block: ForAuthor, width: int) -> None:
    table = Table(
        caption="",
        headings=block.names,
        rows=(tuple("\n\n" for _ in block.names),),
        shares=tuple(1 for _ in block.names),
    )
    _write_table(document, table, width)


def _write_table(
    document: Part, block: Table, width: int, *, leads: bool = False
) -> None:
    if block.caption:
        caption = _paragraph(document, block.caption, "Caption")
        caption.paragraph_format.keep_with_next = True
        for run in caption.runs:
            run.bold = True
    head = accent(document) if _is_template(document) else ""
    add_table(document, block, width, head=head, leads=leads)
