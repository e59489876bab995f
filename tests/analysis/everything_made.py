"""Whatever systemmap calculates or writes of two programmes, as names and fingerprints."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import nullcontext
from functools import cache
from hashlib import sha256

from systemmap.bundled.bundled_files import foresight_map
from systemmap.bundled.examples import example
from systemmap.drawing.layout import place
from systemmap.formats import FORMATS, write
from systemmap.model.response import ActionFactor
from systemmap.reports import REPORTS, Order, build
from tests.analysis.drawn_maps import generated_map, keep_causes
from tests.analysis.every_analysis import (
    ANALYSES,
    LAYOUT,
    TODAY,
    acted_on,
    digest_of,
    usual_for,
)
from tests.drawing.coarse import coarse_and_small
from tests.sizes import WHOLE


def told():
    """Return it all as JSON: what it is called, and the fingerprint of what was made."""
    analysed = {f"analysis: {key}": answered(key) for key in ANALYSES}
    return json.dumps(analysed | made())


def answered(key):
    """Return the fingerprint of one analysis of Foresight, on which much is acted."""
    return digest_of(ANALYSES[key](acted_on_foresight(key == LAYOUT).copy()))


@cache
def acted_on_foresight(for_layout):
    drawn = foresight_map()
    key = LAYOUT if for_layout else ""
    return acted_on(drawn if WHOLE else usual_for(key, drawn))


def made():
    """Return the fingerprints of all that is drawn and written."""
    with nullcontext() if WHOLE else coarse_and_small():
        return _made()


def _made():
    found = {}
    if WHOLE:  # an ordinary run's layout is the best of several tries itself
        found["layout afresh"] = digest_of(place(generated_map(12, 26)))
    programme = example()
    if not WHOLE:  # those on which most is done; the layout is above
        ties = Counter(tie.factor_id for tie in programme.all(ActionFactor).values())
        keep_causes(programme, 0, *(key for key, _ in ties.most_common(24)))
    for key, fmt in FORMATS.items():
        if fmt.write is not None:
            found[f"file: {key}"] = _digest(write(programme, key).data)
    written = set()
    for key, report in REPORTS.items():
        for at, suffix in enumerate(report.suffixes):
            if at and suffix in written and not WHOLE:
                continue  # one body is behind them all, and its writer was tried
            written.add(suffix)
            document = build(programme, key, Order(at=TODAY), suffix).data
            found[f"document: {key} {suffix}"] = _digest(document)
    return found


def _digest(data):
    return sha256(data).hexdigest()[:16]
