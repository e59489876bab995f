"""The command line: everything without the app; with no command, the app itself.

Exit codes: 0 done; 1 a promise of the store was found broken; 2 refused, with
every reason.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import typer

from app.commands import (
    documents,
    files,
    grid_rows,
    link_routes,
    map_findings,
    map_questions,
    paper_maps,
    side_by_side,
    stored_programmes,
)
from app.commands.shared import (
    OPERATOR,
    Data,
    ForWorkshop,
    NoBrowser,
    Port,
    Refusing,
    SettingsFile,
    Version,
    layout_told,
    opened,
    said_before,
    say,
)
from app.settings import demo_data, settings_from
from systemmap.bundled.first_start import start_example
from systemmap.drawing.watchers import watched

app = typer.Typer(
    name="systemmap",
    cls=Refusing,
    help="Map the local system behind obesity together, see where nobody acts, and report it.",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for command in (
    stored_programmes.new,
    stored_programmes.programmes,
    files.inspect,
    files.convert,
    stored_programmes.tie,
    map_questions.loops,
    map_questions.gaps,
    files.export,
    files.formats,
    documents.document,
    stored_programmes.history,
    stored_programmes.undo,
    stored_programmes.compare,
    stored_programmes.backup,
    stored_programmes.restore,
    stored_programmes.verify,
    map_questions.faults,
    *map_findings.COMMANDS,
    *link_routes.COMMANDS,
    *side_by_side.COMMANDS,
    *grid_rows.COMMANDS,
    *paper_maps.COMMANDS,
):
    app.command()(command)
app.command("import")(files.import_)
app.command("torture", hidden=True)(
    map_questions.faults
)  # its old name, for one release


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    *,
    data: Data = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    workshop: ForWorkshop = False,
    settings: SettingsFile = None,
    version: Version = False,  # its callback answers
) -> None:
    """Start systemmap; with a command, do only that."""
    if data is None and settings and context.invoked_subcommand is not None:
        data = settings_from(os.environ, file=settings).data
    said_before.set(data)
    if context.invoked_subcommand is not None:
        return
    _serve(data, port, no_browser=no_browser, workshop=workshop, file=settings)


@app.command()
def demo(
    context: typer.Context,
    *,
    data: Data = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    workshop: ForWorkshop = False,
) -> None:
    """Open the app on Sampleshire, the example, in a data file of its own."""
    before: dict[str, Any] = context.parent.params if context.parent else {}
    place = data or said_before.get() or demo_data()
    with opened(place) as store:
        programme_id = start_example(store, OPERATOR)
    say("This is Sampleshire, an invented council. Change what you like.")
    _serve(
        place,
        port or before.get("port"),
        no_browser=no_browser or before.get("no_browser", False),
        workshop=workshop or before.get("workshop", False),
        programme_id=programme_id,
    )


def _serve(
    data: str | None,
    port: int | None,
    *,
    no_browser: bool,
    workshop: bool,
    programme_id: str = "",
    file: str | None = None,
) -> None:
    from app import worked_ahead  # slow, and no other command needs it
    from app.server.launcher import run

    run(
        settings_from(
            os.environ,
            file=file,
            data=data,
            port=port,
            open_browser=False if no_browser else None,
            workshop=True if workshop else None,
        ),
        programme_id=programme_id,
        beside=worked_ahead.begin,
    )


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the computer's habit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    with watched(layout_told(sys.stderr)):
        app()
