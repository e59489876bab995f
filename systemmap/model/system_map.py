"""SystemMap: the factors and links of one map, and the verbs that change them."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from systemmap.errors import DuplicateItem, UnknownItem
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.outside import from_outside

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class SystemMap:
    """Factors and links that one place's participants drew.

    Every verb leaves the map valid or changes nothing: ids are unique, and no
    link stands without both its ends. Factors and links keep the order in
    which they were added; sort before any search or draw.

    Parameters
    ----------
    version : MapVersion
        Which map this is. Factors and links added to it take its id.
    factors, links : iterable
        What it starts with.
    """

    def __init__(
        self,
        version: MapVersion | None = None,
        factors: Iterable[Factor] = (),
        links: Iterable[Link] = (),
    ) -> None:
        self.version = version or MapVersion(id="main", name="Main map")
        self._factors: dict[str, Factor] = {}
        self._links: dict[tuple[str, str], Link] = {}
        for factor in factors:
            self.add_factor(factor)
        for link in links:
            self.add_link(link)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SystemMap):
            return NotImplemented
        return (self.version, self._factors, self._links) == (
            other.version,
            other._factors,
            other._links,
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<SystemMap {self.version.id!r}: {len(self._factors)} factors, {len(self._links)} links>"

    def _repr_html_(self) -> str:
        """Show itself in a notebook, interactive and without any request."""
        return cast("str", from_outside("html_of")(self))

    @property
    def id(self) -> str:
        """The id of this map within its programme."""
        return self.version.id

    @property
    def outcome(self) -> str | None:
        """The id of the factor the group cares about most, if it still exists."""
        return self.version.outcome if self.version.outcome in self._factors else None

    @property
    def factors(self) -> Mapping[str, Factor]:
        """The factors by id."""
        return MappingProxyType(self._factors)

    @property
    def links(self) -> Mapping[tuple[str, str], Link]:
        """The links by (source, target)."""
        return MappingProxyType(self._links)

    def factor(self, factor_id: str) -> Factor:
        """Return one factor.

        Raises
        ------
        UnknownItem
            The map has no factor with this id.
        """
        if factor_id not in self._factors:
            raise UnknownItem.named("factor", factor_id, self._factors)
        return self._factors[factor_id]

    def link(self, source: str, target: str) -> Link:
        """Return the link from one factor to another.

        Raises
        ------
        UnknownItem
            Nobody drew that link.
        """
        if (source, target) not in self._links:
            names = [link.id for link in self._links.values()]
            raise UnknownItem.named("link", f"{source} -> {target}", names)
        return self._links[source, target]

    def add_factor(self, factor: Factor) -> Factor:
        """Add a factor; its id must be new."""
        if factor.id in self._factors:
            msg = f"The map already has a factor with id '{factor.id}'. Change the existing factor, or give the new one another id."
            raise DuplicateItem(msg)
        return self._put(factor)

    def replace_factor(self, factor: Factor) -> Factor:
        """Put a changed factor in the place of the one with the same id."""
        self.factor(factor.id)
        return self._put(factor)

    def remove_factor(self, factor_id: str) -> Factor:
        """Remove a factor and every link that touches it."""
        factor = self.factor(factor_id)
        for pair in [pair for pair in self._links if factor_id in pair]:
            del self._links[pair]
        del self._factors[factor_id]
        return factor

    def add_link(self, link: Link) -> Link:
        """Add a link between two factors of this map; the pair must be new."""
        self.factor(link.source)
        self.factor(link.target)
        if (link.source, link.target) in self._links:
            msg = f"The map already has a link with id '{link.id}'. Change the existing link, or merge what the two say."
            raise DuplicateItem(msg)
        return self._put_link(link)

    def replace_link(self, link: Link) -> Link:
        """Put a changed link in the place of the one between the same factors."""
        self.link(link.source, link.target)
        return self._put_link(link)

    def remove_link(self, source: str, target: str) -> Link:
        """Remove the link from one factor to another."""
        link = self.link(source, target)
        del self._links[source, target]
        return link

    def copy(self, version: MapVersion | None = None) -> SystemMap:
        """Return a map of its own that starts the same, under another version if given."""
        return SystemMap(
            version or self.version, self._factors.values(), self._links.values()
        )

    def _put(self, factor: Factor) -> Factor:
        if factor.map_id != self.id:
            factor = replace(factor, map_id=self.id)
        self._factors[factor.id] = factor
        return factor

    def _put_link(self, link: Link) -> Link:
        if link.map_id != self.id:
            link = replace(link, map_id=self.id)
        self._links[link.source, link.target] = link
        return link
