"""What of a map came with the starter template and was never named by people here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import NOT_EVIDENCE, STRUCTURE_NOTE, counted

if TYPE_CHECKING:
    from systemmap.model.elements import Factor, Link
    from systemmap.model.system_map import SystemMap

_PRODUCERS = ("systemmap", "Foresight Obesity System Map (2007)")
"""How the sources of the template's causes begin; each of them carries one."""


@dataclass(frozen=True, slots=True)
class TemplateShare:
    """Causes and links of a map as the template has them, by id and by pair.

    Attributes
    ----------
    words : str
        How many they are, in a sentence; "" where there is none.
    note : str
        What the map describes and what it is no evidence for. Only what people
        drew is called so.
    """

    factors: frozenset[str]
    links: frozenset[tuple[str, str]]
    note: str = STRUCTURE_NOTE

    @property
    def words(self) -> str:
        """Say how many causes and links came with the template."""
        if not self.factors:
            return ""
        size = counted(len(self.factors), "cause")
        if self.links:
            size += f" and {counted(len(self.links), 'link')}"
        return f"{size} of this map came with the template; nobody here has named them."


def template_share(system_map: SystemMap) -> TemplateShare:
    """Tell what the template brought from what people named.

    A cause of the template that somebody noted, or that ends a link somebody
    said or drew, is people's as well and is not counted here. An unknown
    origin counts as people's. The map is not changed.

    Examples
    --------
    >>> from systemmap.testing import map_from
    >>> template_share(map_from("stress -> snacking +")).words
    ''
    """
    own = {f.id for f in system_map.factors.values() if template_mark(f)}
    drawn = {pair for pair, link in system_map.links.items() if _drawn(link)}
    links = frozenset(
        pair for pair in system_map.links if pair not in drawn and own.issuperset(pair)
    )
    ends = {end for pair in drawn for end in pair}
    factors = frozenset(
        key
        for key in own - ends
        if not (system_map.factor(key).mentions or system_map.factor(key).wordings)
    )
    if not factors and not links:
        note = STRUCTURE_NOTE
    elif len(factors) == len(system_map.factors):
        note = f"This map came with the template; nobody here has drawn on it yet. {NOT_EVIDENCE}"
    else:
        note = f"This describes what people drew and what came with the template. {NOT_EVIDENCE}"
    return TemplateShare(factors, links, note)


def template_mark(factor: Factor) -> Mapping[str, object]:
    """Return what tells that a cause came with the template; empty for any other."""
    beside = factor.extra.get("unknown_fields")
    source = beside.get("source") if isinstance(beside, Mapping) else None
    if isinstance(source, str) and source.startswith(_PRODUCERS):
        return {"unknown_fields": {"source": source}}
    return {}


def _drawn(link: Link) -> bool:
    return bool(link.claims or link.mentions or link.reason)
