"""The assets of a place: what each helps with, and which actions use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.model.response import Asset, AssetFactor
from systemmap.model.text import folded
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from systemmap.model.programme import Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetRow:
    """One asset with the factors it helps with and the actions that use it.

    Both are named in alphabetical order. An action that has ended uses nothing.
    """

    asset: Asset
    helps_with: tuple[str, ...]
    used_by: tuple[str, ...]
    factor_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetUse:
    """Every asset, alphabetical by name."""

    rows: tuple[AssetRow, ...]

    @property
    def tied(self) -> tuple[AssetRow, ...]:
        """Assets tied to a factor."""
        return tuple(row for row in self.rows if row.factor_ids)

    @property
    def unused(self) -> tuple[AssetRow, ...]:
        """Assets tied to a factor that no action uses: something to build on."""
        return tuple(row for row in self.tied if not row.used_by)

    @property
    def untied(self) -> tuple[AssetRow, ...]:
        """Assets tied to no factor."""
        return tuple(row for row in self.rows if not row.factor_ids)

    @property
    def sentence(self) -> str:
        """The finding, with its denominator."""
        total = len(self.rows)
        if not total:
            return "No assets are listed yet."
        if not self.unused:
            return f"{total} {'asset is' if total == 1 else 'assets are'} listed."
        verb = "helps" if len(self.unused) == 1 else "help"
        return f"{len(self.unused)} of {total} assets {verb} with a cause and no listed action uses {'it' if len(self.unused) == 1 else 'them'} yet."


def find_asset_use(programme: Programme, map_id: str = "main") -> AssetUse:
    """Return every asset with its factors on one map and the actions that use it."""
    factors = programme.system_map(map_id).factors
    helps: dict[str, list[str]] = {}
    for tie in programme.all(AssetFactor).values():
        if tie.map_id == map_id:
            helps.setdefault(tie.asset_id, []).append(tie.factor_id)
    used = _actions_by_asset(programme)
    return AssetUse(
        rows=tuple(
            AssetRow(
                asset=asset,
                helps_with=tuple(
                    sorted(factors[key].label for key in helps.get(asset.id, ()))
                ),
                used_by=tuple(sorted(used.get(asset.id, ()))),
                factor_ids=tuple(sorted(helps.get(asset.id, ()))),
            )
            for asset in _by_name(programme.assets.values())
        )
    )


def assets_by_factor(
    programme: Programme, map_id: str = "main"
) -> dict[str, tuple[Asset, ...]]:
    """Return the assets tied to each factor of one map, in the order of their names."""
    found: dict[str, list[Asset]] = {}
    for tie in programme.all(AssetFactor).values():
        if tie.map_id == map_id:
            found.setdefault(tie.factor_id, []).append(programme.assets[tie.asset_id])
    return {key: tuple(_by_name(assets)) for key, assets in found.items()}


def _by_name(assets: Iterable[Asset]) -> list[Asset]:
    return sorted(assets, key=lambda asset: (asset.name.casefold(), asset.id))


def _actions_by_asset(programme: Programme) -> dict[str, list[str]]:
    """Name the actions that use each asset, by its id or its name, and have not ended."""
    named: dict[str, list[str]] = {}
    for asset in programme.assets.values():
        named.setdefault(folded(asset.name), []).append(asset.id)
    found: dict[str, list[str]] = {}
    for action in programme.actions.values():
        if action.group is StatusGroup.ENDED:
            continue
        for words in action.assets:
            ids = [words] if words in programme.assets else named.get(folded(words), ())
            for asset_id in ids:
                found.setdefault(asset_id, []).append(action.title)
    return found
