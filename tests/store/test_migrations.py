"""Old data opens, newer data is left alone, and a failed migration costs nothing."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import replace
from itertools import count

import pytest
from sqlalchemy import create_engine, event, inspect
from sqlalchemy.engine import Engine
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateTable

from systemmap.errors import DamagedStore, NewerStore, StoreError
from systemmap.model.meetings import Board
from systemmap.model.response import Action
from systemmap.store.database import DatabaseStore
from systemmap.store.log.images import image_of
from systemmap.store.sql.postgres import PostgresServer
from systemmap.store.sql.sqlite import SqliteFile
from systemmap.store.sql.tables import APPLICATION_ID, METADATA, SCHEMA
from systemmap.testing import programme_of
from tests.sizes import WHOLE
from tests.store.places import LEAD, empty_file, migrated

SPELL_OUT = "tables.py and the migrations say different things. After a release: write a new migration. Before the first: run python tests/store/spell_out.py"


PICTURES = {"note_picture"}
RATED = ("rating", "rating_reason", "rated_on")  # of actions, since migration 6
LATER = (*RATED, "evidence")  # of actions, since migration 7
MEETINGS = {  # the tables that came with migration 3
    "phase_update",
    "indicator_tags",
    "board",
    "event",
    "point",
    "decision_tie",
    "action_link",
}
THOROUGH = "SYSTEMMAP_THOROUGH" in os.environ  # every statement on the server too
STEP = 1 if THOROUGH else 5 if WHOLE else 21  # statements from one failure to the next


class Cut(Exception):
    """The program died here."""


def schema_of(engine):
    """Return columns, keys, references and indexes by table, as the database tells them."""
    seen = inspect(engine)
    # asked for all tables at once: a server answers each question by itself
    columns, primary = seen.get_multi_columns(), seen.get_multi_pk_constraint()
    references = seen.get_multi_foreign_keys()
    unique, indexes = seen.get_multi_unique_constraints(), seen.get_multi_indexes()
    return {
        name: {
            "columns": sorted(  # one that came later stands last in the table
                (c["name"], str(c["type"]), c["nullable"]) for c in columns[at]
            ),
            "primary": primary[at]["constrained_columns"],
            "references": sorted(
                (
                    k["name"],
                    tuple(k["constrained_columns"]),
                    k["referred_table"],
                    tuple(k["referred_columns"]),
                    k["options"].get("initially"),
                )
                for k in references[at]
            ),
            "unique": sorted(u["name"] for u in unique[at]),
            "indexes": sorted(
                (i["name"], tuple(i["column_names"]))
                for i in indexes[at]
                if "duplicates_constraint" not in i
            ),
        }
        for at in columns
        if (name := at[1]) != "alembic_version"
    }


def found_in(url):
    """Return the schema of a database."""
    engine = create_engine(url, poolclass=NullPool)
    return schema_of(engine)


def driver(url):
    """Return a server's address as SQLAlchemy wants it."""
    return url.replace("postgresql:", "postgresql+psycopg:", 1)


def as_written(url):
    """Return the schema that tables.py describes, made without any migration."""
    engine = create_engine(url, poolclass=NullPool)
    METADATA.create_all(engine)
    return schema_of(engine)


def test_the_migrated_file_is_what_the_tables_say(tmp_path):
    DatabaseStore(tmp_path / "a.db").close()
    migrated = found_in(f"sqlite:///{tmp_path / 'a.db'}")
    assert migrated == as_written(f"sqlite:///{tmp_path / 'b.db'}"), SPELL_OUT


def test_the_migrated_server_is_what_the_tables_say(postgres):
    one, other = (postgres.new_database() for _ in range(2))
    DatabaseStore(one).close()
    assert found_in(driver(one)) == as_written(driver(other)), SPELL_OUT


def test_the_file_says_whose_it_is_and_which_schema(tmp_path):
    DatabaseStore(tmp_path / "a.db").close()
    file = sqlite3.connect(tmp_path / "a.db")
    assert file.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert file.execute("PRAGMA user_version").fetchone() == (SCHEMA,)
    assert file.execute("SELECT version FROM schema_version").fetchall() == [(SCHEMA,)]
    file.close()


