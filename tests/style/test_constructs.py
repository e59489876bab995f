"""No dangerous construct anywhere: a scan of the syntax trees, not of the text."""

import ast
from itertools import groupby
from pathlib import Path

import pytest

from tests.style.shown_text import Project
from tests.style.syntax import nodes, parsed

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    (path for folder in ("systemmap", "app") for path in (ROOT / folder).rglob("*.py")),
    key=lambda path: (path.parent, path.name),
)
FOLDERS = {at: list(paths) for at, paths in groupby(SOURCES, lambda path: path.parent)}
assert sum(map(len, FOLDERS.values())) == len(SOURCES)
BANNED_IMPORTS = {
    "pickle",
    "marshal",
    "shelve",
    "dill",
    "joblib",
    "jsonpickle",
    "cPickle",
}
BANNED_CALLS = {
    "eval",
    "exec",
    "read_excel",
    "read_pickle",
    "to_pickle",
    "from_nx",
    "from_DOT",
    "generate_html",
    "write_html",
    "popover",  # it floats over what it is about; forms stand in place or in a dialog
}
BANNED_KEYWORDS = {"unsafe_allow_html", "unsafe_allow_javascript"}
BUTTONS = {"button", "form_submit_button"}
PRESSED = "app.presses.pressed draws it and keeps the press"
SQL_MAKERS = {"text", "exec_driver_sql", "execute"}


def called(node: ast.Call) -> str:
    return (
        node.func.attr
        if isinstance(node.func, ast.Attribute)
        else getattr(node.func, "id", "")
    )


@pytest.fixture(scope="module", autouse=True)
def _trees_are_forgotten():
    yield
    nodes.cache_clear()
    parsed.cache_clear()


