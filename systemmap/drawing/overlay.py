"""A comparison laid over a map: new, gone, reworded, another direction, drawn by one only."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any

from systemmap.comparing.groups import compare_groups, matched_names
from systemmap.comparing.versions import compare_versions, find_merged
from systemmap.drawing.geometry import Frame
from systemmap.drawing.layout import place_new
from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.placing import places_of
from systemmap.drawing.scene import box_at, line_data, line_of
from systemmap.drawing.styles import LINK_STYLES, theme_styles
from systemmap.model.system_map import SystemMap
from systemmap.model.text import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.model.elements import Factor, Link

    Pair = tuple[str, str]

CLEAR = 12.0
"""Drawing units between something that is gone and a box that stands there now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlay:
    """What a canvas lays over a map to show a comparison.

    Attributes
    ----------
    sentence : str
        What was found, in one sentence.
    details : tuple[str, ...]
        The same as the picture, one sentence each: its text twin.
    words, short : Mapping[str, str]
        What each kind means, for the key and for the small flags. Kinds are
        "new", "gone", "reworded", "sign", "both" and "disputed".
    boxes, lines : Mapping[str, str]
        The kind by factor id, and by "source/target". What is not listed is
        the same on both sides.
    flags : Mapping[str, str]
        A flag of its own for some of them, such as "was +"; "" = none.
    gone_boxes, gone_lines : tuple[dict, ...]
        What this map does not have, as the canvas draws it; no box stands
        where another one does.
    themes : tuple[dict, ...]
        The styles of the themes of what is gone.
    """

    sentence: str
    details: tuple[str, ...] = ()
    words: Mapping[str, str]
    short: Mapping[str, str]
    boxes: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, str] = field(default_factory=dict)
    gone_boxes: tuple[dict[str, Any], ...] = ()
    gone_lines: tuple[dict[str, Any], ...] = ()
    themes: tuple[dict[str, Any], ...] = ()

    def data(self) -> dict[str, Any]:
        """Return what the canvas needs."""
        found = asdict(self)
        del found["details"]
        return found


def overlay_since(
    before: SystemMap,
    after: SystemMap,
    *,
    since: str,
    names: Mapping[str, str] | None = None,
) -> Overlay:
    """Lay what changed since an earlier version over the later one.

    Parameters
    ----------
    before, after : SystemMap
        Two versions of one map; factors are matched by id. Neither is changed.
    since : str
        When the earlier one is from, in words.
    names : mapping, optional
        Names of the programme's own themes by key.

    Returns
    -------
    Overlay
        A factor that was merged into another is gone, with the flag "merged".
    """
    found = compare_versions(before, after, since=since, names=names)
    old, new = before.factors, after.factors
    merged = find_merged(before, after)
    boxes = {
        **{key: "new" for key in new if key not in old},
        **{key: "gone" for key in old if key not in new},
        **{
            key: "reworded"
            for key in new
            if key in old and old[key].label != new[key].label
        },
    }
    pairs_gone = [pair for pair in before.links if pair not in after.links]
    signs = [
        pair
        for pair, link in after.links.items()
        if pair in before.links and _sign(link) != _sign(before.links[pair])
    ]
    lines = {
        **{_key(pair): "new" for pair in after.links if pair not in before.links},
        **{_key(pair): "gone" for pair in pairs_gone},
        **{_key(pair): "sign" for pair in signs},
    }
    ghosts = [old[key] for key in old if key not in new]
    ghost_links = [before.links[pair] for pair in pairs_gone]
    return Overlay(
        sentence=found.sentence,
        details=tuple(line for part in found.changed for line in part.sentences),
        words={
            "new": f"new since {since}",
            "gone": f"gone since {since}",
            "reworded": f"another name since {since}",
            "sign": f"another direction since {since}",
        },
        short={"new": "new", "gone": "gone", "reworded": "reworded", "sign": "was"},
        boxes=boxes,
        lines=lines,
        flags={
            **dict.fromkeys(merged, "merged"),
            **{_key(pair): f"was {_sign(before.links[pair])}" for pair in signs},
        },
        **_gone(after, ghosts, ghost_links, names),
    )


