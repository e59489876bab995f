"""Two factors made one, or one turned to its neutral opposite, in one undoable change.

Every function here edits a draft: a programme opened for editing, or a copy.
Saved as one change it is undone as one, with every link, tie, vote and alias.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.editing.factor_references import (
    move_notes,
    move_subjects,
    move_ties,
    move_votes,
)
from systemmap.editing.merge_records import (
    flipped_link,
    joined_factor,
    joined_link,
    renamed,
)
from systemmap.errors import InvalidValue
from systemmap.language.phrases import counted, quoted
from systemmap.model.elements import Factor, Link
from systemmap.model.response import ActionFactor
from systemmap.model.text import clean_label
from systemmap.model.values import Confidence
from systemmap.model.workshop import Vote, VoteRound

if TYPE_CHECKING:
    from systemmap.model.programme import Programme

_OTHER_WAY = {"raise": "lower", "lower": "raise"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """What a merge did, in counts.

    Attributes
    ----------
    moved, joined, disputed, dropped : int
        Links that found a new end; of those, how many met a parallel link;
        how many of these are now disputed; links between the two factors.
    ties, notes : int
        Ties of actions and assets, and notes and statements, that moved.
    """

    kept: Factor
    was: str
    moved: int = 0
    joined: int = 0
    disputed: int = 0
    dropped: int = 0
    ties: int = 0
    notes: int = 0

    @property
    def sentence(self) -> str:
        """What happened, counts first where there is something to count."""
        parts = [
            (self.moved, "link moved", "links moved"),
            (self.joined, "met a link already there", "met links already there"),
            (self.disputed, "is now disputed", "are now disputed"),
            (
                self.dropped,
                "link between the two left out",
                "links between the two left out",
            ),
            (self.ties, "tie moved", "ties moved"),
            (self.notes, "note moved", "notes moved"),
        ]
        said = ", ".join(counted(n, one, many) for n, one, many in parts if n)
        return f"{quoted(self.was)} is now part of {quoted(self.kept.label)}{f': {said}' if said else ''}."


def merge_factors(
    draft: Programme, map_id: str, keep: str, drop: str, label: str | None = None
) -> Merge:
    """Make one factor out of two that mean the same.

    Parameters
    ----------
    draft : Programme
        Edited in place; unchanged when an error is raised.
    map_id : str
        The map both are on.
    keep, drop : str
        The ids of the factor that stays and of the one that goes into it.
    label : str | None
        The wording people picked; None = the kept factor's own.

    Returns
    -------
    Merge
        What was done. Links re-attach, parallel ones become one with all
        claims and counts, opposite signs become disputed, a link between the
        two goes. Ties, notes, statements, votes, proposals and views follow.
        All other wordings become aliases. Decisions about gaps of the factor
        that goes are kept as they are and do not pass to the other.

    Raises
    ------
    UnknownItem
        One of the factors does not exist.
    InvalidValue
        The two are one and the same, or the label is empty.
    """
    kept, gone = _pair(draft, map_id, keep, drop)
    wording = _label(label, kept.label)
    joined = _with_priority(joined_factor(kept, gone, wording), kept, gone)
    counts = _move_links(draft, map_id, keep, drop)
    ties = move_ties(draft, map_id, drop, keep)
    notes = move_notes(draft, (map_id, drop), (map_id, keep))
    if map_id == "main":  # votes and proposals are always about the main map
        move_votes(draft, drop, keep)
    move_subjects(draft, map_id, drop, keep)
    _move_outcome(draft, map_id, keep, drop)
    draft.replace(_recounted(draft, joined, map_id))
    draft.remove_factor(map_id, drop)
    return Merge(
        kept=draft.find(Factor, f"{map_id}/{keep}"),
        was=gone.label,
        ties=ties,
        notes=notes,
        **counts,
    )


def flip_factor(draft: Programme, map_id: str, factor_id: str, label: str) -> Factor:
    """Rename a factor to its opposite or neutral form and flip its links.

    "Lack of time" becomes "Time available": every sign of its links turns, and
    so does every claim, which keeps the old words; unknown stays unknown. Ties
    that raise now lower. A link whose two ends are both flipped ends as it was.

    Raises
    ------
    UnknownItem
        The map has no such factor.
    InvalidValue
        The label is empty.
    """
    factor = draft.find(Factor, f"{map_id}/{factor_id}")
    wording = _label(label, "")
    for link in _links_of(draft, map_id, factor_id):
        draft.replace(flipped_link(link, factor_id, factor.label))
    for tie in list(draft.all(ActionFactor).values()):
        if (tie.map_id, tie.factor_id) == (map_id, factor_id):
            draft.replace(
                replace(tie, direction=_OTHER_WAY.get(tie.direction, tie.direction))
            )
    flipped = renamed(factor, wording)
    draft.replace(flipped)
    return flipped


def merge_opposites(
    draft: Programme, map_id: str, keep: str, drop: str, label: str | None = None
) -> Merge:
    """Make one factor out of two that say the same in opposite directions.

    The links of the one that goes are flipped first; then it is merged as
    `merge_factors` does. `label` is the neutral wording; None = the kept one.
    """
    kept, gone = _pair(draft, map_id, keep, drop)
    wording = _label(label, kept.label)
    flip_factor(draft, map_id, drop, kept.label)
    merge = merge_factors(draft, map_id, keep, drop, wording)
    return replace(merge, was=gone.label)


def _pair(draft: Programme, map_id: str, keep: str, drop: str) -> tuple[Factor, Factor]:
    kept = draft.find(Factor, f"{map_id}/{keep}")
    gone = draft.find(Factor, f"{map_id}/{drop}")
    if keep == drop:
        msg = f"{quoted(kept.label)} cannot be merged with itself. Choose two different factors."
        raise InvalidValue(msg)
    return kept, gone


def _label(label: str | None, fallback: str) -> str:
    wording = fallback if label is None else clean_label(label)
    if not wording:
        msg = (
            "The factor needs a name. Pick one of the wordings, or write a neutral one."
        )
        raise InvalidValue(msg)
    return wording


def _links_of(draft: Programme, map_id: str, factor_id: str) -> list[Link]:
    return [
        link
        for link in draft.all(Link).values()
        if link.map_id == map_id and factor_id in (link.source, link.target)
    ]


def _move_links(draft: Programme, map_id: str, keep: str, drop: str) -> dict[str, int]:
    counts = {"moved": 0, "joined": 0, "disputed": 0, "dropped": 0}
    for link in _links_of(draft, map_id, drop):
        draft.remove(Link, f"{map_id}/{link.source}/{link.target}")
        source, target = (
            keep if end == drop else end for end in (link.source, link.target)
        )
        if source == target:
            counts["dropped"] += 1
            continue
        counts["moved"] += 1
        moved = replace(link, source=source, target=target)
        there = draft.all(Link).get(f"{map_id}/{source}/{target}")
        if there:
            counts["joined"] += 1
            moved = joined_link(there, moved)
            was = Confidence.DISPUTED in (there.confidence, link.confidence)
            counts["disputed"] += moved.confidence is Confidence.DISPUTED and not was
        draft.put(moved)
    return counts


def _move_outcome(draft: Programme, map_id: str, keep: str, drop: str) -> None:
    version = draft.maps.get(map_id)
    if version and version.outcome == drop:
        draft.replace(replace(version, outcome=keep))


def _with_priority(joined: Factor, kept: Factor, gone: Factor) -> Factor:
    """Return the factor with the larger vote until its dots are counted again."""
    known = [f for f in (kept, gone) if f.priority is not None]
    best = max(known, key=lambda f: f.priority or 0, default=kept)
    return replace(joined, priority=best.priority, priority_method=best.priority_method)


def _recounted(draft: Programme, factor: Factor, map_id: str) -> Factor:
    """Return the factor with the dots of the last closed vote that had any for it."""
    if factor.priority is None or map_id != "main":
        return factor
    closed = [
        r
        for r in draft.all(VoteRound).values()
        if r.about == "factors" and r.state == "closed"
    ]
    for vote_round in sorted(
        closed, key=lambda r: (str(r.closed_at), r.id), reverse=True
    ):
        dots = sum(
            (v.round_id, v.choice) == (vote_round.id, factor.id)
            for v in draft.all(Vote).values()
        )
        if dots:
            return replace(factor, priority=dots)
    return factor
