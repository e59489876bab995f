"""How often a map's graph is built and its loops are searched, wherever from."""

import sys
import threading
from collections import Counter
from contextlib import contextmanager

from systemmap.analysis.graph import to_digraph
from systemmap.analysis.loops.loop_search import shortest_cycles

COUNTED = (to_digraph, shortest_cycles)
ONCE = {"to_digraph": 1, "shortest_cycles": 1}


@contextmanager
def counted(*functions):
    """Count how often functions are called, wherever from: those of COUNTED unless named."""
    names = {each.__code__: each.__name__ for each in functions or COUNTED}
    calls = Counter()

    def look(frame, event, _argument):
        if event == "call" and frame.f_code in names:
            calls[names[frame.f_code]] += 1

    threading.setprofile(look)
    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
