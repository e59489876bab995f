"""What is asked of the open programme, each answered once for a revision."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from app import caching
from app.analyses import analysis_of, gaps_of
from app.wording import listed
from systemmap.editing.actions import causes_by_action

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.drawing.view import Choice, Picture, View
    from systemmap.gaps import Gap, GapReport
    from systemmap.model.programme import Programme
    from systemmap.store import ProgrammeStore

T = TypeVar("T")


class Questions:
    """Asks the open programme; whoever mixes it in says which programme is open."""

    store: ProgrammeStore

    @property
    def programme(self) -> Programme:
        """The open programme as it is now. It is shared and must not be changed."""
        raise NotImplementedError

    @property
    def today(self) -> date:
        """The day against which actions are read."""
        raise NotImplementedError

    def gaps(self, map_id: str = "main") -> GapReport:
        """Return today's gap analysis of one map of the open programme."""
        return gaps_of(self.store, self.programme, map_id, self.today)

    def analysis(self, map_id: str = "main") -> MapAnalysis:
        """Return what one map of the open programme says; it must not be changed."""
        return analysis_of(self.store, self.programme, map_id)

    def causes_of(self, action_id: str) -> str:
        """Name the causes of the main map that an action acts on, up to three."""
        named = self.answer("causes", ask=partial(causes_by_action, self.programme))
        return listed(named.get(action_id, ()), limit=3)

    def could_build_on(self, gap: Gap) -> tuple[str, ...]:
        """Say what work on a gap's first cause could build on; its heading names the gap."""
        if not gap.factors:
            return ()
        from systemmap.coverage.building_on import Recommender

        programme, coverage = self.programme, self.gaps().coverage
        recommender = self.answer(
            "could build on",
            self.today,
            ask=lambda: Recommender(programme, coverage, self.analysis()),
        )
        found = recommender.suggest(
            gap.factors[0], in_heading=gap.subject.startswith("factor:")
        )
        return tuple(item.sentence for item in found.items) or (found.sentence,)

    def view(self, choice: Choice) -> View:
        """Return a part of a map of the open programme, ready to look at."""
        from systemmap.bundled.attribution import notices_of
        from systemmap.drawing.view import view_of

        programme, today = self.programme, self.today
        found = self.analysis(choice.map_id)
        return self.answer(
            "view",
            choice,
            today,
            ask=lambda: view_of(
                programme,
                choice,
                at=today,
                notices=notices_of(found.system_map),
                analysis=found,
            ),
        )

    def picture(self, *, dark: bool = False) -> Picture | None:
        """Return the main map drawn small, gaps dotted; None while nothing is drawn."""
        ask = partial(_drawn, self, dark=dark)
        return self.answer("picture", self.today, dark, ask=ask)

    def answer(self, *question: object, ask: Callable[[], T]) -> T:
        """Return what `ask` answers about the open programme, asked once for each revision."""
        return caching.answer(self.store, self.programme, question, ask)


def _drawn(questions: Questions, *, dark: bool) -> Picture | None:
    from systemmap.drawing.view import Choice, picture_of

    view = questions.view(Choice())
    return picture_of(view, dark=dark) if view.scene.boxes else None