def findings(tree: ast.AST) -> list[str]:
    found = []
    for node in nodes(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names = {alias.name.split(".")[0] for alias in node.names} | {
                (getattr(node, "module", "") or "").split(".")[0]
            }
            found += [
                f"line {node.lineno}: imports {name}" for name in names & BANNED_IMPORTS
            ]
        if isinstance(node, ast.Call):
            found += called_findings(node)
        if isinstance(node, ast.ExceptHandler) and swallows_everything(node):
            found.append(f"line {node.lineno}: catches everything")
    return found


def swallows_everything(node: ast.ExceptHandler) -> bool:
    """Catching all is allowed only to log the fault, to raise it again or to hand it on."""
    everything = node.type is None or getattr(node.type, "id", "") in {
        "Exception",
        "BaseException",
    }
    inside = [part for statement in node.body for part in ast.walk(statement)]
    logged = any(isinstance(x, ast.Call) and called(x) == "exception" for x in inside)
    raised = any(isinstance(x, ast.Raise) for x in inside)
    handed_on = any(isinstance(x, ast.Name) and x.id == node.name for x in inside)
    return everything and not (logged or raised or handed_on)


def called_findings(node: ast.Call) -> list[str]:
    name, found = called(node), []
    if name in BUTTONS and all(word.arg != "on_click" for word in node.keywords):
        found.append(f"line {node.lineno}: a button whose press may be lost: {PRESSED}")
    if name == "multiselect" and not any(
        word.arg == "select_all" and getattr(word.value, "value", None) is False
        for word in node.keywords
    ):  # else typing and Enter takes every match instead of the one meant
        found.append(f"line {node.lineno}: multiselect without select_all=False")
    if name in BANNED_CALLS and not (
        name == "exec" and isinstance(node.func, ast.Attribute)
    ):
        found.append(f"line {node.lineno}: calls {name}")
    found += [
        f"line {node.lineno}: passes {keyword.arg}"
        for keyword in node.keywords
        if keyword.arg in BANNED_KEYWORDS
        or (keyword.arg == "verify" and getattr(keyword.value, "value", None) is False)
    ]
    if (
        name == "load"
        and getattr(getattr(node.func, "value", None), "id", "") == "yaml"
    ):
        found.append(f"line {node.lineno}: calls yaml.load")
    if (
        name in SQL_MAKERS
        and node.args
        and builds_text(node.args[0])
        and looks_like_sql(node.args[0])
    ):
        found.append(f"line {node.lineno}: builds SQL")
    return found


def builds_text(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, (ast.Add, ast.Mod))
    return isinstance(node, ast.Call) and called(node) == "format"


def looks_like_sql(node: ast.expr) -> bool:
    words = {"SELECT", "INSERT", "UPDATE", "DELETE", "WHERE"}
    texts = [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    return bool(words & set(" ".join(texts).upper().split()))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda at: str(at.relative_to(ROOT)))
def test_no_dangerous_construct(folder):
    found = {
        path.name: told
        for path in FOLDERS[folder]
        if (told := findings(parsed(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "st.popover('More')",
        "st.multiselect('Notes', ['a', 'b'])",
        "eval('1')",
        "pd.read_excel(f)",
        "st.markdown(x, unsafe_allow_html=True)",
        "requests.get(u, verify=False)",
        "connection.execute(f'SELECT * FROM t WHERE a = {x}')",
        "connection.execute(text('SELECT ' + x))",
        "try:\n  pass\nexcept Exception:\n  pass",
    ],
)
def test_the_scan_finds_what_it_is_for(line):
    assert findings(ast.parse(line))


OUR_OWN_MARKDOWN = {
    "app/screens/workshops.py: markdown(kit.guide_below_title)",  # in workshops/
    "app/components/html_tables.py: html(_html(caption, headings, rows))",  # escaped
    "app/components/tab_parts.py: tabs(list(parts))",  # named by our screens
    "app/frame.py: segmented_control(f'Ways of looking at {place.title}')",  # PLACES
    "app/frame.py: selectbox(f'Ways of looking at {place.title}')",  # PLACES
    "app/menu.py: draw(ways=[(w, s.title) for w, s in by_way.items()])",  # SCREENS
}
HEAD = """
import streamlit as st
from app.wording import count, safe_text
WORDS = {"a": "Ours"}
"""


def sources():
    names = (path.relative_to(ROOT).with_suffix("") for path in SOURCES)
    named = (".".join(name.parts).removesuffix(".__init__") for name in names)
    texts = (path.read_text(encoding="utf-8") for path in SOURCES)
    return dict(zip(named, texts, strict=True))


def without_lines(found):
    return {line.replace(f":{line.split(':')[1]}:", ":", 1) for line in found}


def test_people_s_words_are_shown_as_text_and_never_as_markdown():
    found = Project(sources()).findings(within="app")
    assert without_lines(found) == OUR_OWN_MARKDOWN


@pytest.mark.parametrize(
    "body",
    [
        "st.selectbox(step.text, [])",
        "st.header(f'Steps of {step.text}', anchor=False)",
        "st.button('Untie ' + step.text)",
        "st.caption('About {}'.format(step.text))",
        "st.caption('About %s' % step.text)",
        "words = step.text\n    st.markdown(f'**{words}**')",
        "words = 'Ours'\n    words += step.text\n    st.write(words)",
        "words = []\n    words.append(step.text)\n    st.info(', '.join(words))",
        "for words in (step.text, 'Ours'):\n        st.toast(words)",
        "for one, words in zip('ab', step.texts):\n        st.toast(words)",
        "[st.checkbox(each.text) for each in step.parts]",
        "st.radio('Ours', step.texts)",
        "st.radio('Ours', [1], format_func=lambda n: step.texts[n])",
        "names = {1: step.text}\n    st.pills('Ours', [1], format_func=names.__getitem__)",
        "st.text_input('Ours', help=step.text)",
        "st.image('a.png', caption=step.text)",
        "st.tabs([step.text, 'Ours'])",
        "st.expander(step.text or 'Ours')",
        "st.expander('Ours' if step else step.text)",
        "left, right = st.columns(2)\n    left.button(step.text)",
        "st.write('Ours', step.text)",
        "st.error(safe_text(step.text) + step.text)",
        "st.error(count(2, step.text))",
        "st.html(step.text)",
        "@st.dialog(step.text)\n    def ask():\n        pass",
        "def inner():\n        st.write(step.text)",
        "shown(step.text)",
        "shown(words=f'{step.text}')",
        "st.write(joined(step))",
    ],
)
def test_the_scan_finds_people_s_words_in_markdown(body):
    helpers = (
        "def shown(words: str):\n    st.write(words)\n"
        "def joined(step):\n    return f'- {step.text}'\n"
    )
    source = f"{HEAD}{helpers}def draw(step: Step):\n    {body}\n    shown('Ours')\n"
    assert len(Project({"app.made": source}).findings(within="app")) == 1


@pytest.mark.parametrize(
    "body",
    [
        "st.selectbox(safe_text(step.text), [])",
        "st.selectbox('Ours', step.texts, format_func=lambda t: t)",
        "st.header(f'{len(step.parts)} · {WORDS[step.key]} · {step.done:,}')",
        "shown('Ours')",
        "st.text_input('Ours', value=step.text)",
    ],
)
def test_the_scan_lets_our_own_words_and_escaped_words_pass(body):
    helper = "def shown(words: str):\n    st.write(words)\n"
    source = f"{HEAD}{helper}def draw(step: Step):\n    {body}\n    shown('Ours')\n"
    assert Project({"app.made": source}).findings(within="app") == []
