"""A large programme is worked out before anybody opens it, and once for each change of its map."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import analyses, worked_ahead
from app.canvas import packed_graphs
from app.programmes import programmes_of
from systemmap.analysis import map_analysis
from systemmap.model.changes import put
from systemmap.model.elements import Factor, Link
from systemmap.model.values import Polarity, now
from systemmap.store import Actor, MemoryStore
from systemmap.testing import map_from, programme_of

ADMIN = Actor("x", "admin")
TOWN = "testtown"


@pytest.fixture
def town():
    store = MemoryStore()
    drawn = map_from("a -> b +\n b -> c +\n c -> a -\n d -> c +", outcome="c")
    store.create(programme_of(drawn), actor=ADMIN)
    return store


@pytest.fixture
def worked_out(monkeypatch):
    """Count how often the effects are worked out."""
    times = []
    honest = map_analysis.effects_on

    def counted(*given):
        times.append(given)
        return honest(*given)

    monkeypatch.setattr(map_analysis, "effects_on", counted)
    return times


def gaps(store):
    programme = programmes_of(store).now(TOWN)
    return analyses.gaps_of(store, programme, "main", now().astimezone().date())


def graph(store):
    """Ask for what a wide canvas on a screen asks for."""
    today = now().astimezone().date()
    return packed_graphs.graph(store, TOWN, "main", 1, today, register=True)


def changed(store, record):
    store.apply(TOWN, [put(record)], actor=ADMIN, label="Edit")


def test_a_large_programme_is_there_before_it_is_asked_for(
    town, worked_out, monkeypatch
):
    assert worked_ahead.work_ahead(town) == []  # small: nobody would notice
    assert worked_out == []
    monkeypatch.setattr(worked_ahead, "LARGE", 4)
    assert worked_ahead.work_ahead(town) == [TOWN]
    assert len(worked_out) == 1
    monkeypatch.setattr(packed_graphs, "graph_data", None)  # not asked again
    gaps(town)
    graph(town)
    assert len(worked_out) == 1


def test_an_edit_that_leaves_causes_and_links_alone_costs_no_new_effects(
    town, worked_out
):
    before = gaps(town)
    programme = town.load(TOWN)
    cause = programme.find(Factor, "main/a")
    changed(town, replace(cause, note="Said twice", label="Another name"))
    gaps(town)
    assert len(worked_out) == 1
    assert before is not gaps(town)


@pytest.mark.parametrize("what", ["sign", "delay", "cause"])
def test_an_edit_of_the_graph_is_worked_out_anew_and_rightly(town, worked_out, what):
    gaps(town)
    programme = town.load(TOWN)
    link = programme.find(Link, "main/a/b")
    if what == "sign":
        changed(town, replace(link, polarity=Polarity.OPPOSITE))
    elif what == "delay":
        changed(town, replace(link, delay=True))
    else:
        changed(town, Factor(id="e", label="E"))
    gaps(town)
    assert len(worked_out) == 2
    programme = programmes_of(town).now(TOWN)
    kept = analyses.analysis_of(town, programme).effects
    fresh = map_analysis.MapAnalysis(programme.system_map("main")).effects
    assert kept == fresh
