"""Links that were said and votes: what tables agree on, where they differ, what matters most."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import caution, finding, quiet, say, section
from app.components.tab_parts import tab_parts
from app.components.workshop_picker import pick_closed
from app.presses import pressed
from app.screens._screen import Screen
from app.server import dot_addresses
from app.wording import count, listed, safe_text
from systemmap.model.elements import Link
from systemmap.model.values import Polarity
from systemmap.model.workshop import (
    Vote,
    VoteRound,
    Workshop,
)
from systemmap.workshops.hidden_words import sentences_said
from systemmap.workshops.said_links import draw_heard, heard, sentence
from systemmap.workshops.sums import choice_words
from systemmap.workshops.votes import (
    MOST_DOTS,
    MOST_OPTIONS,
    candidates,
    close_round,
    people_voted,
    result_of,
    start_round,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.workspace import Workspace
    from systemmap.model.programme import Programme
    from systemmap.workshops.said_links import Heard
    from systemmap.workshops.votes import Result

_ABOUT = {
    "factors": "Causes on the map",
    "links": "Links on the map",
    "themes": "Themes",
    "proposals": "Ideas from this workshop",
}


def draw(workspace: Workspace) -> None:
    """Draw the links that were said, then the votes."""
    workshop = pick_closed(workspace, "votes")
    if workshop is None:
        return
    said = sentences_said(workspace.programme, workshop.id)
    groups = heard(said)
    disputed = sum(group.disputed for group in groups)
    closed = sum(
        vote.state == "closed"
        for vote in workspace.programme.all(VoteRound).values()
        if vote.workshop_id == workshop.id
    )
    finding(_finding(len(groups), len(said), disputed, closed))
    tab_parts(
        {
            "Links": lambda: _links(workspace, groups),
            "Votes": lambda: _votes(workspace, workshop),
        },
        key="votes.tab",
    )


def _finding(links: int, said: int, disputed: int, closed: int) -> str:
    if not said:
        counted = f"; {count(closed, 'vote')} counted" if closed else ""
        return f"No link has been said yet{counted}."
    split = f"tables disagree on {disputed}" if disputed else "no table disagrees"
    return f"{count(links, 'link')} said in {count(said, 'sentence')}; {split}."


def _links(workspace: Workspace, groups: Sequence[Heard]) -> None:
    if not groups:
        quiet("Open “Say what leads to what” on phones: “Run the room” has it.")
        return
    table(
        [
            {
                "Link": sentence(g.source, g.polarity, g.target),
                "More": g.said(Polarity.SAME),
                "Less": g.said(Polarity.OPPOSITE),
                "Not sure": g.said(Polarity.UNKNOWN),
                "Tables": g.tables,
                "Agreement": "tables disagree" if g.disputed else "",
            }
            for g in groups
        ],
        alt="Links that were said, with how often and by how many tables",
    )
    waiting = [g for g in groups if _is_new(workspace, g)]
    section(f"Not on the map yet, or said again: {len(waiting)}")
    names = {g.statements[0].id: g for g in waiting}
    chosen = st.multiselect(
        "Put on the map",
        list(names),
        default=list(names),
        format_func=lambda i: sentence(
            names[i].source, names[i].polarity, names[i].target
        ),
        key=f"votes.links.{workspace.revision}",
        select_all=False,
    )
    label = f"Put {count(len(chosen), 'link')} on the map"
    if pressed(st.button, label, type="primary", key="votes.draw", disabled=not chosen):
        with workspace.editing(label) as draft:
            for statement_id in chosen:
                draw_heard(draft, names[statement_id].statements)
    caution(workspace)


def _is_new(workspace: Workspace, group: Heard) -> bool:
    """Say whether the map's link does not hold all that was said."""
    first = group.statements[0]
    link = workspace.programme.all(Link).get(
        f"{first.map_id}/{first.source}/{first.target}"
    )
    if link is None:
        return True
    counted = sum(c.count for c in link.claims if c.workshop == first.workshop_id)
    return counted < len(group.statements)


def _votes(workspace: Workspace, workshop: Workshop) -> None:
    programme = workspace.programme
    rounds = [
        r for r in programme.all(VoteRound).values() if r.workshop_id == workshop.id
    ]
    if rounds:
        section(count(len(rounds), "vote"))
    for vote_round in reversed(rounds):
        votes = [v for v in programme.all(Vote).values() if v.round_id == vote_round.id]
        with st.container(border=True):
            st.subheader(safe_text(vote_round.question), anchor=False)
            _round(workspace, vote_round, votes)
    if not any(r.state == "open" for r in rounds):
        _new_round(workspace, workshop)


