"""Bring files in, look into them, turn one into another, take files out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.commands.import_options import (
    SaidOfFile,
    TakeFile,
    TakeSome,
    answered,
    differences_taken,
    origin,
    says_of_file,
)
from app.commands.shared import OPERATOR, Data, Json, as_json, opened, programme_id, say
from app.commands.written_files import ending, save_written, write_file
from app.wording import count, listed
from systemmap.editing.positions import give_places
from systemmap.errors import InvalidValue, ReadError, Undecided
from systemmap.formats import (
    FORMATS,
    accept,
    programme_from,
    read_within,
)
from systemmap.formats.kept_mappings import keep_mapping, mapping_named
from systemmap.formats.mapping_words import row_places, row_roles
from systemmap.formats.project_handover import project_file, take_over
from systemmap.model.elements import Factor, Link
from systemmap.model.kinds import KIND_OF
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.text import slug
from systemmap.model.values import MapKind, Polarity

if TYPE_CHECKING:
    from collections.abc import Container

    from systemmap.formats import Reading
    from systemmap.formats.import_mapping import ImportMapping
    from systemmap.store import ProgrammeStore

File = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]
As = Annotated[
    str,
    typer.Option(
        "--as", help="auto, or what it is: plan, map, actions …, or a format's key."
    ),
]
PROJECT_FILE = ("project_file", *FORMATS["project_file"].suffixes)
_COUNTED = {
    "workstreams": "workstream",
    "phases": "phase",
    "actions": "action",
    "assets": "asset",
}
_MAPS = {
    Polarity.SAME: "same",
    Polarity.OPPOSITE: "opposite",
    Polarity.UNKNOWN: "unknown",
}


@says_of_file
def import_(
    file: File,
    *,
    into: Annotated[
        str,
        typer.Option(
            "--into",
            metavar="NAME",
            help="The programme. Without it a project file comes in as the programme it was, with its history.",
        ),
    ] = "",
    as_: As = "auto",
    mapping: Annotated[
        str,
        typer.Option(
            "--mapping", metavar="NAME", help="A mapping the programme keeps."
        ),
    ] = "",
    words: SaidOfFile,
    keep_as: Annotated[
        str,
        typer.Option("--keep-mapping", metavar="NAME", help="Keep how it was read."),
    ] = "",
    map_id: Annotated[
        str, typer.Option("--map", help="The map for causes and links.")
    ] = "main",
    take: TakeFile = False,
    take_some: TakeSome = None,
    data: Data = None,
) -> None:
    """Bring a file into a programme, as one change that can be undone."""
    with opened(data) as store:
        known = None
        if mapping:
            if not into:
                raise InvalidValue(
                    "A mapping is kept in a programme: say which with --into NAME."
                )
            known = mapping_named(store.load(programme_id(store, into)), mapping)
        words = replace(words, known=known)
        said, reading = _as_said(file, as_, words)
        answered(reading, file.name)
        say(_summary(reading), *(f"  - {problem}" for problem in reading.problems))
        if not into:
            _bring_whole(store, reading, file)
            return
        name = programme_id(store, into)
        kind = MapKind.MAIN if map_id == "main" else MapKind.REFERENCE
        then = origin(store, name, reading, map_id) | {"map_id": map_id, "kind": kind}
        then |= {"file_name": file.name, "data": file.read_bytes()}
        some: Container[tuple[str, str, str]] | bool = take
        if take_some and not take:
            tried = accept(store.load(name), reading, **then)
            some = differences_taken(tried.conflicts, take_some)
        store.safeguard("import")
        with store.editing(name, actor=OPERATOR, label=f"Import {file.name}") as draft:
            done = accept(draft, reading, **then, take=some)
            give_places(draft, map_id)
            if keep_as:
                keep_mapping(draft, keep_as, said)
        say(f"Saved: {done}.")
        say(*(f"Changed: {change}" for change in done.changes))
        say(*done.retitled, *done.left_out)
        if done.gone:
            say(f"No longer in the file, and left as they are: {listed(done.gone)}.")
        say(*(str(conflict) for conflict in done.conflicts))


def _bring_whole(store: ProgrammeStore, reading: Reading, file: Path) -> None:
    """Bring in a file that is a programme of its own, with its history if it has one."""
    if FORMATS[reading.format].holds != "programme":
        msg = f"Say which programme '{file.name}' belongs to: systemmap import {file.name} --into NAME. Only a whole programme can come in by itself."
        raise InvalidValue(msg)
    programme = programme_from(reading)
    if reading.summary.get("history"):
        take_over(store, file.read_bytes(), file.name, actor=OPERATOR)
        changes = count(int(str(reading.summary["history"])), "change")
        say(f"Saved: {programme.info.name}, with its history of {changes}.")
        return
    store.create(programme, actor=OPERATOR, label=f"Import {file.name}")
    say(f"Saved: {programme.info.name}. The file carries no history.")


def _as_said(file: Path, as_: str, words: SaidOfFile) -> tuple[ImportMapping, Reading]:
    """Read a file as the options say; return both what was said and read."""
    return words.read(file.name, lambda said: reading_of(file, as_, said))


@says_of_file
def inspect(
    file: File,
    *,
    as_: As = "auto",
    words: SaidOfFile,
    list_rows: Annotated[
        bool,
        typer.Option(
            "--rows", help="List every row or line with what it was taken for."
        ),
    ] = False,
    json: Json = False,
) -> None:
    """Say what is in a file; nothing is saved."""
    _, reading = _as_said(file, as_, words)
    if json:
        as_json(counts_of(reading))
        return
    say(_summary(reading))
    say(
        *(
            f"{key.replace('_', ' ').capitalize()}: {value}"
            for key, value in reading.summary.items()
        )
    )
    say(*(f"  - {problem}" for problem in reading.problems))
    say(*(f"To be said first: {question}" for question in reading.asks))
    say(*(f"  {line}" for line in _columns_of(reading)))
    if list_rows:
        say(*_rows_of(reading, file.name))


def _rows_of(reading: Reading, name: str) -> list[str]:
    """Say what each row or line was taken for, so that it can be called something else."""
    found = row_places(reading)
    if not found:
        msg = f"'{name}' was read as {FORMATS[reading.format].title}, whose rows are not sorted into kinds."
        raise InvalidValue(msg)
    lines = [f"  {row.place}, {row.role}: {row.words[:100]}" for row in found]
    return [
        *lines,
        f"Say otherwise with --row PLACE=WHAT: {', '.join(row_roles(reading))}.",
    ]


def _columns_of(reading: Reading) -> list[str]:
    """Say what each column was taken for, so that another meaning can be given."""
    if FORMATS[reading.format].read_mapped is None:
        return []
    lines = []
    for found in reading.seen.get("tables", ()):
        meant = [
            f"{heading} = {meaning.lower() or 'kept beside it'}"
            for heading, meaning in zip(
                found["headings"], found["meanings"], strict=True
            )
            if heading
        ]
        name = f"{found['name']}: " if found.get("name") else ""
        lines.append(f"Columns: {name}{', '.join(meant)}")
    return lines


@says_of_file
def convert(
    file: File,
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="The file to write; its ending says the format."
        ),
    ],
    *,
    as_: As = "auto",
    words: SaidOfFile,
    to: Annotated[
        str,
        typer.Option("--to", help="A format's key, where the ending is not enough."),
    ] = "",
) -> None:
    """Turn one file into another, and say what the other cannot hold."""
    _, reading = _as_said(file, as_, words)
    answered(reading, file.name)
    programme = _standing_alone(reading, file)
    write_file(programme, to or ending(out), out, prefer=FORMATS[reading.format].holds)


def export(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="The programme's name or id.")
    ],
    out: Annotated[
        Path,
        typer.Argument(
            metavar="OUT", help="The file to write; its ending says the format."
        ),
    ],
    *,
    to: Annotated[
        str,
        typer.Option("--to", help="A format's key, where the ending is not enough."),
    ] = "",
    map_id: Annotated[str, typer.Option("--map", help="Which map.")] = "main",
    data: Data = None,
) -> None:
    """Write a programme or its map to a file, and say what the file cannot hold."""
    with opened(data) as store:
        found = programme_id(store, name)
        if (to or ending(out)) in PROJECT_FILE:
            save_written(project_file(store, found), out)
            return
        programme = store.load(found)
    write_file(programme, to or ending(out), out, map_id)


def formats(*, json: Json = False) -> None:
    """List the formats: what each holds, whether it is read and written, what it loses."""
    if json:
        as_json(
            [
                {
                    "key": fmt.key,
                    "title": fmt.title,
                    "holds": fmt.holds,
                    "suffixes": list(fmt.suffixes),
                    "reads": fmt.read is not None,
                    "writes": fmt.write is not None,
                    "loses": fmt.loses,
                }
                for fmt in FORMATS.values()
            ]
        )
        return
    for fmt in FORMATS.values():
        ways = " and ".join(
            w for w, f in (("reads", fmt.read), ("writes", fmt.write)) if f
        )
        say(f"{fmt.key}  {fmt.title} ({', '.join(fmt.suffixes)}): {ways}. {fmt.loses}")


def reading_of(
    file: Path, as_: str = "auto", mapping: ImportMapping | None = None
) -> Reading:
    """Read a file as what it is, or as what a person says it is.

    Raises
    ------
    ReadError
        The file is missing, or was refused; every reason is listed.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        msg = f"'{file}' could not be opened: {(error.strerror or 'no reason given').lower()}."
        raise ReadError(msg) from None
    known = sorted({fmt.holds for fmt in FORMATS.values() if fmt.read})
    if as_ not in ("", "auto", *FORMATS, *known):
        msg = f"'{as_}' is not a way to read a file. Use auto, {', '.join(known)}, or a format's key."
        raise InvalidValue(msg)
    try:
        wanted = None if as_ in ("", "auto") else as_
        return read_within(data, file.name, wanted, mapping=mapping)
    except Undecided as asked:
        raise Undecided(asked.question, asked.choices, "--as {}  ") from None


