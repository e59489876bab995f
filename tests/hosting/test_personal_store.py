"""Every read and every write of the store, for every role and for somebody with none."""

from __future__ import annotations

import inspect
from dataclasses import replace

import pytest

from systemmap.errors import NotAllowed, ProgrammeNotFound, SystemMapError
from systemmap.model.changes import append, put
from systemmap.model.elements import Factor
from systemmap.model.workshop import Workshop
from systemmap.store import (
    EVERY,
    Actor,
    MemoryStore,
    Person,
    PersonalStore,
    PersonRole,
    ProgrammeStore,
)
from tests.rooms import hall
from tests.store import everything

TOWN, NEW = hall.TOWN, everything.TOWN
ROLES = ("admin", "facilitator", "editor", "viewer", "")
CLAIMED = Actor("Whatever a caller says", "admin")


def _edited(store):
    with store.editing(TOWN, actor=CLAIMED, label="Edit") as draft:
        draft.add(Factor(id="new", label="New"))


def _adopted(store):
    away = MemoryStore()
    away.create(everything.programme(), actor=CLAIMED)
    carried = away.carried(NEW)
    store.adopt(carried.programme, carried.log, actor=CLAIMED)


READS = {
    "revision": lambda s: s.revision(TOWN),
    "load": lambda s: s.load(TOWN),
    "history": lambda s: s.history(TOWN),
    "changes_since": lambda s: s.changes_since(TOWN, 0),
    "diff": lambda s: s.diff(TOWN, 1, 1),
    "versions": lambda s: s.versions(TOWN),
    "verify": lambda s: s.verify(TOWN),
    "carried": lambda s: s.carried(TOWN),
    "answered": lambda s: s.answered(TOWN, "key", actor=CLAIMED),
}
WRITES = {
    "apply": lambda s: s.apply(
        TOWN, [append(Factor(id="new", label="New"))], actor=CLAIMED, label="Add"
    ),
    "editing": _edited,
    "name_version": lambda s: s.name_version(TOWN, "Now", actor=CLAIMED),
    "undo": lambda s: s.undo(TOWN, 2, actor=CLAIMED),
    "redact": lambda s: s.redact(
        TOWN, "factor", "main/sleep", ["label"], actor=CLAIMED, reason="asked"
    ),
    "delete": lambda s: s.delete(TOWN, actor=CLAIMED),
}
OF_EVERYTHING = {
    "create": lambda s: s.create(everything.programme(), actor=CLAIMED),
    "adopt": _adopted,
    "safeguard": lambda s: s.safeguard("import"),
    "backup": lambda s: s.backup("nowhere.db"),
    "restore": lambda s: s.restore("nowhere.db", actor=CLAIMED),
}
ADMIN_ONLY = {"redact", "delete", "backup", "restore"}
ELSEWHERE = {
    "programmes",
    "subscribe",
    "secret",
    "close",
}  # tried by tests of their own


class Listed:
    """Rights as a test gives them."""

    def __init__(self, **roles):
        self.roles = roles

    def actor_in(self, _person, programme_id):
        role = self.roles.get(programme_id) or self.roles.get("all", "")
        return Actor("Listed", role) if role else None


@pytest.fixture
def whole():
    store = MemoryStore()
    store.create(hall.town(), actor=CLAIMED)
    store.apply(
        TOWN, [append(Factor(id="b", label="B"))], actor=CLAIMED, label="Second"
    )
    return store


def own(whole, **roles):
    return PersonalStore(whole, Person(who="somebody"), Listed(**roles))


