"""What becomes of each kind of value in each map format, found out by writing one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from systemmap.formats import FORMATS
from systemmap.formats.maps._losses import FACTOR_ITEMS, LINK_ITEMS
from systemmap.model.elements import Link
from systemmap.model.response import Action
from systemmap.model.values import (
    Claim,
    Confidence,
    Influence,
    Polarity,
    Strength,
    Wording,
)
from systemmap.testing import map_from, programme_of

if TYPE_CHECKING:
    from systemmap.formats.format import Format
    from systemmap.model.programme import Programme

_OUTCOME = "the mark on the outcome"
ITEMS = (*FACTOR_ITEMS, *LINK_ITEMS, _OUTCOME)


@cache
def rich_programme() -> Programme:
    """A map in which every field of every factor and link says something."""
    system_map = map_from(
        "stress -> snacking +\n snacking -> weight - (delay)\n weight -> stress ?\n sleep -> stress -"
    )
    system_map.version = replace(system_map.version, outcome="weight")
    for n, factor in enumerate(list(system_map.factors.values()), 1):
        system_map.replace_factor(
            replace(
                factor,
                theme="schools",
                layer="living_working",
                note=f"Note {n}",
                tags=("a", "b"),
                settings=("school",),
                populations=("children",),
                places=("north",),
                indicators=("i-1",),
                influence=Influence.LOCAL,
                in_scope=False,
                unique_to_area=True,
                priority=n,
                reference_key="stress",
                wordings=(Wording(text="in their words"),),
                mentions=n,
                x=10.0 * n,
                y=-7.0 * n,
                pinned=True,
                extra={"columns": {"Source": "Survey"}},
            )
        )
    for link in list(system_map.links.values()):
        system_map.replace_link(
            replace(
                link,
                strength=Strength.MEDIUM,
                confidence=Confidence.AGREED,
                reason="Because",
                note="A note",
                mentions=2,
                extra={"columns": {"Source": "Survey"}},
            )
        )
    sides = tuple(Claim(polarity=p) for p in (Polarity.SAME, Polarity.OPPOSITE))
    system_map.replace_link(
        replace(
            system_map.link("sleep", "stress"),
            polarity=Polarity.UNKNOWN,
            confidence=Confidence.DISPUTED,
            claims=sides,
        )
    )
    system_map.add_link(Link(source="sleep", target="weight", directed=False))
    for pair in (("stress", "sleep"), ("snacking", "sleep"), ("sleep", "snacking")):
        if pair not in system_map.links:
            system_map.add_link(
                Link(
                    source=pair[0],
                    target=pair[1],
                    polarity=Polarity.SAME,
                    extra={"direction": "mutual"} if "snacking" in pair else {},
                )
            )
    programme = programme_of(system_map)
    programme.add(Action(id="walk", title="Walking group"))
    return programme


def carried_by(fmt: Format) -> dict[str, bool]:
    """Return of each kind of value whether the file holds it: what is lost, the writer names."""
    assert fmt.write is not None
    drawn = rich_programme().system_map()
    for items, there in ((FACTOR_ITEMS, drawn.factors), (LINK_ITEMS, drawn.links)):
        for name, has in items.items():
            assert any(map(has, there.values())), f"The map has no {name}"
    losses = fmt.write(rich_programme(), "main").losses
    named = {loss.partition(" (")[0].lstrip("0123456789 ") for loss in losses}
    return {item: item not in named for item in ITEMS}


def page() -> str:
    """Return the table as Markdown."""
    shown = [
        fmt
        for fmt in FORMATS.values()
        if fmt.read and fmt.write and (fmt.holds == "map" or fmt.lossless)
    ]
    found = {fmt.key: carried_by(fmt) for fmt in shown}
    rows = [
        f"| {item} | "
        + " | ".join("kept" if found[fmt.key][item] else "–" for fmt in shown)
        + " |"
        for item in ITEMS
    ]
    heading = f"| A map's | {' | '.join(fmt.title for fmt in shown)} |"
    return "\n".join([heading, "|---" * (len(shown) + 1) + "|", *rows])
