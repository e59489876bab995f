"""The example comes with a past, so that comparing shows something true."""

import pytest

from systemmap.bundled.examples import earlier, example
from systemmap.bundled.first_start import EARLIER, start_example, start_programme
from systemmap.comparing.versions import compare_versions
from systemmap.errors import SystemMapError
from systemmap.store import Actor, MemoryStore

TEAM = Actor("core working team", "admin")


def test_the_example_in_the_store_is_the_example_with_an_earlier_named_version():
    store = MemoryStore()
    programme_id = start_example(store, TEAM)
    assert store.load(programme_id) == example()
    (version,) = store.versions(programme_id)
    assert version.name == EARLIER
    assert store.load(programme_id, as_of=version.revision) == earlier(example())


def test_opening_it_twice_keeps_what_was_changed():
    store = MemoryStore()
    start_example(store, TEAM)
    revision = store.revision("sampleshire")
    start_example(store, TEAM)
    assert store.revision("sampleshire") == revision


def test_the_example_begins_under_a_name_of_ones_own_with_its_past():
    store = MemoryStore()
    start_example(store, TEAM)
    mine = start_programme(store, TEAM, "Northby", template="sampleshire")
    held, theirs = store.load(mine), store.load("sampleshire")
    assert (mine, held.info.name) == ("northby", "Northby")
    assert list(held.records())[1:] == list(theirs.records())[1:]
    (version,) = store.versions(mine)
    assert version.name == EARLIER
    then = store.load(mine, as_of=version.revision)
    assert (then.id, then.info.name) == ("northby", "Northby")
    assert len(then.system_map().factors) < len(held.system_map().factors)


@pytest.mark.parametrize(
    ("name", "template", "refusal"),
    [
        ("Sampleshire", "sampleshire", "There already is a programme"),
        ("Sampleshire", "empty", "There already is a programme"),
        ("Town", "sampleshir", "Did you mean 'sampleshire'"),
        ("Town", "starte", "Did you mean 'starter'"),
    ],
)
def test_a_beginning_that_cannot_be_is_refused_in_words(name, template, refusal):
    store = MemoryStore()
    start_example(store, TEAM)
    with pytest.raises(SystemMapError, match=refusal):
        start_programme(store, TEAM, name, template=template)
    assert [summary.name for summary in store.programmes()] == ["Sampleshire"]


def test_the_workshop_changed_the_map_in_ways_worth_reading():
    now = example()
    found = compare_versions(
        earlier(now).system_map(), now.system_map(), since="September 2026"
    )
    assert found.sentence.startswith("Since September 2026: 4 causes new")
    assert found.section("reworded").sentences
