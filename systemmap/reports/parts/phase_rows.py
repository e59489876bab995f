"""The six phases as rows: progress in words, the rating now and before, why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.drawing.styles import RATINGS
from systemmap.language.phrases import day, shortened
from systemmap.language.progress_words import is_blank, progress_words
from systemmap.model.owners import lead_words
from systemmap.model.plan import Workstream
from systemmap.model.text import folded
from systemmap.overview.summary import latest_phases
from systemmap.reports.parts.facts import in_one_line, tidy
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.plan import Phase
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.document import Since

_ORDER = ("red", "amber", "green", "blue")
NO_RATING = "No rating"
MOVES = "▲ better, ▼ worse, ● same or first rating"


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRow:
    """One phase, ready to be set in a table.

    `rating` is a key; "" = not rated. `mark` is what stands for it: the rating,
    or ``not_planned``, or ``no_update`` where nothing at all was said;
    "" = told of, but not rated.
    """

    number: int
    name: str
    aims: str
    owners: str
    due: str
    progress: str
    rating: str
    was: str
    move: str
    why: str
    mark: str = ""
    workstream: str = ""
    workstream_id: str = ""

    @property
    def title(self) -> str:
        """Number and name."""
        return f"{self.number} {self.name}"

    @property
    def rating_words(self) -> str:
        """The rating with its move, for instance "Amber ▲", or that there is none."""
        return f"{self.rating_word} {self.move}" if self.rating else self.rating_word

    @property
    def rating_word(self) -> str:
        """The rating alone, or that there is none."""
        return RATINGS[self.mark].word if self.mark else NO_RATING

    @property
    def colours(self) -> tuple[str, str] | None:
        """Ink and ground of what stands for the rating; None when told of but not rated."""
        if not self.mark:
            return None
        found = RATINGS[self.mark]
        return found.ink, found.fill


def phase_rows(programme: Programme, since: Since | None) -> tuple[PhaseRow, ...]:
    """Return each phase once, in order; a phase run again stands with its latest cycle.

    "Not planned yet" differs from "Not started", and both from "No update".
    """
    before = {p.id: p for p in latest_phases(since.programme)} if since else {}
    strands = {w.id: tidy(w.name) for w in programme.all(Workstream).values()}
    return tuple(
        _row(phase, before.get(phase.id), strands.get(phase.workstream_id or "", ""))
        for phase in latest_phases(programme)
    )


def phases_finding(rows: Iterable[PhaseRow]) -> str:
    """Count the phases by rating, with the whole: "Of 6 phases: 1 complete, 2 green …"."""
    rows = list(rows)
    if not rows:
        return "No phase has been planned yet."
    counts = [
        f"{number} {RATINGS[key].word.lower()}"
        for key in _ORDER
        if (number := sum(row.rating == key for row in rows))
    ]
    unplanned = sum(row.mark == "not_planned" for row in rows)
    if unplanned:
        counts.append(f"{unplanned} not planned yet")
    rest = sum(not row.rating for row in rows) - unplanned
    if rest:
        counts.append(f"{rest} not rated")
    noun = "phase" if len(rows) == 1 else "phases"
    return f"Of {len(rows)} {noun}: {', '.join(counts)}."


def row_titles(rows: Iterable[PhaseRow]) -> list[str]:
    """Return number and name of each; with its workstream where there are several."""
    rows = list(rows)
    several = len({row.workstream_id for row in rows}) > 1
    return [
        f"{row.workstream}: {row.title}" if several and row.workstream else row.title
        for row in rows
    ]


def why_lines(rows: Iterable[PhaseRow]) -> tuple[str, ...]:
    """Return why each red or amber phase is rated so, with the day of the rating."""
    rows = list(rows)
    return tuple(
        f"Why {RATINGS[row.rating].word.lower()}: {'phase' if title == row.title else shortened(row.workstream, 60)} {row.number}. {row.why or 'No reason was given.'}"
        for title, row in zip(row_titles(rows), rows, strict=True)
        if row.rating in ("red", "amber")
    )


def rating_rules() -> str:
    """Say what the ratings mean."""
    return " ".join(
        f"{term.label}: {term.description}" for term in terms("ratings").values()
    )


def _row(phase: Phase, before: Phase | None, workstream: str) -> PhaseRow:
    return PhaseRow(
        number=phase.number,
        name=phase.name,
        aims=in_one_line(map(tidy, phase.aims)),
        owners=tidy(lead_words(phase)) or _no_lead(phase),
        due=tidy(phase.due.raw) if phase.due else "",
        progress=_progress(phase),
        rating=phase.rating,
        was=_was(before),
        move=_move(before.rating if before else "", phase.rating),
        why=_why(phase),
        mark=_mark(phase),
        workstream=workstream,
        workstream_id=phase.workstream_id or "",
    )


def _mark(phase: Phase) -> str:
    if phase.rating or phase.status == "not_planned":
        return phase.rating or "not_planned"
    return "no_update" if is_blank(phase) else ""


def _was(before: Phase | None) -> str:
    if before is None:
        return "–"  # this phase was not in the plan
    return RATINGS[before.rating].word if before.rating else NO_RATING


def _no_lead(phase: Phase) -> str:
    return "" if phase.status in ("", "not_planned") else "(no named lead)"


def _progress(phase: Phase) -> str:
    status = label("statuses", phase.status) if phase.status else ""
    note = tidy(phase.status_note)
    if not status:
        return tidy(progress_words(phase)) or "No update"
    if note and folded(note) != folded(status):
        return f"{status}: {note}"
    return status


def _move(before: str, after: str) -> str:
    if not after or before not in _ORDER or before == after:
        return "●"
    return "▲" if _ORDER.index(after) > _ORDER.index(before) else "▼"


def _why(phase: Phase) -> str:
    reason = tidy(phase.rating_reason).rstrip(".")
    if not reason:
        return ""
    rated = f" ({day(phase.rated_on)})" if phase.rated_on else ""
    return f"{reason}{rated}."
