"""The log never repeats a line without bound, and still says how often it came."""

import io
import logging

import pytest

from app.server.log_repeats import FIRST, Repeats, bound
from tests.sizes import WHOLE


class Clock:
    now = 10_000.0

    def __call__(self):
        return self.now


def _logged(clock=None):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    logger = logging.Logger("test")
    logger.addFilter(Repeats(clock or Clock()))
    logger.addHandler(handler)
    return logger, out


def test_a_line_that_comes_thousands_of_times_is_written_ten_or_fewer():
    logger, out = _logged()
    zeros = 5 if WHOLE else 4
    for number in range(10**zeros):
        logger.warning("Invalid HTTP request %d", number)
    lines = out.getvalue().splitlines()
    assert len(lines) == FIRST + zeros
    assert lines[-1].endswith(f"(said {10**zeros:,} times)")


def test_words_a_visitor_chooses_do_not_make_it_another_line():
    logger, out = _logged()
    for number in range(1_000):
        logger.error(f"nobody knows {number}")  # noqa: G004 - words of a visitor
    assert len(out.getvalue().splitlines()) == FIRST + 3


def test_one_fault_is_told_in_full_a_few_times_and_another_beside_it():
    logger, out = _logged()
    for number in range(50):
        for fault in (ValueError, KeyError):
            try:
                raise fault(number)
            except fault:
                logger.exception("It failed")
    said = out.getvalue()
    assert said.count("Traceback") == 2 * FIRST
    assert said.count("(said 10 times)") == 2


def test_after_an_hour_of_quiet_a_line_is_new():
    clock = Clock()
    logger, out = _logged(clock)

    def say():
        logger.warning("Late")

    for _ in range(20):
        say()
    clock.now += 4_000
    say()
    assert out.getvalue().splitlines()[-1] == "Late"


def test_a_very_long_line_is_shortened():
    logger, out = _logged()
    logger.warning("x" * 1_000_000)
    assert len(out.getvalue()) < 3_000


@pytest.fixture
def unbound():
    """Whatever is bound in a test is let go of afterwards."""
    before = logging.getLoggerClass()
    yield
    logging.setLoggerClass(before)
    for name in ("", *logging.Logger.manager.loggerDict):
        logger = logging.getLogger(name)
        logger.filters = [f for f in logger.filters if not isinstance(f, Repeats)]


def test_loggers_there_are_and_those_made_later_are_bound_whatever_their_handlers(
    unbound,
):
    early = logging.getLogger("systemmap").getChild("early")
    found = bound()
    bound()
    assert early.filters == [found]
    late = logging.getLogger("systemmap").getChild("late")
    for logger in (early, late):
        logger.propagate = False
        out = io.StringIO()
        handler = logging.StreamHandler(out)
        logger.addHandler(handler)  # exchanged after the start, as Streamlit does
        for _ in range(200):
            logger.warning("Again")
        logger.removeHandler(handler)
        assert len(out.getvalue().splitlines()) == FIRST + 2
