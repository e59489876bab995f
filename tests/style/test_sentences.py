"""No finished sentence is repaired: each is built from values for the place it stands in."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# These read and write other programs' text, or text of programs; nothing they
# change is a sentence of ours.
NOT_SENTENCES = (
    "systemmap/model/",
    "systemmap/formats/",
    "systemmap/store/",
    "systemmap/faults/",
    "systemmap/drawing/script_bundle.py",
    "systemmap/drawing/web_files.py",
    "systemmap/drawing/engine.py",
    "systemmap/language/phrases.py",
    "systemmap/reports/parts/template.py",
    "systemmap/workshops/qr.py",
    "systemmap/workshops/sheets.py",
)
PARTS = ("removeprefix", "removesuffix")


def repairs(source):
    """Return the lines that change words inside finished text, and how."""
    return [
        f"{node.lineno}: {ast.unparse(node)[:70]}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _repairs(node)
    ]


def _repairs(call):
    if not isinstance(call.func, ast.Attribute):
        return False
    name, owner, given = call.func.attr, call.func.value, call.args
    if name == "replace" and len(given) > 1:
        return not all(map(_signs_only, given[:2]))
    if name in ("sub", "subn"):
        known = given[:2] if ast.unparse(owner) == "re" else given[:1]
        return not all(map(_signs_only, known))
    if name in PARTS:
        return not _without_a_space(given[0])
    # the first letters made small; a label in a sentence has a function of its own
    return (
        name == "lower"
        and isinstance(owner, ast.Subscript)
        and isinstance(owner.slice, ast.Slice)
    )


def _signs_only(node):
    """Say whether a value is known and holds no word, only signs and spaces."""
    known = isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes))
    text = node.value if known else "?a"
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    return not any(
        sign.isalpha() for sign in text.replace(r"\1", "").replace(r"\s", "")
    )


def _without_a_space(node):
    """Say whether what is cut off cannot be words: a key, a path, an ending."""
    return " " not in ast.unparse(node)


def modules():
    found = [*ROOT.glob("systemmap/**/*.py"), *ROOT.glob("app/**/*.py")]
    for path in sorted(found):
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(NOT_SENTENCES):
            yield name


def test_no_finished_sentence_is_repaired():
    found = {
        name: lines
        for name in modules()
        if (lines := repairs((ROOT / name).read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line",
    [
        "said.replace('factor', 'cause')",
        "said.replace(name, 'this')",
        "when.replace(', ', ' on ', 1)",
        "re.sub(own, 'this', said)",
        "_NAME.sub(lambda match: 'this', said)",
        "title[:1].lower() + title[1:]",
        "verb.removeprefix('are ')",
    ],
)
def test_each_kind_of_repair_is_seen(line):
    assert repairs(line)


@pytest.mark.parametrize(
    "line",
    [
        "key.replace('_', ' ')",
        "replace(record, label=label)",
        "draft.replace(record)",
        "text.lower()",
        "key.removeprefix(f'{map_id}/')",
    ],
)
def test_what_only_turns_a_key_into_words_is_left_alone(line):
    assert not repairs(line)
