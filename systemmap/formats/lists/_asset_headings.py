"""What the columns of a sheet of assets may be called, and what ours are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.formats.format import REFERENCE_HEADING
from systemmap.formats.reading.csv_stream import heading_key

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS = {
    "name": ("name", "asset", "assetname", "nameofasset"),
    "type": ("type", "assettype", "kind", "category"),
    "organisation": ("organisation", "organization", "provider", "runby", "owner"),
    "address": ("address", "location"),
    "postcode": ("postcode", "post code"),
    "place": ("ward", "wardname", "area", "areacode", "wardcode", "place"),
    "latitude": ("latitude", "lat"),
    "longitude": ("longitude", "lon", "lng", "long"),
    "easting": ("easting", "eastings"),
    "northing": ("northing", "northings"),
    "populations": ("populationserved", "population", "populations", "whofor"),
    "capacity": ("capacity", "size"),
    "web": ("web", "website", "url", "link"),
    "note": ("notes", "note", "description", "comments"),
    "theme": ("theme",),
    "opening": ("opening", "openinghours", "openingtimes"),
    "factors": ("factors", "causes", "causesithelpswith"),
    "reference": (heading_key(REFERENCE_HEADING),),
}
WRITTEN = (
    "Name",
    "Type",
    "Organisation",
    "Address",
    "Postcode",
    "Ward",
    "Latitude",
    "Longitude",
    "Population served",
    "Capacity",
    "Web",
    "Notes",
    "Theme",
    "Factors",
)


def is_asset_heading(cells: Sequence[str]) -> bool:
    """Say whether a row names an asset and two more things of one."""
    found = asset_columns(cells)
    telling = found.keys() & {
        "postcode",
        "organisation",
        "capacity",
        "populations",
        "address",
        "easting",
        "latitude",
        "opening",
    }
    return "name" in found and len(telling) >= 2


def asset_columns(cells: Sequence[str]) -> dict[str, int]:
    """Return the column number of each meaning; a column means one thing."""
    keys = [heading_key(cell) for cell in cells]
    found: dict[str, int] = {}
    for meaning, words in _HEADINGS.items():
        place = next((keys.index(w) for w in words if w in keys), None)
        if place is not None and place not in found.values():
            found[meaning] = place
    return found
