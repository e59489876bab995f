"""Maps shown where an analyst works, and the guide and notebook that show how."""

import doctest
import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest

import systemmap as sm
from systemmap.testing import map_from

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2026, 11, 21)


@pytest.mark.parametrize("make", [sm.example, lambda: map_from("stress -> snacking +")])
def test_a_map_shows_itself_in_a_frame_that_reaches_nothing(make):
    shown = make()._repr_html_()
    assert re.match(r'<iframe title="System map: [^"]+" srcdoc="', shown)
    assert 'sandbox="allow-scripts"' in shown  # and not the page's own origin
    page = unescape(re.search(r'srcdoc="([^"]*)"', shown)[1])
    assert page.startswith('<!DOCTYPE html>\n<html lang="en-GB" class="embed">')
    assert "default-src 'none'" in unescape(page)
    assert "Snacking" in page or "Stress" in page


def test_shown_from_a_script_the_browser_opens_a_page_of_its_own(monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    file = sm.show(sm.example(), at=DAY)
    try:
        assert opened == [file.as_uri()]
        assert "Sampleshire" in file.read_text(encoding="utf-8")
    finally:
        file.unlink()


def test_the_ten_questions_of_the_guide_have_five_lines_at_most_and_run(monkeypatch):
    monkeypatch.chdir(ROOT / "data" / "reference")
    text = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert len(sections) == 10
    for section in sections:
        (block,) = re.findall(r"```python\n(.*?)```", section, re.DOTALL)
        asked = [line for line in block.splitlines() if line.startswith((">>>", "..."))]
        assert len(asked) <= 5, section.splitlines()[0]
    code = re.sub(r"```(python)?", "", text)
    parsed = doctest.DocTestParser().get_doctest(code, {}, "analyst.md", None, 0)
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    assert doctest.DocTestRunner(optionflags=flags).run(parsed).failed == 0


def test_the_notebook_runs_from_top_to_bottom(monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell

    monkeypatch.chdir(ROOT)
    path = ROOT / "docs" / "a_first_look.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(c["source"]) for c in cells if c["cell_type"] == "code"]
    assert len(code) >= 5
    shell = InteractiveShell()
    shell.display_formatter.active_types = ["text/html"]
    for cell in code:
        done = shell.run_cell(cell)
        done.raise_error()
    assert (
        'srcdoc="'
        in shell.display_formatter.format(shell.user_ns["council"])[0]["text/html"]
    )
