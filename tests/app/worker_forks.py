"""Workers that read a file or try a template, as forks of one that has its imports.

Nearly all that a small file costs is a start from nothing, with all of its imports. The
fork runs the same worker, with the same words, limits and ends. From nothing it starts
where that is the subject: in `tests/formats`, `tests/linear`, `tests/photos` and one test
of templates.
"""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.reduction import DupFd

from tests.app.forks import FORKS, Forked, start


class Worker(Forked):
    """What `bounded` and `template_check` use of a `subprocess.Popen`."""

    def __init__(self, module, environment, *words):
        asked, self.stdin = _pipe()
        self.stdout, said = _pipe(reads=True)
        self.stderr, complained = _pipe(reads=True)
        ends = (asked, said, complained)
        self._process = FORKS.Process(
            target=_work, args=(module, environment, words, *map(_Handed, ends))
        )
        try:
            start(self._process)
        finally:
            for end in ends:
                os.close(end)

    def communicate(self, question=b"", timeout=None):
        """Hand over all, hear all, and wait for the end."""
        with ThreadPoolExecutor(3) as ways:
            ways.submit(self._hand_over, question)
            heard = ways.submit(self.stdout.read), ways.submit(self.stderr.read)
            self._process.join(timeout)
            if self._process.exitcode is None:
                self.kill()  # else the threads would wait for it
                raise subprocess.TimeoutExpired("a worker", timeout)
        return tuple(one.result() for one in heard)

    def _hand_over(self, question):
        try:
            with self.stdin:
                self.stdin.write(question)
        except BrokenPipeError:  # it ended before it had heard everything
            pass

    def wait(self):
        self._process.join()
        return self.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.wait()
        for pipe in (self.stdin, self.stdout, self.stderr):
            try:
                pipe.close()
            except BrokenPipeError:
                continue


class _Handed:
    """An end of a pipe that goes along to a fork."""

    def __init__(self, number):
        self._number = number

    def __reduce__(self):
        return _taken, (DupFd(self._number),)


def _taken(handed):
    return handed.detach()


def _pipe(*, reads=False):
    """Return the ends of a pipe: ours as a file, the other's as a number."""
    out, into = os.pipe()
    return (os.fdopen(out, "rb"), into) if reads else (out, os.fdopen(into, "wb"))


def _work(module, environment, words, asked, said, complained):
    """Become the worker."""
    for number, name, how in (
        (asked, "stdin", "r"),
        (said, "stdout", "w"),
        (complained, "stderr", "w"),
    ):
        standard = ("stdin", "stdout", "stderr").index(name)
        os.dup2(number, standard)
        os.close(number)
        setattr(sys, name, os.fdopen(standard, how, encoding="utf-8", closefd=False))
    os.environ.clear()
    os.environ.update(environment)
    sys.exit(importlib.import_module(module).main(*words))


@contextmanager
def workers_are_forks():
    """Have `bounded` start forks, until the block ends."""
    from systemmap.formats.worker import bounded, standing

    def started(module="systemmap.formats.worker.process"):
        return Worker(module, bounded._environment())

    from_nothing = bounded._started
    bounded._started = started
    try:
        yield
    finally:
        bounded._started = from_nothing
        standing.dismiss_all()


@contextmanager
def templates_are_tried_in_forks():
    """Have `template_check` start forks, until the block ends; gives its own way of starting."""
    from systemmap.reports.parts import template_check

    def started(suffix):
        return Worker(template_check.__name__, template_check._environment(), suffix)

    from_nothing = template_check._started
    template_check._started = started
    try:
        yield from_nothing
    finally:
        template_check._started = from_nothing
