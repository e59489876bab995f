"""Maps drawn by rule or by seeded chance, for tests and benchmarks."""

import random
from itertools import pairwise

from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Polarity


def generated_map(factors: int, links: int, *, seed: int = 1, themes: int = 7):
    """Draw a map by chance: equal themes, 72 % of the links inside a theme."""
    chance = random.Random(seed)  # noqa: S311 - a seeded map, no secret
    names = [f"factor-{i:04d}" for i in range(factors)]
    theme = {name: f"theme-{i % themes}" for i, name in enumerate(names)}
    groups = [names[i::themes] for i in range(themes)]
    system_map = SystemMap(
        MapVersion(id="main", name="Generated", outcome=names[0]),
        [Factor(id=n, label=_label(n, chance), theme=theme[n]) for n in names],
    )
    while len(system_map.links) < links:
        source = chance.choice(names)
        inside = chance.random() < 0.72
        group = groups[names.index(source) % themes] if inside else names
        pair = (source, chance.choice(group))
        if pair[0] == pair[1] or pair in system_map.links:
            continue
        if not inside and theme[pair[0]] == theme[pair[1]]:
            continue
        sign = chance.choices(list(Polarity), weights=(65, 33, 2))[0]
        system_map.add_link(Link(source=pair[0], target=pair[1], polarity=sign))
    return system_map


def _label(name, chance):
    words = ["Cost", "of", "healthy", "food", "Access", "to", "green", "space", "Time"]
    return f"{' '.join(chance.sample(words, chance.randint(2, 5)))} {name[-4:]}"


def chain(count: int) -> SystemMap:
    """One long line of factors, the last of them the outcome."""
    names = [f"f{i:04d}" for i in range(count)]
    return SystemMap(
        MapVersion(id="main", name="Chain", outcome=names[-1]),
        [Factor(id=name, label=name) for name in names],
        [Link(source=a, target=b, polarity=Polarity.SAME) for a, b in pairwise(names)],
    )


def complete(count: int) -> SystemMap:
    """A map in which every factor acts on every other."""
    names = [f"f{i:02d}" for i in range(count)]
    return SystemMap(
        MapVersion(id="main", name="Complete", outcome=names[0]),
        [Factor(id=name, label=name) for name in names],
        [
            Link(source=a, target=b, polarity=Polarity.OPPOSITE)
            for a in names
            for b in names
            if a != b
        ],
    )


def shuffled(system_map: SystemMap, seed: int = 5) -> SystemMap:
    """The same map with its factors and links added in another order."""
    chance = random.Random(seed)  # noqa: S311 - a seeded map, no secret
    factors = list(system_map.factors.values())
    links = list(system_map.links.values())
    chance.shuffle(factors)
    chance.shuffle(links)
    return SystemMap(system_map.version, factors, links)


def keep_causes(programme, count: int, *also: str, map_id: str = "main") -> None:
    """Take all but a map's first causes, its outcome and some more off a programme."""
    drawn = programme.system_map(map_id)
    kept = {*list(drawn.factors)[:count], drawn.outcome, *also}
    for key in list(drawn.factors):
        if key not in kept:
            programme.remove_factor(map_id, key)
