"""Make the documents people read: the board paper, the phase report, the gap table …"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.shared import Data, MapOption, opened, programme_id, say
from app.commands.stored_programmes import Name, moment
from app.commands.written_files import save
from systemmap.editing.council_templates import (
    SLIDES,
    WORD,
    made_for,
    template_named,
)
from systemmap.editing.follow_ups import single_day
from systemmap.errors import UnknownItem
from systemmap.formats.project_handover import project_file
from systemmap.language.phrases import day
from systemmap.model.due import read_due
from systemmap.model.evidence import Indicator
from systemmap.model.text import folded
from systemmap.model.values import now
from systemmap.reports import (
    REPORTS,
    Order,
    Since,
    build,
    check_apart,
    left_to_author,
    whole_set,
)
from systemmap.reports.parts.document import TWINS

if TYPE_CHECKING:
    from datetime import date

    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

_ALL = "all"
Key = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT",
        help="Which one; 'list' names them, 'all' makes each into one .zip.",
    ),
]


def document(
    name: Name,
    key: Key,
    out: Annotated[
        Path | None,
        typer.Argument(
            metavar="OUT", help="The file to write; its ending says the kind."
        ),
    ] = None,
    *,
    since: Annotated[
        str,
        typer.Option(help="Report progress since a day, a change or a named version."),
    ] = "",
    template: Annotated[
        str,
        typer.Option(
            help="The council's own template: a file, or the name of one kept with the programme."
        ),
    ] = "",
    workshop: Annotated[
        str, typer.Option(help="Which workshop, for a write-up: its id.")
    ] = "",
    figure: Annotated[
        list[str] | None,
        typer.Option(
            help="A figure of the local picture for the board paper, by its name; up to three."
        ),
    ] = None,
    paper: Annotated[str, typer.Option(help="The sheet of a poster: A1 or A0.")] = "A1",
    map_id: MapOption = "main",
    data: Data = None,
) -> None:
    """Make a document from a programme, every number in it computed."""
    if key == "list" or out is None:
        say(
            *(
                f"{report.key}: {report.title} ({', '.join(report.suffixes)})"
                for report in REPORTS.values()
            )
        )
        return
    with opened(data) as store:
        found = programme_id(store, name)
        programme = store.load(found)
        earlier, from_day = _earlier(store, found, since)
        uses = REPORTS[key].uses if key in REPORTS else frozenset()
        history = key == _ALL or "history" in uses
        whole = project_file(store, found).data if history else b""
    today = now().astimezone().date()
    order = Order(
        at=today,
        since=earlier,
        reported_from=from_day,
        map_id=map_id,
        template=_template(programme, template),
        workshop_id=workshop,
        figures=tuple(_indicator(programme, words) for words in figure or ()),
        project_file=whole,
        paper=paper,
    )
    if key == _ALL:
        save(whole_set(programme, order, told=_progress), out)
    else:
        save(build(programme, key, order, out.suffix).data, out)
        _of_template(programme, key, order, out.suffix)
    say(f"As at {day(today)}, revision {programme.revision}.")


def _of_template(programme: Programme, key: str, order: Order, suffix: str) -> None:
    """Say what a template left empty, or that it was not used."""
    if order.template and TWINS.get(suffix, suffix) not in (WORD, SLIDES):
        say(
            f"A template is for Word and PowerPoint: this {suffix} file is a plain page."
        )
    elif TWINS.get(suffix, suffix) == WORD and (
        left := left_to_author(programme, key, order)
    ):
        say(left)


def _progress(done: int, of: int, title: str) -> None:
    typer.echo(f"{done} of {of} files are made. Next: {title}", err=True)


def _earlier(
    store: ProgrammeStore, found: str, since: str
) -> tuple[Since | None, date | None]:
    """Return the state to compare with, or a day before anything was stored.

    A day stands for the programme as it was at its end.
    """
    if not since:
        return None, None
    named = {version.name for version in store.versions(found)}
    on = None if since in named else single_day(read_due(since))
    if on is None:
        revision = moment(store, found, since)
        words = since if not since.isdecimal() else f"change {since}"
        return Since(programme=store.load(found, as_of=revision), words=words), None
    before = [
        change.revision
        for change in store.history(found)
        if change.at.astimezone().date() <= on
    ]
    if not before:
        return None, on
    then = store.load(found, as_of=max(before))
    return Since(programme=then, words=day(on), on=on), None


def _template(programme: Programme, said: str) -> bytes:
    """Return a template: of a file, which is tried apart first, or a kept one."""
    path = Path(said)
    if said and path.is_file():
        data = path.read_bytes()
        check_apart(data, made_for(path.name))
        return data
    if said:
        return template_named(programme, said).data
    return b""


def _indicator(programme: Programme, words: str) -> str:
    """Return the id of the indicator somebody named."""
    known = {
        folded(key): each.id
        for each in programme.all(Indicator).values()
        for key in (each.name, each.id)
    }
    if folded(words) not in known:
        raise UnknownItem.named("figure", words, known)
    return known[folded(words)]
