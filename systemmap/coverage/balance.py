"""Balance: where causes lie against where actions lie, and how deep actions go.

The benchmark is Nobles and others (2019), doi:10.1016/j.healthpol.2019.07.016:
280 actions of ten English councils. Its four counts add up to 279, so shares
are never forced to 100 %.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.coverage.cover import Block
from systemmap.language.menu_words import term_name, theme_name
from systemmap.language.phrases import counted, quoted
from systemmap.vocab import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from systemmap.coverage.cover import Coverage
    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

BENCHMARK_TOTAL = 280
BENCHMARK_COUNTS: Mapping[str, int] = MappingProxyType(
    {"individual": 166, "social": 20, "living_working": 47, "wider": 46}
)
BENCHMARK_CAUSES = (
    "Of the causes named there 16.4 % lay in the individual layer, 60 % in living and "
    "working and wider conditions together; the rest, about 24 %, is derived."
)
BENCHMARK_NOTE = (
    "Benchmark: 280 actions of ten English councils, published 2019 (Nobles and others, "
    "doi:10.1016/j.healthpol.2019.07.016). Its counts add up to 279. "
    + BENCHMARK_CAUSES
)
UNCLASSIFIED = "Not classified"


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRow:
    """One layer: causes, actions, benchmark. Shares are in per cent.

    `layer` is "" for what nobody has classified. A share is None when there is
    nothing to share, or too few classified actions to speak of shares.
    `difference` is causes minus actions, in points.
    """

    layer: str
    label: str
    causes: int
    actions: int
    cause_share: float | None
    action_share: float | None
    benchmark_count: int | None
    benchmark_share: float | None

    @property
    def difference(self) -> float | None:
        """Causes minus actions, in points; None when either share is unknown."""
        if self.cause_share is None or self.action_share is None:
            return None
        return self.cause_share - self.action_share

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the row says, with its counts."""
        return (f"{quoted(self.label)}: {self._counts}", *self._shares)

    @property
    def here(self) -> tuple[str, ...]:
        """The same under a heading that names the layer."""
        return (self._counts, *self._shares)

    @property
    def _counts(self) -> str:
        return f"{counted(self.causes, 'cause')}, {counted(self.actions, 'current action')}."

    @property
    def _shares(self) -> tuple[str, ...]:
        if self.difference is None or not self.layer:
            return ()
        way = "more" if self.difference >= 0 else "fewer"
        said = f"{self.cause_share:.0f} % of causes and {self.action_share:.0f} % of current actions: {abs(self.difference):.0f} points {way} causes than actions"
        beside = (
            f" (benchmark: {self.benchmark_share:.1f} % of actions)"
            if self.benchmark_share is not None
            else ""
        )
        return (f"{said}{beside}.",)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerBalance:
    """Every layer in menu order, then what is not classified."""

    rows: tuple[LayerRow, ...]
    shares_shown: bool
    denominator: str
    note: str = BENCHMARK_NOTE


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleRow:
    """One theme's current actions by Action Scales level; "" = no level yet."""

    theme: str
    label: str
    actions: Mapping[str, tuple[Action, ...]]

    @property
    def total(self) -> int:
        """How many current actions the theme has."""
        return sum(len(found) for found in self.actions.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleBalance:
    """All current actions by level, and the same theme by theme.

    An action tied to factors of two themes is counted in both, once in all.
    """

    overall: ScaleRow
    themes: tuple[ScaleRow, ...]
    note: str = (
        "The level is a judgement. Deeper may change more and is harder, not "
        "automatically better; a healthy portfolio has several levels."
    )


def find_layer_balance(
    programme: Programme, coverage: Coverage, *, include_untied: bool = False
) -> LayerBalance:
    """Set the share of causes in each layer against the share of current actions.

    Parameters
    ----------
    programme : Programme
        Whose actions to count. It is not changed.
    coverage : Coverage
        The cover of one map; its setting says which actions are current.
    include_untied : bool
        Whether actions tied to no factor count too, for instance while a plan
        has just been imported and nothing is tied yet.

    Returns
    -------
    LayerBalance
        Causes are the factors in scope but the outcome. Shares are of all,
        classified or not. With fewer classified actions than the settings ask
        for there are counts only.
    """
    factors = [
        cover.factor
        for cover in coverage.factors.values()
        if cover.block not in (Block.OUTCOME, Block.OUT_OF_SCOPE)
    ]
    actions = current_actions(coverage)
    untied = [a for a in coverage.untied if coverage.is_current(a)]
    if include_untied:
        actions = [*actions, *untied]
    causes = Counter(_known_layer(factor.layer) for factor in factors)
    done = Counter(_known_layer(action.layer) for action in actions)
    enough = len(actions) - done[""] >= coverage.settings.classified_actions
    rows = tuple(
        LayerRow(
            layer=layer,
            label=term_name(programme, "layers", layer) if layer else UNCLASSIFIED,
            causes=causes[layer],
            actions=done[layer],
            cause_share=_share(causes[layer], len(factors)) if enough else None,
            action_share=_share(done[layer], len(actions)) if enough else None,
            benchmark_count=_benchmark(layer),
            benchmark_share=_share(_benchmark(layer), BENCHMARK_TOTAL),
        )
        for layer in (*terms("layers"), "")
    )
    return LayerBalance(
        rows=rows,
        shares_shown=enough,
        denominator=_denominator(
            len(factors), actions, done[""], untied, include_untied=include_untied
        ),
    )


def find_scale_balance(programme: Programme, coverage: Coverage) -> ScaleBalance:
    """Sort current actions by how deep they go, over all and by theme.

    Themes come in menu order, the programme's own after them, and factors
    without a theme last.
    """
    by_theme: dict[str, dict[str, Action]] = defaultdict(dict)
    for cover in coverage.factors.values():
        for action in cover.current:
            by_theme[cover.factor.theme][action.id] = action
        by_theme.setdefault(cover.factor.theme, {})
    order = list(terms("themes"))
    themes = sorted(
        by_theme,
        key=lambda t: (not t, order.index(t) if t in order else len(order), t),
    )
    return ScaleBalance(
        overall=_scale_row("", "All current actions", current_actions(coverage)),
        themes=tuple(
            _scale_row(
                theme,
                theme_name(programme, theme) if theme else "No theme yet",
                by_theme[theme].values(),
            )
            for theme in themes
        ),
    )


def current_actions(coverage: Coverage) -> list[Action]:
    """Return the current actions tied to the map, each once, by title."""
    found = {a.id: a for cover in coverage.factors.values() for a in cover.current}
    return sorted(found.values(), key=lambda a: (a.title.casefold(), a.id))


def _known_layer(layer: str) -> str:
    return layer if layer in terms("layers") else ""


def _benchmark(layer: str) -> int:
    """Return the published count; what is missing to 280 was not classified."""
    return BENCHMARK_COUNTS.get(layer, BENCHMARK_TOTAL - sum(BENCHMARK_COUNTS.values()))


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _scale_row(theme: str, label: str, actions: Iterable[Action]) -> ScaleRow:
    by_level: dict[str, list[Action]] = {
        level: [] for level in (*terms("action_scales"), "")
    }
    for action in sorted(actions, key=lambda a: (a.title.casefold(), a.id)):
        by_level.setdefault(action.action_scale, []).append(action)
    return ScaleRow(
        theme=theme,
        label=label,
        actions={level: tuple(found) for level, found in by_level.items() if found},
    )


def _denominator(
    factors: int,
    actions: list[Action],
    unknown: int,
    untied: list[Action],
    *,
    include_untied: bool,
) -> str:
    text = f"{counted(factors, 'cause')} in scope; {counted(len(actions), 'current action')}"
    text += f", {unknown} not classified"
    if untied and not include_untied:
        text += (
            f"; not counted: {counted(len(untied), 'current action')} tied to no cause"
        )
    return f"{text}."
