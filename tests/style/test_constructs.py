"""No dangerous construct anywhere: a scan of the syntax trees, not of the text."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path for folder in ("systemmap", "app") for path in (ROOT / folder).rglob("*.py")
)
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
}
BANNED_KEYWORDS = {"unsafe_allow_html", "unsafe_allow_javascript"}
SQL_MAKERS = {"text", "exec_driver_sql", "execute"}


def called(node: ast.Call) -> str:
    return (
        node.func.attr
        if isinstance(node.func, ast.Attribute)
        else getattr(node.func, "id", "")
    )


def findings(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
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


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_dangerous_construct(path):
    assert findings(ast.parse(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
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
