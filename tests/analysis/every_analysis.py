"""Every analysis there is, each as a question to one programme.

Whatever stands in a registry (measures, checks, gap rules) is here by itself;
anything else is added by hand, with the name a person would know it by.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256

from systemmap.analysis.checks import CHECKS
from systemmap.analysis.effects import outcome_effects
from systemmap.analysis.four_boxes import four_boxes
from systemmap.analysis.importance import find_importance
from systemmap.analysis.lookalikes import find_lookalikes
from systemmap.analysis.loops import find_loops, shortest_loops
from systemmap.analysis.loops.sentences import loop_sentence
from systemmap.analysis.loops.touching import actions_on
from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.analysis.measures import MEASURES
from systemmap.analysis.pathways import between, downstream, upstream
from systemmap.analysis.pathways.recipes import Build, Recipe
from systemmap.analysis.pathways.sub_maps import sub_map
from systemmap.analysis.pushes import what_if
from systemmap.analysis.reach_plan import plan_reach
from systemmap.comparing.consequences import find_consequences
from systemmap.comparing.groups import agreement_on_links, compare_groups
from systemmap.comparing.versions import compare_versions
from systemmap.coverage.balance import find_layer_balance, find_scale_balance
from systemmap.coverage.building_on import Recommender
from systemmap.coverage.cover import find_coverage
from systemmap.coverage.groups_reached import find_reach
from systemmap.drawing.layout import place
from systemmap.errors import InvalidValue
from systemmap.gaps import find_gaps
from systemmap.gaps.runs import compare_gap_runs, gap_run_from
from systemmap.model.people import Population
from systemmap.model.response import Action, ActionFactor, Asset, AssetFactor
from systemmap.model.values import Influence, Polarity
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import chain, complete, generated_map

TODAY = date(2026, 11, 21)
KEPT_AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
LAYOUT = "layout on screen"
DRAWN = {
    "60/180": lambda: generated_map(60, 180),
    "108/304": lambda: generated_map(108, 304),
    "108/600": lambda: generated_map(108, 600),
    "K15": lambda: complete(15),
    "chain of 600": lambda: chain(600),  # 2,000 has a test of its own
}
STATUSES = ("proposed", "booked", "ongoing", "ongoing", "paused", "complete")


def acted_on(drawn):
    """Return a programme that acts on a map: 100 actions, 25 assets, three groups."""
    draw = random.Random(7)  # noqa: S311 - invented data, not a secret
    drawn = drawn.copy(replace(drawn.version, id="main"))
    for factor in list(drawn.factors.values()):
        drawn.replace_factor(replace(factor, influence=Influence.LOCAL))
    names = sorted(drawn.factors)
    actions = [
        Action(
            id=f"a{n:03d}",
            title=f"Action {n}",
            status=draw.choice(STATUSES),
            owners=(f"Partner {n % 9}",),
        )
        for n in range(100)
    ]
    assets = [Asset(id=f"s{n:02d}", name=f"Asset {n}") for n in range(25)]
    tied = sorted({(a.id, draw.choice(names)) for a in actions for _ in range(2)})
    helped = sorted({(a.id, draw.choice(names)) for a in assets})
    return programme_of(
        drawn,
        *(Population(id=f"p{n}", name=f"Group {n}") for n in range(3)),
        *actions,
        *assets,
        *(ActionFactor(action_id=a, factor_id=f) for a, f in tied),
        *(AssetFactor(asset_id=a, factor_id=f) for a, f in helped),
    )


def a_year_later(programme):
    """Return the programme with every seventh link turned round in sign, and one action more."""
    later = programme.copy()
    drawn = later.system_map()
    names = [name for name in sorted(drawn.factors) if name != drawn.outcome]
    for pair in sorted(drawn.links)[::7]:
        link = drawn.link(*pair)
        turned = (
            Polarity.SAME if link.polarity is Polarity.OPPOSITE else Polarity.OPPOSITE
        )
        later.replace(replace(link, polarity=turned))
    later.add(
        Action(id="new", title="New action", status="ongoing"),
        ActionFactor(action_id="new", factor_id=names[0]),
    )
    return later


def _ends(programme):
    drawn = programme.system_map()
    return min(drawn.factors), drawn.outcome


def _loops(programme, length):
    drawn = programme.system_map()
    found = find_loops(drawn, length)
    said = [loop_sentence(loop, drawn) for loop in found.loops[:200]]
    touched = [actions_on(programme, loop) for loop in found.loops[:20]]
    return found, said, touched


def _shortest(programme):
    return sorted(shortest_loops(programme.system_map()).items())


def _routes(programme):
    start, outcome = _ends(programme)
    drawn = programme.system_map()
    return (
        list(upstream(drawn, outcome, within=3).items()),
        list(downstream(drawn, start, within=3).items()),
        between(drawn, start, outcome),
    )


def _recipes(programme):
    start, outcome = _ends(programme)
    drawn = programme.system_map()
    return [
        sub_map(drawn, Recipe(starts=(start, outcome), build=build, ends=(outcome,)))
        for build in Build
    ]


def _what_if(programme):
    start, _ = _ends(programme)
    return list(what_if(programme.system_map(), {start: 1.0}).items())


def _recommended(programme):
    coverage = find_coverage(programme, today=TODAY)
    recommender = Recommender(programme, coverage)
    return [recommender.suggest(key) for key in sorted(programme.system_map().factors)]


def _balance(programme):
    coverage = find_coverage(programme, today=TODAY)
    return (
        find_layer_balance(programme, coverage),
        find_scale_balance(programme, coverage),
    )


def _inequality(programme):
    return find_reach(programme, find_coverage(programme, today=TODAY))


def _groups(programme):
    one, other = programme.system_map(), a_year_later(programme).system_map()
    return compare_groups(one, other), agreement_on_links([one, other])


def _dates(programme):
    later = a_year_later(programme)
    return (
        compare_versions(programme.system_map(), later.system_map(), since="last year"),
        find_consequences(programme, later, today=TODAY),
    )


def _gap_runs(programme):
    runs = [
        gap_run_from(find_gaps(each, today=TODAY), f"run-{n}", KEPT_AT)
        for n, each in enumerate((programme, a_year_later(programme)))
    ]
    return compare_gap_runs(*runs)


def _measured(programme, measure):
    """Return the values, or the sentence that says why they were not counted."""
    try:
        return list(measure.values(programme.system_map()).items())
    except InvalidValue as refusal:
        return str(refusal)


ANALYSES = {
    "loops up to 6": lambda p: _loops(p, 6),
    "loops up to 8": lambda p: _loops(p, 8),
    "shortest loop of each factor": _shortest,
    "upstream, downstream, between": _routes,
    "sub-map recipes": _recipes,
    "importance": lambda p: find_importance(p.system_map()),
    "four-box chart": lambda p: four_boxes(p.system_map()),
    "effect of every factor": lambda p: list(outcome_effects(p.system_map()).items()),
    "effect, dropping links": lambda p: list(
        outcome_effects(p.system_map(), drop_links=True).items()
    ),
    "what-if": _what_if,
    **{
        f"reach planner, {n} steps": lambda p, n=n: plan_reach(p.system_map(), steps=n)
        for n in (1, 2, 3)
    },
    "look-alikes": lambda p: find_lookalikes(p.system_map().factors.values()),
    "coverage": lambda p: find_coverage(p, today=TODAY),
    "recommending": _recommended,
    "layer and depth balance": _balance,
    "inequality": _inequality,
    "comparing groups": _groups,
    "comparing dates": _dates,
    "comparing gap runs": _gap_runs,
    **{
        f"measure: {key}": lambda p, m=measure: _measured(p, m)
        for key, measure in MEASURES.items()
    },
    **{
        f"check: {key}": lambda p, c=check: tuple(
            c.find(MapAnalysis(p.system_map()), p)
        )
        for key, check in CHECKS.items()
    },
    "gaps, every rule": lambda p: find_gaps(p, today=TODAY),
    LAYOUT: lambda p: place(p.system_map()),
}


def usual_for(name, drawn):
    """Return the map of which an ordinary run asks this: its half, which takes a third.

    Each try of a layout takes seconds.
    """
    if name == LAYOUT:
        return generated_map(12, 26)  # the best of two tries
    half = drawn.copy()
    for key in sorted(set(half.factors) - {half.outcome})[::2]:
        half.remove_factor(key)
    return half


def digest_of(answer):
    """Return a fingerprint of all that an answer says, in its order; 0.0 and -0.0 differ."""
    return sha256(repr(_plain(answer)).encode()).hexdigest()[:16]


def _plain(value):
    if is_dataclass(value):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return [(_plain(key), _plain(item)) for key, item in value.items()]
    if isinstance(value, AbstractSet):  # has no order of its own
        return sorted(map(repr, value))
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value
