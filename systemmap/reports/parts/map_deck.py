"""The map as a deck: an overview, a slide a theme or saved view, the whole as a picture."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, TypeAlias

from systemmap.drawing.listed import cover_words
from systemmap.drawing.picture import draw, png_from
from systemmap.drawing.story import saved_views
from systemmap.drawing.styles import LINK_STYLES
from systemmap.drawing.view import view_of
from systemmap.drawing.words import link_sentence, map_in_words
from systemmap.language.phrases import counted
from systemmap.reports.parts.deck_overview import draw_overview
from systemmap.reports.parts.deck_parts import (
    MOST_OWN,
    TEXT,
    parts_of,
)
from systemmap.reports.parts.deck_shapes import box, join
from systemmap.reports.parts.facts import Facts, tidy
from systemmap.reports.parts.slide_key import draw_key
from systemmap.reports.parts.slides import (
    describe,
    dress,
    new_deck,
    note,
    saved,
    text_box,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from systemmap.drawing.scene import Scene
    from systemmap.drawing.words import ThemeWords
    from systemmap.model.programme import Programme
    from systemmap.reports.parts.deck_parts import MapPart
    from systemmap.reports.parts.document import Order
    from systemmap.reports.parts.slides import Deck, Sheet

Part: TypeAlias = Any  # python-pptx is untyped

MOST_IN_A_VIEW = 3 * MOST_OWN  # causes; a larger view is the map again


def map_deck(programme: Programme, order: Order) -> bytes:
    """Return the map as a deck that is read from the back row."""
    facts = Facts(programme, order)
    scene = facts.scene
    caption = facts.caption
    deck = new_deck(
        title=f"{facts.place}: {caption.title}", at=order.at, template=order.template
    )
    size = deck.letters(TEXT)
    first = deck.page(caption.title)
    said = f"{facts.place} · {tidy(facts.map.version.name)} · as at {facts.day}"
    if scene.boxes:
        words = draw_overview(deck, first, facts, scene)
        told = map_in_words(scene, cover_words(programme, order.map_id, today=order.at))
        spoken = {f.id: tidy(" ".join(f.sentences)) for t in told for f in t.factors}
        note(first, "\n".join((said, words, *facts.closing)))
        for name, parts in _named_parts(facts, scene, size):
            for part in parts:
                _draw_part(deck, facts, scene, name, part, spoken)
        svg = draw(scene, caption, paper="slide")
        _picture(deck, caption.title, svg, told)
    else:
        text_box(first, (0.4, 1.2, 12.5, 1.0), (said,), size=max(16, size))
        note(first, "\n".join((said, *facts.closing)))
    _about(deck, facts, (said, *_whole_views(facts)))
    return saved(deck)


def _named_parts(
    facts: Facts, scene: Scene, size: float
) -> list[tuple[str, tuple[MapPart, ...]]]:
    """Return what gets slides of its own: each theme, then each saved view."""
    found = [
        (
            tidy(theme.name),
            parts_of(
                scene,
                [b.id for b in scene.boxes if b.theme == theme.key],
                size=size,
            ),
        )
        for theme in scene.themes
    ]
    for name, shown in _views(facts):
        if 0 < len(shown) <= MOST_IN_A_VIEW:
            kept = set(shown)
            part = replace(
                scene,
                lines=tuple(x for x in scene.lines if {x.source, x.target} & kept),
            )
            found.append((f"View “{name}”", parts_of(part, shown, size=size)))
    return found


def _views(facts: Facts) -> list[tuple[str, list[str]]]:
    """Return the saved views of the map, each with the causes it shows."""
    return [
        (
            tidy(step.name),
            list(
                view_of(
                    facts.programme,
                    step.choice,
                    at=facts.order.at,
                    notices=facts.notices,
                    analysis=facts.analysis,
                ).system_map.factors
            ),
        )
        for step in saved_views(facts.programme, facts.order.map_id)
    ]


def _whole_views(facts: Facts) -> Iterator[str]:
    """Say which saved views have no slide of their own, and why."""
    for name, shown in _views(facts):
        if len(shown) > MOST_IN_A_VIEW:
            yield (
                f"The view “{name}” has no slide of its own: it shows {len(shown)} causes, "
                f"more than the {MOST_IN_A_VIEW} that can be read; the slides by theme hold them."
            )
        elif not shown:
            yield f"The view “{name}” has no slide of its own: it shows no cause."


def _draw_part(
    deck: Deck,
    facts: Facts,
    scene: Scene,
    name: str,
    part: MapPart,
    said: Mapping[str, str],
) -> None:
    boxes = {b.id: b for b in scene.boxes}
    own = [boxes[spot.id] for spot in part.own]
    bare = sum(b.rung == 0 for b in own)
    several = f" ({part.number} of {part.of})" if part.of > 1 else ""
    finding = f", {bare} with no action listed" if bare else ""
    sheet = deck.page(f"{name}{several}: {counted(len(own), 'cause')}{finding}")
    size = deck.letters(TEXT)
    themes = {theme.key: theme for theme in scene.themes}
    shapes = {}
    for spot in part.spots:
        found = boxes[spot.id]
        theme = themes[found.theme]
        label = tidy(spot.words) + ("" if spot.own else f" ({theme.code})")
        shapes[spot.id] = box(
            sheet,
            (spot.left, spot.top, spot.wide, spot.high),
            ((label, spot.own),),
            theme,
            name=tidy(found.label),
            alt=f"{tidy(found.label)}, {tidy(theme.name)}. {said[spot.id]}",
            size=size,
            filled=spot.own,
            dotted=found.rung == 0,
        )
    _arrows(sheet, part, {b.id: b.label for b in scene.boxes}, shapes)
    draw_key(
        sheet,
        part.lines,
        dotted=any(boxes[s.id].rung == 0 for s in part.spots),
        more=len(part.left_out),
        size=size,
    )
    note(sheet, _notes(facts, part, boxes, said))


def _arrows(
    sheet: Sheet, part: MapPart, names: dict[str, str], shapes: Mapping[str, Part]
) -> None:
    first = next(iter(shapes.values()))
    for line in part.lines:
        arrow = join(sheet, shapes[line.source], shapes[line.target], behind=first)
        width = (0.75 + 0.5 * line.width) * sheet.factor
        dress(arrow, LINK_STYLES[line.style], width=width, ink=line.ink)
        describe(arrow, tidy(link_sentence(line, names)))
        arrow.name = tidy(f"{names[line.source]} to {names[line.target]}")


def _notes(
    facts: Facts, part: MapPart, boxes: Mapping[str, Any], said: Mapping[str, str]
) -> str:
    lines = [f"{tidy(boxes[s.id].label)}. {said[s.id]}" for s in part.own]
    if part.left_out:
        names = "; ".join(map(tidy, part.left_out))
        lines.append(f"Also linked, not on the slide: {names}.")
    return "\n".join((*lines, facts.source))


def _picture(deck: Deck, title: str, svg: str, told: list[ThemeWords]) -> None:
    """Put the whole map on a page of its own, from edge to edge."""
    sheet = deck.page("The whole map as a picture", hidden=True)
    image = png_from(svg, width=2400)
    picture = sheet.page.shapes.add_picture(BytesIO(image), 0, 0)
    wide, high = deck.deck.slide_width, deck.deck.slide_height
    scale = min(wide / picture.width, high / picture.height)
    picture.width, picture.height = (
        round(picture.width * scale),
        round(picture.height * scale),
    )
    picture.left, picture.top = (
        (wide - picture.width) // 2,
        (high - picture.height) // 2,
    )
    picture.name = "Map"
    describe(
        picture,
        f"{title} The whole map as a picture; the slides before hold it theme by theme, the notes in words.",
    )
    lines = []
    for theme in told:
        lines.append(theme.heading)
        lines += [f"{f.label}. {' '.join(f.sentences)}" for f in theme.factors]
    note(sheet, tidy("\n".join(lines)))


def _about(deck: Deck, facts: Facts, said: tuple[str, ...]) -> None:
    sheet = deck.page("Where these slides come from")
    size = max(16, deck.letters(TEXT))
    text_box(sheet, (0.4, 1.2, 12.5, 5.0), (*said, *facts.closing), size=size)
    note(sheet, "\n".join((*said, *facts.closing)))
