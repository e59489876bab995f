"""One thread that writes: changes that arrive together share one synced commit.

Each change runs in a SAVEPOINT, so a refused one leaves its neighbours alone.
A deferred foreign key speaks only at COMMIT and would take the whole group
with it: then everything is rolled back and the members run one by one. When
the disk or the server fails, the whole group is told so and nothing is tried
again: a COMMIT whose answer was lost may have happened, and only the sender's
idempotency key makes a second try safe. Nobody is answered before the COMMIT
that holds their change has returned.
"""

from __future__ import annotations

import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from systemmap.errors import StoreError, SystemMapError
from systemmap.store.sql.error_words import in_words
from systemmap.store.sql.sql_session import SqlSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from systemmap.store.log.session import Session
    from systemmap.store.protocol import Watch

GROUP = 64  # changes in one commit


@dataclass(frozen=True, slots=True)
class _Job:
    programme_id: str
    work: Callable[[Session], Any]
    done: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, slots=True)
class _Pause:
    """Something that needs the file to itself, between two groups."""

    work: Callable[[], None]
    done: Future[None] = field(default_factory=Future)


class Writer:
    """The only writing connection of this process, and the queue in front of it.

    Parameters
    ----------
    engine : Engine
        Where to write; one connection is opened and kept.
    claim : callable
        Called with the connection and a programme id before the first change
        to that programme in each transaction (PostgreSQL takes its lock there).
    """

    def __init__(
        self, engine: Engine, claim: Callable[[Connection, str], None]
    ) -> None:
        self.watch: Watch | None = None
        self._engine = engine
        self._claim = claim
        self._queue: SimpleQueue[_Job | _Pause | None] = SimpleQueue()
        self._state = Lock()
        self._closed = False
        self._thread = Thread(target=self._run, name="systemmap-writer", daemon=True)
        self._thread.start()

    def write(self, programme_id: str, work: Callable[[Session], Any]) -> Any:  # noqa: ANN401 - whatever the work returns
        """Queue one change; return its result once it is on disk, or raise."""
        job, begun = _Job(programme_id, work), time.perf_counter()
        saved = False
        try:
            self._put(job)
            result = job.done.result()
            saved = True
        finally:
            if self.watch is not None:
                self.watch(time.perf_counter() - begun, saved=saved)
        return result

    def pause(self, work: Callable[[], None]) -> None:
        """Let go of the connection, run `work` between two groups, go on."""
        pause = _Pause(work)
        self._put(pause)
        pause.done.result()

    def close(self) -> None:
        """Finish what is queued, then let go of the connection."""
        with self._state:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _put(self, job: _Job | _Pause) -> None:
        with self._state:
            if self._closed:
                raise StoreError("The data was closed already. Start systemmap again.")
            self._queue.put(job)

    def _run(self) -> None:
        going = True
        while going:
            jobs, then = self._next_group()
            if jobs:
                # sorted, so that two processes take their locks in one order
                jobs.sort(key=lambda job: job.programme_id)
                self._commit(jobs)
            if isinstance(then, _Pause):
                self._engine.dispose()
                _answer(then.done, then.work)
            going = then is not None
        self._engine.dispose()

    def _next_group(self) -> tuple[list[_Job], _Pause | bool | None]:
        """Return what waits, up to a group, and what comes then (None = the end)."""
        jobs: list[_Job] = []
        job = self._queue.get()
        while isinstance(job, _Job):
            jobs.append(job)
            if len(jobs) == GROUP:
                return jobs, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return jobs, True
        return jobs, job

    def _commit(self, jobs: list[_Job]) -> None:
        answers: list[_Answer] = []
        try:
            with self._engine.connect() as connection, connection.begin():
                answers = self._attempts(connection, jobs)
        except _NotClaimed as error:
            mine = [job for job in jobs if job.programme_id == error.programme_id]
            _tell(mine, in_words(error.cause))
            others = [job for job in jobs if job.programme_id != error.programme_id]
            if others:
                self._commit(others)
        except IntegrityError as error:  # spoken at COMMIT: nothing was committed
            if len(jobs) == 1:
                _tell(jobs, in_words(error))
            else:
                for job in jobs:
                    self._commit([job])
        except DBAPIError as error:
            _tell(jobs, in_words(error))
        except Exception as fault:  # noqa: BLE001 - a waiting caller is always answered
            _tell(jobs, fault)
        else:
            for job, answer in zip(jobs, answers, strict=True):
                if answer.refusal is None:
                    job.done.set_result(answer.result)
                else:
                    job.done.set_exception(answer.refusal)

    def _attempts(self, connection: Connection, jobs: list[_Job]) -> list[_Answer]:
        answers = []
        claimed: set[str] = set()
        for job in jobs:
            if job.programme_id not in claimed:
                try:
                    self._claim(connection, job.programme_id)
                except DBAPIError as error:
                    raise _NotClaimed(job.programme_id, error) from error
                claimed.add(job.programme_id)
            answers.append(_attempt(connection, job))
        return answers


@dataclass(frozen=True, slots=True)
class _Answer:
    result: Any = None
    refusal: Exception | None = None


class _NotClaimed(Exception):
    """Another process holds a programme for too long."""

    def __init__(self, programme_id: str, cause: DBAPIError) -> None:
        super().__init__(programme_id)
        self.programme_id = programme_id
        self.cause = cause


def _attempt(connection: Connection, job: _Job) -> _Answer:
    """Run one change in a savepoint; a refusal concerns nobody else."""
    savepoint = connection.begin_nested()
    try:
        result = job.work(SqlSession(connection))
        savepoint.commit()
    except SystemMapError as refusal:
        savepoint.rollback()
        return _Answer(refusal=refusal)
    except (IntegrityError, DataError) as error:
        savepoint.rollback()
        return _Answer(refusal=in_words(error))
    except DBAPIError:  # the disk or the server: the transaction is gone
        raise
    except Exception as fault:  # noqa: BLE001 - a programmer's mistake goes to its caller alone
        savepoint.rollback()
        return _Answer(refusal=fault)
    return _Answer(result)


def _tell(jobs: list[_Job], refusal: Exception) -> None:
    for job in jobs:
        job.done.set_exception(refusal)


def _answer(done: Future[None], work: Callable[[], None]) -> None:
    try:
        work()
    except Exception as fault:  # noqa: BLE001 - a waiting caller is always answered
        done.set_exception(fault)
    else:
        done.set_result(None)
