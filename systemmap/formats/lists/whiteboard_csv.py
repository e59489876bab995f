"""A whiteboard's notes as CSV: frames above notes, a mind map's branches, or a grid.

Miro writes each frame's name on a line of its own, then its notes, a colour or
tags beside some; a mind map has a column for each level, a grid its headings
across and down. Mural heads its columns: text, colour, area, place; Padlet:
subject, body, section. A frame or a row of a grid becomes a table of the workshop; a
colour, a branch or a column a theme. Arrows and places on the board are in none
of them. Not written.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.format import Format
from systemmap.formats.lists._causes import Said, read_said
from systemmap.formats.lists._text_signs import names_frame
from systemmap.formats.sighting import NO, certain, likely, possible
from systemmap.language.phrases import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from systemmap.formats.format import Reading
    from systemmap.formats.sighting import Recognition, Sighting

Rows = list[tuple[int, list[str]]]

_COLOURS = frozenset(
    {
        "yellow",
        "green",
        "blue",
        "red",
        "pink",
        "orange",
        "purple",
        "violet",
        "gray",
        "grey",
        "black",
        "white",
        "cyan",
        "teal",
        "brown",
        "magenta",
        "lime",
    }
)
# As Mural and its like head their exports.
_HEADINGS = {
    "title": ("subject",),
    "text": (
        "text",
        "stickynotetext",
        "notetext",
        "stickynote",
        "stickynotes",
        "note",
        "content",
        "body",
    ),
    "colour": (
        "bgcolor",
        "stickynotecolor",
        "notecolor",
        "backgroundcolor",
        "color",
        "colour",
    ),
    "area": ("area", "areaname", "frame", "framename", "section"),
}
_PLACED = frozenset(
    (
        "positionx",
        "positiony",
        "lastupdatedby",
        "createdby",
        "tags",
        "votes",
        "author",
        "attachment",
        "likes",
        "datecreated",
        "created",
    )
)
_SHADES = ("light", "dark")
_HEX, _HEX_LENGTH = frozenset("0123456789abcdef"), 7
_HEADING = Said("", is_heading=True)
_BESIDE = "beside a note and its colour, such as tags,"


def recognise(sighting: Sighting) -> Recognition:
    """Say whether the rows are notes with colours, quoted notes, branches or a grid."""
    rows = sighting.rows
    if columns := _headed(rows[0] if rows else ()):
        named = listed([" ".join(rows[0][at].split()) for at in columns.values()])
        return certain(f"its headings are a whiteboard's: {named}")
    coloured = sum(map(_has_colour, rows))
    several = [row for row in rows if len(_filled(row)) > 1]
    if coloured and all(map(_has_colour, several)):
        return certain(
            f"{counted(coloured, 'row')} of {len(rows):,} hold a note and its colour"
        )
    if len(rows) < 2:
        return NO
    if not several:
        depths = {_depth(row) for row in rows}
        quoted = sum(map(_is_quoted, sighting.lines))
        frames = sum(map(names_frame, sighting.lines))
        if len(depths) > 1:
            return likely(
                f"each row holds one cell, and they stand in {len(depths)} columns, as the branches of a mind map do"
            )
        if frames:
            return likely(
                f"{counted(frames, 'line names', 'lines name')} a frame, as a whiteboard does"
            )
        if 2 * quoted >= len(rows):
            return likely(
                f"{counted(quoted, 'line')} of {len(rows):,} hold one text in quotation marks, as notes of a whiteboard do"
            )
        return NO
    if _is_grid(rows):
        return possible("its first row and its first column may head a grid of notes")
    return NO


def read(sighting: Sighting) -> Reading:
    """Read every note, under the frame, branch or headings it stands in."""
    rows = sighting.all_rows()
    filled = [row for _, row in rows if _filled(row)]
    said = _notes
    if filled and _headed(filled[0]):
        said = _under_headings
    elif not any(map(_has_colour, filled)):
        if all(len(_filled(row)) == 1 for row in filled):
            said = _branches if len({_depth(row) for row in filled}) > 1 else _blocks
        elif _is_grid(filled):
            said = _cells
    reading = read_said(
        said(rows), key=FORMAT.key, dialect="whiteboard", beside=_BESIDE
    )
    others = _no_sticky_notes(filled) if said is _under_headings else []
    if not others:
        return reading
    what = f"{counted(len(others), 'of these is', 'of these are')} no sticky note but a text or a shape of the board, such as “{others[0][:60]}”. Leave out what is no cause."
    return replace(reading, problems=(*reading.problems, Problem("", what, "guessed")))


def _no_sticky_notes(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return what else a board holds beside its sticky notes, where it says which is which."""
    keys = [cell.strip().casefold() for cell in rows[0]]
    if "type" not in keys:
        return []
    text, kind = _headed(rows[0])["text"], keys.index("type")
    kinds = [
        (row[text].strip(), "sticky" in row[kind].casefold())
        for row in rows[1:]
        if max(text, kind) < len(row) and row[text].strip()
    ]
    some = any(is_note for _, is_note in kinds)
    return [words for words, is_note in kinds if some and not is_note]


