"""How much of a long list an ordinary run tries, and how long a test waits.

``tests/run.py --whole`` tries everything. An ordinary run takes cases from end to end
of a list, so that every rule still has its test; what walks a way that another test
walks too, in another light or with another hand, waits for a whole run.
"""

import os

import pytest

PATIENCE = (
    90  # seconds: a failure must mean broken, not busy; a green test waits for none
)

WHOLE_RUN = "SYSTEMMAP_WHOLE_RUN"  # the variable by which workers know
WHOLE = WHOLE_RUN in os.environ


def spread(cases, few):
    """Return so many of the cases, the first, the last and some between; a whole run's all.

    >>> spread("abcdefghi", 3)
    ['a', 'e', 'i']
    """
    cases = list(cases)
    if WHOLE or len(cases) <= few:
        return cases
    return [cases[at * (len(cases) - 1) // (few - 1)] for at in range(few)]


def whole(because):
    """Mark a test, or a case of one, for a whole run alone; say what asks it in an ordinary one.

    >>> pytest.param("dark", marks=whole("light asks the same of the same words")).values
    ('dark',)
    """
    assert because
    return pytest.mark.whole(because)