def statements():
    """Count how many statements each table and index takes: the failures to inject."""
    engine = create_engine("sqlite://")
    made = [str(CreateTable(t).compile(engine)) for t in METADATA.tables.values()]
    return len(made) + sum(len(t.indexes) for t in METADATA.tables.values())


def failing_at(number):
    """Make the n-th statement of any migration fail; return the call that ends it."""
    seen = count(1)

    def before(_connection, _cursor, statement, *_rest):
        if (
            statement.lstrip()
            .upper()
            .startswith(("CREATE", "INSERT", "UPDATE", "PRAGMA", "DROP", "ALTER"))
            and next(seen) == number
        ):
            raise Cut(statement)

    event.listen(Engine, "before_cursor_execute", before)
    return lambda: event.remove(Engine, "before_cursor_execute", before)


def runs_until_it_succeeds(migrate, check_untouched, *, step=1):
    """Fail at statement 1, 1 + step, … until a run succeeds; return where it did.

    `check_untouched` also takes back the steps that were whole before the failure.
    """
    number = 1 - step
    while True:
        number += step
        end = failing_at(number)
        try:
            migrate()
        except Cut:
            check_untouched()
        else:
            return number - 1
        finally:
            end()


def test_a_migration_that_fails_anywhere_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "a.db"

    whole_steps = (
        set(),
        METADATA.tables.keys() - MEETINGS - PICTURES - {"installation"},
        METADATA.tables.keys() - MEETINGS - PICTURES,
        METADATA.tables.keys() - PICTURES,  # the fourth step adds a column alone
        METADATA.tables.keys(),  # and so do those after it
    )

    def untouched():
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        left = set(inspect(engine).get_table_names()) - {"alembic_version"}
        assert left in whole_steps
        path.unlink()

    failed = runs_until_it_succeeds(
        lambda: SqliteFile(path).migrate(), untouched, step=STEP
    )
    assert failed >= statements()
    store = DatabaseStore(path)
    store.create(programme_of(), actor=LEAD)
    assert not store.verify().problems
    store.close()


def test_a_migration_that_fails_anywhere_leaves_the_server_as_it_was(postgres):
    url = postgres.new_database()
    engine = create_engine(driver(url), poolclass=NullPool)

    def begin_again():
        METADATA.drop_all(engine)
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")

    failed = runs_until_it_succeeds(
        PostgresServer(url).migrate, begin_again, step=1 if THOROUGH else 3 * STEP
    )
    assert failed >= statements()
    assert schema_of(engine).keys() == METADATA.tables.keys()
    engine.dispose()


