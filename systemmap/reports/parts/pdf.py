"""A paper as a tagged PDF (PDF/UA-1), with the font that travels with the program.

reportlab sets it and `systemmap.drawing.pdf_tags` tags it: neither needs anything
from the machine. WeasyPrint tags too, but needs Pango installed; LibreOffice and
Chromium are not on every machine.
"""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from itertools import takewhile
from typing import TYPE_CHECKING, Any, TypeAlias

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Frame,
    PageBreak,
    PageTemplate,
    Spacer,
    TableStyle,
)

from systemmap.drawing.pdf_tags import Element
from systemmap.drawing.pdf_text import PageOf, Picture, canvas_maker, text
from systemmap.drawing.picture import png_from, standalone
from systemmap.drawing.printing import REGULAR, printable, register_fonts
from systemmap.drawing.styles import LIGHT
from systemmap.language.phrases import shortened
from systemmap.reports.parts.blocks import Drawing, ForAuthor, Heading, Items, Words
from systemmap.reports.parts.blocks import Table as TableBlock
from systemmap.reports.parts.fitting import (
    column_widths,
    cut_table,
    is_kept_whole,
    leads_to_table,
    letters_for,
    with_pages,
)
from systemmap.reports.parts.pdf_looks import (
    FEW,
    Rows,
    em_of,
    kept_rows,
    letters_not_printed,
    lines_are_artifacts,
    look_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.reports.parts.blocks import Block, Paper

Part: TypeAlias = Any  # reportlab is untyped

_SIDE, _HEAD, _FOOT = 18 * mm, 15 * mm, 17 * mm  # margins
_GAP = 10  # points below a table
_PIXELS = 1_800  # of a picture across the page
_SIZE = 8.5  # points of a table's letters; sentences are 1.5 larger
_SIZES = (10.5, 10, 9.5, 9, 8.5, 8, 7.5, 7)  # of one page
_CUTS = (12, 8, 6, 4, 3, 2, 1)  # lines of a cell, where it would not stand on one
_TALLEST = 150.0  # points of a row that is kept with its neighbour


def pdf_of(paper: Paper) -> bytes:
    """Set a paper on A4 as a tagged PDF; the same paper gives the same bytes."""
    register_fonts()
    wide, high = landscape(A4) if paper.landscape else A4
    room = (wide - 2 * _SIDE, high - _HEAD - _FOOT)
    paper, size = _fitting(paper, room) if paper.one_page else (paper, _SIZE)
    data, pages = _set(paper, size, room)
    while 0 < paper.sides < pages and size > _SIZES[-1]:
        size -= 0.5
        data, pages = _set(paper, size, room)
    return data


def _set(paper: Paper, size: float, room: tuple[float, float]) -> tuple[bytes, int]:
    """Return the file at a size of letters, and how many pages it has."""
    tree = Element("Document")
    story = list(_story(paper, tree, size, room))
    stream = BytesIO()
    title, subject = paper.title or paper.footer, paper.running or paper.footer
    document = BaseDocTemplate(
        stream,
        pagesize=landscape(A4) if paper.landscape else A4,
        title=title,
        subject=subject,
        author=paper.footer.partition(" · ")[0],
        creator="systemmap",
    )
    frame = Frame(
        _SIDE,
        _FOOT,
        *room,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )

    def foot(page: Part, _document: Part) -> None:
        page.begin_artifact()
        page.setFont(REGULAR, 8)
        page.setFillColor(HexColor(LIGHT.quiet))
        page.drawString(
            _SIDE, 9 * mm, printable(f"{paper.footer} · page {page.getPageNumber()}")
        )
        page.end()

    document.addPageTemplates([PageTemplate(frames=[frame], onPage=foot)])

    document.build(story, canvasmaker=canvas_maker(tree, title, subject))
    return stream.getvalue(), document.page


def _story(
    paper: Paper, tree: Element, size: float, room: tuple[float, float]
) -> Iterator[Part]:
    scale = size / _SIZE
    if paper.running:
        yield text(
            paper.running, tree.add("P"), 10 * scale, bold=True, spaceAfter=4 * scale
        )
    if paper.title:
        yield text(
            paper.title, tree.add("H1"), 16 * scale, bold=True, spaceAfter=5 * scale
        )
    if paper.facts:
        said = " · ".join(f"{label}: {value}" for label, value in paper.facts)
        yield text(said, tree.add("P"), 10 * scale, spaceAfter=4 * scale)
    waiting: list[Part] = []  # a heading waits for what follows it
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Heading) and block.new_page:
            yield from waiting
            waiting = []
            yield PageBreak()
        made = list(_flow(block, tree, size, room[0]))
        if isinstance(block, Heading) or leads_to_table(paper.blocks, at):
            waiting += made
            continue
        first = made[:2] if isinstance(block, Items) else made[:1]
        needed = _height([*waiting, *first], room)
        if run := _small_print(paper.blocks[at:]):
            needed = _height(waiting, room) + _high(run, size, room)
        if isinstance(block, TableBlock):
            needed = _height([*waiting, *made[:-2]], room) + _start(
                block, made[-2], room
            )
            if not paper.one_page:
                made[-2].tail = _tail(paper.blocks[at + 1 :], size, room)
                needed += made[-2].tail if len(block.rows) < FEW else 0
        yield CondPageBreak(min(needed, room[1]))
        yield from waiting
        yield from made
        waiting = []
    yield from waiting
    if missing := letters_not_printed(paper):
        yield text(missing, tree.add("P"), 8 * scale, LIGHT.quiet)


