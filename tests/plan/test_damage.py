"""Plans cut short or with one byte changed are refused or summed up, in words."""

from __future__ import annotations

import io
import random
import zipfile

import pytest

from systemmap.errors import ReadError
from systemmap.formats import FORMATS, read, write
from systemmap.model.plan import Workstream
from systemmap.model.response import Action
from systemmap.model.values import Due
from systemmap.testing import programme_of
from tests.sizes import WHOLE

PLAN = programme_of(
    None,
    Workstream(id="food", name="Food & drink", purpose="Make it easy.\nFor all."),
    Action(
        id="a",
        title="Map the shops",
        ref="1",
        workstream_id="food",
        aims=("Count them.", "Ask people"),
        owners=("Public Health",),
        status="ongoing",
        status_note="half done",
        due=Due(raw="", start="2027-03", precision="month", qualifier="by_end"),
    ),
    Action(id="b", title="Überblick – Café", workstream_id="food", position=1),
)
FORMS = ("plan_text", "plan_word", "plan_excel", "plan_html")
INSIDE = {
    "plan_word": ("word/document.xml", "word/styles.xml", "word/numbering.xml"),
    "plan_excel": (
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/styles.xml",
        "xl/sharedStrings.xml",
        "xl/_rels/workbook.xml.rels",
    ),
}
each_form = pytest.mark.parametrize("form", FORMS)


pytestmark = pytest.mark.slow


def made(form):
    return write(PLAN, form).data


def answered_in_words(data, form):
    """Read a damaged file, recognised and as what it was; return how often it was read."""
    taken = 0
    for as_ in (None, form):
        try:
            reading = read(data, "plan", as_)
        except ReadError as error:
            text = str(error)
            assert text[0].isupper()
            assert "Traceback" not in text
            assert "Error" not in text
        else:
            taken += 1
            assert reading.items == reading.read + reading.skipped + reading.blank
            assert reading.read >= 0
    return taken


def changed(data, seeded):
    damaged = bytearray(data)
    damaged[seeded.randrange(len(data))] = seeded.randrange(256)
    return bytes(damaged)


def repacked(data, name, content):
    """Return the zip with one part replaced, its checksums right again."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == name else old.read(part))
    return buffer.getvalue()


@each_form
@pytest.mark.parametrize("percent", [1, 10, 50, 90, 99])
def test_a_plan_cut_short_is_refused_or_summed_up(form, percent):
    data = made(form)
    taken = answered_in_words(data[: len(data) * percent // 100], form)
    if FORMATS[form].suffixes[0] in (".docx", ".xlsx"):
        assert taken == 0


@each_form
def test_a_plan_with_one_byte_changed_is_refused_or_summed_up(form):
    data, seeded = made(form), random.Random(form)  # noqa: S311 - no secret
    for _ in range(40 if WHOLE else 10):
        answered_in_words(changed(data, seeded), form)


@pytest.mark.parametrize(
    ("form", "part"), [(f, p) for f, ps in INSIDE.items() for p in ps]
)
def test_damage_within_a_part_is_refused_or_summed_up(form, part):
    data, seeded = made(form), random.Random(part)  # noqa: S311 - no secret
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if part not in archive.namelist():
            pytest.fail(f"{form} has no part {part}")
        content = archive.read(part)
    for _ in range(30 if WHOLE else 4):
        answered_in_words(repacked(data, part, changed(content, seeded)), form)
    for percent in (1, 50, 99) if WHOLE else (50, 99):
        cut = content[: len(content) * percent // 100]
        answered_in_words(repacked(data, part, cut), form)


@each_form
def test_lines_in_another_order_are_refused_or_summed_up(form):
    lines = made(form).split(b"\n")
    random.Random(1).shuffle(lines)  # noqa: S311 - no secret
    answered_in_words(b"\n".join(lines), form)
