import csv
from pathlib import Path

import pytest

from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.system_map import SystemMap
from systemmap.model.values import Polarity

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"
OUTCOME = "strength-of-lock-in-to-accumulate-energy"


def _rows(name):
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def foresight() -> SystemMap:
    """The Foresight obesity system map of 2007, with the outcome the tests use."""
    factors = [
        Factor(id=row["key"], label=row["label"], theme=row["cluster"])
        for row in _rows("foresight_2007_factors.csv")
    ]
    links = [
        Link(
            source=row["source"],
            target=row["target"],
            polarity=Polarity(row["polarity"]),
        )
        for row in _rows("foresight_2007_links.csv")
    ]
    version = MapVersion(id="foresight", name="Foresight 2007", outcome=OUTCOME)
    return SystemMap(version, factors, links)
