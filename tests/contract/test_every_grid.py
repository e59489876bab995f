"""Every table that is edited in cells: what it shows is what it reads."""

from __future__ import annotations

import pytest

from systemmap.bundled.examples import example
from systemmap.editing.grids import GridEdits, apply_edits
from systemmap.editing.list_grids import EVERY_GRID

ELSEWHERE = (
    "frameworks",
    "owners",
)  # rows that came with systemmap, or from other tables


@pytest.mark.parametrize("key", [key for key in EVERY_GRID if key not in ELSEWHERE])
def test_cells_typed_again_as_they_stand_show_the_same(key):
    grid, draft = EVERY_GRID[key], example()
    before = grid.rows(draft)
    typed = {c.key for c in grid.columns(draft) if not c.fixed}
    again = {
        row: {name: text for name, text in cells.items() if name in typed}
        for row, cells in before.items()
    }
    apply_edits(grid, draft, before, GridEdits(changed=again))
    assert before
    assert grid.rows(draft) == before