def let_through(work):
    try:
        work()
    except (NotAllowed, ProgrammeNotFound):
        return False
    except SystemMapError as error:
        assert "nowhere.db" in str(error)  # noqa: PT017 - it came as far as the disk
    return True


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", READS)
def test_whoever_has_a_part_reads_and_nobody_else(whole, name, role):
    assert let_through(lambda: READS[name](own(whole, **{TOWN: role}))) is bool(role)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_made_in_the_listed_role_whatever_is_claimed(whole, name, role):
    may = role == "admin" or (
        role in ("facilitator", "editor") and name not in ADMIN_ONLY
    )
    store = own(whole, **{TOWN: role})
    assert let_through(lambda: WRITES[name](store)) is may
    if not may:
        assert whole.revision(TOWN) == 2
    elif name != "delete":
        assert whole.history(TOWN)[0].actor in ("Listed", CLAIMED.name)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", OF_EVERYTHING)
def test_what_is_about_everything_needs_a_part_in_everything(whole, name, role):
    writes = role in ("admin", "facilitator", "editor")
    may = role == "admin" or (role == "facilitator" and name not in ADMIN_ONLY)
    copies = name == "safeguard" and writes  # kept on the server, handed to nobody
    everywhere, here = own(whole, all=role), own(whole, **{TOWN: role})
    assert let_through(lambda: OF_EVERYTHING[name](everywhere)) is (may or copies)
    assert let_through(lambda: OF_EVERYTHING[name](here)) is copies


def test_no_method_of_the_store_is_left_out():
    methods = {
        name
        for name, method in vars(ProgrammeStore).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }
    assert methods == {*READS, *WRITES, *OF_EVERYTHING, *ELSEWHERE}
    for name in methods:
        asked = inspect.signature(getattr(ProgrammeStore, name)).parameters
        assert inspect.signature(getattr(PersonalStore, name)).parameters == asked, name


def test_the_list_and_the_news_hold_only_ones_own(whole):
    whole.create(everything.programme(), actor=CLAIMED)
    heard = []
    mine, theirs = own(whole, **{TOWN: "viewer"}), own(whole)
    mine.subscribe(heard.append)
    theirs.subscribe(heard.append)
    assert [one.id for one in mine.programmes()] == [TOWN]
    assert theirs.programmes() == []
    for place in (NEW, TOWN):
        with whole.editing(place, actor=CLAIMED, label="Rename") as draft:
            draft.replace(replace(draft.info, name="Renamed"))
    assert [receipt.programme_id for receipt in heard] == [TOWN]


def test_a_programme_of_others_sounds_like_one_that_is_not_there(whole):
    whole.create(everything.programme(), actor=CLAIMED)
    store = own(whole, **{TOWN: "admin"})
    told = []
    for name in (NEW, f"{NEW}-not"):
        with pytest.raises(ProgrammeNotFound) as refused:
            store.load(name)
        told.append(str(refused.value).replace(f"'{name}'", "it"))
    assert told[0] == told[1]


def test_taking_somebody_off_the_list_acts_on_the_next_call(whole):
    rights = Listed(**{TOWN: "editor"})
    store = PersonalStore(whole, Person(who="somebody"), rights)
    WRITES["apply"](store)
    rights.roles.clear()
    for call in (*READS.values(), *WRITES.values()):
        with pytest.raises(ProgrammeNotFound):
            call(store)


def test_an_editor_opens_no_room(whole):
    workshop = whole.load(TOWN).find(Workshop, "w1")
    store = own(whole, **{TOWN: "editor"})
    with pytest.raises(NotAllowed, match="Ask a facilitator"):
        store.apply(TOWN, [put(workshop)], actor=CLAIMED, label="Open")
        change = put(type(workshop)(id="w2", title="Another"))
        store.apply(TOWN, [change], actor=CLAIMED, label="Open")


def test_a_line_is_about_a_person_or_a_group():
    person = Person(who="a@x", groups=("g",))
    lines = [
        PersonRole(role="editor", programmes=(EVERY,), who="a@x"),
        PersonRole(role="editor", programmes=(EVERY,), group="g"),
        PersonRole(role="editor", programmes=(EVERY,), who="b@x"),
        PersonRole(role="editor", programmes=(EVERY,), group="h"),
    ]
    assert [line.is_about(person) for line in lines] == [True, True, False, False]