def _small_print(blocks: Sequence[Block]) -> list[Block]:
    """Return the lines of small print that begin here: none of them stands apart."""
    return list(
        takewhile(lambda each: isinstance(each, Words) and each.kind == "small", blocks)
    )


def _tail(after: Sequence[Block], size: float, room: tuple[float, float]) -> float:
    """Return how high the small print is that ends a paper; 0 = more than that follows."""
    if len(_small_print(after)) < len(after):
        return 0.0
    return _high(after, size, room) + _GAP


def _high(blocks: Sequence[Block], size: float, room: tuple[float, float]) -> float:
    """Return how high blocks are, without writing them."""
    return _height(
        [p for each in blocks for p in _flow(each, Element("Sect"), size, room[0])],
        room,
    )


def _start(block: TableBlock, table: Part, room: tuple[float, float]) -> float:
    """Return the height that a table needs to begin: all of it when it is short."""
    whole = _height([table], room)
    if is_kept_whole(len(block.rows), whole, room[1]):
        return whole
    return float(sum(table._rowHeights[:3]))  # noqa: SLF001


def _flow(block: Block, tree: Element, size: float, wide: float) -> Iterator[Part]:
    scale = size / _SIZE
    if isinstance(block, Heading):
        first = block.level == 1
        colour = LIGHT.action if first else LIGHT.ink
        made = text(
            block.text,
            tree.add(f"H{block.level + 1}"),
            (13 - block.level) * scale,
            colour,
            bold=True,
            spaceBefore=8 * scale,
            spaceAfter=3 * scale,
        )
        name = block.anchor or f"part {sum(1 for _ in tree.walk())}"
        made.anchor = (name, block.text, block.level - 1)
        yield made
    elif isinstance(block, Words):
        yield _words(block, tree, scale)
    elif isinstance(block, Items):
        yield from _items(block, tree, scale)
    elif isinstance(block, Drawing):
        yield _drawing(block, tree, wide)
    elif isinstance(block, ForAuthor):
        table = TableBlock(
            caption="",
            headings=block.names,
            rows=(tuple("\n\n" for _ in block.names),),
            shares=tuple(1 for _ in block.names),
        )
        yield from _table(table, tree, size, wide)
    else:
        yield from _table(block, tree, size, wide)


def _drawing(block: Drawing, tree: Element, wide: float) -> Part:
    made = Picture(BytesIO(png_from(standalone(block.svg), width=_PIXELS)))
    scale = wide / made.imageWidth
    made.drawWidth, made.drawHeight = wide, made.imageHeight * scale
    made.element = tree.add("Figure", block.words)
    return made


def _words(block: Words, tree: Element, scale: float) -> Part:
    if block.kind == "small":
        return text(
            block.text, tree.add("P"), 8 * scale, LIGHT.quiet, spaceAfter=2 * scale
        )
    lead = block.kind == "lead"
    size = (11 if lead else 10) * scale
    return text(block.text, tree.add("P"), size, bold=lead, spaceAfter=4 * scale)