def test_after_a_failed_migration_the_server_has_no_tables(postgres):
    url = postgres.new_database()
    end = failing_at(statements() // 2)
    with pytest.raises(Cut):
        PostgresServer(url).migrate()
    end()
    engine = create_engine(driver(url), poolclass=NullPool)
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    DatabaseStore(url).close()


def test_a_newer_file_is_refused_in_words_and_not_touched(tmp_path):
    path = tmp_path / "a.db"
    empty_file(path)
    file = sqlite3.connect(path)
    file.execute(f"PRAGMA user_version = {SCHEMA + 1}")
    file.close()
    before = path.read_bytes()
    with pytest.raises(
        NewerStore,
        match=rf"a\.db was written by a newer systemmap \(schema {SCHEMA + 1}, this one knows {SCHEMA}\)",
    ):
        DatabaseStore(path)
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()


def test_a_newer_server_is_refused_in_words(postgres):
    url = migrated(postgres)
    DatabaseStore(url).close()
    engine = create_engine(driver(url), poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE schema_version SET version = 99")
    engine.dispose()
    with pytest.raises(NewerStore, match="schema 99"):
        DatabaseStore(url)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"not a database at all, only text" * 40, DamagedStore),
        (b"PK\x03\x04" * 300, DamagedStore),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_not_touched(
    tmp_path, content, error
):
    path = tmp_path / "plan.docx"
    path.write_bytes(content)
    with pytest.raises(error, match=r"plan\.docx cannot be opened"):
        DatabaseStore(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "photos.db"
    file = sqlite3.connect(path)
    file.execute("CREATE TABLE photo (id)")
    file.commit()
    file.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="not a systemmap file"):
        DatabaseStore(path)
    assert path.read_bytes() == before


def test_a_file_is_copied_before_it_is_migrated(tmp_path):
    path = tmp_path / "a.db"
    empty_file(path)
    file = sqlite3.connect(path)
    file.executescript("PRAGMA user_version = 0;")
    file.close()
    DatabaseStore(path).close()
    (copy,) = (tmp_path / "backups").iterdir()
    assert copy.name.endswith("-migration.db")


def old_words(schema):
    """Return what takes a database back to an earlier schema: its tables, its number."""
    gone = {*PICTURES}
    gone |= MEETINGS if schema <= 2 else set()
    gone |= {"installation"} if schema == 1 else set()
    children_first = [t.name for t in reversed(METADATA.sorted_tables)]
    return [
        *(f'DROP TABLE "{name}"' for name in children_first if name in gone),
        "ALTER TABLE proposal DROP COLUMN due_raw",
        *(f"ALTER TABLE action DROP COLUMN {name}" for name in LATER),
        f"UPDATE schema_version SET version = {schema}",  # noqa: S608 - a number
        f"UPDATE alembic_version SET version_num = '000{schema}'",  # noqa: S608
    ]


def check_open(store):
    """Look into a store that was brought up to date, and write what is new."""
    assert len(store.secret()) == 32
    assert [programme.id for programme in store.programmes()] == ["testtown"]
    with store.editing("testtown", actor=LEAD, label="Add a board") as draft:
        draft.add(Board(id="hwb", name="Health and Wellbeing Board"))
    assert not store.verify().problems
    store.close()


@pytest.mark.parametrize("schema", [1, 3])
def test_a_file_of_an_earlier_schema_is_brought_up_to_date(tmp_path, schema):
    path = tmp_path / "a.db"
    store = DatabaseStore(empty_file(path))
    store.create(programme_of(), actor=LEAD)
    store.close()
    file = sqlite3.connect(path)
    file.executescript(
        ";".join([*old_words(schema), f"PRAGMA user_version = {schema}"])
    )
    file.close()
    check_open(DatabaseStore(path))
    assert len(list((tmp_path / "backups").iterdir())) == 1


def test_a_server_of_an_earlier_schema_is_brought_up_to_date(postgres):
    url = migrated(postgres)
    store = DatabaseStore(url)
    store.create(programme_of(), actor=LEAD)
    store.close()
    engine = create_engine(driver(url), poolclass=NullPool)
    with engine.begin() as connection:
        for words in old_words(2):
            connection.exec_driver_sql(words)
    engine.dispose()
    check_open(DatabaseStore(url))


def as_once(kind, data):
    """Return a row as a program of schema 5 wrote it: its rating among further fields."""
    if kind != "action":
        return data
    said = {n: data[n] for n in ("rating", "rating_reason") if data[n]}
    left = {name: value for name, value in data.items() if name not in LATER}
    return {**left, "extra": {**left["extra"], **said}}


def kept_once(monkeypatch, store):
    """Write a programme whose log is as schema 5 wrote it; return its ratings."""
    kinds = iter(())

    def image(data):
        return image_of(data if data is None else as_once(next(kinds), data))

    with monkeypatch.context() as patch:
        patch.setattr("systemmap.store.log.apply.image_of", image)
        once = programme_of(
            None,
            Action(id="a", title="Walks", rating="amber", rating_reason="No room"),
            Action(id="b", title="Meals", extra={"columns": {"Cost": "low"}}),
            Action(id="c", title="Cooking", extra={"rating": ["odd"]}),
        )
        kinds = iter([kind.name for kind, _ in once.records()])
        store.create(once, actor=LEAD)
        kinds = iter(["action", "action"])
        with store.editing("testtown", actor=LEAD, label="Rate") as draft:
            draft.replace(replace(draft.actions["b"], rating="green"))
    return {"a": "amber", "b": "green", "c": ""}


def to_five():
    """Return what takes the tables back to schema 5, ratings among further fields."""
    return [
        """UPDATE action SET extra = '{"rating":"amber","rating_reason":"No room"}' WHERE id = 'a'""",
        """UPDATE action SET extra = '{"columns":{"Cost":"low"},"rating":"green"}' WHERE id = 'b'""",
        *(f"ALTER TABLE action DROP COLUMN {name}" for name in LATER),
        "UPDATE schema_version SET version = 5",
        "UPDATE alembic_version SET version_num = '0005'",
    ]


def check_ratings(store, ratings):
    """Look into a store whose ratings were moved: rows, history, undo and proof agree."""
    found = store.load("testtown").actions
    assert {key: action.rating for key, action in found.items()} == ratings
    assert (found["a"].rating_reason, found["a"].evidence) == ("No room", "")
    assert found["b"].extra == {"columns": {"Cost": "low"}}
    assert found["c"].extra == {"rating": ["odd"]}
    assert not store.verify().problems
    with store.editing("testtown", actor=LEAD, label="Say more") as draft:
        draft.replace(replace(draft.actions["a"], rating="red", evidence="A trial"))
    assert store.load("testtown").actions["a"].evidence == "A trial"
    assert not store.verify().problems
    then = store.load("testtown", as_of=store.revision("testtown") - 1)
    assert then.actions["a"].rating == "amber"
    store.undo("testtown", store.revision("testtown"), actor=LEAD)
    store.undo("testtown", 2, actor=LEAD)  # a change of before the migration
    found = store.load("testtown").actions
    assert (found["a"].rating, found["b"].rating) == ("amber", "")
    assert found["a"].evidence == ""
    assert not store.verify().problems
    store.close()


def test_ratings_kept_among_further_fields_move_in_a_file(tmp_path, monkeypatch):
    path = tmp_path / "a.db"
    store = DatabaseStore(empty_file(path))
    ratings = kept_once(monkeypatch, store)
    store.close()
    file = sqlite3.connect(path)
    file.executescript(";".join([*to_five(), "PRAGMA user_version = 5"]))
    file.close()
    check_ratings(DatabaseStore(path), ratings)


def test_ratings_kept_among_further_fields_move_on_a_server(postgres, monkeypatch):
    url = migrated(postgres)
    store = DatabaseStore(url)
    ratings = kept_once(monkeypatch, store)
    store.close()
    engine = create_engine(driver(url), poolclass=NullPool)
    with engine.begin() as connection:
        for words in to_five():
            connection.exec_driver_sql(words)
    engine.dispose()
    check_ratings(DatabaseStore(url), ratings)


def test_an_action_of_schema_six_has_room_for_evidence_and_the_same_history(
    tmp_path, monkeypatch
):
    path = tmp_path / "a.db"
    store = DatabaseStore(empty_file(path))

    def once(data):
        """Return a row's image as a program of schema 6 wrote it."""
        six = data and {n: v for n, v in data.items() if n not in gone_of(data)}
        return image_of(six)

    def gone_of(data):
        return {"evidence"} if "action_scale" in data else ()

    with monkeypatch.context() as patch:
        patch.setattr("systemmap.store.log.apply.image_of", once)
        walks = Action(id="a", title="Walks", rating="amber")
        store.create(programme_of(None, walks), actor=LEAD)
        with store.editing("testtown", actor=LEAD, label="Rate") as draft:
            draft.replace(replace(draft.actions["a"], rating="green"))
    store.close()
    file = sqlite3.connect(path)
    file.executescript(
        "ALTER TABLE action DROP COLUMN evidence; UPDATE schema_version SET version = 6;"
        "UPDATE alembic_version SET version_num = '0006'; PRAGMA user_version = 6"
    )
    file.close()
    store = DatabaseStore(path)
    assert store.load("testtown").actions["a"].evidence == ""
    assert not store.verify().problems
    with store.editing("testtown", actor=LEAD, label="Say more") as draft:
        draft.replace(replace(draft.actions["a"], evidence="A review, 2024"))
    assert store.load("testtown").actions["a"].evidence == "A review, 2024"
    store.undo("testtown", store.revision("testtown"), actor=LEAD)
    store.undo("testtown", 2, actor=LEAD)  # of before the migration
    found = store.load("testtown").actions["a"]
    assert (found.rating, found.evidence) == ("amber", "")
    assert not store.verify().problems
    store.close()
