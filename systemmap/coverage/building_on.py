"""What a gap could build on: up to three assets or actions, each with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.analysis.map_analysis import MapAnalysis
from systemmap.coverage.asset_use import assets_by_factor, find_asset_use
from systemmap.coverage.balance import current_actions
from systemmap.language.menu_words import term_name, theme_name
from systemmap.language.phrases import Subject, quoted
from systemmap.model.owners import named_leads
from systemmap.model.people import Place, Population
from systemmap.model.text import folded
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from systemmap.coverage.cover import Coverage
    from systemmap.model.elements import Factor
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action, Asset

LIMIT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """An asset or an action that could be built on, and why. Never "should"."""

    kind: str  # asset or action
    id: str
    name: str
    reason: str

    @property
    def sentence(self) -> str:
        """The suggestion in words."""
        return f"Could build on {quoted(self.name)}: {self.reason}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendations:
    """At most three suggestions, nearest first, and one sentence that always says something."""

    items: tuple[Recommendation, ...]
    sentence: str


class Recommender:
    """The suggestions for any factor of one map; made once per run.

    Parameters
    ----------
    programme : Programme
        Whose assets and actions to look through. It is not changed.
    coverage : Coverage
        The cover of the map.
    analysis : MapAnalysis | None
        The map's analysis, when the caller has it.
    """

    def __init__(
        self,
        programme: Programme,
        coverage: Coverage,
        analysis: MapAnalysis | None = None,
    ) -> None:
        self._programme = programme
        self._coverage = coverage
        found = analysis or MapAnalysis(programme.system_map(coverage.map_id))
        self._map, self._graph = found.system_map, found.graph
        use = find_asset_use(programme, coverage.map_id)
        self._every_asset = tuple(row.asset for row in use.rows)
        self._unused = {row.asset.id for row in use.unused}
        self._assets = assets_by_factor(programme, coverage.map_id)

    def suggest(self, factor_id: str, *, in_heading: bool = False) -> Recommendations:
        """Return what work on a factor could build on.

        Parameters
        ----------
        factor_id : str
            The factor.
        in_heading : bool
            Whether the words will stand under a heading that names it.

        Returns
        -------
        Recommendations
            In the order: an unused asset tied to the factor; one tied to a
            factor one link upstream; one of the same theme and the same place
            or group; one of the same theme whose owner runs a live action one
            step away; that action itself, when somebody leads it. Within each,
            alphabetical. Nothing is offered twice.

        Raises
        ------
        UnknownItem
            The map has no such factor.
        """
        factor = self._map.factor(factor_id)
        found: dict[tuple[str, str], Recommendation] = {}
        told = Subject(factor.label, in_heading=in_heading)
        for item in self._candidates(factor, told):
            found.setdefault((item.kind, item.id), item)
            if len(found) == LIMIT:
                break
        items = tuple(found.values())
        return Recommendations(
            items=items, sentence=items[0].sentence if items else self._empty(told)
        )

    def _candidates(self, factor: Factor, told: Subject) -> Iterator[Recommendation]:
        yield from self._here(factor, told)
        yield from self._upstream(factor)
        yield from self._alike(factor)
        yield from self._by_owner(factor)
        yield from self._neighbouring_work(factor)

    def _here(self, factor: Factor, told: Subject) -> Iterator[Recommendation]:
        for asset in self._assets.get(factor.id, ()):
            if asset.id in self._unused:
                yield _asset(
                    asset,
                    f"already helps with {told}, and no listed action uses it",
                )

    def _upstream(self, factor: Factor) -> Iterator[Recommendation]:
        for source in sorted(self._graph.predecessors(factor.id)):
            label = quoted(self._map.factor(source).label)
            for asset in self._assets.get(source, ()):
                yield _asset(asset, f"works on {label}, which feeds straight into this")

    def _alike(self, factor: Factor) -> Iterator[Recommendation]:
        groups, places = _folded(factor.populations), _folded(factor.places)
        for asset in self._every_asset:
            theme = asset.theme and asset.theme == factor.theme
            same_place = folded(asset.place) in places if asset.place else False
            same_group = groups & _folded(asset.populations)
            if theme and (same_place or same_group):
                shared = (
                    asset.place
                    if same_place
                    else next(p for p in asset.populations if folded(p) in same_group)
                )
                yield _asset(
                    asset,
                    f"same theme, {theme_name(self._programme, asset.theme)}, and the same "
                    f"{'place' if same_place else 'group'}, {self._group_name(shared, place=bool(same_place))}",
                )

    def _by_owner(self, factor: Factor) -> Iterator[Recommendation]:
        work = list(self._work_nearby(factor))
        for asset in self._every_asset:
            if not asset.theme or asset.theme != factor.theme:
                continue  # the same owner alone makes no asset fit the cause
            for action, label in work:
                if asset.organisation and folded(asset.organisation) in _folded(
                    action.owners
                ):
                    yield _asset(
                        asset,
                        f"its owner, {asset.organisation}, already runs {quoted(action.title)} on {quoted(label)}, one step away",
                    )
                    break

    def _neighbouring_work(self, factor: Factor) -> Iterator[Recommendation]:
        for action, label in self._work_nearby(factor):
            if not named_leads(action):
                continue  # nobody could be asked to build on it
            yield Recommendation(
                kind="action",
                id=action.id,
                name=action.title,
                reason=f"live on {quoted(label)}, one step away",
            )

    def _work_nearby(self, factor: Factor) -> Iterator[tuple[Action, str]]:
        near = {
            *self._graph.predecessors(factor.id),
            *self._graph.successors(factor.id),
        }
        for name in sorted(near):
            for action in self._coverage.factors[name].live:
                yield action, self._map.factor(name).label

    def _group_name(self, key: str, *, place: bool) -> str:
        known: Mapping[str, Place | Population] = self._programme.all(
            Place if place else Population
        )
        return known[key].name if key in known else key

    def _empty(self, told: Subject) -> str:
        """Say where current work is rarest; nothing is rarest where none is sorted."""
        current = current_actions(self._coverage)
        layers = Counter(a.layer for a in current if a.layer)
        scales = Counter(a.action_scale for a in current if a.action_scale)
        said = f"No asset or neighbouring work listed to build on{told.after('for')}."
        places = [
            f"{where} {self._rarest(vocabulary, counts)}"
            for where, vocabulary, counts in (
                ("in the layer", "layers", layers),
                ("at the level", "action_scales", scales),
            )
            if counts
        ]
        if not places:
            return said
        return f"{said} Current actions are fewest {' and '.join(places)}: look there."

    def _rarest(self, vocabulary: str, counts: Counter[str]) -> str:
        key = min(terms(vocabulary), key=lambda term: counts[term])
        return quoted(term_name(self._programme, vocabulary, key))


def _asset(asset: Asset, reason: str) -> Recommendation:
    return Recommendation(kind="asset", id=asset.id, name=asset.name, reason=reason)


def _folded(values: tuple[str, ...]) -> set[str]:
    return {folded(value) for value in values}
