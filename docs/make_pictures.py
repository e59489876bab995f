"""Make every document in every format and a contact sheet of each to be looked at.

``uv run python docs/make_pictures.py [sampleshire council empty large] [--into DIR]``

Four programmes: Sampleshire, one made of two council-shaped papers, an empty one and
one of 300 actions. Files land in ``papers/`` (not kept in git) with ``index.html``,
which shows the pages of each beside its name, size and the seconds it took. Where
LibreOffice and poppler are installed, Office files are opened and drawn by them, every
page, and their OpenDocument twins are made too; elsewhere, and for pages of the web, by
our own preview, which shows the first pages and says how many it does not.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from html import escape
from itertools import islice
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

from systemmap.bundled.examples import example  # noqa: E402 - found above
from systemmap.errors import SystemMapError  # noqa: E402
from systemmap.model.plan import ProgrammeInfo  # noqa: E402
from systemmap.model.programme import Programme  # noqa: E402
from systemmap.model.response import ActionFactor  # noqa: E402
from systemmap.reports import REPORTS, Order, build, preview  # noqa: E402
from systemmap.reports.parts.open_document import converted, office  # noqa: E402

DAY = date(2026, 11, 21)
_LARGE = 300


def programmes() -> dict[str, Programme]:
    """Return the programmes to be looked at, by name."""
    return {
        "sampleshire": example(),
        "council": of_council_papers(),
        "empty": Programme(ProgrammeInfo(id="empty", name="Nowhere")),
        "large": large(),
    }


def of_council_papers() -> Programme:
    """Return a programme made of a six-month plan and a minute shaped as councils' are."""
    from systemmap.store.database import DatabaseStore
    from tests.council.aldermere import bring_in

    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "town.db"
        bring_in(data, Path(folder))
        store = DatabaseStore(data)
        try:
            return store.load("aldermere")
        finally:
            store.close()


def large() -> Programme:
    """Return Sampleshire with `_LARGE` actions: each of its own again in four districts."""
    programme = example()
    every = list(programme.actions.values())
    ties = list(programme.all(ActionFactor).values())
    districts = ("Northfield", "Riverside", "Eastmoor", "Wyke")
    again = (
        replace(
            action,
            id=f"{action.id}-{district.lower()}",
            ref=f"{action.ref}.{number}",
            title=f"{action.title}: {district}",
        )
        for number, district in enumerate(districts, start=1)
        for action in every
    )
    programme.add(*islice(again, _LARGE - len(every)))
    programme.add(
        *(
            replace(tie, action_id=f"{tie.action_id}-{district.lower()}")
            for district in districts
            for tie in ties
        )
    )
    return programme


def main(words: list[str]) -> None:
    """Make the files and the sheet."""
    into = ROOT / "papers"
    if "--into" in words:
        at = words.index("--into")
        into = Path(words[at + 1])
        words = words[:at] + words[at + 2 :]
    into.mkdir(parents=True, exist_ok=True)
    rows = []
    for name, programme in programmes().items():
        if not words or name in words:
            rows.append(f"<h2>{escape(name)}</h2>")
            for key, report in REPORTS.items():
                rows.extend(
                    _made(into, name, programme, key, suffix)
                    for suffix in (
                        *report.suffixes,
                        *(report.twins if office() else ()),
                    )
                )
    how = (
        "LibreOffice" if office() else "our own preview (LibreOffice is not installed)"
    )
    (into / "index.html").write_text(
        _PAGE.format(how=how, rows="\n".join(rows)), "utf-8"
    )
    sys.stdout.write(f"{into / 'index.html'}\n")


def _made(into: Path, name: str, programme: Programme, key: str, suffix: str) -> str:
    started = time.perf_counter()
    order = Order(at=DAY)
    stem = f"{name}-{key}{suffix}"
    try:
        data = build(programme, key, order, suffix).data
    except SystemMapError as error:
        return f"<h3>{escape(stem)}</h3><p>{escape(str(error))}</p>"
    took = time.perf_counter() - started
    (into / stem).write_bytes(data)
    pages, not_shown = _pages(programme, key, order, suffix, data)
    shown = []
    for number, page in enumerate(pages, start=1):
        picture = f"{stem}-{number}.png"
        (into / picture).write_bytes(page)
        shown.append(
            f'<a href="{picture}"><img src="{picture}" alt="page {number}"></a>'
        )
    said = f"{stem}: {len(data) // 1024} kB, {took:.1f} s"
    if not_shown:
        said += f"; {not_shown} further pages are not shown"
    sys.stdout.write(f"{said}, {len(pages)} pages\n")
    return f"<h3>{escape(said)}</h3><div>{''.join(shown)}</div>"


def _pages(
    programme: Programme, key: str, order: Order, suffix: str, data: bytes
) -> tuple[tuple[bytes, ...], int]:
    """Return a document's pages as pictures, and how many more it has."""
    drawn = suffix not in (".html", ".zip", ".png", ".svg")
    if drawn and office() and shutil.which("pdftoppm"):
        pdf = data if suffix == ".pdf" else converted(data, suffix, ".pdf")
        return _by_poppler(pdf), 0
    if suffix in REPORTS[key].suffixes:
        shown = preview(REPORTS[key], programme, order, suffix)
        return shown.pages, max(0, shown.of - len(shown.pages))
    return (), 0


def _by_poppler(pdf: bytes) -> tuple[bytes, ...]:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "x.pdf"
        given.write_bytes(pdf)
        subprocess.run(
            ["pdftoppm", "-r", "50", "-png", str(given), f"{folder}/p"],  # noqa: S607
            check=True,
        )
        return tuple(p.read_bytes() for p in sorted(Path(folder).glob("p*.png")))


_PAGE = """<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Every document</title>
<style>body{{font-family:sans-serif}}img{{width:300px;border:1px solid #999;margin:4px;vertical-align:top}}</style>
<h1>Every document, drawn by {how}</h1>
{rows}
</html>"""

if __name__ == "__main__":
    main(sys.argv[1:])
