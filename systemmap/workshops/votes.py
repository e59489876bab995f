"""Dot votes: place, take back, count. The count stays hidden until the round closes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.changes import Change, append
from systemmap.model.text import slug
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, Vote, VoteRound
from systemmap.workshops.hidden_words import ideas_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from systemmap.model.programme import Programme

MOST_OPTIONS = 60
"""More choices than this cannot be read on a phone."""
MOST_DOTS = 10


@dataclass(frozen=True, slots=True)
class Result:
    """A closed round's result: (option, dots), most dots first, and how many people voted."""

    counts: tuple[tuple[str, int], ...]
    people: int
    dots: int


def open_round(vote_round: VoteRound, moment: datetime | None = None) -> VoteRound:
    """Open a round for voting.

    Raises
    ------
    InvalidValue
        It has no question, fewer than two options, or was closed before.
    """
    if vote_round.state == "closed":
        raise InvalidValue("This vote is closed. Start a new round to vote again.")
    if not vote_round.question.strip() or len(vote_round.options) < 2:
        raise InvalidValue(
            "A vote needs a question and at least two things to choose from."
        )
    return replace(vote_round, state="open", opened_at=moment or now())


def reopen_round(programme: Programme, round_id: str) -> VoteRound:
    """Go on with a closed round in a draft; the dots that were placed stay.

    Raises
    ------
    InvalidValue
        It is open, was never opened, or another round is open in this workshop.
    """
    vote_round = programme.find(VoteRound, round_id)
    if vote_round.state != "closed":
        raise InvalidValue("Only a closed vote can be opened again.")
    _check_alone(programme, vote_round.workshop_id)
    opened = replace(vote_round, state="open", closed_at=None)
    programme.replace(opened)
    return opened


def start_round(
    programme: Programme,
    workshop_id: str,
    *,
    question: str,
    about: str,
    options: Iterable[str],
    dots: int = 5,
) -> VoteRound:
    """Open a new round in a draft; rounds that were counted before are kept.

    Raises
    ------
    InvalidValue
        Another round is open, the question is blank, an option stands there no
        more, or there are too few or too many to choose from.
    """
    _check_alone(programme, workshop_id)
    wanted = tuple(dict.fromkeys(options))
    gone = set(wanted) - set(candidates(programme, workshop_id, about))
    if gone:
        msg = f"{len(gone)} of these choices are not there any more. Choose again from the list as it is now."
        raise InvalidValue(msg)
    if len(wanted) > MOST_OPTIONS:
        msg = f"{len(wanted)} choices cannot be read on a phone. Choose {MOST_OPTIONS} or fewer: those most said, or one theme."
        raise InvalidValue(msg)
    if not 1 <= dots <= MOST_DOTS:
        msg = f"Give each person 1 to {MOST_DOTS} dots."
        raise InvalidValue(msg)
    drafted = VoteRound(
        id=slug(f"{workshop_id} vote", programme.all(VoteRound)),
        workshop_id=workshop_id,
        question=question.strip(),
        about=about,
        options=wanted,
        dots=dots,
    )
    opened = open_round(drafted)
    programme.add(opened)
    return opened


def candidates(
    programme: Programme,
    workshop_id: str,
    about: str,
    *,
    theme: str = "",
    most_said: int = 0,
) -> list[str]:
    """Return what may stand for voting, most often said first.

    Parameters
    ----------
    about : str
        ``factors``, ``links``, ``themes`` or ``proposals``.
    theme : str
        Only causes of this theme, and links that touch it; "" = of all.
    most_said : int
        No more than so many; 0 = all.
    """
    system_map = programme.system_map()
    inside = {f.id for f in system_map.factors.values() if theme in ("", f.theme)}
    if about == "factors":
        ranked = sorted(
            (f for f in system_map.factors.values() if f.id in inside),
            key=lambda f: (-f.mentions, f.label.casefold()),
        )
        found = [factor.id for factor in ranked]
    elif about == "links":
        links = sorted(system_map.links.values(), key=lambda link: -link.mentions)
        found = [
            f"{link.source} -> {link.target}"
            for link in links
            if {link.source, link.target} & inside
        ]
    elif about == "themes":
        notes = programme.all(Contribution).values()
        sorted_notes = [n.theme for n in notes if n.workshop_id == workshop_id]
        drawn = [f.theme for f in system_map.factors.values()]
        used = Counter(theme for theme in (*drawn, *sorted_notes) if theme)
        found = [key for key, _ in used.most_common()]
    else:
        found = [idea.id for idea in ideas_shown(programme, workshop_id)]
    return found[:most_said] if most_said else found


