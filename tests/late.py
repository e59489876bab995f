"""How many actions of the example are overdue on the day of the run: more each month."""

from app.canvas.packed_graphs import today
from systemmap.bundled.examples import example
from systemmap.overview.summary import overdue


def late_today():
    return len(overdue(example(), today()))
