"""What the board paper says around its sentences: each text, and what must be so for it.

Captions, findings, notes and headings stand on something too. Every text of a paper is
either a sentence of `board_sentences` or one of these; a third kind fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from systemmap.language.phrases import shortened
from systemmap.reports.board_paper import LESS
from systemmap.reports.parts.blocks import Heading, Items, Table, Words
from systemmap.reports.parts.board_facts import BoardFacts, Room
from systemmap.reports.parts.board_omissions import NOT_YET
from systemmap.reports.parts.board_progress import ITEM
from systemmap.reports.parts.board_sentence import printed
from systemmap.reports.parts.facts import Facts
from systemmap.reports.parts.phase_rows import why_lines
from tests.reports.board_sentences import SENTENCES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme
    from systemmap.reports import Order
    from systemmap.reports.parts.blocks import Paper


Holds = Callable[[BoardFacts, tuple[int, ...]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A text of the paper: how it reads, in words what it stands on, and whether that holds.

    `at` is the function of ``board_paper.py`` that prints it; the numbers that `says`
    finds are handed to `holds`.
    """

    at: str
    says: str
    premise: str
    holds: Holds

    def fits(self, text: str) -> re.Match[str] | None:
        return re.fullmatch(self.says, text, re.DOTALL)


def _told(board: BoardFacts) -> int:
    return len({a.id for a in board.late} | {a.id for a, _ in board.changed})


def _cut(of: Callable[[BoardFacts], int]) -> Callable[..., bool]:
    """The whole is as large as it says, and the part is smaller."""
    return lambda board, n: 0 < n[0] < n[1] == of(board)


def _printed_by(at: str, *texts: tuple[str, str, Holds]) -> tuple[Around, ...]:
    """The texts of one function: how each reads, what it stands on, whether that holds."""
    return tuple(
        Around(at=at, says=says, premise=premise, holds=holds)
        for says, premise, holds in texts
    )


def _some(of: str) -> Holds:
    """Whether the board's facts hold any of something."""
    return lambda board, _: bool(getattr(board, of))


