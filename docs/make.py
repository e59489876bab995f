"""Write the reference pages from the registries: ``uv run python docs/make.py``.

The words of a format, a measure, a check or a gap rule live in its own file;
these pages only gather them, and a test asks whether they are current.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from systemmap.analysis.checks import CHECKS
from systemmap.analysis.importance import IMPORTANCE_COLUMNS
from systemmap.analysis.loops import LOOP_COLUMNS
from systemmap.analysis.measures import MEASURES
from systemmap.comparing.versions import CHANGE_COLUMNS
from systemmap.coverage.cover import COVERAGE_COLUMNS
from systemmap.formats import FORMATS
from systemmap.gaps import GAP_RULES
from systemmap.gaps.gap_report import GAP_COLUMNS
from systemmap.language.phrases import STRUCTURE_NOTE
from systemmap.reports import REPORTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))  # the table of roles is what its test found out
STRUCTURE = f"*{STRUCTURE_NOTE}*"


PAGES: dict[str, Callable[[], str]] = {
    "formats.md": lambda: _page(
        "Formats",
        _formats(),
        "What systemmap reads and writes, and what each format loses. A file is known by its content, not its name.",
    ),
    "measures.md": lambda: _page(
        "Measures",
        _measures(),
        f"A number per factor, with what it answers and what it does not say.\n\n{STRUCTURE}",
    ),
    "checks.md": lambda: _page(
        "Map health checks",
        _checks(),
        "Questions to put to the group about what it drew. None of them is an error.",
    ),
    "gaps.md": lambda: _page(
        "Gap rules",
        _gaps(),
        f'What makes a gap, and what people could do about it. Lists are never complete, so it is always "no action *listed*".\n\n{STRUCTURE}',
    ),
    "roles.md": lambda: _page("Who may do what", _roles(), _ROLES),
    "council_papers.md": lambda: _page(
        "Two council papers, line by line", _papers(), _PAPERS
    ),
    "reports.md": lambda: _page(
        "Documents",
        _reports(),
        "Documents people read, each made from the programme as it stands; no number in them is typed by hand. "
        "Each says out of how many, which version, which day and which source it stands for, and carries the licence words of any reference map.\n\n"
        f"{STRUCTURE}",
    ),
    "frames.md": lambda: _page(
        "Frames",
        _frames(),
        "What each column of a frame holds. A missing value is unknown, never zero. "
        "`programme.frames()` gives a frame for every kind of record, its columns the fields of the record as the model describes them.",
    ),
}
"""What makes the text of each page, by its file name."""


_KEEPS = (
    "Found out by writing a map in which everything says something (`tests/contract/losses.py`); a test reads each file back. "
    "A dash is lost: before the file is saved, what and how many are said. What is kept may be in another shape, where the format's own words below say so. "
    "Actions, assets, notes and other maps are in no file of one map."
)


def _page(title: str, entries: Iterable[str], opening: str) -> str:
    note = "<!-- Made by docs/make.py from the registries; change the words there. -->"
    return "\n\n".join([f"# {title}", note, opening, *entries]) + "\n"


def _formats() -> Iterable[str]:
    from tests.contract.losses import page

    yield f"## What each map format keeps\n\n{_KEEPS}\n\n{page()}"
    for fmt in FORMATS.values():
        ways = " and ".join(
            way for way, there in (("reads", fmt.read), ("writes", fmt.write)) if there
        )
        yield f"## {fmt.title}\n\n`{fmt.key}` · {ways} · {', '.join(fmt.suffixes)} · holds: {fmt.holds}\n\n{fmt.loses}"


def _measures() -> Iterable[str]:
    for measure in MEASURES.values():
        offered = (
            "Offered only after a switch that says why." if measure.advanced else ""
        )
        yield (
            f"## {measure.title}\n\n`{measure.key}`: {measure.question}\n\n{measure.caution} {offered}".rstrip()
            + f"\n\nSource: {measure.reference}"
        )


def _checks() -> Iterable[str]:
    for check in CHECKS.values():
        yield f"## {check.title}\n\n`{check.key}`: {check.why}"


def _gaps() -> Iterable[str]:
    for rule in GAP_RULES.values():
        code = f" ({rule.code})" if rule.code else ""
        yield f"## {rule.title}{code}\n\n`{rule.key}`: {rule.question}\n\nLooks at: {rule.filters}. {rule.caution}\n\nSuggested: {rule.next_step}"


_ROLES = (
    "What each role may do, found out by doing it: `tests/contract/roles.py` tries every act of the live channel and every write of the store for every role. "
    "The store decides, on each write, in the transaction that writes it; pages, menus and sockets only ask earlier.\n\n"
    'A room is a phone or a tablet that joined with the three words. It acts in one part ("causes", "links", "draw", "vote" or "ideas"), at one table, as one device, '
    "and only while the facilitator has that part and the workshop open. A dot also needs its vote to be open. "
    "Sockets, tickets and pages of a part are shut the moment it closes."
)


def _roles() -> Iterable[str]:
    from tests.contract.roles import page

    yield page()


_PAPERS = (
    "Where each line of a six-month plan and of a board minute is at home. "
    "Every row is a test (`tests/council/`): it comes in by file or command, is seen on the screen named, and stands in the document named."
)


def _papers() -> Iterable[str]:
    from tests.council.checklist import page

    yield page()


_USES = {
    "since": "an earlier day or a named version to compare with",
    "template": "the council's own Word or PowerPoint template",
    "map": "which map",
    "return_by": "the day by which partners return their sheets",
    "workshop": "which workshop",
    "figures": "which figures of the local picture",
    "paper": "the sheet, A1 or A0",
}


def _reports() -> Iterable[str]:
    for report in REPORTS.values():
        given = [words for use, words in _USES.items() if use in report.uses]
        can = f"\n\nCan be given: {'; '.join(given)}." if given else ""
        yield f"## {report.title}\n\n`{report.key}` · {', '.join(report.suffixes)} · for {report.for_whom[0].lower()}{report.for_whom[1:]}\n\n{report.limit}{can}"
        if report.key == "board_paper":
            yield _board_sentences()


def _board_sentences() -> str:
    from tests.reports.board_sentences import page

    return f"Every sentence of its own, each as its test prints it (`tests/reports/board_sentences.py`; headings, captions and notes stand with theirs in `tests/reports/board_around.py`, and a text in neither list fails a test):\n\n{page()}"


_FRAMES = {
    "find_gaps(programme, today=…).frame()": GAP_COLUMNS,
    "find_coverage(programme, today=…).frame()": COVERAGE_COLUMNS,
    "find_importance(map).frame()": IMPORTANCE_COLUMNS,
    "find_loops(map, longest).frame()": LOOP_COLUMNS,
    "compare_versions(before, after, since=…).frame()": CHANGE_COLUMNS,
}


def _frames() -> Iterable[str]:
    for call, columns in _FRAMES.items():
        rows = "\n".join(f"| `{c.name}` | {c.dtype} | {c.words} |" for c in columns)
        yield f"## `{call}`\n\n| Column | Type | What it holds |\n|---|---|---|\n{rows}"


if __name__ == "__main__":
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), encoding="utf-8")
