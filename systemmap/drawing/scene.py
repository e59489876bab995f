"""A map made ready to draw: boxes, lines and a key, as plain data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from systemmap.coverage.cover import RUNG_WORDS
from systemmap.drawing.geometry import Frame
from systemmap.drawing.layout.boxes import box_of
from systemmap.drawing.listed import listed_actions, listed_assets
from systemmap.drawing.placing import places_of
from systemmap.drawing.styles import (
    INK_SHARE,
    LINK_STYLES,
    WIDTHS,
    ThemeStyle,
    theme_styles,
)
from systemmap.model.plan import LocalTerm
from systemmap.model.values import Confidence, Polarity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.drawing.letters import Letter
    from systemmap.model.elements import Factor, Link
    from systemmap.model.programme import Programme
    from systemmap.model.system_map import SystemMap

MARGIN = 24.0

KEY_WORDS = {
    "slow": "works slowly",
    "strength": "thicker: stronger, as the group rated it",
    "ink": "darker: agreed by the group; lighter: stated",
    "action": "how many actions are listed for it",
    "asset": "how many assets help with it",
    "vote": "votes it had in the room",
    "pin": "kept in its place when the map is tidied",
    "R": "a loop that feeds itself (reinforcing)",
    "B": "a loop that pushes back (balancing)",
    "?": "a loop with a direction not agreed",
}
"""What the key says of every mark that has no vocabulary of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneBox:
    """One factor as drawn.

    `rung` None = cover was not asked for, or out of the grid. `votes` is what
    the votes layer draws: 0 = not asked for, or nobody voted on it.
    """

    id: str
    label: str
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float
    theme: str
    layer: str = ""
    rung: int | None = None
    actions: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    priority: int | None = None
    votes: int = 0
    pinned: bool = False

    @property
    def frame(self) -> Frame:
        """Where the box lies."""
        return Frame(self.x, self.y, self.width, self.height)


@dataclass(frozen=True, slots=True, kw_only=True)
class SceneLine:
    """One link as drawn. `style` is a key of `LINK_STYLES`; `ink` a share of 1."""

    source: str
    target: str
    style: str
    width: float
    ink: float
    slow: bool
    strength: str
    confidence: str
    directed: bool
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the key: what is drawn, and how it is said."""

    kind: str  # theme, link, slow, strength, ink, cover, layer
    key: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything a drawing needs, in the map's own order.

    `bounds` is left, top, right, bottom with a margin round the boxes. `letters`
    are those of short loops, when their layer was asked for.
    """

    map_id: str
    name: str
    boxes: tuple[SceneBox, ...]
    lines: tuple[SceneLine, ...]
    themes: tuple[ThemeStyle, ...]
    bounds: tuple[float, float, float, float]
    covered: bool = False
    letters: tuple[Letter, ...] = ()

    def box(self, factor_id: str) -> SceneBox:
        """Return the box of one factor."""
        return next(box for box in self.boxes if box.id == factor_id)

    def legend(self) -> list[Entry]:
        """Return the key: only what this drawing shows, in words."""
        return [
            *(Entry(kind="theme", key=t.key, words=t.name) for t in self.themes),
            *_link_entries(self.lines),
            *_cover_entries(self.boxes if self.covered else ()),
            *_layer_entries(self.boxes),
            *_letter_entries(self.letters),
        ]

    def data(self) -> dict[str, Any]:
        """Return the scene as plain data for JSON."""
        return asdict(self)


def scene_from(
    system_map: SystemMap,
    *,
    cover: Mapping[str, int] | None = None,
    names: Mapping[str, str] | None = None,
    actions: Mapping[str, tuple[str, ...]] | None = None,
    assets: Mapping[str, tuple[str, ...]] | None = None,
    positions: Mapping[str, tuple[float, float]] | None = None,
    votes: bool = False,
) -> Scene:
    """Make a map ready to draw.

    Parameters
    ----------
    system_map : SystemMap
        The map. It is not changed.
    cover : mapping, optional
        Rung of the cover ladder (0 to 4) by factor id. None = not asked for:
        nothing is then drawn as a gap. A factor left out is outside the grid.
    names : mapping, optional
        Names of the programme's own themes by key (`local_themes`).
    actions, assets : mapping, optional
        What is listed for each factor, in words, by factor id.
    positions : mapping, optional
        Middle of each box. Otherwise the places stored with the map, and a
        layout for factors that have none.
    votes : bool
        Whether to draw the votes each factor had.

    Returns
    -------
    Scene
        Boxes and links in the map's order.
    """
    where = positions or places_of(system_map)
    boxes = tuple(
        _box(factor, where[factor.id], cover, actions or {}, assets or {}, votes=votes)
        for factor in system_map.factors.values()
    )
    return Scene(
        map_id=system_map.id,
        name=system_map.version.name,
        boxes=boxes,
        lines=tuple(line_of(link) for link in system_map.links.values()),
        themes=tuple(theme_styles((box.theme for box in boxes), names).values()),
        bounds=bounds_of(boxes),
        covered=cover is not None,
    )


