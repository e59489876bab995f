"""Make the documents people read: the board paper, the phase report, the gap table …"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.shared import Data, MapOption, opened, programme_id, say
from app.commands.stored_programmes import Name, moment
from app.commands.written_files import save
from systemmap.editing.council_templates import (
    WORD,
    CouncilTemplate,
    first_templates,
    made_for,
    templates_named,
)
from systemmap.editing.follow_ups import single_day
from systemmap.errors import InvalidValue, UnknownItem
from systemmap.formats.project_handover import project_file
from systemmap.language.phrases import day, joined
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
    from collections.abc import Sequence
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
        list[str] | None,
        typer.Option(
            help="The council's own template: a file, or the name of one kept with the programme; one for Word and one for PowerPoint. Without it the first one kept is used."
        ),
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="A plain page, whatever is kept.")
    ] = False,
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
    templates = {} if plain else _templates(programme, template or [])
    own = templates.get(TWINS.get(out.suffix, out.suffix))
    order = Order(
        at=today,
        since=earlier,
        reported_from=from_day,
        map_id=map_id,
        template=own.data if own and "template" in uses else b"",
        workshop_id=workshop,
        figures=tuple(_indicator(programme, words) for words in figure or ()),
        project_file=whole,
        paper=paper,
    )
    if key == _ALL:
        each = {kind: found.data for kind, found in templates.items()}
        made = whole_set(programme, order, templates=each, told=_progress)
        save(made.data, out)
        for kind, titles in made.on_template.items():
            say(f"On “{templates[kind].name}”: {joined(titles)}.")
    else:
        save(build(programme, key, order, out.suffix).data, out)
        _of_template(programme, key, order, own)
        if template and not order.template:
            kinds = joined(list(templates))
            say(f"The template is for {kinds}: this {out.suffix} file is a plain page.")
    say(f"As at {day(today)}, revision {programme.revision}.")


def _of_template(
    programme: Programme, key: str, order: Order, own: CouncilTemplate | None
) -> None:
    """Say which template a document stands on, and which cells it left empty."""
    if own is None or not order.template:
        return
    say(f"On “{own.name}”.")
    if own.suffix == WORD and (left := left_to_author(programme, key, order)):
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


def _templates(programme: Programme, said: Sequence[str]) -> dict[str, CouncilTemplate]:
    """Return the templates by what they are for: files, which are tried apart first, or kept ones."""
    if not said:
        return first_templates(programme)
    found: dict[str, CouncilTemplate] = {}
    for words in said:
        path = Path(words)
        given = (
            [_from_file(path)] if path.is_file() else templates_named(programme, words)
        )
        for each in given:
            if each.suffix in found:
                msg = f"“{found[each.suffix].name}” and “{each.name}” are both for {each.suffix} files. Give one of them."
                raise InvalidValue(msg)
            found[each.suffix] = each
    return found


def _from_file(path: Path) -> CouncilTemplate:
    suffix, data = made_for(path.name), path.read_bytes()
    check_apart(data, suffix)
    return CouncilTemplate(name=path.name, suffix=suffix, data=data)


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
