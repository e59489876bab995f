"""Every PDF is tagged: title, language, headings in order, tables, alt text, no loose marks."""

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache

import docx
import pypdfium2
import pytest

from systemmap.bundled.examples import example
from systemmap.reports import REPORTS, Order, build
from systemmap.reports.parts.blocks import Heading, Items, Paper, Table, Words
from systemmap.reports.parts.page_pictures import page_count, pictures_of
from systemmap.reports.parts.pdf import pdf_of
from tests.analysis.drawn_maps import keep_causes
from tests.reports.any_programme import any_programme
from tests.reports.conftest import DAY, words_of
from tests.reports.tag_tree import rows_of, tree_of, unmarked
from tests.sizes import WHOLE, spread

PAPERS = [key for key, report in REPORTS.items() if report.paper]


@pytest.fixture(scope="module")
def made():
    return {key: build(some(), key, Order(at=DAY), ".pdf").data for key in PAPERS}


def some():
    """Sampleshire; in an ordinary run of its map the first twenty causes."""
    programme = example()
    if not WHOLE:
        keep_causes(programme, 20)
    return programme


@cache
def paper_of(key):
    return REPORTS[key].paper(some(), Order(at=DAY))


@pytest.mark.parametrize("key", PAPERS)
def test_a_report_is_tagged_and_says_what_it_is(made, key):
    data = made[key]
    assert b"/MarkInfo" in data
    assert b"/Lang (en-GB)" in data
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data
    assert b"/DisplayDocTitle true" in data
    paper = paper_of(key)
    assert pypdfium2.PdfDocument(data).get_metadata_value("Title") == paper.title
    kinds = [kind for kind, _ in tree_of(data)]
    assert kinds[0] == "Document"
    assert kinds.count("H1") == 1
    assert kinds.index("H1") < (kinds.index("H2") if "H2" in kinds else len(kinds))
    tables = [b for b in paper.blocks if isinstance(b, Table)]
    assert kinds.count("TH") >= sum(len(t.headings) for t in tables)
    assert unmarked(data) == []
    assert b"/FontFile2" in data
    assert not re.search(rb"/BaseFont /(?:Helvetica|Times|Courier)", data)


@pytest.mark.parametrize("key", PAPERS)
def test_every_cell_of_a_table_stands_under_a_head_that_says_it_heads_a_column(
    made, key
):
    heads, width = 0, 0
    for cells in rows_of(made[key]):
        (cell,) = set(cells)
        if cell[0] == "TH":
            assert cell == ("TH", "Column")
            heads, width = heads + 1, len(cells)
        assert cell in (("TH", "Column"), ("TD", ""))
        assert len(cells) == width  # 0 = a row before any head
    paper = paper_of(key)
    assert heads >= sum(isinstance(b, Table) for b in paper.blocks)


@pytest.mark.parametrize("key", spread(PAPERS, 4))
def test_a_report_says_in_pdf_what_it_says_in_word(made, key):
    if ".docx" not in REPORTS[key].suffixes:
        return
    data = build(some(), key, Order(at=DAY), ".docx").data
    document = docx.Document(io.BytesIO(data))
    in_pdf = run_together(words_of(made[key], ".pdf"))
    for table in document.tables:
        for row in table.rows:
            for cell in row.cells:
                words = "•".join(cell.text.split("●"))  # not in the PDF's font
                assert run_together(words) in in_pdf


def run_together(words):
    """Leave out blanks, and hyphens: at the end of a line pdfium reads none."""
    return "".join(sign for sign in words if sign.isalnum() or sign in ".,;:?!•–“”")


