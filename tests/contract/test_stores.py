"""What every store promises, tested once on memory, SQLite and PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from systemmap.errors import (
    DuplicateItem,
    InvalidValue,
    NotAllowed,
    ProgrammeNotFound,
    StaleRevision,
    StillNeeded,
    StoreError,
    UndoRefused,
    UnknownItem,
)
from systemmap.model.changes import Change, append, put
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.kinds import KINDS
from systemmap.model.plan import ImportRecord, LocalTerm
from systemmap.model.response import Action, ActionFactor
from systemmap.model.rows import data_from
from systemmap.model.seat import PART_KINDS
from systemmap.model.values import MapKind, Polarity, Wording
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
    WorkshopTable,
)
from systemmap.store import Actor, Seat, open_store
from systemmap.testing import map_from, programme_of
from tests.sizes import WHOLE, whole
from tests.store import everything
from tests.store.places import KINDS as STORES
from tests.store.places import LEAD, store_of

EDITOR = Actor("Lead officer", "facilitator")
TOWN = "testtown"
AT = datetime(2026, 3, 1, 10, tzinfo=UTC)


# One code keeps the rules in every store, and one set of statements in both databases.
# PostgreSQL is asked, too, wherever it keeps, finds or refuses things in its own way.
ALSO_ON_POSTGRES = [
    "test_a_programme_comes_back_as_it_was_stored",
    "test_records_come_back_in_the_order_in_which_they_were_added",
    "test_what_a_newer_program_added_is_kept",
    "test_what_a_database_cannot_keep_is_refused_in_words",
    "test_hostile_text_is_only_text",
    "test_programmes_are_listed_by_name_with_their_counts",
    "test_a_taken_programme_id_is_refused",
    "test_an_edit_that_fails_changes_nothing",
    "test_a_number_is_logged_as_it_will_be_read",
    "test_the_second_of_two_editors_is_told",
    "test_one_stale_row_refuses_the_whole_change",
    "test_what_others_depend_on_cannot_be_removed",
    "test_rows_may_refer_to_each_other_in_any_order",
    "test_the_same_key_counts_once",
    "test_whether_a_key_was_answered_is_a_question_and_writes_nothing",
    "test_eight_editors_never_lose_a_change_silently",
    "test_undo_puts_a_row_back_and_undoing_that_is_redo",
    "test_undo_is_refused_when_something_now_depends_on_it",
    "test_a_merge_is_undone_whole",
    "test_the_programme_can_be_seen_as_it_was_at_every_moment",
    "test_diff_tells_each_row_once",
    "test_history_says_who_what_and_when_newest_first",
    "test_a_moment_can_be_named_and_seen_again",
    "test_listeners_hear_of_each_commit_in_words_and_rows",
    "test_a_room_writes_only_in_its_open_part_and_while_the_workshop_is_open",
    "test_a_dot_is_placed_in_an_open_vote_only_and_never_more_than_there_are",
    "test_a_room_undoes_only_what_its_own_device_drew",
    "test_a_revision_nobody_ever_had_is_refused_in_words",
    "test_the_installation_has_one_secret",
    "test_every_write_asks_for_the_role",
    "test_removed_words_are_nowhere_and_the_chain_is_still_true",
    "test_removed_words_do_not_come_back_by_undo",
    "test_words_of_a_removed_row_can_still_be_removed",
    "test_verify_counts_what_it_checked",
    "test_a_deleted_programme_is_gone_and_its_numbers_are_not_used_again",
    "test_an_odd_import_id_is_only_a_key",
]


def pytest_generate_tests(metafunc):
    if "store" not in metafunc.fixturenames:
        return
    left = whole("SQLite is asked the same here, by the same statements")
    marks = () if metafunc.function.__name__ in ALSO_ON_POSTGRES else left
    kinds = [pytest.param(k, marks=marks if k == "postgres" else ()) for k in STORES]
    metafunc.parametrize("store", kinds, indirect=True)


def test_what_is_asked_of_postgres_too_is_a_test_of_this_file():
    assert [name for name in ALSO_ON_POSTGRES if name not in globals()] == []


@pytest.fixture
def store(request, tmp_path):
    with store_of(request.param, tmp_path, request) as found:
        yield found


@pytest.fixture
def town(store):
    """A store that holds Testtown: stress -> snacking, and sleep."""
    store.create(programme_of(map_from("stress -> snacking +\n sleep")), actor=LEAD)
    return store


def rename(store, factor_id, label, *, expected=None, actor=EDITOR, **words):
    factor = store.load(TOWN).find(Factor, f"main/{factor_id}")
    return store.apply(
        TOWN,
        [put(replace(factor, label=label), expected)],
        actor=actor,
        label=f"Renamed to {label}",
        **words,
    )


def label(store, factor_id, **when):
    return store.load(TOWN, **when).find(Factor, f"main/{factor_id}").label


def note(note_id="n1", text="Chips near the school", **fields):
    own = {"table_id": "t1", "participant": "d1", **fields}
    return Contribution(id=note_id, workshop_id="w1", text=text, at=AT, **own)


def with_workshop(store):
    store.apply(
        TOWN,
        [
            put(
                Workshop(
                    id="w1", title="Workshop 1", open=True, rooms=tuple(PART_KINDS)
                )
            ),
            put(
                MapVersion(
                    id="t1",
                    name="Table 1",
                    kind=MapKind.WORKSHOP_TABLE,
                    workshop_id="w1",
                )
            ),
            put(WorkshopTable(id="t1", workshop_id="w1", name="Table 1", map_id="t1")),
        ],
        actor=EDITOR,
        label="Workshop 1",
    )


# --- what is stored comes back ------------------------------------------------


def test_a_programme_comes_back_as_it_was_stored(store):
    programme = everything.programme()
    store.create(programme, actor=LEAD)
    assert store.load(programme.id) == programme
    assert store.load(programme.id, as_of=1) == programme
    assert {kind.name for kind, _ in programme.records()} == set(KINDS)


def test_records_come_back_in_the_order_in_which_they_were_added(town):
    rename(town, "stress", "Strain")
    town.apply(
        TOWN, [append(Factor(id="a-late-one", label="Late"))], actor=EDITOR, label="Add"
    )
    assert list(town.load(TOWN).all(Factor)) == [
        "main/stress",
        "main/snacking",
        "main/sleep",
        "main/a-late-one",
    ]
    assert list(town.load(TOWN, as_of=3).all(Factor)) == list(
        town.load(TOWN).all(Factor)
    )


def test_what_a_newer_program_added_is_kept(town):
    factor = town.load(TOWN).find(Factor, "main/sleep")
    known = replace(factor, extra={"unknown_fields": {"colour": "teal"}, "mine": [1]})
    town.apply(TOWN, [put(known)], actor=EDITOR, label="From a newer program")
    assert data_from(town.load(TOWN).find(Factor, "main/sleep"))["colour"] == "teal"
    assert town.load(TOWN, as_of=2) == town.load(TOWN)


def test_a_loaded_programme_is_the_callers_own(town):
    town.load(TOWN).remove_factor("main", "sleep")
    assert "main/sleep" in town.load(TOWN).all(Factor)


def test_what_a_database_cannot_keep_is_refused_in_words(town):
    for record in (
        Action(id="a", title="nul \0 inside"),
        Action(id="a", title="half a sign \ud83d"),
        Factor(id="f", label="Large", mentions=2**63),
        Factor(id="f", label="Nan", extra={"n": float("nan")}),
        Factor(id="f", label="Named", extra={"a\0b": 1}),
        LocalTerm(vocabulary="a/b", key="c", label="Slash"),
    ):
        with pytest.raises(InvalidValue, match=r"The (action|factor|term)"):
            town.apply(TOWN, [put(record)], actor=EDITOR, label="Odd")
        assert town.revision(TOWN) == 1, record


def test_hostile_text_is_only_text(town):
    for text in (
        "'; DROP TABLE factor; --",
        "%s %(a)s :b ? {x}",
        "=1+1",
        "🍟 " * 50,
        "\\u0000",
        "a\nb\tc",
        "Ünïcödé \u202ex",
    ):
        now = rename(town, "sleep", text).revision
        assert label(town, "sleep") == text == label(town, "sleep", as_of=now)
        assert not town.verify().problems, text


def test_programmes_are_listed_by_name_with_their_counts(town):
    other = programme_of(map_from("a -> b -"))
    other.replace(replace(other.info, name="Aborough"))
    from systemmap.model.programme import Programme

    twin = Programme(
        replace(other.info, id="aborough"),
        [r for k, r in other.records() if k.name != "programme"],
    )
    town.create(twin, actor=EDITOR)
    first, second = town.programmes()
    assert (first.name, second.name) == ("Aborough", "Testtown")
    assert second.counts["factor"] == 3
    assert second.revision == 1


def test_the_list_follows_every_change_and_is_the_callers_own(town):
    def told():
        (line,) = town.programmes()
        return line.name, line.revision, line.counts["factor"]

    assert told() == ("Testtown", 1, 3)
    town.programmes().clear()
    town.apply(
        TOWN, [append(Factor(id="rest", label="Rest"))], actor=EDITOR, label="Added"
    )
    assert told() == ("Testtown", 2, 4)
    town.undo(TOWN, 2, actor=EDITOR)
    assert told() == ("Testtown", 3, 3)
    info = replace(town.load(TOWN).info, name="Testborough")
    town.apply(TOWN, [put(info)], actor=EDITOR, label="Renamed")
    assert told() == ("Testborough", 4, 3)


def test_a_missing_programme_is_named_with_the_nearest(town):
    with pytest.raises(ProgrammeNotFound, match="Did you mean 'testtown'"):
        town.load("testtwon")
    with pytest.raises(ProgrammeNotFound):
        town.apply("nowhere", [], actor=EDITOR, label="")


def test_a_taken_programme_id_is_refused(town):
    with pytest.raises(
        DuplicateItem, match="already is a programme with id 'testtown'"
    ):
        town.create(programme_of(), actor=LEAD)


# --- the one write ------------------------------------------------------------


def test_an_edit_is_saved_when_its_block_ends_well(town):
    with town.editing(TOWN, actor=EDITOR, label="Tidied") as draft:
        draft.remove_factor("main", "snacking")
        draft.add(Factor(id="joy", label="Joy"))
    assert draft.revision == town.revision(TOWN) == 2
    assert town.load(TOWN) == draft


def test_an_edit_that_fails_changes_nothing(town):
    with (
        pytest.raises(ZeroDivisionError),
        town.editing(TOWN, actor=EDITOR, label="") as draft,
    ):
        draft.remove_factor("main", "sleep")
        1 / 0  # noqa: B018
    assert town.revision(TOWN) == 1


def test_a_number_is_logged_as_it_will_be_read(town):
    for number in (-0.0, 1 / 3, 5e-324, 1e15 + 0.5, -1e300):
        joy = put(Factor(id="joy", label="Joy", x=number))
        town.apply(TOWN, [joy], actor=EDITOR, label="Joy")
        rename(town, "joy", "Joys")
        assert town.verify().problems == (), number
        assert town.load(TOWN).find(Factor, "main/joy").x == number


def test_a_change_that_changes_nothing_writes_nothing(town):
    receipt = rename(town, "sleep", "Sleep")
    assert (receipt.revision, receipt.rows) == (1, ())
    with town.editing(TOWN, actor=EDITOR, label="Looked"):
        pass
    assert len(town.history(TOWN)) == 1


def test_the_second_of_two_editors_is_told(town):
    seen = town.revision(TOWN)
    rename(town, "sleep", "Sleep at night", expected=seen)
    with pytest.raises(
        StaleRevision, match="Someone else changed this while you were editing"
    ) as told:
        rename(town, "sleep", "Rest", expected=seen)
    assert (told.value.theirs, told.value.yours) == ("Sleep at night", "Rest")
    assert label(town, "sleep") == "Sleep at night"


def test_editors_of_different_rows_do_not_disturb_each_other(town):
    with town.editing(TOWN, actor=EDITOR, label="Mine") as draft:
        rename(town, "sleep", "Theirs")
        draft.replace(replace(draft.find(Factor, "main/stress"), label="Mine"))
    assert (label(town, "sleep"), label(town, "stress")) == ("Theirs", "Mine")


def test_one_stale_row_refuses_the_whole_change(town):
    rename(town, "sleep", "Newer")
    changes = [
        put(Factor(id="new", label="New"), 0),
        put(Factor(id="sleep", label="Old"), 1),
    ]
    with pytest.raises(StaleRevision):
        town.apply(TOWN, changes, actor=EDITOR, label="Bulk")
    assert "main/new" not in town.load(TOWN).all(Factor)


def test_an_edit_of_a_row_that_was_removed_is_stale(town):
    town.apply(
        TOWN,
        [Change(kind="factor", key="main/sleep", new=None)],
        actor=EDITOR,
        label="Removed",
    )
    with pytest.raises(StaleRevision, match="Theirs: removed"):
        town.apply(
            TOWN, [put(Factor(id="sleep", label="Mine"), 1)], actor=EDITOR, label=""
        )


def test_a_revision_from_the_future_is_stale(town):
    with pytest.raises(StaleRevision):
        rename(town, "sleep", "Mine", expected=99)


def test_a_taken_key_is_refused(town):
    with pytest.raises(DuplicateItem, match="already is a factor with id 'main/sleep'"):
        town.apply(
            TOWN, [append(Factor(id="sleep", label="Again"))], actor=EDITOR, label=""
        )


def test_removing_what_is_not_there_is_refused(town):
    with pytest.raises(UnknownItem, match="No factor with id 'main/joy'"):
        town.apply(
            TOWN,
            [Change(kind="factor", key="main/joy", new=None)],
            actor=EDITOR,
            label="",
        )
    with pytest.raises(UnknownItem, match="kind of record"):
        town.apply(
            TOWN, [Change(kind="factr", key="x", new=None)], actor=EDITOR, label=""
        )


def test_a_link_needs_both_its_ends(town):
    with pytest.raises(
        UnknownItem, match=r"No factor with id 'main/sleap'. Did you mean 'main/sleep'"
    ):
        town.apply(
            TOWN, [put(Link(source="stress", target="sleap"))], actor=EDITOR, label=""
        )
    assert town.revision(TOWN) == 1


def test_what_others_depend_on_cannot_be_removed(town):
    with pytest.raises(
        StillNeeded,
        match="Other things now depend on this: link 'main/stress/snacking'",
    ):
        town.apply(
            TOWN,
            [Change(kind="factor", key="main/stress", new=None)],
            actor=EDITOR,
            label="",
        )
    assert town.load(TOWN).find(Factor, "main/stress")


def test_rows_may_refer_to_each_other_in_any_order(town):
    changes = [
        put(Link(source="a", target="b")),
        put(Factor(id="a", label="A")),
        put(Factor(id="b", label="B")),
    ]
    town.apply(TOWN, changes, actor=EDITOR, label="")
    assert "main/a/b" in town.load(TOWN).all(Link)


def test_two_changes_of_one_row_count_as_the_last(town):
    town.apply(
        TOWN,
        [
            put(Factor(id="sleep", label="One"), 1),
            put(Factor(id="sleep", label="Two"), 1),
        ],
        actor=EDITOR,
        label="",
    )
    assert label(town, "sleep") == "Two"
    assert len(town.history(TOWN, rows=True)[0].rows) == 1


def test_a_change_must_carry_its_own_record(town):
    with pytest.raises(InvalidValue, match="carries another record"):
        town.apply(
            TOWN,
            [Change(kind="factor", key="main/x", new=Factor(id="y", label="Y"))],
            actor=EDITOR,
            label="",
        )
    with pytest.raises(InvalidValue, match="keeps its own record"):
        town.apply(
            TOWN, [Change(kind="programme", key=TOWN, new=None)], actor=EDITOR, label=""
        )


def test_the_same_key_counts_once(town):
    first = rename(town, "sleep", "Once", key="phone-7")
    second = rename(town, "sleep", "Twice", key="phone-7")
    assert (second.revision, second.at, second.rows) == (
        first.revision,
        first.at,
        first.rows,
    )
    assert second.repeated
    assert not first.repeated
    assert label(town, "sleep") == "Once"


def test_whether_a_key_was_answered_is_a_question_and_writes_nothing(town):
    assert town.answered(TOWN, "phone-7", actor=EDITOR) is None
    first = rename(town, "sleep", "Once", key="phone-7")
    assert town.answered(TOWN, "phone-7", actor=EDITOR) == replace(first, repeated=True)
    assert town.revision(TOWN) == first.revision
    with pytest.raises(ProgrammeNotFound):
        town.answered("nowhere", "phone-7", actor=EDITOR)


def test_a_receipt_tells_the_rows_before_and_after(town):
    (row,) = rename(town, "sleep", "Rest").rows
    assert (
        row.kind,
        row.key,
        row.before["label"],
        row.after["label"],
        row.revision,
    ) == (
        "factor",
        "main/sleep",
        "Sleep",
        "Rest",
        2,
    )


TURNS = 12 if WHOLE else 6  # of each of eight editors


def test_eight_editors_never_lose_a_change_silently(town):
    saved, told = [], []

    def edit(name):
        for n in range(TURNS):
            seen = town.load(TOWN)
            factor = seen.find(Factor, "main/sleep")
            try:
                town.apply(
                    TOWN,
                    [
                        put(
                            replace(factor, note=f"{factor.note}{name}{n} "),
                            seen.revision,
                        )
                    ],
                    actor=EDITOR,
                    label=name,
                )
                saved.append(f"{name}{n}")
            except StoreError:  # stale, or the lock took too long: told, not saved
                told.append(f"{name}{n}")

    threads = [threading.Thread(target=edit, args=(name,)) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(saved) + len(told) == 8 * TURNS
    assert sorted(town.load(TOWN).find(Factor, "main/sleep").note.split()) == sorted(
        saved
    )
    assert not town.verify().problems


# --- undo ---------------------------------------------------------------------


def test_undo_puts_a_row_back_and_undoing_that_is_redo(town):
    rename(town, "sleep", "Rest")
    undone = town.undo(TOWN, 2, actor=EDITOR)
    assert label(town, "sleep") == "Sleep"
    town.undo(TOWN, undone.revision, actor=EDITOR)
    assert label(town, "sleep") == "Rest"
    newest = town.history(TOWN)[0]
    assert (newest.undoes, newest.label) == (3, "Redo: Renamed to Rest")
    assert town.history(TOWN)[2].undone_by == 3


def test_any_change_can_be_undone_not_only_the_last(town):
    rename(town, "sleep", "Rest")
    rename(town, "stress", "Strain")
    town.undo(TOWN, 2, actor=EDITOR)
    assert (label(town, "sleep"), label(town, "stress")) == ("Sleep", "Strain")


def test_undo_is_refused_when_somebody_changed_the_row_since(town):
    rename(town, "sleep", "Rest")
    rename(town, "sleep", "Sleep at night", actor=Actor("Table 4 lead"))
    with pytest.raises(UndoRefused, match="changed since, by Table 4 lead"):
        town.undo(TOWN, 2, actor=EDITOR)
    assert label(town, "sleep") == "Sleep at night"


def _moved(town, x, actor=EDITOR):
    factor = town.load(TOWN).find(Factor, "main/sleep")
    town.apply(TOWN, [put(replace(factor, x=x, y=0.0))], actor=actor, label="Moved")


def test_what_somebody_moved_since_is_undone_and_stays_where_it_was_moved_to(town):
    other = Actor("Table 4 lead")
    rename(town, "sleep", "Rest")
    _moved(town, 10.0, other)
    undone = town.undo(TOWN, 2, actor=EDITOR)
    factor = town.load(TOWN).find(Factor, "main/sleep")
    assert (factor.label, factor.x) == ("Sleep", 10.0)
    town.undo(TOWN, undone.revision, actor=EDITOR)
    factor = town.load(TOWN).find(Factor, "main/sleep")
    assert (factor.label, factor.x) == ("Rest", 10.0)


def test_a_link_that_moved_its_end_is_undone_after_the_end_was_moved_on(town):
    factor = replace(town.load(TOWN).find(Factor, "main/sleep"), x=5.0, y=0.0)
    link = Link(source="sleep", target="snacking")
    town.apply(TOWN, [put(factor), put(link)], actor=EDITOR, label="Linked")
    _moved(town, 10.0, Actor("Table 4 lead"))
    town.undo(TOWN, 2, actor=EDITOR)
    kept = town.load(TOWN)
    assert "main/sleep/snacking" not in kept.all(Link)
    assert kept.find(Factor, "main/sleep").x == 10.0


def test_a_move_is_not_undone_after_somebody_moved_it_on(town):
    _moved(town, 5.0)
    _moved(town, 10.0, Actor("Table 4 lead"))
    with pytest.raises(UndoRefused, match="changed since, by Table 4 lead"):
        town.undo(TOWN, 2, actor=EDITOR)
    assert town.load(TOWN).find(Factor, "main/sleep").x == 10.0


def test_a_change_cannot_be_undone_twice(town):
    rename(town, "sleep", "Rest")
    town.undo(TOWN, 2, actor=EDITOR)
    with pytest.raises(UndoRefused, match="already been undone, by Lead officer"):
        town.undo(TOWN, 2, actor=EDITOR)


def test_undo_is_refused_when_something_now_depends_on_it(town):
    town.apply(TOWN, [put(Factor(id="joy", label="Joy"))], actor=EDITOR, label="")
    town.apply(TOWN, [put(Link(source="joy", target="sleep"))], actor=EDITOR, label="")
    with pytest.raises(
        UndoRefused, match="Other things now depend on this: link 'main/joy/sleep'"
    ):
        town.undo(TOWN, 2, actor=EDITOR)


def test_undo_of_a_removal_is_refused_when_what_it_needs_is_gone(town):
    town.apply(
        TOWN,
        [Change(kind="link", key="main/stress/snacking", new=None)],
        actor=EDITOR,
        label="",
    )
    town.apply(
        TOWN,
        [Change(kind="factor", key="main/stress", new=None)],
        actor=EDITOR,
        label="",
    )
    with pytest.raises(
        UndoRefused, match="needs the factor 'main/stress', which was removed"
    ):
        town.undo(TOWN, 2, actor=EDITOR)


def test_a_removed_row_comes_back_with_a_version_it_never_had(town):
    town.apply(
        TOWN,
        [Change(kind="factor", key="main/sleep", new=None)],
        actor=EDITOR,
        label="",
    )
    town.undo(TOWN, 2, actor=EDITOR)
    with pytest.raises(StaleRevision):
        rename(town, "sleep", "I read it before it was removed", expected=1)


def test_a_change_that_was_changed_back_can_be_undone(town):
    rename(town, "sleep", "Rest")
    rename(town, "sleep", "Naps")
    rename(town, "sleep", "Rest")
    town.undo(TOWN, 2, actor=EDITOR)
    assert label(town, "sleep") == "Sleep"


def test_a_merge_is_undone_whole(town):
    before = town.load(TOWN)
    with town.editing(TOWN, actor=EDITOR, label="Merged stress and sleep") as draft:
        draft.replace(
            replace(
                draft.find(Factor, "main/sleep"),
                wordings=(Wording(text="stressed out"),),
            )
        )
        draft.add(Link(source="sleep", target="snacking", polarity=Polarity.OPPOSITE))
        draft.remove_factor("main", "stress")
    town.undo(TOWN, 2, actor=EDITOR)
    assert town.load(TOWN) == before


def test_making_the_programme_cannot_be_undone(town):
    with pytest.raises(UndoRefused, match="Delete it from the list of programmes"):
        town.undo(TOWN, 1, actor=LEAD)
    with pytest.raises(
        UnknownItem, match=r"No change with number 9\. The last one is 1"
    ):
        town.undo(TOWN, 9, actor=LEAD)


# --- history ------------------------------------------------------------------


def test_the_programme_can_be_seen_as_it_was_at_every_moment(town):
    seen = {1: town.load(TOWN)}
    for n in range(2, 12):
        with town.editing(TOWN, actor=EDITOR, label=f"Step {n}") as draft:
            if n % 3 == 0:
                draft.remove_factor("main", "sleep")
            elif n % 3 == 1:
                draft.add(Factor(id="sleep", label=f"Sleep {n}"))
            else:
                draft.put(Link(source="stress", target="snacking", mentions=n))
        seen[n] = town.load(TOWN)
    for revision, programme in seen.items():
        assert town.load(TOWN, as_of=revision) == programme
    with pytest.raises(UnknownItem, match="No change with number 40"):
        town.load(TOWN, as_of=40)


def test_diff_tells_each_row_once(town):
    rename(town, "sleep", "Rest")
    rename(town, "sleep", "Naps")
    rename(town, "stress", "Strain")
    rename(town, "stress", "Stress")
    (row,) = town.diff(TOWN, 1, 5)
    assert (row.key, row.before["label"], row.after["label"]) == (
        "main/sleep",
        "Sleep",
        "Naps",
    )
    (back,) = town.diff(TOWN, 5, 1)
    assert (back.before["label"], back.after["label"]) == ("Naps", "Sleep")
    assert town.diff(TOWN, 3, 3) == []


def test_a_client_that_was_away_gets_what_differs_now(town):
    rename(town, "sleep", "Rest")
    town.apply(TOWN, [put(Factor(id="joy", label="Joy"))], actor=EDITOR, label="")
    assert [(c.key, c.revision) for c in town.changes_since(TOWN, 1)] == [
        ("main/sleep", 2),
        ("main/joy", 3),
    ]
    assert town.changes_since(TOWN, 3) == []
    assert town.changes_since(TOWN, 99) == []


def test_history_says_who_what_and_when_newest_first(town):
    rename(town, "sleep", "Rest", workshop_id="w1")
    rename(town, "stress", "Strain", actor=Actor("Table 2"))
    newest, older = town.history(TOWN, after=1)
    assert (newest.actor, newest.label, newest.revision) == (
        "Table 2",
        "Renamed to Strain",
        3,
    )
    assert (older.workshop_id, older.row_count, older.rows) == ("w1", 1, ())
    assert [t.revision for t in town.history(TOWN, limit=2)] == [3, 2]
    (only,) = town.history(TOWN, after=1, key=("factor", "main/sleep"), rows=True)
    assert only.rows[0].after["label"] == "Rest"


def test_every_write_has_its_line_in_the_log(town):
    with_workshop(town)
    town.undo(TOWN, 2, actor=EDITOR)
    assert [t.revision for t in town.history(TOWN)] == [3, 2, 1]
    assert sum(t.row_count for t in town.history(TOWN)) == town.verify().rows + 3 + 3


def test_a_moment_can_be_named_and_seen_again(town):
    rename(town, "sleep", "Rest")
    town.name_version(TOWN, "After workshop 1", actor=EDITOR, note="Agreed", revision=1)
    town.name_version(TOWN, "Now", actor=EDITOR)
    first, second = town.versions(TOWN)
    assert (first.name, first.revision, first.note) == ("After workshop 1", 1, "Agreed")
    assert second.revision == 2
    assert label(town, "sleep", as_of=first.revision) == "Sleep"
    with pytest.raises(DuplicateItem, match="already is a version called 'Now'"):
        town.name_version(TOWN, "Now", actor=EDITOR)
    with pytest.raises(InvalidValue, match="no name"):
        town.name_version(TOWN, " ", actor=EDITOR)


def test_listeners_hear_of_each_commit_in_words_and_rows(town):
    heard = []
    end = town.subscribe(heard.append)
    rename(town, "sleep", "Rest", key="k")
    rename(town, "sleep", "Rest", key="k")
    end()
    rename(town, "sleep", "Naps")
    assert [(r.revision, r.rows[0].key) for r in heard] == [(2, "main/sleep")]


def test_a_listener_that_fails_does_not_unsave_anything(town, caplog):
    town.subscribe(lambda _receipt: 1 / 0)
    assert rename(town, "sleep", "Rest").revision == 2
    assert "A listener failed" in caplog.text


# --- roles --------------------------------------------------------------------

SEAT = Seat(workshop_id="w1", part="capture", device="d1", table_id="t1")
TABLE = Actor("Table 1", "room", SEAT)


def at(part, **fields):
    """A device at Table 1, in a part of the room."""
    return Actor("Table 1", "room", replace(SEAT, part=part, **fields))


ROUND = VoteRound(
    id="r1", workshop_id="w1", question="Which?", options=("x", "y"), state="open"
)
OWN = {"workshop_id": "w1", "table_id": "t1", "participant": "d1", "at": AT}
DOT = Vote(id=ROUND.places("d1")[0], round_id="r1", choice="x", voter="d1", at=AT)
ROOM_ADDS = {
    "capture": note(),
    "links": LinkStatement(id="s1", source_raw="a", target_raw="b", **OWN),
    "vote": DOT,
    "proposals": Proposal(id="p1", subject="factor:sleep", title="Beds", **OWN),
    "draw": Factor(map_id="t1", id="chips", label="Chips"),
}


@pytest.fixture
def room(town):
    """The town with an open workshop, one table and an open vote."""
    with_workshop(town)
    town.apply(TOWN, [put(ROUND)], actor=EDITOR, label="Vote")
    return town


def refused(store, record, actor, match="Ask the facilitator"):
    before = store.revision(TOWN)
    with pytest.raises(NotAllowed, match=match):
        store.apply(TOWN, [record], actor=actor, label="")
    assert store.revision(TOWN) == before


def test_a_room_writes_only_in_its_open_part_and_while_the_workshop_is_open(room):
    workshop = room.load(TOWN).find(Workshop, "w1")
    for fields, why in (
        ({"open": False}, "closed this room"),
        ({"rooms": ()}, "closed it"),
    ):
        room.apply(TOWN, [put(replace(workshop, **fields))], actor=EDITOR, label="")
        for part, record in ROOM_ADDS.items():
            refused(room, append(record), at(part), why)
    room.apply(TOWN, [put(workshop)], actor=EDITOR, label="")
    for part, record in ROOM_ADDS.items():
        for other in ROOM_ADDS.keys() - {part}:
            refused(room, append(record), at(other))
    for part, record in ROOM_ADDS.items():
        assert room.apply(TOWN, [append(record)], actor=at(part), label="Said").rows


def test_a_room_writes_in_nobody_elses_name(room):
    other = Workshop(id="w2", title="Other", open=True, rooms=tuple(ROOM_ADDS))
    room.apply(TOWN, [put(other)], actor=EDITOR, label="Another workshop")
    for part in ("capture", "links", "vote", "proposals"):
        for elsewhere in ({"device": "d2"}, {"workshop_id": "w2", "table_id": ""}):
            refused(room, append(ROOM_ADDS[part]), at(part, **elsewhere))


def test_a_room_adds_nothing_but_its_own_words_at_its_own_table(room):
    made = [
        Workshop(id="w2", title="Other", open=True, rooms=tuple(ROOM_ADDS)),
        WorkshopTable(id="t2", workshop_id="w1", name="Table 2"),
        Action(id="a1", title="An action"),
    ]
    room.apply(TOWN, [put(record) for record in made], actor=EDITOR, label="More")
    for part, fields in (
        ("capture", {"workshop_id": "w2"}),
        ("capture", {"table_id": "t2"}),
        ("capture", {"table_id": None}),
        ("capture", {"map_id": "main", "factor_id": "sleep"}),
        ("links", {"workshop_id": "w2"}),
        ("proposals", {"action_id": "a1"}),
        ("vote", {"voter": "d2"}),
    ):
        refused(room, append(replace(ROOM_ADDS[part], **fields)), at(part))


@pytest.mark.parametrize(
    "table_map",
    [
        MapVersion(id="main2", name="Another main map"),
        MapVersion(
            id="w2map", name="Theirs", kind=MapKind.WORKSHOP_TABLE, workshop_id="w2"
        ),
    ],
    ids=lambda record: record.id,
)
def test_a_table_draws_on_no_map_that_is_not_a_tables_own(room, table_map):
    made = [
        Workshop(id="w2", title="Other", open=True, rooms=tuple(ROOM_ADDS)),
        table_map,
        WorkshopTable(id="t1", workshop_id="w1", name="T", map_id=table_map.id),
    ]
    room.apply(TOWN, [put(record) for record in made], actor=EDITOR, label="Odd table")
    refused(room, append(Factor(map_id=table_map.id, id="x", label="X")), at("draw"))


def test_nobody_sits_at_a_table_of_another_workshop(room):
    made = [
        Workshop(id="w2", title="Other"),
        WorkshopTable(id="t2", workshop_id="w2", name="Theirs"),
    ]
    room.apply(TOWN, [put(record) for record in made], actor=EDITOR, label="Other")
    said = append(replace(ROOM_ADDS["capture"], table_id="t2"))
    refused(room, said, at("capture", table_id="t2"), "choose another table")


def test_a_dot_is_placed_in_an_open_vote_only_and_never_more_than_there_are(room):
    one_too_many = VoteRound(id="r1", workshop_id="w1", question="", dots=6).places(
        "d1"
    )
    for wrong in (
        replace(DOT, id="v-any"),
        replace(DOT, id=one_too_many[-1]),
        replace(DOT, choice="z"),
    ):
        refused(room, append(wrong), at("vote"))
    room.apply(TOWN, [append(DOT)], actor=at("vote"), label="A dot")
    back = Change(kind="vote", key=DOT.id, new=None)
    refused(room, back, at("vote", device="d2"))
    refused(room, put(replace(DOT, choice="y")), at("vote"))
    room.apply(TOWN, [put(replace(ROUND, state="closed"))], actor=EDITOR, label="Close")
    refused(room, back, at("vote"), "This vote is not open")


def test_a_room_undoes_only_what_its_own_device_drew(room):
    drawn = room.apply(
        TOWN, [append(ROOM_ADDS["draw"])], actor=at("draw"), label="", key="k"
    )
    said = room.apply(TOWN, [append(note())], actor=TABLE, label="", key="k")
    for revision, actor in (
        (drawn.revision, at("draw", device="d2")),
        (drawn.revision, TABLE),
        (drawn.revision, Actor("Nowhere", "room")),
        (said.revision, at("draw")),
        (said.revision, TABLE),
        (2, at("draw")),
    ):
        with pytest.raises(NotAllowed):
            room.undo(TOWN, revision, actor=actor)
    undone = room.undo(TOWN, drawn.revision, actor=at("draw"), key="u")
    assert room.undo(TOWN, drawn.revision, actor=at("draw"), key="u").repeated
    room.undo(TOWN, undone.revision, actor=at("draw"))
    assert "t1/chips" in room.load(TOWN).all(Factor)


def test_a_key_means_another_change_for_another_device(room):
    mine = room.apply(
        TOWN, [append(ROOM_ADDS["draw"])], actor=at("draw"), label="", key="k"
    )
    again = room.answered(TOWN, "k", actor=at("draw"))
    assert (again.repeated, again.revision) == (True, mine.revision)
    assert room.answered(TOWN, "k", actor=at("draw", device="d2")) is None
    assert room.answered(TOWN, "k", actor=EDITOR) is None


def test_the_log_of_a_drawing_does_not_name_the_device(room):
    room.apply(
        TOWN,
        [append(ROOM_ADDS["draw"])],
        actor=at("draw", device="device-d1"),
        label="",
    )
    assert "device-d1" not in everything_stored(room)


def test_a_revision_nobody_ever_had_is_refused_in_words(town):
    for number in (2**63, 2**200, -(2**63), -(2**200), 10**9, 0, -1):
        with pytest.raises(UnknownItem, match="No change with number"):
            town.undo(TOWN, number, actor=LEAD)
        with pytest.raises(UnknownItem, match="No change with number"):
            town.load(TOWN, as_of=number)
        assert town.history(TOWN, after=number) == [] or number < 1
        assert town.changes_since(TOWN, number) == [] or number < 1


def test_the_installation_has_one_secret(store):
    secret = store.secret()
    assert len(secret) == 32
    assert store.secret() == secret


WRITES = {  # in an order in which one town stands them all
    "undo": lambda s, a: s.undo(TOWN, 2, actor=a),
    "apply": lambda s, a: rename(s, "sleep", "Naps", actor=a),
    "name_version": lambda s, a: s.name_version(TOWN, "Now", actor=a),
    "create": lambda s, a: s.create(everything.programme(), actor=a),
    "redact": lambda s, a: s.redact(
        TOWN, "factor", "main/sleep", ["note", "label"], actor=a, reason="asked"
    ),
    "restore": lambda s, a: s.restore("nowhere.db", actor=a),
    "delete": lambda s, a: s.delete(TOWN, actor=a),
}
ADMIN_ONLY = {"redact", "delete", "restore"}
ALLOWED = {
    "admin": WRITES.keys(),
    "facilitator": WRITES.keys() - ADMIN_ONLY,
    "editor": WRITES.keys() - ADMIN_ONLY - {"create"},
    "room": (),
    "viewer": (),
    "guest": (),
}


# one town for those who may write nothing, and for the one who may write least
@pytest.mark.parametrize(
    "roles",
    [["admin"], ["facilitator"], ["editor", "room", "viewer", "guest"]],
    ids=lambda roles: roles[0],
)
def test_every_write_asks_for_the_role(town, roles):
    rename(town, "sleep", "Rest")
    before = town.history(TOWN, rows=True)
    let_through = []
    for role in roles:
        for name in [name for name in WRITES if name not in ALLOWED[role]]:
            try:
                WRITES[name](town, Actor("Somebody", role))
                let_through.append((role, name))
            except NotAllowed:
                continue
    assert let_through == []
    assert [p.revision for p in town.programmes()] == [2]
    assert town.history(TOWN, rows=True) == before
    role, somebody = roles[0], Actor("Somebody", roles[0])
    for name, write in WRITES.items():
        if name not in ALLOWED[role]:
            continue
        if name == "restore":
            with pytest.raises(StoreError, match=r"nowhere\.db"):
                write(town, somebody)
        else:
            write(town, somebody)


# --- redaction, proof, deletion -----------------------------------------------

PERSON = "Councillor Nobody-Real blocks it"


def with_a_name_in_it(store):
    with_workshop(store)
    store.apply(TOWN, [append(note(text=PERSON))], actor=TABLE, label=f"Note: {PERSON}")
    with store.editing(TOWN, actor=EDITOR, label="Made a factor of it") as draft:
        factor = draft.find(Factor, "main/sleep")
        draft.replace(
            replace(factor, wordings=(Wording(text=PERSON, contribution_id="n1"),))
        )
        draft.replace(
            replace(draft.find(Contribution, "n1"), map_id="main", factor_id="sleep")
        )
    store.name_version(TOWN, "Then", actor=EDITOR, note=f"said: {PERSON}")


def everything_stored(store):
    found = [repr(store.history(TOWN, rows=True)), repr(store.versions(TOWN))]
    found += [
        repr(list(store.load(TOWN, as_of=n).records()))
        for n in range(1, store.revision(TOWN) + 1)
    ]
    return " ".join([*found, repr(list(store.load(TOWN).records()))])


def test_removed_words_are_nowhere_and_the_chain_is_still_true(town):
    with_a_name_in_it(town)
    assert "Nobody-Real" in everything_stored(town)
    town.redact(
        TOWN, "contribution", "n1", ["text"], actor=LEAD, reason="asked by the person"
    )
    assert "Nobody-Real" not in everything_stored(town)
    assert town.load(TOWN).find(Contribution, "n1").text == "[removed on request]"
    verdict = town.verify()
    assert not verdict.problems
    assert verdict.redacted >= 5
    assert town.history(TOWN)[0].label == "Removed on request: asked by the person"


def test_a_client_that_was_away_learns_that_words_were_removed(town):
    with_a_name_in_it(town)
    seen = town.revision(TOWN)
    town.redact(TOWN, "contribution", "n1", ["text"], actor=LEAD, reason="asked")
    rows = {c.key: c.after for c in town.changes_since(TOWN, seen)}
    assert rows["n1"]["text"] == "[removed on request]"
    assert "main/sleep" in rows


def test_removed_words_do_not_come_back_by_undo(town):
    with_a_name_in_it(town)
    done = town.redact(TOWN, "contribution", "n1", ["text"], actor=LEAD, reason="asked")
    with pytest.raises(UndoRefused, match="cannot be brought back"):
        town.undo(TOWN, done.revision, actor=LEAD)
    town.undo(TOWN, 4, actor=LEAD)
    assert "Nobody-Real" not in everything_stored(town)
    assert not town.verify().problems


def test_words_of_a_removed_row_can_still_be_removed(town):
    rename(town, "sleep", PERSON)
    town.apply(
        TOWN,
        [Change(kind="factor", key="main/sleep", new=None)],
        actor=EDITOR,
        label="Removed",
    )
    town.redact(TOWN, "factor", "main/sleep", ["label"], actor=LEAD, reason="asked")
    assert "Nobody-Real" not in everything_stored(town)
    assert not town.verify().problems


def test_only_words_that_are_there_can_be_removed(town):
    with pytest.raises(InvalidValue, match="no words to remove"):
        town.redact(TOWN, "factor", "main/sleep", ["note"], actor=LEAD, reason="")
    with pytest.raises(InvalidValue, match="is an id"):
        town.redact(TOWN, "factor", "main/sleep", ["id"], actor=LEAD, reason="")
    with pytest.raises(InvalidValue, match="only words can be removed"):
        town.redact(TOWN, "factor", "main/sleep", ["mentions"], actor=LEAD, reason="")
    with pytest.raises(UnknownItem, match="Did you mean 'label'"):
        town.redact(TOWN, "factor", "main/sleep", ["lable"], actor=LEAD, reason="")
    with pytest.raises(UnknownItem):
        town.redact(TOWN, "factor", "main/joy", ["label"], actor=LEAD, reason="")


def test_verify_counts_what_it_checked(town):
    rename(town, "sleep", "Rest")
    verdict = town.verify(TOWN)
    assert (
        verdict.programmes,
        verdict.transactions,
        verdict.rows,
        verdict.problems,
    ) == (1, 2, 6, ())
    assert len(verdict.head) == 64
    assert verdict.head == town.verify().head


def test_a_deleted_programme_is_gone_and_its_numbers_are_not_used_again(town):
    rename(town, "sleep", "Rest")
    town.delete(TOWN, actor=LEAD)
    assert town.programmes() == []
    with pytest.raises(ProgrammeNotFound):
        town.load(TOWN)
    assert town.create(programme_of(), actor=LEAD).revision == 3
    assert town.load(TOWN, as_of=3) == town.load(TOWN)
    with pytest.raises(UnknownItem):
        town.load(TOWN, as_of=1)
    assert not town.verify().problems


def test_a_programme_made_anew_holds_nothing_of_the_old(town):
    town.load(TOWN)
    town.delete(TOWN, actor=LEAD)
    town.create(programme_of(map_from("joy")), actor=LEAD)
    assert list(town.load(TOWN).all(Factor)) == ["main/joy"]


def test_ties_are_kept_and_removed_with_what_they_tie(town):
    with town.editing(TOWN, actor=EDITOR, label="") as draft:
        draft.add(
            Action(id="a1", title="Beds"),
            ActionFactor(action_id="a1", factor_id="sleep", reason="rest"),
        )
    with pytest.raises(StillNeeded, match="tie 'a1/main/sleep'"):
        town.apply(
            TOWN,
            [Change(kind="factor", key="main/sleep", new=None)],
            actor=EDITOR,
            label="",
        )
    with town.editing(TOWN, actor=EDITOR, label="") as draft:
        draft.remove_factor("main", "sleep")
    assert not town.load(TOWN).all(ActionFactor)


def test_an_odd_import_id_is_only_a_key(town):
    record = ImportRecord(
        id="plan 2026/27 (final).xlsx", file_name="x", sha256="", format="", at=AT
    )
    town.apply(TOWN, [append(record)], actor=EDITOR, label="")
    assert town.load(TOWN).find(ImportRecord, record.id) == record
    assert not town.verify().problems


def test_the_store_for_scripts_keeps_nothing():
    store = open_store("memory:")
    assert store.programmes() == []
    assert store.safeguard("import") is None
    with pytest.raises(StoreError, match="keeps nothing on disk"):
        store.backup("x.db")
