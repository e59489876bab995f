"""The Foresight map laid out once, for tests of size and look."""

from dataclasses import replace
from functools import cache

from systemmap.bundled.bundled_files import foresight_map, foresight_terms
from systemmap.drawing.layout import arrangement, place
from systemmap.model.elements import MapVersion
from systemmap.testing import programme_of
from tests.analysis.drawn_maps import keep_causes
from tests.drawing.coarse import arranged_coarsely
from tests.sizes import WHOLE


def foresight():
    """Return a programme that holds the Foresight map as its main map."""
    return _laid_out(arrangement.arranged is arranged_coarsely)


def of_foresight():
    """Return the same, of its first forty causes in an ordinary run: for look, not size."""
    if WHOLE:
        return foresight()
    part = foresight().copy()
    keep_causes(part, 40)
    return part


@cache
def _laid_out(coarsely):
    del coarsely  # what is asked of a layout is not asked of a coarse one
    borrowed = foresight_map()
    version = replace(borrowed.version, id="main")
    assert isinstance(version, MapVersion)
    system_map = borrowed.copy(version)
    for factor_id, (x, y) in place(system_map).items():
        factor = system_map.factor(factor_id)
        system_map.replace_factor(replace(factor, x=x, y=y))
    return programme_of(system_map, *foresight_terms())
