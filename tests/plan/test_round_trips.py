"""A plan goes out and comes back cell for cell, in every form."""

import io
from dataclasses import replace

import docx
import pytest
from hypothesis import Phase as HypothesisPhase
from hypothesis import example, given, settings
from hypothesis import strategies as st

from systemmap.formats.plans import plan_excel, plan_html, plan_text, plan_word
from systemmap.formats.plans._plan_table.cells import as_shown
from systemmap.formats.plans._plan_table.excel_in import document_from_workbook
from systemmap.formats.plans._plan_table.html_in import document_from_html
from systemmap.formats.plans._plan_table.plan_lines import Row
from systemmap.formats.plans._plan_table.text_in import document_from_text
from systemmap.formats.plans._plan_table.word_in import document_from_word
from systemmap.formats.sighting import Sighting
from systemmap.model.plan import Phase, Workstream
from systemmap.model.response import Action
from systemmap.model.text import clean
from systemmap.model.values import Due
from systemmap.testing import programme_of
from tests.council_papers import PLAN
from tests.sizes import WHOLE

FORMS = {
    "text": (plan_text, lambda data: document_from_text(data.decode())),
    "word": (plan_word, document_from_word),
    "excel": (plan_excel, document_from_workbook),
    "html": (plan_html, lambda data: document_from_html(data.decode())),
}
each_form = pytest.mark.parametrize("form", FORMS)


def cells_in(form: str, data: bytes) -> list[tuple[str, ...]]:
    """Return the cells of every table row that is no title row."""
    rows = [b for b in FORMS[form][1](data).blocks if isinstance(b, Row)]
    return [
        row.cells
        for row in rows
        if not row.is_blank and not row.cells[0].startswith("Half-year")
    ]


def shown_cells(data: bytes) -> list[tuple[str, ...]]:
    """Return the cells of the plan as it came, its tags read as formatting."""
    return [tuple(map(as_shown, row)) for row in cells_in("text", data)]


def untagged(record):
    """Return a record whose typed cells hold no tags, all else as it is."""
    if not isinstance(record, (Action, Phase)):
        return record
    parts = [
        {k: as_shown(v) for k, v in part.items()}
        for part in record.extra.get("continued", ())
    ]
    return replace(
        record,
        as_typed={k: as_shown(v) for k, v in record.as_typed.items()},
        extra={**record.extra, "continued": parts} if parts else record.extra,
    )


@pytest.fixture(scope="module")
def council_plan():
    return plan_text.read(Sighting(PLAN.read_bytes(), PLAN.name))


@each_form
def test_a_councils_plan_comes_back_equal_in_every_form(form, council_plan):
    module = FORMS[form][0]
    written = module.write(programme_of(None, *council_plan.records), "main")
    back = module.read(Sighting(written.data, "plan")).records
    assert back == tuple(map(untagged, council_plan.records))
    assert cells_in(form, written.data) == shown_cells(PLAN.read_bytes())


@each_form
def test_the_same_plan_gives_the_same_bytes_and_is_recognised(form, council_plan):
    module = FORMS[form][0]
    programme = programme_of(None, *council_plan.records)
    written = module.write(programme, "main")
    assert module.write(programme, "main").data == written.data
    assert module.recognise(Sighting(written.data, "no-name"))