def test_a_heading_never_ends_a_page_and_a_row_never_stands_alone():
    for lines, high in ((n, 1 + 6 * (n % 2)) for n in range(20, 44)):
        paper = Paper(
            title="Title",
            footer="Somewhere",
            blocks=(
                *(Words(text=f"Line {n}") for n in range(lines)),
                Heading(text="The heading"),
                Table(
                    caption="The caption",
                    headings=("Column A", "B"),
                    rows=tuple((f"row {n}", "x\n" * high) for n in range(12)),
                    shares=(1, 1),
                ),
            ),
        )
        pages = [
            page.get_textpage().get_text_bounded()
            for page in pypdfium2.PdfDocument(pdf_of(paper))
        ]
        (head,) = [p for p in pages if "The heading" in p]
        assert "row 0" in head
        assert "row 1" in head
        assert not any("row 11" in p and "row 10" not in p for p in pages)
        assert [p.count("Column A") for p in pages if "row" in p] == [1] * (
            sum("row" in p for p in pages)
        )
        assert all(p.count("x") % high == 0 for p in pages)  # no row is parted


@pytest.mark.parametrize("rows", [3, 39])
def test_a_last_page_never_holds_only_its_sources(rows):
    """Wherever the table ends, its last two rows stand with the small print."""
    for more in range(6):
        table = Table(
            caption="The caption",
            headings=("Column A", "B"),
            rows=tuple((f"row {n}", "x") for n in range(rows)),
            shares=(1, 1),
        )
        paper = Paper(
            title="Title",
            footer="Somewhere",
            blocks=(
                *(Words(text=f"Line {n}") for n in range((39 - rows) + more)),
                table,
                Words(text="Source: here.", kind="small"),
                Words(text="Licence: open.", kind="small"),
            ),
        )
        data = pdf_of(paper)
        *_, last = pypdfium2.PdfDocument(data)
        words = last.get_textpage().get_text_bounded()
        assert f"row {rows - 2}" in words
        assert f"row {rows - 1}" in words.partition("Source: here.")[0]
        assert unmarked(data) == []


@pytest.mark.parametrize("lines", range(34, 46))
def test_a_heading_stands_with_two_items_of_its_list(lines):
    paper = Paper(
        title="Title",
        footer="Somewhere",
        blocks=(
            *(Words(text=f"Line {n}") for n in range(lines)),
            Heading(text="Progress (3)", level=3),
            Items(items=("Item a", "Item b", "Item c")),
        ),
    )
    pages = [
        page.get_textpage().get_text_bounded()
        for page in pypdfium2.PdfDocument(pdf_of(paper))
    ]
    (head,) = [p for p in pages if "Progress (3)" in p]
    assert "Item b" in head


@pytest.mark.parametrize("lines", range(30, 44))
def test_small_print_goes_over_whole_with_its_heading(lines):
    rules = [f"Rule {n}" for n in range(8)]
    paper = Paper(
        title="Title",
        footer="Somewhere",
        blocks=(
            *(Words(text=f"Line {n}") for n in range(lines)),
            Heading(text="What each rule asks"),
            *(Words(text=rule, kind="small") for rule in rules),
        ),
    )
    *_, last = pypdfium2.PdfDocument(pdf_of(paper))
    said = last.get_textpage().get_text_bounded()
    assert all(rule in said for rule in ("What each rule asks", *rules))


def test_a_repeated_head_is_read_once():
    paper = Paper(
        title="Title",
        footer="Somewhere",
        blocks=(
            Table(
                caption="Long",
                headings=("A", "B"),
                rows=tuple((f"row {n}", "x") for n in range(150)),
                shares=(1, 1),
            ),
        ),
    )
    data = pdf_of(paper)
    assert page_count(data) > 2
    assert unmarked(data) == []
    assert data == pdf_of(paper)


def test_a_poster_is_one_figure_with_its_words():
    order = Order(at=DAY, paper="A0")
    data = build(example(), "map_poster", order, ".pdf").data
    (page,) = pypdfium2.PdfDocument(data)
    assert [round(side / 72 * 25.4) for side in page.get_size()] == [1189, 841]
    ((_, _), (kind, alt)) = tree_of(data)
    assert kind == "Figure"
    assert "5 of 41 causes that can be changed here have no action listed." in alt
    assert "Every cause and link is also given in words" in alt
    assert unmarked(data) == []


