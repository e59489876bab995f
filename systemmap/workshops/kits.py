"""Workshop kits: folders of plain files that a council can copy and edit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from systemmap.bundled.bundled_files import data_text, packaged_files
from systemmap.errors import Problem, ReadError, UnknownItem
from systemmap.model.values import AgendaItem
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROOMS = ("", "check", "capture", "links", "draw", "vote", "proposals", "others")
_FILES = ("kit.toml", "facilitator-guide.md", "participant-sheet.md")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kit:
    """One kind of workshop: agenda, prompts, tables and its two printed texts."""

    key: str
    title: str
    type: str
    summary: str = ""
    people: str = ""
    agenda: tuple[AgendaItem, ...] = ()
    prompts: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    guide: str = ""
    sheet: str = ""

    @property
    def guide_below_title(self) -> str:
        """The facilitator guide without its first line, for a page that has a title."""
        return self.guide.partition("\n")[2].lstrip()

    @property
    def minutes(self) -> int:
        """The length of the whole agenda, in minutes."""
        return sum(item.minutes for item in self.agenda)


def kits() -> dict[str, Kit]:
    """Return the kits that travel with the program, the mapping workshop first."""
    names = {
        name.split("/")[1] for name in packaged_files("workshops/") if "/kit." in name
    }
    first = ("mapping_workshop", "action_workshop")
    ordered = sorted(names, key=lambda n: (first.index(n) if n in first else 9, n))
    return {name: kit(name) for name in ordered}


def kit(key: str) -> Kit:
    """Return one kit that travels with the program.

    Raises
    ------
    UnknownItem
        There is no kit of that name.
    """
    if f"workshops/{key}/kit.toml" not in packaged_files("workshops/"):
        names = {name.split("/")[1] for name in packaged_files("workshops/")}
        raise UnknownItem.named("kit", key, names)
    return _kit(key, [data_text(f"workshops/{key}/{name}") for name in _FILES])


def kit_from_folder(folder: Path) -> Kit:
    """Read a council's own copy of a kit.

    Raises
    ------
    ReadError
        A file is missing or cannot be used; every problem is listed.
    """
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        problems = [Problem(name, "is not in the folder") for name in missing]
        raise _refused(folder.name, problems)
    return _kit(folder.name, [(folder / n).read_text(encoding="utf-8") for n in _FILES])


def _kit(key: str, texts: list[str]) -> Kit:
    try:
        said = tomllib.loads(texts[0])
    except tomllib.TOMLDecodeError as error:
        raise _refused(key, [Problem("kit.toml", str(error))]) from None
    problems = _problems(said)
    if problems:
        raise _refused(key, problems)
    return Kit(
        key=key,
        title=said["title"],
        type=said["type"],
        summary=said.get("summary", ""),
        people=said.get("people", ""),
        agenda=tuple(_step(step) for step in said.get("agenda", [])),
        prompts=tuple(said.get("prompts", [])),
        tables=tuple(said.get("tables", [])),
        guide=texts[1],
        sheet=texts[2],
    )


def _step(step: Mapping[str, Any]) -> AgendaItem:
    room = step.get("room", "")
    return AgendaItem(
        title=step["title"],
        minutes=step["minutes"],
        text=step.get("text", ""),
        room="" if room == "check" else room,
    )


def _problems(said: Mapping[str, Any]) -> list[Problem]:
    found = [
        Problem("kit.toml", f"'{name}' is missing")
        for name in ("title", "type")
        if not isinstance(said.get(name), str)
    ]
    if isinstance(said.get("type"), str) and said["type"] not in terms(
        "workshop_types"
    ):
        known = ", ".join(terms("workshop_types"))
        found.append(
            Problem("kit.toml, type", f"'{said['type']}' is not one of: {known}")
        )
    for number, step in enumerate(said.get("agenda", []), 1):
        where = f"kit.toml, step {number} of the agenda"
        if not isinstance(step.get("title"), str):
            found.append(Problem(where, "has no title"))
        if type(step.get("minutes")) is not int or step["minutes"] < 0:
            found.append(Problem(where, "needs its minutes as a whole number"))
        odd = [part for part in step.get("room", "").split() if part not in ROOMS]
        if odd:
            known = ", ".join(ROOMS[1:])
            found.append(
                Problem(where, f"opens '{odd[0]}', which is not one of: {known}")
            )
    return found


def _refused(key: str, problems: list[Problem]) -> ReadError:
    msg = f"The kit '{key}' was not read."
    return ReadError(msg, problems)
