"""What the board paper says around its sentences: each text, and what must be so for it.

Captions, findings, notes and headings stand on something too. Every text of a paper is
either a sentence of `board_sentences` or one of these; a third kind fails the test.
"""

from __future__ import annotations

import re
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
    from collections.abc import Callable, Iterator

    from systemmap.model.programme import Programme
    from systemmap.reports import Order
    from systemmap.reports.parts.blocks import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A text of the paper: how it reads, in words what it stands on, and whether that holds.

    `at` is the function of ``board_paper.py`` that prints it; the numbers that `says`
    finds are handed to `holds`.
    """

    at: str
    says: str
    premise: str
    holds: Callable[[BoardFacts, tuple[int, ...]], bool]

    def fits(self, text: str) -> re.Match[str] | None:
        return re.fullmatch(self.says, text, re.DOTALL)


def _told(board: BoardFacts) -> int:
    return len({a.id for a in board.late} | {a.id for a, _ in board.changed})


def _cut(of: Callable[[BoardFacts], int]) -> Callable[..., bool]:
    """The whole is as large as it says, and the part is smaller."""
    return lambda board, n: 0 < n[0] < n[1] == of(board)


AROUND = (
    Around(
        at="_progress",
        says=r"Where we stand",
        premise="Something of the programme can be told.",
        holds=lambda board, _: not board.order.start_words,
    ),
    Around(
        at="_progress",
        says=r"Progress since .+",
        premise="An earlier day was asked for.",
        holds=lambda board, _: bool(board.order.start_words),
    ),
    Around(
        at="_paper",
        says=r"The board is asked to",
        premise="Always: a board is asked to note at least.",
        holds=lambda *_: True,
    ),
    Around(
        at="_phase_table",
        says=r"The six phases",
        premise="Six phases are planned.",
        holds=lambda board, _: len(board.phases) == 6,
    ),
    Around(
        at="_phase_table",
        says=r"Phases",
        premise="Any other number of phases is planned, none too.",
        holds=lambda board, _: len(board.phases) != 6,
    ),
    Around(
        at="_phase_table",
        says=r"No phase has been planned yet\.",
        premise="No phase is listed.",
        holds=lambda board, _: not board.phases,
    ),
    Around(
        at="_phase_table",
        says=r"Of (\d+) phases?: .+\.",
        premise="Phases are listed; each is counted once.",
        holds=lambda board, n: n[0] == len(board.phases),
    ),
    Around(
        at="_phase_table",
        says=r"Table 1\. (?:The first (\d+) of (\d+) phases\. )?Progress by phase(?: \(.+\))?",
        premise="Phases are listed.",
        holds=lambda board, n: (
            bool(board.phases) and (not n or n[0] < n[1] == len(board.phases))
        ),
    ),
    Around(
        at="_phase_table",
        says=r"Why (?:red|amber).*",
        premise="A phase shown is red or amber.",
        holds=lambda board, _: bool(why_lines(board.phases)),
    ),
    Around(
        at="_workstreams",
        says=r"(\d+) workstreams?, with every action listed",
        premise="Two rows or more stand in the table.",
        holds=lambda board, n: n[0] == len(board.workstreams),
    ),
    Around(
        at="_action_table",
        says=r"Actions overdue(?: or changed since .+)?",
        premise="An action is overdue, or changed since the earlier state.",
        holds=lambda board, _: _told(board) > 0,
    ),
    Around(
        at="_action_table",
        says=r"(?:The first (\d+) of )?(\d+) actions? overdue(?: or changed since .+)?, of (\d+) listed",
        premise="An action is overdue, or changed since the earlier state.",
        holds=lambda board, n: (
            n[-2:] == (_told(board), len(board.programme.actions))
            and (len(n) < 3 or n[0] < n[1])
        ),
    ),
    Around(
        at="_figures",
        says=r"The local picture",
        premise="A figure of the local picture is chosen.",
        holds=lambda board, _: bool(board.figures),
    ),
    Around(
        at="_figures",
        says=r"Figures: .+",
        premise="A figure of the local picture is chosen, and its source is known.",
        holds=lambda board, _: any(f.indicator.source for f in board.figures),
    ),
    Around(
        at="_gap_table",
        says=r"Gaps, and what could be built on",
        premise="The outcome is chosen, causes are sorted, and one has an open gap.",
        holds=lambda board, _: bool(board.gaps),
    ),
    Around(
        at="_gap_table",
        says=r"Table [12]\. The first (\d+) of (\d+) causes? with an open gap, by importance on this map",
        premise="The outcome is chosen, causes are sorted, and one has an open gap.",
        holds=lambda board, n: (
            board.outcome_chosen and n[0] <= n[1] == len(board.gap_causes)
        ),
    ),
    Around(
        at="_gap_table",
        says=r"Each suggestion names the rule that made it .+",
        premise="The table of gaps is printed.",
        holds=lambda board, _: bool(board.gaps),
    ),
    Around(
        at="_decisions",
        says=r"Decided before",
        premise="A board decided something by the paper's day, and since the earlier day.",
        holds=lambda board, _: bool(board.decided),
    ),
    Around(
        at="_decisions",
        says=r"The last (\d+) of (\d+) decisions\.",
        premise="More was decided than there is room for.",
        holds=_cut(lambda board: len(board.decided)),
    ),
    Around(
        at="_next_steps",
        says=r"Next steps",
        premise="A date of the plan lies ahead.",
        holds=lambda board, _: bool(board.coming),
    ),
    Around(
        at="_next_steps",
        says=r"The next (\d+) of (\d+) dates? ahead in the plan",
        premise="A date of the plan lies ahead.",
        holds=lambda board, n: n[0] <= n[1] == len(board.coming),
    ),
    Around(
        at="_not_yet",
        says=r"Left out, because it cannot be said yet",
        premise="A section is left out.",
        holds=lambda board, _: any(s.holds(board, Room()) for s in NOT_YET),
    ),
    Around(
        at="_paper",
        says=r"Implications|Left for the author: nothing is filled in here\.",
        premise="Always: four empty cells follow.",
        holds=lambda *_: True,
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
