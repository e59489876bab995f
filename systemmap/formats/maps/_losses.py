"""What a map holds that a format cannot, counted and named before writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.model.response import Asset
from systemmap.model.values import Confidence, Influence, Polarity, Strength
from systemmap.model.workshop import Contribution

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from systemmap.model.elements import Factor, Link
    from systemmap.model.programme import Programme

FACTOR_ITEMS: Mapping[str, Callable[[Factor], bool]] = {
    "themes": lambda f: bool(f.theme),
    "layers": lambda f: bool(f.layer),
    "notes on factors": lambda f: bool(f.note),
    "tags": lambda f: bool(f.tags),
    "settings": lambda f: bool(f.settings),
    "populations": lambda f: bool(f.populations),
    "places": lambda f: bool(f.places),
    "indicators": lambda f: bool(f.indicators),
    "marks of local influence": lambda f: f.influence is not Influence.UNKNOWN,
    "factors marked out of scope": lambda f: not f.in_scope,
    "factors marked special to the area": lambda f: f.unique_to_area,
    "priorities": lambda f: f.priority is not None,
    "reference keys": lambda f: bool(f.reference_key),
    "original wordings": lambda f: bool(f.wordings),
    "mention counts": lambda f: bool(f.mentions),
    "positions": lambda f: f.x is not None or f.y is not None,
    "pins": lambda f: f.pinned,
    "other fields of factors": lambda f: bool(set(f.extra) - {"source_id", "implied"}),
}
LINK_ITEMS: Mapping[str, Callable[[Link], bool]] = {
    "links with no agreed sign": lambda k: k.polarity is Polarity.UNKNOWN,
    "disputed marks": lambda k: k.confidence is Confidence.DISPUTED,
    "agreed marks": lambda k: k.confidence is Confidence.AGREED,
    "delays": lambda k: k.delay is not None,
    "strengths": lambda k: k.strength is not Strength.UNRATED,
    "reasons": lambda k: bool(k.reason),
    "notes on links": lambda k: bool(k.note),
    "links without an arrowhead": lambda k: not k.directed,
    "two-headed links": lambda k: k.extra.get("direction") == "mutual",
    "mention counts of links": lambda k: bool(k.mentions),
    "statements behind links": lambda k: bool(k.claims),
    "other fields of links": lambda k: bool(set(k.extra) - {"direction", "sign_raw"}),
}
ALL_ITEMS = frozenset({*FACTOR_ITEMS, *LINK_ITEMS, "outcome"})


def losses_of(
    programme: Programme, map_id: str, *, carried: frozenset[str], how: str = ""
) -> tuple[str, ...]:
    """Return what of a map will not be in the file, with counts.

    Parameters
    ----------
    programme, map_id : Programme, str
        What is to be written. It is not changed.
    carried : frozenset[str]
        The items of `ALL_ITEMS` that the format holds.
    how : str
        What becomes of links with no agreed sign, for instance "left out".
    """
    system_map = programme.system_map(map_id)
    found: list[str] = []
    for name, has_factor in FACTOR_ITEMS.items():
        count = sum(map(has_factor, system_map.factors.values()))
        if count and name not in carried:
            found.append(f"{count} {name}")
    for name, has_link in LINK_ITEMS.items():
        count = sum(map(has_link, system_map.links.values()))
        if count and name not in carried:
            end = f" ({how})" if how and name == "links with no agreed sign" else ""
            found.append(f"{count} {name}{end}")
    if system_map.outcome and "outcome" not in carried:
        found.append("the mark on the outcome")
    return (*found, *_beside(programme, map_id))


def _beside(programme: Programme, map_id: str) -> list[str]:
    """Return what is not part of one map at all."""
    rows = {
        "actions": len(programme.actions),
        "assets": len(programme.all(Asset)),
        "notes": len(programme.all(Contribution)),
        "other maps": len([m for m in programme.maps if m != map_id]),
    }
    return [
        f"{count} {name} (not part of a map file)"
        for name, count in rows.items()
        if count
    ]
