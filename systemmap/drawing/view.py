"""A part of a map made ready to look at: around one factor, some themes, some layers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.coverage.cover import RUNG_WORDS, Rung
from systemmap.drawing.caption import caption_of
from systemmap.drawing.letters import loop_letters
from systemmap.drawing.listed import listed_actions, listed_assets, rungs
from systemmap.drawing.placing import places_of
from systemmap.drawing.said_by import said_by, tables_of
from systemmap.drawing.scene import link_style, local_themes, scene_from
from systemmap.drawing.styles import LINK_STYLES
from systemmap.language.menu_words import term_name, theme_name
from systemmap.language.phrases import counted, listed
from systemmap.model.system_map import SystemMap

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from systemmap.drawing.caption import Caption
    from systemmap.drawing.scene import Scene
    from systemmap.model.elements import Link
    from systemmap.model.programme import Programme

LAYERS = ("gaps", "actions", "assets", "votes", "loops")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What somebody asked to see of a map.

    Attributes
    ----------
    map_id : str
        Which map.
    focus, steps : str, int
        Only what lies within so many links of this factor; "" = everything.
    themes : tuple[str, ...]
        Only these themes; empty = all.
    determinants : tuple[str, ...]
        Only factors in these layers of the wider determinants (keys of the
        vocabulary ``layers``, "" = not sorted); empty = all.
    styles, agreed : tuple[str, ...]
        Only links drawn in these styles (see `LINK_STYLES`), or agreed in
        these words (`Confidence`); empty = all.
    rungs : tuple[int, ...]
        Only factors on these rungs of the cover ladder; empty = all.
    tables : tuple[str, ...]
        Only what these tables said (see `said_by`); empty = all.
    hide : bool
        Whether a canvas takes the rest away; otherwise it fades it. A picture
        never shows the rest.
    layers : tuple[str, ...]
        Of `LAYERS`: what is drawn on top of factors and links.
    """

    map_id: str = "main"
    focus: str = ""
    steps: int = 2
    themes: tuple[str, ...] = ()
    determinants: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    rungs: tuple[int, ...] = ()
    tables: tuple[str, ...] = ()
    hide: bool = False
    layers: tuple[str, ...] = ("gaps",)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The chosen part: as a scene, as a map, and what it shows in one sentence."""

    scene: Scene
    caption: Caption
    analysis: MapAnalysis

    @property
    def system_map(self) -> SystemMap:
        """The chosen part as a map of its own."""
        return self.analysis.system_map


def view_of(
    programme: Programme,
    choice: Choice,
    *,
    at: date,
    notices: Iterable[str],
    analysis: MapAnalysis | None = None,
) -> View:
    """Return the chosen part of a map; every factor stays where it is on the whole.

    Parameters
    ----------
    programme : Programme
        Whose map to show. It is not changed.
    choice : Choice
        Which map, and which part of it.
    at : date
        The day against which actions are read.
    notices : iterable of str
        Licence words of the map and of what was borrowed for it.
    analysis : MapAnalysis | None
        The whole map's analysis, when the caller has it.

    Raises
    ------
    UnknownItem
        No such map, or no such factor to focus on.
    """
    analysis = analysis or MapAnalysis(programme.system_map(choice.map_id))
    whole = analysis.system_map
    cover = rungs(programme, choice.map_id, today=at)
    part = _part(analysis, choice, cover or {})
    shown = analysis if part == whole else MapAnalysis(part)
    scene = scene_from(
        part,
        cover=cover if "gaps" in choice.layers else None,
        names=local_themes(programme),
        actions=listed_actions(programme, choice.map_id)
        if "actions" in choice.layers
        else None,
        assets=listed_assets(programme, choice.map_id)
        if "assets" in choice.layers
        else None,
        positions=places_of(whole),
        votes="votes" in choice.layers,
    )
    if "loops" in choice.layers:
        frames = {box.id: box.frame for box in scene.boxes}
        scene = replace(scene, letters=loop_letters(shown, frames))
    caption = replace(
        caption_of(programme, scene, at=at, notices=notices),
        part=part_words(programme, choice),
    )
    if choice.focus:
        caption = replace(caption, title=_around(analysis, choice))
    return View(scene=scene, caption=caption, analysis=shown)


def part_words(programme: Programme, choice: Choice) -> str:
    """Say which filters leave something out; "" = none does.

    Examples
    --------
    >>> from systemmap.testing import programme_of
    >>> part_words(programme_of(), Choice(styles=("unknown",), themes=("schools",)))
    'Only a part is shown: themes “Schools and early years”; links: “direction not agreed”.'
    """
    tables = tables_of(programme, choice.map_id) if choice.tables else {}
    said = (
        ("themes", [_theme_words(programme, key) for key in choice.themes]),
        ("layers", [_layer_words(programme, key) for key in choice.determinants]),
        ("causes with:", [RUNG_WORDS[Rung(rung)] for rung in choice.rungs]),
        ("links:", [LINK_STYLES[key].words for key in choice.styles]),
        ("links that are", [str(word) for word in choice.agreed]),
        ("said by", [tables.get(key, key) for key in choice.tables]),
    )
    parts = [f"{words} {listed(names, limit=9)}" for words, names in said if names]
    return f"Only a part is shown: {'; '.join(parts)}." if parts else ""


def _theme_words(programme: Programme, key: str) -> str:
    return theme_name(programme, key) if key else "not sorted"


def _layer_words(programme: Programme, key: str) -> str:
    return term_name(programme, "layers", key) if key else "not sorted"


def _part(analysis: MapAnalysis, choice: Choice, cover: Mapping[str, int]) -> SystemMap:
    whole = analysis.system_map
    kept = set(whole.factors)
    if choice.focus:
        kept &= set(analysis.nearby(choice.focus, within=choice.steps))
    if choice.themes:
        kept &= {
            f.id
            for f in whole.factors.values()
            if f.theme in choice.themes or f.id == choice.focus
        }
    if choice.determinants:
        kept &= {f.id for f in whole.factors.values() if f.layer in choice.determinants}
    if choice.rungs:
        kept &= {key for key, rung in cover.items() if rung in choice.rungs}
    said = said_by(whole, choice.tables) if choice.tables else None
    if said:
        kept &= said.factors
    return SystemMap(
        whole.version,
        [factor for factor in whole.factors.values() if factor.id in kept],
        [
            link
            for pair, link in whole.links.items()
            if set(pair) <= kept
            and _is_drawn(link, choice)
            and (said is None or pair in said.links)
        ],
    )


def _is_drawn(link: Link, choice: Choice) -> bool:
    styled = not choice.styles or link_style(link) in choice.styles
    return styled and (not choice.agreed or link.confidence in choice.agreed)


def _around(analysis: MapAnalysis, choice: Choice) -> str:
    label = analysis.system_map.factor(choice.focus).label
    steps = "one step" if choice.steps == 1 else f"{_NUMBERS[choice.steps]} steps"
    others = len(analysis.nearby(choice.focus, within=choice.steps)) - 1
    return f"{counted(others, 'cause')} {'lies' if others == 1 else 'lie'} within {steps} of “{label}”."


_NUMBERS = {1: "one", 2: "two", 3: "three", 4: "four"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A still drawing without furniture, and what it shows in a sentence."""

    svg: str
    says: str


def picture_of(view: View, *, dark: bool = False) -> Picture:
    """Return a view drawn small, as the Map place shows it, for a light or dark screen."""
    from systemmap.drawing.framed import shown_on_screen
    from systemmap.drawing.picture import map_only
    from systemmap.drawing.placed import placed_on
    from systemmap.drawing.styles import DARK, FONT, LIGHT
    from systemmap.drawing.svg import element, number

    scene = shown_on_screen(view.scene)
    left, top, right, bottom = placed_on(scene).bounds
    box = " ".join(number(n) for n in (left, top, right - left, bottom - top))
    roles = DARK if dark else LIGHT
    size = {"width": right - left, "height": bottom - top}
    ground = element("rect", x=left, y=top, fill=roles.ground, **size)
    drawn = element(
        "svg",
        ground,
        map_only(scene, roles),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        font_family=f"'{FONT}',sans-serif",
    )
    return Picture(drawn, view.caption.title)