def programme_scene(
    programme: Programme,
    map_id: str = "main",
    *,
    cover: Mapping[str, int] | None = None,
) -> Scene:
    """Make one of a programme's maps ready to draw, with its actions and assets."""
    return scene_from(
        programme.system_map(map_id),
        cover=cover,
        names=local_themes(programme),
        actions=listed_actions(programme, map_id),
        assets=listed_assets(programme, map_id),
    )


def local_themes(programme: Programme) -> dict[str, str]:
    """Return the names of the themes a programme added, by key."""
    return {
        term.key: term.label
        for term in programme.all(LocalTerm).values()
        if term.vocabulary == "themes"
    }


def _box(
    factor: Factor,
    at: tuple[float, float],
    cover: Mapping[str, int] | None,
    actions: Mapping[str, tuple[str, ...]],
    assets: Mapping[str, tuple[str, ...]],
    *,
    votes: bool,
) -> SceneBox:
    return replace(
        box_at(factor, at),
        rung=(cover or {}).get(factor.id),
        actions=actions.get(factor.id, ()),
        assets=assets.get(factor.id, ()),
        priority=factor.priority,
        votes=(factor.priority or 0) if votes else 0,
        pinned=factor.pinned,
    )


def box_at(factor: Factor, at: tuple[float, float]) -> SceneBox:
    """Return a factor as a bare box: its words and size at a place, nothing on top."""
    size = box_of(factor.label)
    return SceneBox(
        id=factor.id,
        label=factor.label,
        lines=size.lines,
        x=round(at[0], 1),
        y=round(at[1], 1),
        width=size.width,
        height=size.height,
        theme=factor.theme,
        layer=factor.layer,
    )


def line_data(link: Link) -> dict[str, Any]:
    """Return a link as it is drawn, as a canvas needs it."""
    fields = asdict(line_of(link))
    directed = fields.pop("directed")
    return {**fields, "either_way": not directed}


def line_of(link: Link) -> SceneLine:
    """Return a link as it is drawn."""
    style = link_style(link)
    return SceneLine(
        source=link.source,
        target=link.target,
        style=style,
        width=WIDTHS[link.strength],
        # a direction that is not agreed is never made fainter still
        ink=INK_SHARE[link.confidence] if style in ("more", "less") else 1.0,
        slow=link.delay is True,
        strength=link.strength,
        confidence=link.confidence,
        directed=link.directed,
        reason=link.reason,
    )


def link_style(link: Link) -> str:
    """Return the key of a link's style: more, less, unknown or disputed."""
    if link.confidence is Confidence.DISPUTED:
        return "disputed"
    return {Polarity.SAME: "more", Polarity.OPPOSITE: "less"}.get(
        link.polarity, "unknown"
    )


def bounds_of(boxes: Iterable[SceneBox]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom with a margin round the boxes."""
    frames = [box.frame for box in boxes]
    if not frames:
        return (0.0, 0.0, 800.0, 500.0)
    return (
        min(f.x - f.width / 2 for f in frames) - MARGIN,
        min(f.y - f.height / 2 for f in frames) - MARGIN,
        max(f.x + f.width / 2 for f in frames) + MARGIN,
        max(f.y + f.height / 2 for f in frames) + MARGIN,
    )


def _link_entries(lines: Iterable[SceneLine]) -> list[Entry]:
    lines = list(lines)
    used = {line.style for line in lines}
    found = [
        Entry(kind="link", key=style.key, words=style.words)
        for style in LINK_STYLES.values()
        if style.key in used
    ]
    if any(line.slow for line in lines):
        found.append(_plain_entry("slow"))
    if {line.strength for line in lines} - {"unrated"}:
        found.append(_plain_entry("strength"))
    if len({line.confidence for line in lines if line.style != "disputed"}) > 1:
        found.append(_plain_entry("ink"))
    return found


def _plain_entry(kind: str) -> Entry:
    return Entry(kind=kind, key=kind, words=KEY_WORDS[kind])


def _layer_entries(boxes: Iterable[SceneBox]) -> list[Entry]:
    boxes = list(boxes)
    shown = {
        "action": any(box.actions for box in boxes),
        "asset": any(box.assets for box in boxes),
        "vote": any(box.votes for box in boxes),
    }
    return [
        Entry(kind="layer", key=key, words=KEY_WORDS[key])
        for key, there in shown.items()
        if there
    ]


def _letter_entries(letters: Iterable[Letter]) -> list[Entry]:
    used = {letter.words[0] for letter in letters}
    return [
        Entry(kind="loop", key=key, words=KEY_WORDS[key])
        for key in ("R", "B", "?")
        if key in used
    ]


def _cover_entries(boxes: Iterable[SceneBox]) -> list[Entry]:
    rungs = {box.rung for box in boxes}
    return [
        Entry(kind="cover", key=str(int(rung)), words=words)
        for rung, words in RUNG_WORDS.items()
        if rung in rungs
    ]
