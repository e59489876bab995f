"""What an ordinary run leaves to a whole one says what asks it in an ordinary one."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
FILE = re.compile(r"test_\w+\.py\b")
A_SENTENCE = 5  # words


def _reasons():
    for path in sorted(TESTS.rglob("test_*.py")):
        if "whole(" not in (text := path.read_text(encoding="utf-8")):
            continue
        for call in ast.walk(ast.parse(text)):
            called = getattr(call, "func", None)
            if "whole" in (getattr(called, "id", ""), getattr(called, "attr", "")):
                yield path, call.args[0]


def test_each_names_what_asks_the_rule_meanwhile():
    files = {path.name for path in TESTS.rglob("test_*.py")}
    found = list(_reasons())
    assert found
    for path, reason in found:
        assert isinstance(reason, ast.Constant), path
        assert len(reason.value.split()) >= A_SENTENCE, (path, reason.value)
        assert {*FILE.findall(reason.value)} <= files, (path, reason.value)
