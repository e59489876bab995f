"""How a fault test merges two factors of a draft: the plain way, links and dots moved over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.model.elements import Link
from systemmap.model.values import Confidence, Polarity
from systemmap.model.workshop import Vote

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def merge_factors(programme: Programme, keep: str, drop: str) -> None:
    """Make one factor of two: links and dots move over, opposite signs are disputed."""
    for link in list(programme.all(Link).values()):
        if drop in (link.source, link.target):
            programme.remove(Link, "/".join((link.map_id, link.source, link.target)))
            ends = [keep if end == drop else end for end in (link.source, link.target)]
            if ends[0] != ends[1]:
                _put_beside(programme, replace(link, source=ends[0], target=ends[1]))
    voters = {v.voter for v in programme.all(Vote).values() if v.choice == keep}
    for vote in list(programme.all(Vote).values()):
        if vote.choice == drop and vote.voter in voters:
            programme.remove(Vote, vote.id)
        elif vote.choice == drop:
            programme.replace(replace(vote, choice=keep))
    programme.remove_factor("main", drop)


def _put_beside(programme: Programme, link: Link) -> None:
    other = programme.all(Link).get("/".join((link.map_id, link.source, link.target)))
    if other is not None:
        link = replace(link, mentions=link.mentions + other.mentions)
        if other.polarity is not link.polarity:
            link = replace(
                link, polarity=Polarity.UNKNOWN, confidence=Confidence.DISPUTED
            )
    programme.put(link)
