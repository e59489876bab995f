"""Tables as HTML: named, headed both ways, and people's text shown as typed."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from systemmap.bundled.examples import example
from tests.app.shown import on_tab, shown_tables

APP = Path(__file__).resolve().parents[2] / "app"


def test_a_table_has_its_caption_and_headings_for_columns_and_rows():
    def script():
        from app.components.html_tables import table

        table(
            [
                {"Cause": "<b>Stress</b> & *sleep*", "Said": 3},
                {"Cause": "", "Said": None},
            ],
            alt="Causes, as “said”",
        )

    at = AppTest.from_function(script).run()
    (shown,) = shown_tables(at)
    assert shown.caption == "Causes, as “said”"
    assert shown.headings == ("Cause", "Said")
    assert shown.rows == (("<b>Stress</b> & *sleep*", "3"), ("", ""))
    assert at.get("html")[0].proto.body.count('<th scope="row"') == 2


def test_no_screen_draws_a_table_cell_by_cell():
    drawn = {
        path.name
        for path in APP.rglob("*.py")
        if "st.table(" in path.read_text(encoding="utf-8")
    }
    assert drawn == set()


def test_only_the_open_tab_of_a_screen_is_worked_out(open_screen):
    at = open_screen("map", example())
    assert shown_tables(at) == []
    assert len(shown_tables(on_tab(at, "Table"))) == 2
    assert shown_tables(on_tab(at, "In words")) == []


def test_a_long_list_is_two_elements_and_says_how_many_are_folded():
    def script():
        from app.components.screen_text import lines

        lines([f"*Cause* {n}" for n in range(40)])

    at = AppTest.from_function(script).run()
    shown, folded = at.markdown
    assert shown.value.count("\n- ") == 11
    assert "\\*Cause\\* 0" in shown.value
    assert folded.value.count("\n- ") == 27
    assert [e.label for e in at.expander] == ["And 28 more"]
