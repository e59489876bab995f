"""The example comes with a past, so that comparing shows something true."""

from systemmap.bundled.examples import earlier, example
from systemmap.bundled.first_start import EARLIER, start_example
from systemmap.comparing.versions import compare_versions
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


def test_the_workshop_changed_the_map_in_ways_worth_reading():
    now = example()
    found = compare_versions(
        earlier(now).system_map(), now.system_map(), since="September 2026"
    )
    assert found.sentence.startswith("Since September 2026: 4 factors new")
    assert found.section("reworded").sentences
