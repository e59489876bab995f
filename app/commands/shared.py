"""What commands share: the store, finding things by name, words and JSON out, refusals."""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, TextIO, TypeVar

import typer

import systemmap
from app.settings import settings_from
from systemmap.errors import (
    ProgrammeNotFound,
    ReadError,
    SystemMapError,
    Undecided,
    UnknownItem,
)
from systemmap.model.text import folded
from systemmap.store import Actor, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from systemmap.model.system_map import SystemMap
    from systemmap.store import ProgrammeStore

OPERATOR = Actor("command line", "admin")
REFUSED = 2
PATIENCE = 2.0  # seconds, after which people want to know how long it takes

said_before: ContextVar[str | None] = ContextVar("said_before", default=None)
"""The place given before the command, as in ``systemmap --data x.db programmes``."""

Data = Annotated[
    str | None,
    typer.Option(
        "--data",
        metavar="PATH|URL",
        help="Where programmes are kept.",
        show_default=False,
    ),
]
Port = Annotated[int | None, typer.Option(min=1, max=65535, help="The port to use.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")]
ForWorkshop = Annotated[
    bool,
    typer.Option("--workshop", help="Let phones in this network open the room pages."),
]


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - as typer hands it over
    if asked:
        say(f"systemmap {systemmap.__version__}")
        raise typer.Exit


Version = Annotated[
    bool,
    typer.Option(
        "--version",
        callback=_tell_version,
        is_eager=True,
        help="Say which version this is.",
    ),
]
SettingsFile = Annotated[
    str | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help="The installation's file: a laptop or a server, and who may do what.",
        show_default=False,
    ),
]
Json = Annotated[
    bool, typer.Option("--json", help="Answer as JSON, for other programs.")
]

Source = Annotated[
    str,
    typer.Argument(metavar="NAME|FILE", help="A programme, or a file with a map."),
]
Cause = Annotated[str, typer.Argument(help="A cause: its id or name.")]
MapOption = Annotated[str, typer.Option("--map", help="Which map.")]

T = TypeVar("T")


class Refusing(typer.core.TyperGroup):
    """A group of commands whose refusals are sentences and whose exit code is 2."""

    def main(self, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as typer's own
        """Run a command; say every problem when it is refused."""
        try:
            return super().main(*args, **options)
        except SystemMapError as error:
            typer.echo(str(error), err=True)
            if "--json" in (options.get("args") or sys.argv):
                as_json(
                    {"error": _first_line(error), "problems": _problems(error)}
                    | _choices(error)
                )
            sys.exit(REFUSED)


def layout_told(to: TextIO) -> Callable[[float], None]:
    """Return what says how far a long layout is: nothing at first, then each tenth.

    Ctrl-C ends the command; nothing of it is saved by then.
    """
    begun, next_share = time.monotonic(), 0.0

    def tell(share: float) -> None:
        nonlocal begun, next_share
        if share == 0:
            begun, next_share = time.monotonic(), 0.0
        if time.monotonic() - begun < PATIENCE or share < next_share:
            return
        next_share = (int(share * 10) + 1) / 10
        print(
            f"Placing the causes on the map: {share:.0%}. Ctrl-C stops it, and nothing is saved.",
            file=to,
            flush=True,
        )

    return tell


@contextmanager
def opened(data: str | None) -> Iterator[ProgrammeStore]:
    """Open the store of this command, and close it afterwards."""
    place = data or said_before.get()
    store = open_store(settings_from(os.environ, data=place).data)
    try:
        yield store
    finally:
        store.close()


def programme_id(store: ProgrammeStore, name: str) -> str:
    """Return the id of a programme, by its name or its id.

    Raises
    ------
    ProgrammeNotFound
        There is none; the message names those there are.
    """
    summaries = store.programmes()
    for summary in summaries:
        if name == summary.id or folded(name) == folded(summary.name):
            return summary.id
    names = ", ".join(summary.name for summary in summaries)
    there = (
        f"There are: {names}."
        if names
        else "None has been made yet: systemmap new NAME."
    )
    msg = f"No programme is called '{name}'. {there}"
    raise ProgrammeNotFound(msg)


def picked(
    noun: str, wanted: str, items: Iterable[T], words: Callable[[T], Iterable[str]]
) -> T:
    """Return the one item that goes by these words: an id, a reference or a title.

    Raises
    ------
    UnknownItem
        Nothing goes by them, or more than one thing does.
    """
    items = list(items)
    found = [
        item
        for item in items
        if folded(wanted) in {folded(w) for w in words(item) if w}
    ]
    if len(found) > 1:
        msg = f"More than one {noun} is called '{wanted}'. Use its id: {', '.join(next(iter(words(i))) for i in found)}."
        raise UnknownItem(msg)
    if not found:
        raise UnknownItem.named(
            noun, wanted, [word for item in items for word in words(item)]
        )
    return found[0]


def cause_named(system_map: SystemMap, wanted: str) -> str:
    """Return the id of a factor, by its id or its name."""
    return picked(
        "cause", wanted, system_map.factors.values(), lambda f: (f.id, f.label)
    ).id


def as_json(answer: object) -> None:
    """Print an answer as JSON."""
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def say(*lines: str) -> None:
    """Print lines for people."""
    for line in lines:
        typer.echo(line)


def _first_line(error: SystemMapError) -> str:
    return str(error).partition("\n")[0]


def _choices(error: SystemMapError) -> dict[str, object]:
    if not isinstance(error, Undecided):
        return {}
    return {"choices": [asdict(choice) for choice in error.choices]}


def _problems(error: SystemMapError) -> list[dict[str, str]]:
    problems = error.problems if isinstance(error, ReadError) else ()
    return [{"where": p.where, "what": p.what} for p in problems]
