"""A map that grew in a room: notes one by one, look-alikes merged, drawings, later edits."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import TYPE_CHECKING

from systemmap.bundled.examples import from_template
from systemmap.editing import canvas_acts
from systemmap.editing.merge_maps import merge_maps
from systemmap.editing.positions import give_places
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.values import Polarity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from systemmap.model.programme import Programme

THINGS = [
    "takeaways",
    "parks",
    "buses",
    "school dinners",
    "sleep",
    "rents",
    "shift work",
    "cycle lanes",
    "playgrounds",
    "adverts",
    "clubs",
    "allotments",
    "food banks",
    "screens",
    "cooking",
    "childcare",
    "street lights",
    "snacks",
    "waiting lists",
    "wages",
    "damp homes",
    "green space",
    "energy drinks",
    "pavements",
    "youth workers",
]
ABOUT = [
    "cost of {}",
    "too few {}",
    "{} near schools",
    "trust in {}",
    "time for {}",
    "feeling safe around {} after dark",
    "{}",
]


def grown(
    seed: int, *, tables: int = 6, notes: int = 15, drawings: int = 3, edits: int = 40
) -> Iterator[tuple[str, Programme]]:
    """Grow a programme's main map; yields what was done, and the programme, step by step."""
    chance = random.Random(seed)  # noqa: S311 - a seeded map, no secret
    draft = from_template("starter", "Testtown")
    give_places(draft)
    yield "template", draft
    for table in range(tables):
        for _ in range(notes):
            _note(draft, _words(chance))
        yield f"notes of table {table + 1}", draft
    for number in range(drawings):
        _drawing(draft, f"table-{number}", chance)
        yield f"drawing {number + 1}", draft
    for number in range(edits):
        yield _edit(draft, chance, number), draft


def _words(chance: random.Random) -> str:
    words = chance.choice(ABOUT).format(chance.choice(THINGS))
    return words[0].upper() + words[1:]


def _note(draft: Programme, label: str) -> None:
    """Accept a note; one that says the same as a factor is merged into it."""
    there = [f.id for f in draft.system_map().factors.values() if f.label == label]
    canvas_acts.add_factor(draft, "main", {"label": label})
    if there:
        new = list(draft.system_map().factors)[-1]
        canvas_acts.merge_two(draft, "main", {"keep": there[0], "drop": new})


def _drawing(draft: Programme, map_id: str, chance: random.Random) -> None:
    """Bring in a table's drawing: some known causes, some new, nearly all of it linked."""
    draft.add(MapVersion(id=map_id, name=map_id))
    known = chance.sample(sorted(draft.system_map().factors.values(), key=_id), 4)
    labels = [f.label for f in known] if map_id != "table-0" else []
    labels += [f"{_words(chance)}, {map_id}" for _ in range(7)]
    ids = [f"{map_id}-{at}" for at in range(len(labels))]
    for key, label in zip(ids, labels, strict=True):
        draft.add(Factor(map_id=map_id, id=key, label=label))
    pairs = list(pairwise(ids[:-1]))
    pairs += [tuple(chance.sample(ids[:-1], 2)) for _ in range(4)]
    for source, target in dict.fromkeys(pairs):
        sign = chance.choice((Polarity.SAME, Polarity.OPPOSITE))
        draft.add(Link(map_id=map_id, source=source, target=target, polarity=sign))
    merge_maps(draft, [map_id])
    give_places(draft)


def _id(factor: Factor) -> str:
    return factor.id


def _edit(draft: Programme, chance: random.Random, number: int) -> str:
    """Make one single edit of the kinds people make once a map stands."""
    system_map = draft.system_map()
    ids = sorted(system_map.factors)
    source, target = chance.sample(ids, 2)
    kind = number % 5
    if kind in (0, 2):
        canvas_acts.add_factor(draft, "main", {"label": _words(chance)})
        return "add a cause"
    if kind == 1 and (source, target) not in system_map.links:
        op = {"source": source, "target": target, "polarity": "+"}
        canvas_acts.add_link(draft, "main", op)
        return "draw a link"
    if kind == 3:
        new = {"id": source, "label": _words(chance)}
        canvas_acts.rename_factor(draft, "main", new)
        return "rename a cause"
    if kind == 4:
        themes = sorted({f.theme for f in system_map.factors.values() if f.theme})
        op = {"id": source, "theme": chance.choice(themes)}
        canvas_acts.set_theme(draft, "main", op)
        return "sort a cause"
    return "nothing"