AROUND = (
    *_printed_by(
        "_progress",
        (
            r"Where we stand",
            "Something of the programme can be told.",
            lambda board, _: not board.order.start_words,
        ),
        (
            r"Progress since .+",
            "An earlier day was asked for.",
            lambda board, _: bool(board.order.start_words),
        ),
    ),
    *_printed_by(
        "_paper",
        (
            r"The board is asked to",
            "Always: a board is asked to note at least.",
            lambda *_: True,
        ),
    ),
    *_printed_by(
        "_phase_table",
        (
            r"The six phases",
            "Six phases are planned.",
            lambda board, _: len(board.phases) == 6,
        ),
        (
            r"Phases",
            "Any other number of phases is planned, none too.",
            lambda board, _: len(board.phases) != 6,
        ),
        (
            r"No phase has been planned yet\.",
            "No phase is listed.",
            lambda board, _: not board.phases,
        ),
        (
            r"Of (\d+) phases?: .+\.",
            "Phases are listed; each is counted once.",
            lambda board, n: n[0] == len(board.phases),
        ),
        (
            r"Table 1\. (?:The first (\d+) of (\d+) phases\. )?Progress by phase(?: \(.+\))?",
            "Phases are listed.",
            lambda board, n: (
                bool(board.phases) and (not n or n[0] < n[1] == len(board.phases))
            ),
        ),
        (
            r"Why (?:red|amber).*",
            "A phase shown is red or amber.",
            lambda board, _: bool(why_lines(board.phases)),
        ),
    ),
    *_printed_by(
        "_workstreams",
        (
            r"(\d+) workstreams?, with every action listed",
            "Two rows or more stand in the table.",
            lambda board, n: n[0] == len(board.workstreams),
        ),
    ),
    *_printed_by(
        "_action_table",
        (
            r"Actions overdue(?: or changed since .+)?",
            "An action is overdue, or changed since the earlier state.",
            lambda board, _: _told(board) > 0,
        ),
        (
            r"(?:The first (\d+) of )?(\d+) actions? overdue(?: or changed since .+)?, of (\d+) listed",
            "An action is overdue, or changed since the earlier state.",
            lambda board, n: (
                n[-2:] == (_told(board), len(board.programme.actions))
                and (len(n) < 3 or n[0] < n[1])
            ),
        ),
    ),
    *_printed_by(
        "_figures",
        (
            r"The local picture",
            "A figure of the local picture is chosen.",
            _some("figures"),
        ),
        (
            r"Figures: .+",
            "A figure of the local picture is chosen, and its source is known.",
            lambda board, _: any(f.indicator.source for f in board.figures),
        ),
    ),
    *_printed_by(
        "_gap_table",
        (
            r"Gaps, and what could be built on",
            "The outcome is chosen, causes are sorted, and one has an open gap.",
            _some("gaps"),
        ),
        (
            r"Table [12]\. The first (\d+) of (\d+) causes? with an open gap, by importance on this map",
            "The outcome is chosen, causes are sorted, and one has an open gap.",
            lambda board, n: (
                board.outcome_chosen and n[0] <= n[1] == len(board.gap_causes)
            ),
        ),
        (
            r"Each suggestion names the rule that made it .+",
            "The table of gaps is printed.",
            _some("gaps"),
        ),
    ),
    *_printed_by(
        "_decisions",
        (
            r"Decided before",
            "A board decided something by the paper's day, and since the earlier day.",
            _some("decided"),
        ),
        (
            r"The last (\d+) of (\d+) decisions\.",
            "More was decided than there is room for.",
            _cut(lambda board: len(board.decided)),
        ),
    ),
    *_printed_by(
        "_next_steps",
        (r"Next steps", "A date of the plan lies ahead.", _some("coming")),
        (
            r"The next (\d+) of (\d+) dates? ahead in the plan",
            "A date of the plan lies ahead.",
            lambda board, n: n[0] <= n[1] == len(board.coming),
        ),
    ),
    *_printed_by(
        "_not_yet",
        (
            r"Left out, because it cannot be said yet",
            "A section is left out.",
            lambda board, _: any(s.holds(board, Room()) for s in NOT_YET),
        ),
    ),
    *_printed_by(
        "_paper",
        (
            r"Implications|Left for the author: nothing is filled in here\.",
            "Always: four empty cells follow.",
            lambda *_: True,
        ),
    ),
)
LISTS = {"_figures", "_decisions"}
"""Functions that print people's own words: figures chosen, decisions taken."""


def unlisted(paper: Paper, programme: Programme, order: Order) -> list[str]:
    """Return what a paper says that is in no list, or whose premise does not hold."""
    board = BoardFacts(Facts(programme, order))
    known = _sentences(board) | {*board.facts.closing}
    return [
        text
        for text in texts(paper)
        if text.rstrip(".;") not in known
        and text not in known
        and not any(_stands(around, text, board) for around in AROUND)
    ]


def _stands(around: Around, text: str, board: BoardFacts) -> bool:
    found = around.fits(text)
    return found is not None and around.holds(
        board, tuple(int(n) for n in found.groups() if n)
    )


def texts(paper: Paper) -> Iterator[str]:
    """Return what a paper says, without people's own words in its cells and two lists."""
    heading = ""
    for block in paper.blocks:
        if isinstance(block, Heading):
            heading = block.text
            yield block.text
        elif isinstance(block, Words):
            yield block.text
        elif isinstance(block, Table) and block.caption:
            yield block.caption
        elif isinstance(block, Items) and heading not in (
            "Decided before",
            "The local picture",
        ):
            yield from block.items


def _sentences(board: BoardFacts) -> set[str]:
    """Return every listed sentence as it may stand, whatever room there is."""
    rooms = accumulate(LESS, lambda room, less: replace(room, **less), initial=Room())
    return {
        words.rstrip(".;")
        for room in rooms
        for text in printed(SENTENCES, board, room)
        for words in (text, shortened(text, room.letters + ITEM))
    }