def test_a_page_is_looked_at_as_a_picture(made):
    first = pictures_of(made["phase_report"])[0]
    assert first.startswith(b"\x89PNG")
    assert len(first) > 20_000


@pytest.mark.parametrize(
    "letters",
    [
        "Ŵŵ Ŷŷ â ê î ô û ẁ ẃ ẅ ỳ ïëö",  # Welsh
        "Ąą Ćć Ęę Łł Ńń Óó Śś Źź Żż",  # Polish
        "Ăă Ââ Îî Șș Țț Şş Ţţ",  # Romanian
        "Ґґ Єє Іі Її Жж Юю Щщ",  # Ukrainian
        "Ğğ İı Şş Čč Őő Ẹẹ Ơơ",  # Turkish, Czech, Hungarian, Yoruba, Vietnamese
    ],
)
def test_letters_of_our_neighbours_languages_are_printed(letters):
    said = words_of(pdf_of(Paper(title=letters, footer="x", blocks=())), ".pdf")
    assert letters in said
    assert "printed here as" not in said


def test_a_letter_the_font_lacks_is_a_sign_and_is_said():
    paper = Paper(title="Kraków → Ελλάδα مر", footer="x", blocks=())
    said = words_of(pdf_of(paper), ".pdf")
    assert "Kraków → Ελλάδα ??" in said
    assert "2 Arabic letters are printed here as “?” or without a mark" in said


def test_a_row_higher_than_a_page_goes_on_over_it():
    rows = [("a", "b"), ("word " * 2000, "x"), ("c", "d"), ("e", "f")]
    paper = Paper(
        title="Title",
        footer="Somewhere",
        blocks=(
            Table(caption="Tall", headings=("A", "B"), rows=tuple(rows), shares=(1, 3)),
        ),
    )
    data = pdf_of(paper)
    assert words_of(data, ".pdf").count("word") == 2000
    assert unmarked(data) == []


@pytest.mark.parametrize("seed", range(4) if WHOLE else [3])
def test_no_word_of_a_table_breaks_inside(seed):
    programme, order = any_programme(seed)
    for action in list(programme.actions.values()):
        lead = (
            "Llanfairpwllgwyngyllgoge"  # as long as a word may be, in a narrow column
        )
        programme.replace(replace(action, owners=(lead,), owners_raw=lead))
    for key in ("board_paper", "register_by_owner"):
        paper = REPORTS[key].paper(programme, order)
        asked = printed_words(paper)
        said = words_of(pdf_of(paper), ".pdf")
        assert asked
        assert [word for word, times in asked.items() if said.count(word) < times] == []


def printed_words(paper):
    said = " ".join(printed_on(paper))
    return Counter(re.findall(r"(?<![\w-])[^\W\d_]{5,24}(?![\w-])", said))


def printed_on(paper):
    yield from (paper.title, paper.running)
    for block in paper.blocks:
        yield from (getattr(block, name, "") for name in ("text", "caption"))
        yield from getattr(block, "items", ())
        for row in getattr(block, "rows", ()):
            yield from row


def test_a_crowded_table_takes_smaller_letters_before_a_word_breaks():
    word = "internationalisation"
    for columns in (4, 7, 9):
        table = Table(
            caption="Crowded",
            headings=tuple(f"{word[:18]}{n}" for n in range(columns)),
            rows=(tuple(f"{word}{n}" for n in range(columns)),) * 3,
            shares=(1,) * columns,
        )
        paper = Paper(
            title="Title", footer="Somewhere", blocks=(table,), landscape=True
        )
        said = words_of(pdf_of(paper), ".pdf").split()
        assert all(said.count(f"{word}{n}") == 3 for n in range(columns))