def counts_of(reading: Reading) -> dict[str, Any]:
    """Return the counts of a reading, in the shape that other programs rely on."""
    kinds = Counter(KIND_OF[type(record)].name for record in reading.records)
    links = Counter(_MAPS[r.polarity] for r in reading.records if isinstance(r, Link))
    themes = {r.theme for r in reading.records if isinstance(r, Factor) and r.theme}
    return {
        "format": reading.format,
        "factors": kinds["factor"],
        "links": {
            "total": kinds["link"],
            "same": links["same"],
            "opposite": links["opposite"],
            "unknown": links["unknown"],
        },
        "themes": len(themes),
        **{words: kinds[kind] for words, kind in _COUNTED.items()},
        "read": reading.read,
        "skipped": reading.skipped,
        "guessed": reading.guessed,
        "problems": [
            {"where": p.where, "what": p.what, "kind": p.kind} for p in reading.problems
        ],
    }


def programme_of_file(file: Path, as_: str = "auto") -> Programme:
    """Return what a file holds as a programme of its own."""
    return _standing_alone(reading_of(file, as_), file)


def _standing_alone(reading: Reading, file: Path) -> Programme:
    if FORMATS[reading.format].holds == "programme":
        return programme_from(reading)
    programme = Programme(
        ProgrammeInfo(id=slug(file.stem, fallback="programme"), name=file.stem)
    )
    accept(programme, reading)
    return programme


def _summary(reading: Reading) -> str:
    return f"{FORMATS[reading.format].title}: {reading.sums}."