def dots_of(votes: Iterable[Vote], voter: str) -> Counter[str]:
    """Return how many dots a phone has placed, by option."""
    return Counter(vote.choice for vote in votes if vote.voter == voter)


def place_dot(
    vote_round: VoteRound,
    votes: Sequence[Vote],
    voter: str,
    choice: str,
    moment: datetime | None = None,
) -> Change:
    """Return the change that places one dot.

    Each phone has as many places as the round has dots. The id of a dot is made
    from the phone and the place, and a row can be added only once, so that two
    taps at the same moment can never make more dots than there are.

    Raises
    ------
    InvalidValue
        The round is not open, there is no such option, or all dots are placed.
    """
    _check_open(vote_round)
    if choice not in vote_round.options:
        raise InvalidValue("That is not one of the choices. Reload the page.")
    taken = {vote.id for vote in votes if vote.voter == voter}
    for dot_id in vote_round.places(voter):
        if dot_id not in taken:
            return append(
                Vote(
                    id=dot_id,
                    round_id=vote_round.id,
                    choice=choice,
                    voter=voter,
                    at=moment or now(),
                )
            )
    msg = f"You have placed all {vote_round.dots} dots. Take one back to move it."
    raise InvalidValue(msg)


def take_back(
    vote_round: VoteRound, votes: Sequence[Vote], voter: str, choice: str
) -> Change:
    """Return the change that takes back the last dot this phone gave to an option."""
    _check_open(vote_round)
    own = [vote for vote in votes if vote.voter == voter and vote.choice == choice]
    if not own:
        raise InvalidValue("You have no dot there to take back.")
    return Change(kind="vote", key=own[-1].id, new=None)


def people_voted(votes: Iterable[Vote]) -> int:
    """Return how many phones placed at least one dot. It may be shown while voting."""
    return len({vote.voter for vote in votes})


def result_of(vote_round: VoteRound, votes: Sequence[Vote]) -> Result:
    """Return a closed round's result, options without a dot included.

    Raises
    ------
    InvalidValue
        The round is still open: what others chose would sway those still voting.
    """
    if vote_round.state != "closed":
        raise InvalidValue(
            "This vote is still open. Close it to see how the dots fell."
        )
    counted = Counter(vote.choice for vote in votes)
    order = {option: place for place, option in enumerate(vote_round.options)}
    counts = sorted(
        ((option, counted[option]) for option in vote_round.options),
        key=lambda pair: (-pair[1], order[pair[0]]),
    )
    return Result(tuple(counts), people_voted(votes), sum(counted.values()))


def close_round(
    programme: Programme, round_id: str, moment: datetime | None = None
) -> Result:
    """Close a round in a draft; a vote on factors becomes their priority.

    Every factor that could be voted for gets a number, 0 included; factors
    that were not among the options keep theirs, None included. The method
    names the round, so that nobody takes a show of dots for a measurement.
    """
    vote_round = programme.find(VoteRound, round_id)
    _check_open(vote_round)
    closed = replace(vote_round, state="closed", closed_at=moment or now())
    programme.replace(closed)
    votes = [v for v in programme.all(Vote).values() if v.round_id == round_id]
    result = result_of(closed, votes)
    if closed.about == "factors":
        _set_priorities(programme, closed, result)
    return result


def _set_priorities(
    programme: Programme, vote_round: VoteRound, result: Result
) -> None:
    system_map = programme.system_map()
    on = vote_round.closed_at.date().isoformat() if vote_round.closed_at else ""
    dots = f"{vote_round.dots} dot{'s' if vote_round.dots != 1 else ''} each"
    people = f"{result.people} {'people' if result.people != 1 else 'person'} voted"
    method = f"{vote_round.question} ({dots}, {people}, {on})"
    for factor_id, count in result.counts:
        if factor_id in system_map.factors:
            factor = system_map.factor(factor_id)
            programme.replace(replace(factor, priority=count, priority_method=method))


def _check_alone(programme: Programme, workshop_id: str) -> None:
    for other in programme.all(VoteRound).values():
        if other.workshop_id == workshop_id and other.state == "open":
            msg = f"“{other.question}” is still open. Close that vote first."
            raise InvalidValue(msg)


def _check_open(vote_round: VoteRound) -> None:
    if vote_round.state != "open":
        raise InvalidValue("This vote is not open.")