@each_form
def test_changed_cells_are_written_in_the_plans_style_and_others_to_the_letter(
    form, council_plan
):
    programme = programme_of(None, *council_plan.records)
    third = next(a for a in programme.actions.values() if a.ref == "3")
    programme.replace(
        replace(
            third,
            status="complete",
            status_note="held in February",
            due=Due(start="2027-02", precision="month"),
        )
    )
    written = FORMS[form][0].write(programme, "main").data
    before, after = shown_cells(PLAN.read_bytes()), cells_in(form, written)
    changed = [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert [after[i][0][:2] for i in changed] == ["3."]
    assert after[changed[0]][3:5] == ("February 2027", "Complete – held in February")
    assert after[changed[0]][:3] == before[changed[0]][:3]


def test_in_a_word_plan_no_heading_and_no_row_stands_alone_on_a_page():
    programme = programme_of(None, Workstream(id="w", name="Food", purpose="Why."))
    programme.add(
        *(Action(id=f"a{n}", title=f"Walk {n}", workstream_id="w") for n in range(5))
    )
    plan = docx.Document(io.BytesIO(plan_word.write(programme, "main").data))
    (why,) = (p for p in plan.paragraphs if p.text == "Why.")
    assert why.paragraph_format.keep_with_next
    (rows,) = (table.rows for table in plan.tables)
    kept = [
        {p.paragraph_format.keep_with_next for c in row.cells for p in c.paragraphs}
        for row in rows
    ]
    # the head, the first with the second, the last but one with the last
    assert kept == [{True}, {True}, {None}, {None}, {True}, {None}]


@each_form
def test_a_phase_that_is_no_longer_put_off_gets_a_row(form, council_plan):
    programme = programme_of(None, *council_plan.records)
    fourth = programme.find(Phase, "phase-4")
    programme.replace(
        replace(
            fourth,
            status="not_started",
            status_note="",
            owners=("Public Health",),
            owners_raw="Public Health",
        )
    )
    again = FORMS[form][0].read(
        Sighting(FORMS[form][0].write(programme, "main").data, "x")
    )
    phases = [r for r in again.records if isinstance(r, Phase)]
    assert [p.status for p in phases] == [
        "ongoing",
        "ongoing",
        "",
        "not_started",
        "not_planned",
        "not_planned",
    ]
    assert phases[3].owners == ("Public Health",)


@each_form
def test_a_programme_never_imported_can_be_written_and_read_again(form):
    programme = programme_of(
        None,
        Workstream(id="food", name="Food & drink", purpose="Make it easy.\nFor all."),
        Action(
            id="a",
            title="Map the shops",
            ref="1",
            workstream_id="food",
            aims=("Count them.", "Ask people"),
            owners=("Public Health", "Health and Wellbeing Board"),
            status="ongoing",
            status_note="half done",
            due=Due(raw="", start="2027-03", precision="month", qualifier="by_end"),
            outcomes="=1+1",
        ),
        Action(id="b", title="Nothing else known", workstream_id="food", position=1),
    )
    again = FORMS[form][0].read(
        Sighting(FORMS[form][0].write(programme, "main").data, "x")
    )
    stream = next(r for r in again.records if isinstance(r, Workstream))
    one, two = [r for r in again.records if isinstance(r, Action)]
    assert (stream.name, stream.purpose) == ("Food & drink", "Make it easy.\nFor all.")
    assert (one.aims, one.owners) == (
        ("Count them.", "Ask people"),
        ("Public Health", "Health and Wellbeing Board"),
    )
    assert (one.status, one.status_note, one.outcomes) == (
        "ongoing",
        "half done",
        "=1+1",
    )
    assert (one.due.start, one.due.qualifier) == ("2027-03", "by_end")
    assert two.title == "Nothing else known"


@each_form
def test_an_empty_programme_gives_an_empty_plan(form):
    written = FORMS[form][0].write(programme_of(), "main")
    assert FORMS[form][0].read(Sighting(written.data, "x")).items == 0


def holds_no_tag(text):
    """A tag in a cell is formatting, and what it comes to is asked above."""
    after = [part[:1] for part in text.split("<")[1:]]
    return not any(letter.isalpha() or letter in ("/", "!") for letter in after)


NO_SHRINKING = (
    HypothesisPhase.explicit,
    HypothesisPhase.generate,
)  # a Word file takes a while
CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    | st.sampled_from("\n•<>&\"'|= _x"),
    max_size=30,
)
CELL = CELL.map(clean).filter(holds_no_tag)


@each_form
@given(cells=st.lists(st.tuples(*[CELL] * 4), min_size=1, max_size=4))
@example(cells=[("• \n", "\n", " x ", '"'), ("", "a\n", "•", "• • a")])
@example(cells=[("a<b & c", "<5", "> 5 <", "x <y")])
@settings(max_examples=12 if WHOLE else 6, deadline=None, phases=NO_SHRINKING)
def test_any_cell_text_survives_to_the_letter(form, cells):
    typed = [
        {
            "Action/Phase": f"{n}. Do it",
            "Aims (and actions)": a,
            "Responsible": "Public Health",
            "Due date": d,
            "Progress": p,
            "Outcomes": o,
        }
        for n, (a, d, p, o) in enumerate(cells, 1)
    ]
    first = plan_text.read(Sighting(plan_text.write(programme_of(), "main").data, "x"))
    assert first.items == 0
    table = [tuple(row.values()) for row in typed]
    actions = [
        Action(
            id=f"a{n}",
            title="Do it",
            ref=str(n),
            workstream_id="w",
            position=n,
            as_typed=row,
            owners=("Public Health",),
            owners_raw="Public Health",
        )
        for n, row in enumerate(typed, 1)
    ]
    programme = programme_of(
        None, Workstream(id="w", name="Work"), *[settled(a) for a in actions]
    )
    written = FORMS[form][0].write(programme, "main").data
    assert cells_in(form, written)[1:] == table


def settled(action: Action) -> Action:
    """Return the action as reading its typed row would leave it."""
    from systemmap.formats.plans._plan_table.plan_rows import PlanRow, parse

    parsed = parse(PlanRow(cells=action.as_typed))
    return replace(
        action,
        aims=parsed.aims.lines,
        due=parsed.due,
        status=parsed.progress.status,
        status_note=parsed.progress.note,
        progress_raw=parsed.progress_raw,
        outcomes=parsed.outcomes,
    )
