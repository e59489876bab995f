"""The command line: everything without the app; with no command, the app itself.

Exit codes: 0 done; 1 a promise of the store was found broken; 2 refused, with
every reason.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from app.commands import (
    documents,
    files,
    link_routes,
    map_findings,
    map_questions,
    paper_maps,
    side_by_side,
    stored_programmes,
)
from app.commands.shared import Data, Refusing, said_before
from app.settings import settings_from

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
    port: Annotated[
        int | None, typer.Option(min=1, max=65535, help="The port to use.")
    ] = None,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not open a browser.")
    ] = False,
    workshop: Annotated[
        bool,
        typer.Option(
            "--workshop", help="Let phones in this network open the room pages."
        ),
    ] = False,
) -> None:
    """Start systemmap; with a command, do only that."""
    said_before.set(data)
    if context.invoked_subcommand is not None:
        return
    from app.server.launcher import run

    run(
        settings_from(
            os.environ,
            data=data,
            port=port,
            open_browser=False if no_browser else None,
            workshop=True if workshop else None,
        )
    )


def main() -> None:
    """Run the command line; text goes out as UTF-8 whatever the computer's habit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()
