"""The register as pages: an index that leads to owners and themes, who follow each other."""

import ctypes
import io
import re
from dataclasses import replace

import docx
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from docx.oxml.ns import qn

from systemmap.bundled.examples import example
from systemmap.reports import Order, build
from systemmap.reports.parts.facts import Facts
from systemmap.reports.register_by_owner import actions_by_owner, themes_of
from tests.reports.conftest import DAY, words_of
from tests.reports.tag_tree import tree_of, unmarked
from tests.sizes import WHOLE

KEY = "register_by_owner"
ACTIONS = 200 if WHOLE else 110


@pytest.fixture(scope="module")
def programme():
    """Sampleshire with 200 actions of its own and a hundred partners more; or fewer."""
    made = example()
    every = list(made.actions.values())
    made.add(
        *(
            replace(
                every[n % len(every)],
                id=f"more-{n}",
                ref=f"M{n}",
                owners=(f"Partner {n % (ACTIONS // 2):02}",),
            )
            for n in range(ACTIONS - len(every))
        )
    )
    return made


@pytest.fixture(scope="module")
def parts(programme):
    """Each owner and theme, with how many actions, in the order of the index."""
    facts = Facts(programme, Order(at=DAY))
    every = [*actions_by_owner(programme).items(), *themes_of(facts)]
    return [(name, len(actions)) for name, actions in every]


@pytest.fixture(scope="module")
def pdf(programme):
    return build(programme, KEY, Order(at=DAY), ".pdf").data


@pytest.fixture(scope="module")
def in_word(programme):
    return build(programme, KEY, Order(at=DAY), ".docx").data


def pages_led_to(data):
    """Return the page that each link of a PDF leads to, in the order they stand in."""
    found = []
    document = pypdfium2.PdfDocument(data)
    for page in document:
        at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
        while pdfium.FPDFLink_Enumerate(page.raw, ctypes.byref(at), ctypes.byref(link)):
            place = pdfium.FPDFLink_GetDest(document.raw, link)
            found.append(pdfium.FPDFDest_GetDestPageIndex(document.raw, place) + 1)
    return found


def test_each_row_of_the_index_leads_to_its_page_and_names_it(pdf, parts):
    pages = [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(pdf)
    ]
    led = pages_led_to(pdf)
    assert len(led) == len(parts)
    for (name, count), page in zip(parts, led, strict=True):
        assert name in pages[page - 1]
        assert re.search(
            rf"{re.escape(name)} {count} \d+ [a-z][^.]* {page}\b",
            " ".join(pages[:8]),
        )
    assert [kind for kind, _ in tree_of(pdf)].count("Link") == len(parts)
    assert unmarked(pdf) == []


def test_the_list_of_contents_beside_the_pages_holds_every_part(pdf, parts):
    found = [entry.get_title() for entry in pypdfium2.PdfDocument(pdf).get_toc()]
    assert [found[0], found[1]] == ["Index", "By owner"]
    assert {name for name, _ in parts} <= set(found)


def test_owners_follow_each_other(pdf, programme):
    owners = len(actions_by_owner(programme))
    assert owners > ACTIONS * 0.6
    assert len(pypdfium2.PdfDocument(pdf)) < owners // 2


def test_in_word_and_on_a_page_each_row_of_the_index_leads_to_its_heading(
    programme, parts, in_word
):
    document = docx.Document(io.BytesIO(in_word))
    body = document.element.body
    marks = list(body.iter(qn("w:bookmarkStart")))
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(marks)
    headed = {
        mark.get(qn("w:name")): "".join(
            words.text for words in mark.getparent().iter(qn("w:t"))
        )
        for mark in marks
    }
    led = [
        (
            "".join(words.text for words in link.iter(qn("w:t"))),
            headed[link.get(qn("w:anchor"))],
        )
        for link in body.iter(qn("w:hyperlink"))
    ]
    assert led == [(name, name) for name, _ in parts]
    asked = [field.text.split() for field in body.iter(qn("w:instrText"))]
    links = [link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))]
    assert asked == [["PAGEREF", place, "\\h"] for place in links]
    page = build(programme, KEY, Order(at=DAY), ".html").data.decode()
    headings = dict(re.findall(r"<h3 id=\"([^\"]+)\">([^<]+)<", page))
    on_page = re.findall(r"<a href=\"#([^\"]+)\">([^<]+)<", page)
    assert [headings[place] for place, _ in on_page] == [n for _, n in on_page]
    assert len(on_page) == len(parts)


def test_every_action_stands_with_its_owner_and_its_theme(programme, in_word):
    words = words_of(in_word, ".docx")
    for action in programme.actions.values():
        assert words.split("\n").count(action.ref) >= 2
