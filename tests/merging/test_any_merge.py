"""Whatever is merged: the programme stays whole, nobody's words go, undo is exact."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from systemmap.editing.merge_factors import flip_factor, merge_factors, merge_opposites
from systemmap.model.programme import Programme
from systemmap.model.rows import data_from
from systemmap.model.workshop import Contribution, LinkStatement
from systemmap.store.memory import MemoryStore
from systemmap.store.protocol import Actor
from tests.sizes import WHOLE
from tests.strategies import programmes

ACTOR = Actor("Public health")
FEW = settings(
    max_examples=20 if WHOLE else 8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # shrinking a programme is slow
)


def everything(programme):
    rows = sorted(
        (kind.name, kind.key_of(record), json.dumps(data_from(record), sort_keys=True))
        for kind, record in programme.records()
    )
    return json.dumps(rows).encode()


def words(programme):
    return [
        *((c.id, c.text) for c in programme.all(Contribution).values()),
        *(
            (s.id, s.source_raw, s.target_raw, s.polarity)
            for s in programme.all(LinkStatement).values()
        ),
    ]


def names(system_map):
    return {f.label for f in system_map.factors.values()} | {
        w.text for f in system_map.factors.values() for w in f.wordings
    }


@FEW
@given(
    programme=programmes(),
    data=st.data(),
    verb=st.sampled_from([merge_factors, merge_opposites]),
)
def test_any_merge_keeps_the_programme_whole_and_undoes_exactly(programme, data, verb):
    places = [(m, f) for m in programme.maps for f in programme.system_map(m).factors]
    assume(places)
    map_id, keep = data.draw(st.sampled_from(places))
    others = [f for f in programme.system_map(map_id).factors if f != keep]
    assume(others)
    drop = data.draw(st.sampled_from(others))
    store = MemoryStore()
    store.create(programme, actor=ACTOR)
    before = store.load(programme.id)
    with store.editing(programme.id, actor=ACTOR, label="Merge") as draft:
        verb(draft, map_id, keep, drop)
    after = store.load(programme.id)
    kept_map = after.system_map(map_id)
    assert set(kept_map.factors) == set(before.system_map(map_id).factors) - {drop}
    assert all(source != target for source, target in kept_map.links)
    assert names(kept_map) >= {
        f.label for f in before.system_map(map_id).factors.values()
    }
    assert words(after) == words(before)
    assert (
        Programme(after.info, [r for k, r in after.records() if k.name != "programme"])
        == after
    )
    store.undo(programme.id, store.revision(programme.id), actor=ACTOR)
    assert everything(store.load(programme.id)) == everything(before)


@FEW
@given(programme=programmes(), data=st.data())
def test_flipping_twice_gives_every_link_its_direction_back(programme, data):
    places = [(m, f) for m in programme.maps for f in programme.system_map(m).factors]
    assume(places)
    map_id, factor_id = data.draw(st.sampled_from(places))
    before = programme.system_map(map_id)
    label = before.factor(factor_id).label
    flip_factor(programme, map_id, factor_id, "The other way round")
    flip_factor(programme, map_id, factor_id, label)
    after = programme.system_map(map_id)
    assert {p: x.polarity for p, x in after.links.items()} == {
        p: x.polarity for p, x in before.links.items()
    }
    assert after.factor(factor_id).label == label
