"""Two factors or two links made one, keeping who said what and how often."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from systemmap.model.text import folded
from systemmap.model.values import (
    Claim,
    Confidence,
    Influence,
    Polarity,
    Strength,
    Wording,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.elements import Factor, Link

T = TypeVar("T")
_KNOWN = (Polarity.SAME, Polarity.OPPOSITE)
_OPPOSITE = {Polarity.SAME: Polarity.OPPOSITE, Polarity.OPPOSITE: Polarity.SAME}


def joined_link(kept: Link, other: Link) -> Link:
    """Return one link that stands for two statements about the same pair.

    Parameters
    ----------
    kept : Link
        Gives the ends.
    other : Link
        Says the same pair, perhaps in another direction.

    Returns
    -------
    Link
        Claims and counts of both. Opposite signs make it disputed, with an
        unknown polarity; so does a link that was disputed before. A known sign
        beside an unknown one stands. Ratings that differ are left open and
        noted.
    """
    polarity, disputed = _settled(kept, other)
    notes = [
        _differ("Strength", kept.strength, other.strength, unset=Strength.UNRATED),
        _differ("Delay", _delay(kept), _delay(other), unset=""),
    ]
    return replace(
        kept,
        polarity=polarity,
        confidence=_confidence(kept, other, disputed=disputed),
        strength=_agreed(kept.strength, other.strength, Strength.UNRATED),
        delay=_agreed(kept.delay, other.delay, None),
        directed=kept.directed or other.directed,
        mentions=kept.mentions + other.mentions,
        claims=(*claims_of(kept), *claims_of(other)),
        reason=joined_text(kept.reason, other.reason),
        note=joined_text(kept.note, other.note, *notes),
        extra={**other.extra, **kept.extra},
    )


def claims_of(link: Link) -> tuple[Claim, ...]:
    """Return what was said about a link; a link without claims says it itself."""
    if link.claims:
        return link.claims
    return (
        Claim(polarity=link.polarity, count=max(link.mentions, 1), reason=link.reason),
    )


def flipped_link(link: Link, flipped: str, label: str) -> Link:
    """Return a link as it reads once one of its ends was renamed to its opposite.

    `label` is the name before; claims keep it as the words that were said.
    """
    return replace(
        link,
        polarity=opposite(link.polarity),
        claims=tuple(
            replace(
                claim,
                polarity=opposite(claim.polarity),
                source_raw=claim.source_raw
                or (label if link.source == flipped else ""),
                target_raw=claim.target_raw
                or (label if link.target == flipped else ""),
            )
            for claim in link.claims
        ),
    )


def opposite(polarity: Polarity) -> Polarity:
    """Return the other direction; unknown stays unknown."""
    return _OPPOSITE.get(polarity, polarity)


def joined_factor(kept: Factor, other: Factor, label: str | None = None) -> Factor:
    """Return one factor that stands for two, with every wording as an alias.

    What the kept factor says stands; what it leaves open comes from the other.
    A note that both hold counts once.
    """
    same_name = folded(other.label) == folded(kept.label)
    said = other.wordings if same_name else wordings_of(other)
    held = {w.contribution_id for w in kept.wordings} - {""}
    again = [w for w in said if w.contribution_id in held]  # the very same note
    joined = replace(
        kept,
        theme=kept.theme or other.theme,
        layer=kept.layer or other.layer,
        influence=kept.influence
        if kept.influence is not Influence.UNKNOWN
        else other.influence,
        in_scope=kept.in_scope or other.in_scope,
        note=joined_text(kept.note, other.note),
        tags=_each_once(kept.tags, other.tags),
        settings=_each_once(kept.settings, other.settings),
        populations=_each_once(kept.populations, other.populations),
        places=_each_once(kept.places, other.places),
        indicators=_each_once(kept.indicators, other.indicators),
        unique_to_area=kept.unique_to_area or other.unique_to_area,
        reference_key=kept.reference_key or other.reference_key,
        wordings=(*kept.wordings, *(w for w in said if w not in again)),
        mentions=kept.mentions + max(0, other.mentions - sum(w.count for w in again)),
        x=other.x if kept.x is None else kept.x,
        y=other.y if kept.x is None else kept.y,
        extra={**other.extra, **kept.extra},
    )
    return renamed(joined, label or kept.label)


def renamed(factor: Factor, label: str) -> Factor:
    """Return a factor under another name; the name it had becomes an alias."""
    if folded(label) == folded(factor.label):
        return replace(factor, label=label)
    return replace(factor, label=label, wordings=wordings_of(factor))


def wordings_of(factor: Factor) -> tuple[Wording, ...]:
    """Return a factor's wordings with its own name among them.

    The name counts for the mentions that no wording accounts for.
    """
    if any(folded(w.text) == folded(factor.label) for w in factor.wordings):
        return factor.wordings
    counted = sum(wording.count for wording in factor.wordings)
    own = Wording(text=factor.label, count=max(factor.mentions - counted, 0))
    return (*factor.wordings, own)


def joined_text(*parts: str) -> str:
    """Return texts one after the other, each once, parted by a semicolon."""
    return "; ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def _settled(kept: Link, other: Link) -> tuple[Polarity, bool]:
    signs = {link.polarity for link in (kept, other)} & set(_KNOWN)
    before = Confidence.DISPUTED in (kept.confidence, other.confidence)
    if before or len(signs) > 1:
        return Polarity.UNKNOWN, True
    return (signs.pop() if signs else Polarity.UNKNOWN), False


def _confidence(kept: Link, other: Link, *, disputed: bool) -> Confidence:
    if disputed:
        return Confidence.DISPUTED
    either = (kept.confidence, other.confidence)
    return Confidence.AGREED if Confidence.AGREED in either else Confidence.STATED


def _agreed(one: T, other: T, unset: T) -> T:
    if one == other or other == unset:
        return one
    return other if one == unset else unset


def _differ(noun: str, one: str, other: str, *, unset: str) -> str:
    if one == other or unset in (one, other):
        return ""
    return f"{noun} was given as {one} and as {other} before merging"


def _delay(link: Link) -> str:
    return "" if link.delay is None else "slow" if link.delay else "not slow"


def _each_once(*groups: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for group in groups for value in group))