def _round(workspace: Workspace, vote_round: VoteRound, votes: Sequence[Vote]) -> None:
    if vote_round.state == "open":
        quiet(
            f"{count(people_voted(votes), 'person has', 'people have')} voted. "
            "The count stays hidden until you close the vote."
        )
        if pressed(
            st.button,
            "Close the vote",
            type="primary",
            key=f"votes.close.{vote_round.id}",
        ):
            with workspace.editing(f"Close the vote: {vote_round.question}") as draft:
                close_round(draft, vote_round.id)
        _one_address(workspace, vote_round, votes)
        return
    _one_address(workspace, vote_round, votes)
    _result(workspace, vote_round, result_of(vote_round, votes))


def _one_address(
    workspace: Workspace, vote_round: VoteRound, votes: Sequence[Vote]
) -> None:
    """Tell the facilitator of dots that may all be one person's."""
    shared = dot_addresses.seen.shared(workspace.id, vote_round.id, votes)
    if not shared:
        return
    most = shared[0]
    more = (
        f" So did {count(len(shared) - 1, 'other address', 'other addresses')}."
        if shared[1:]
        else ""
    )
    st.warning(
        f"{count(most.dots, 'dot')} of {len(votes):,} came from one address, by a phone "
        f"that joined {most.phones:,} times or by {most.phones:,} phones on one connection; "
        f"each has {count(vote_round.dots, 'dot')}.{more} Ask in the room before you use "
        "this count; to count again, start a new vote.",
        icon=":material/ballot:",
    )


def _result(workspace: Workspace, vote_round: VoteRound, result: Result) -> None:
    """Say what came first, then list what has a dot; the rest is counted."""
    named = [
        (choice_words(workspace.programme, vote_round.about, option), dots)
        for option, dots in result.counts
    ]
    most = max((dots for _, dots in named), default=0)
    first = [f"“{name}”" for name, dots in named if dots == most > 0]
    if first:
        verb = "has" if len(first) == 1 else "have"
        say(f"{listed(first, limit=4)} {verb} most: {count(most, 'dot')}.")
    quiet(
        f"{count(result.people, 'person', 'people')} voted, "
        f"{count(vote_round.dots, 'dot')} each, {count(result.dots, 'dot')} in all."
    )
    table(
        [{"Choice": name, "Dots": dots} for name, dots in named if dots],
        alt=f"Result: {vote_round.question}",
    )
    without = [name for name, dots in named if not dots]
    if without:
        with st.expander(f"No dot: {count(len(without), 'choice')}"):
            say(listed(without))


def _new_round(workspace: Workspace, workshop: Workshop) -> None:
    section("Start a vote")
    about = st.selectbox(
        "On", list(_ABOUT), format_func=_ABOUT.__getitem__, key="votes.about", width=360
    )
    options = candidates(workspace.programme, workshop.id, about)
    form = workspace.fresh("votes.new")
    question = st.text_input(
        "Question", value="Which matter most here?", key=f"{form}.question"
    )
    chosen = st.multiselect(
        "Choices",
        options,
        default=options[:MOST_OPTIONS],
        format_func=lambda o: choice_words(workspace.programme, about, o),
        key=f"{form}.options.{about}.{len(options)}",
        select_all=False,
    )
    dots = st.number_input("Dots each", 1, MOST_DOTS, 5, key=f"{form}.dots", width=160)
    if len(chosen) > MOST_OPTIONS:
        quiet(
            f"More than {MOST_OPTIONS} choices cannot be read on a phone. Take some out."
        )
    ready = 2 <= len(chosen) <= MOST_OPTIONS
    if pressed(
        st.button, "Open the vote", type="primary", key="votes.open", disabled=not ready
    ):
        with workspace.editing(f"Open the vote: {question}", form="votes.new") as draft:
            _open(draft, workshop, question, about, chosen, int(dots))


def _open(
    draft: Programme,
    workshop: Workshop,
    question: str,
    about: str,
    options: Sequence[str],
    dots: int,
) -> None:
    start_round(
        draft, workshop.id, question=question, about=about, options=options, dots=dots
    )
    present = draft.find(Workshop, workshop.id)
    rooms = present.rooms if "vote" in present.rooms else (*present.rooms, "vote")
    draft.replace(replace(present, rooms=rooms, screen="vote"))


SCREEN = Screen(
    key="votes",
    title="Links and votes",
    place="workshop",
    icon=":material/how_to_vote:",
    draw=draw,
    position=20,
)