def _under_headings(rows: Rows) -> Iterator[tuple[int, Said]]:
    """Yield the notes of a table with headings: their area is a table, their colour a theme."""
    columns: dict[str, int] = {}
    for line, row in rows:
        if not columns:
            columns = _headed(row)
            continue
        kept = {m: row[at].strip() for m, at in columns.items() if at < len(row)}
        more = sum(bool(cell.strip()) for cell in row) - sum(map(bool, kept.values()))
        area, colour = kept.get("area", ""), kept.get("colour", "")
        text = ": ".join(filter(None, (kept.get("title"), kept.get("text"))))
        yield line, Said(text, colour, area, left_out=more)


def _headed(cells: Sequence[str]) -> dict[str, int]:
    """Return where text, colour and area stand below a whiteboard's headings; {} = nowhere."""
    keys = ["".join(c for c in cell.casefold() if c.isalpha()) for cell in cells]
    found = {
        meaning: keys.index(word)
        for meaning, words in _HEADINGS.items()
        if (word := next((w for w in words if w in keys), ""))
    }
    known = len(found) + len(_PLACED.intersection(keys))
    all_told = {"text", "colour", "area"} <= found.keys()
    return (
        found if "text" in found and len(found) > 1 and (all_told or known > 3) else {}
    )


def _notes(rows: Rows) -> Iterator[tuple[int, Said]]:
    """Yield notes with their colours, below the names of their frames."""
    frame = ""
    for line, row in rows:
        filled = _filled(row)
        if len(filled) == 1 and not _is_note(row):
            frame = filled[0]
            yield line, _HEADING
        else:
            colour = row[1].strip() if len(row) > 1 else ""
            more = sum(bool(cell.strip()) for cell in row[2:])
            text = row[0] if row else ""
            yield line, Said(text, theme=colour, table=frame, left_out=more)


def _blocks(rows: Rows) -> Iterator[tuple[int, Said]]:
    """Yield notes in blocks that blank lines part; the first of each names its frame."""
    parted = any(not _filled(row) for _, row in rows[:-1])
    frame, begins = "", True
    for line, row in rows:
        filled = _filled(row)
        if filled and ((begins and parted) or names_frame(filled[0])):
            frame = filled[0]
            yield line, _HEADING
        else:
            yield line, Said(filled[0] if filled else "", table=frame)
        begins = not filled


def _branches(rows: Rows) -> Iterator[tuple[int, Said]]:
    """Yield the ends of a mind map's branches, each with its first branch as theme."""
    places = [n for n, (_, row) in enumerate(rows) if _filled(row)]
    above: dict[int, str] = {}
    for n, (line, row) in enumerate(rows):
        if n not in places:
            yield line, Said("")
            continue
        depth, text = _depth(row), _filled(row)[0]
        above = {d: t for d, t in above.items() if d < depth} | {depth: text}
        after = next((m for m in places if m > n), None)
        if after is not None and _depth(rows[after][1]) > depth:
            yield line, _HEADING  # it holds others
        else:
            board, *branches = above.values() if len(above) > 1 else ("", text)
            theme = branches[0] if len(branches) > 1 else ""
            yield line, Said(text, theme=theme, table=board)


def _cells(rows: Rows) -> Iterator[tuple[int, Said]]:
    """Yield each cell of a grid: its column is its theme, its row its table."""
    heads: list[str] = []
    for line, row in rows:
        if not heads or not _filled(row):
            yield line, _HEADING if _filled(row) else Said("")
            heads = heads or [cell.strip() for cell in row] * bool(_filled(row))
            continue
        for place, cell in enumerate(row[1:], 1):
            theme = heads[place] if place < len(heads) else ""
            yield line, Said(cell, theme=theme, table=row[0].strip())


def _is_note(row: Sequence[str]) -> bool:
    return len(row) > 1 and bool(row[0].strip() and row[1].strip())


def _filled(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row if cell.strip()]


def _depth(row: Sequence[str]) -> int:
    return next(n for n, cell in enumerate(row) if cell.strip())


def _is_quoted(line: str) -> bool:
    """Say whether a line is one text in quotation marks, or begins or ends one."""
    marks = line.count('"')
    begins, ends = line.startswith('"'), line.rstrip().endswith('"')
    return (marks == 1 and (begins or ends)) or (marks == 2 and begins and ends)


def _is_grid(rows: Sequence[Sequence[str]]) -> bool:
    heads, body = rows[0], rows[1:]
    across = len(heads) > 2 and not heads[0].strip() and all(map(str.strip, heads[1:]))
    return across and all(row[0].strip() and len(row) <= len(heads) for row in body)


def _has_colour(row: Sequence[str]) -> bool:
    return len(row) > 1 and bool(row[0].strip()) and _is_colour(row[1])


def _is_colour(cell: str) -> bool:
    plain = cell.strip().casefold()
    if plain.startswith("#"):
        return len(plain) == _HEX_LENGTH and set(plain[1:]) <= _HEX
    words = [w for w in plain.replace("-", "_").split("_") if w not in _SHADES]
    return len(words) == 1 and words[0] in _COLOURS


FORMAT = Format(
    key="whiteboard_csv",
    title="Whiteboard notes (Miro, Mural, Padlet)",
    holds="notes",
    suffixes=(".csv",),
    loses="Miro exports CSV, not XML. Arrows and places on the board are not in the file; frames become tables, colours and branches themes. It is read only.",
    recognise=recognise,
    read=read,
)
