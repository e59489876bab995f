"""The page about the command line names every command and promises true shapes."""

import json
import re
from pathlib import Path

from typer.testing import CliRunner

from app.command import app

PAGE = (Path(__file__).resolve().parents[2] / "docs/command-line.md").read_text(
    encoding="utf-8"
)


def test_every_command_is_on_the_page():
    names = {
        command.name or command.callback.__name__.replace("_", "-")
        for command in app.registered_commands
        if not command.hidden
    }
    assert [name for name in sorted(names) if not re.search(rf"`{name}\b", PAGE)] == []


def test_every_command_on_the_page_exists():
    names = {
        command.name or command.callback.__name__.replace("_", "-")
        for command in app.registered_commands
    }
    (table,) = re.findall(r"## Commands\n\n(.*?)\n## ", PAGE, re.DOTALL)
    rows = [row.split(" | ")[0] for row in table.splitlines()[2:] if row]
    written = {
        word
        for row in rows
        for part in re.findall(r"`([^`]+)`", row)
        for word in [part.split(" ")[0]]
        if re.fullmatch(r"[a-z-]+", word)
    }
    assert written <= names


def test_the_shape_of_inspect_is_as_written():
    shapes = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    done = CliRunner().invoke(
        app, ["inspect", "data/reference/foresight_links.csv", "--json"]
    )
    answer, written = json.loads(done.stdout), json.loads(shapes[0])
    assert set(written) <= set(answer)
    assert {k: v for k, v in written.items() if k != "problems"} == {
        k: answer[k] for k in written if k != "problems"
    }


def test_the_shape_of_loops_is_as_written():
    shapes = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    done = CliRunner().invoke(
        app, ["loops", "data/reference/foresight_links.csv", "--json"]
    )
    answer, written = json.loads(done.stdout), json.loads(shapes[1])
    assert {k: written[k] for k in written if k != "loops"} == {
        k: answer[k] for k in written if k != "loops"
    }
    assert set(written["loops"][0]) <= set(answer["loops"][0])
