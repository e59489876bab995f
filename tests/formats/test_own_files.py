"""A file of ours that comes back untouched changes nothing, whatever it is written in."""

from __future__ import annotations

import pytest

from systemmap.bundled.examples import example
from systemmap.errors import Undecided
from systemmap.formats import FORMATS, accept, nothing_in, read, write
from systemmap.testing import map_from, programme_of
from tests.drawing.foresight import foresight

PROGRAMMES = {
    "Sampleshire": example,
    "Foresight": foresight,
    "a map without places": lambda: programme_of(
        map_from("stress -> sleep -\nsleep -> stress ?\nwork")
    ),
}
BOTH_WAYS = [key for key, fmt in FORMATS.items() if fmt.read and fmt.write]


@pytest.mark.parametrize("name", PROGRAMMES)
@pytest.mark.parametrize("key", BOTH_WAYS)
def test_our_own_untouched_file_changes_nothing(key, name):
    programme = PROGRAMMES[name]()
    if said := nothing_in(FORMATS[key], programme, "main"):
        assert said.endswith("yet")
        return
    written = write(programme, key)
    draft = programme.copy()
    try:
        reading = read(written.data, f"ours{written.suffix}")
    except Undecided:  # a few lines of text may be several things
        reading = read(written.data, f"ours{written.suffix}", as_=key)
    result = accept(draft, reading)
    assert (result.new, result.changed) == (0, 0), list(map(str, result.changes))
    assert list(map(str, result.conflicts)) == []
    assert result.gone == ()
    assert draft == programme