def _items(block: Items, tree: Element, scale: float) -> Iterator[Part]:
    found = tree.add("L")
    for number, words in enumerate(block.items, start=1):
        body = found.add("LI").add("LBody")
        mark = f"({number}) " if block.numbered else "• "
        indent = stringWidth(mark, REGULAR, 10 * scale)
        yield text(
            f"{mark}{words}",
            body,
            10 * scale,
            leftIndent=indent,
            firstLineIndent=-indent,
            spaceAfter=2 * scale,
        )


def _table(
    block: TableBlock, tree: Element, size: float, wide: float
) -> Iterator[Part]:
    block = with_pages(block)
    size = letters_for(block, wide / 72, size, floor=min(size, _SIZES[-1]), em=em_of)
    found = tree.add("Table")
    caption: list[Part] = []
    if block.caption:
        caption = [
            text(
                block.caption,
                found.add("Caption"),
                size + 0.5,
                bold=True,
                spaceBefore=5,
                spaceAfter=3,
            )
        ]
    made = Rows(
        [_head(block, found, size), *_rows(block, found, size)],
        colWidths=[72 * w for w in column_widths(block, wide / 72, size, em=em_of)],
        repeatRows=1,
        renderCB=lines_are_artifacts,
        spaceAfter=7,
    )
    made.setStyle(TableStyle(look_of(block)))
    made.wrap(wide, A4[1])
    if max(made._rowHeights) < _TALLEST:  # noqa: SLF001 - no call for them
        made.setStyle(TableStyle(kept_rows(block)))
    yield from caption
    yield made
    yield Spacer(1, 3)


def _head(block: TableBlock, table: Element, size: float) -> list[Part]:
    row = table.add("TR")
    return [
        text(
            heading,
            row.add("TH"),
            size,
            bold=True,
            head=True,
            alignment=2 if column in block.numbers else 0,
        )
        for column, heading in enumerate(block.headings)
    ]


def _rows(block: TableBlock, table: Element, size: float) -> Iterator[list[Part]]:
    for at, row in enumerate(block.rows):
        made = table.add("TR")
        kinds = [made.add("TD") for _ in row]
        cells: list[Part] = [
            text(
                words,
                kind,
                size,
                block.colours.get((at, column), (LIGHT.ink,))[0],
                bold=(at, column) in block.colours,
                alignment=2 if column in block.numbers else 0,
            )
            for column, (words, kind) in enumerate(zip(row, kinds, strict=True))
        ]
        if block.links:
            cells[0] = text(row[0], kinds[0].add("Link"), size, LIGHT.action)
            cells[0].leads_to = block.links[at]
            cells[-1] = PageOf(block.links[at], kinds[-1], size)
        yield cells


def _fitting(paper: Paper, room: tuple[float, float]) -> tuple[Paper, float]:
    """Return a paper that stands on one page, at the largest size at which it does.

    Where even the smallest is too large its cells and sentences are cut, ending
    in "…"; a table of too many rows for that goes on over a second page.
    """
    for size in _SIZES:
        if _stands(paper, size, room):
            return paper, size
    for lines in _CUTS:
        cut = replace(
            paper,
            blocks=tuple(_cut(block, lines, room[0] / 72) for block in paper.blocks),
        )
        if _stands(cut, _SIZES[-1], room):
            return cut, _SIZES[-1]
    return cut, _SIZE


def _stands(paper: Paper, size: float, room: tuple[float, float]) -> bool:
    parts = list(_story(paper, Element("Document"), size, room))
    return _height(parts, room) <= room[1] - 2


def _cut(block: Block, lines: int, wide: float) -> Block:
    if isinstance(block, TableBlock):
        return cut_table(block, lines, width=wide, size=_SIZES[-1])
    if isinstance(block, Words) and block.kind != "small":
        return replace(block, text=shortened(block.text, 80 * lines))
    return block


def _height(parts: Sequence[Part], room: tuple[float, float]) -> float:
    return float(
        sum(
            part.getSpaceBefore() + part.wrap(*room)[1] + part.getSpaceAfter()
            for part in parts
            if not isinstance(part, (CondPageBreak, PageBreak))
        )
    )
