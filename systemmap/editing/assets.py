"""The list of assets: what a person typed becomes an asset, and ties to factors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from systemmap.errors import InvalidValue
from systemmap.model.owners import organisation_from
from systemmap.model.response import Asset, AssetFactor
from systemmap.model.text import clean, clean_label, slug

if TYPE_CHECKING:
    from systemmap.model.programme import Programme


def new_asset(
    programme: Programme,
    name: str,
    *,
    type_: str = "",
    organisation: str = "",
    place: str = "",
    theme: str = "",
    note: str = "",
) -> Asset:
    """Add an asset as typed.

    Raises
    ------
    InvalidValue
        The name is blank, or the organisation is an e-mail address.
    """
    name = clean_label(name)
    if not name:
        raise InvalidValue(
            "Give the name people know it by, for example 'Mill Lane pantry'."
        )
    made = Asset(
        id=slug(name, programme.assets, fallback="asset"),
        name=name,
        type=type_,
        organisation=organisation_from(organisation),
        place=place,
        theme=theme,
        note=clean(note).strip(),
    )
    programme.add(made)
    return made


def tie_asset(
    programme: Programme,
    asset_id: str,
    factor_id: str,
    *,
    map_id: str = "main",
    reason: str = "",
) -> AssetFactor:
    """Say that an asset helps with a factor, and why; a tie that is there gets the new reason."""
    made = AssetFactor(
        asset_id=asset_id,
        map_id=map_id,
        factor_id=factor_id,
        reason=clean_label(reason),
    )
    programme.put(made)
    return made