def overlay_beside(
    shown: SystemMap, other: SystemMap, *, names: Mapping[str, str] | None = None
) -> Overlay:
    """Lay another group's map over the one that is shown.

    Factors are matched by name (see `matched_names`). What only the other map
    has stands near what it is linked to. A link is compared only where both
    maps have its two factors. What only the shown map has is not marked, so
    that it fades: what the other one says stands out.
    """
    found = compare_groups(shown, other)
    here, there = matched_names(shown), matched_names(other)
    by_name = {name: key for key, name in reversed(here.items())}
    both = set(here.values()) & set(there.values())
    own_id = {key: by_name[name] for key, name in there.items() if name in both}
    taken = set(here)
    for key in there:
        if key not in own_id:
            own_id[key] = slug(f"{other.id} {key}", taken)
            taken.add(own_id[key])
    ghosts = [
        replace(other.factor(key), id=own_id[key], x=None, y=None)
        for key, name in there.items()
        if name not in both
    ]
    theirs = {(own_id[s], own_id[t]): link for (s, t), link in other.links.items()}
    missing = {
        (s, t): replace(link, source=s, target=t)
        for (s, t), link in theirs.items()
        if (s, t) not in shown.links and s != t
    }
    opposite = {(each.source, each.target) for each in found.disagreements}
    disputed = [(s, t) for s, t in shown.links if (here[s], here[t]) in opposite]
    shared = [key for key, name in here.items() if name in both]
    agreed = [pair for pair in shown.links if pair in theirs]
    return Overlay(
        sentence=_beside_sentence(shown, other, len(found.disagreements)),
        details=found.sentences,
        words={
            "both": "on both maps",
            "gone": f"only on “{other.version.name}”",
            "disputed": "drawn in opposite directions",
        },
        short={"both": "", "gone": "only there", "disputed": "±"},
        boxes={
            **dict.fromkeys(shared, "both"),
            **{factor.id: "gone" for factor in ghosts},
        },
        lines={
            **{_key(pair): "both" for pair in agreed},
            **{_key(pair): "gone" for pair in missing},
            **{_key(pair): "disputed" for pair in disputed},
        },
        **_gone(shown, ghosts, list(missing.values()), names),
    )


def _beside_sentence(shown: SystemMap, other: SystemMap, disagreements: int) -> str:
    names = f"“{shown.version.name}” and “{other.version.name}”"
    if not disagreements:
        return f"{names} do not disagree about the direction of any link both drew."
    noun = "link" if disagreements == 1 else "links"
    return f"{names} disagree about the direction of {disagreements} {noun}."


def _gone(
    shown: SystemMap,
    ghosts: list[Factor],
    links: list[Link],
    names: Mapping[str, str] | None,
) -> dict[str, Any]:
    """Return what is not on the map, placed so that it hides nothing that is."""
    where = _places(shown, ghosts, links)
    boxes = [box_at(factor, where[factor.id]) for factor in ghosts]
    themes = theme_styles({f.theme for f in (*shown.factors.values(), *ghosts)}, names)
    used = {factor.theme for factor in ghosts}
    return {
        "gone_boxes": tuple(asdict(box) for box in boxes),
        "gone_lines": tuple(line_data(link) for link in links),
        "themes": tuple(asdict(themes[key]) for key in themes if key in used),
    }


def _places(
    shown: SystemMap, ghosts: list[Factor], links: list[Link]
) -> dict[str, tuple[float, float]]:
    now = places_of(shown)
    present = [
        replace(factor, x=now[key][0], y=now[key][1], pinned=True)
        for key, factor in shown.factors.items()
    ]
    frames = [_frame(factor) for factor in present]
    placed: list[Factor] = []
    for ghost in ghosts:
        free = ghost.x is not None and not _clashes(_frame(ghost), frames)
        placed.append(ghost if free else replace(ghost, x=None, y=None))
        if free:
            frames.append(_frame(ghost))
    if all(ghost.x is not None for ghost in placed):
        return {g.id: (g.x or 0.0, g.y or 0.0) for g in placed}
    known = {factor.id for factor in (*present, *placed)}
    drawn = {(link.source, link.target): link for link in shown.links.values()}
    drawn |= {
        (link.source, link.target): link
        for link in links
        if {link.source, link.target} <= known
    }
    both = SystemMap(
        shown.version,
        [replace(factor, map_id=shown.id) for factor in (*present, *placed)],
        [replace(link, map_id=shown.id) for link in drawn.values()],
    )
    return place_new(both)


def _frame(factor: Factor) -> Frame:
    size = box_of(factor.label)
    return Frame(factor.x or 0.0, factor.y or 0.0, size.width, size.height)


def _clashes(frame: Frame, others: Iterable[Frame]) -> bool:
    return any(
        abs(frame.x - other.x) < (frame.width + other.width) / 2 + CLEAR
        and abs(frame.y - other.y) < (frame.height + other.height) / 2 + CLEAR
        for other in others
    )


def _key(pair: Pair) -> str:
    return f"{pair[0]}/{pair[1]}"


def _sign(link: Link) -> str:
    return LINK_STYLES[line_of(link).style].sign
