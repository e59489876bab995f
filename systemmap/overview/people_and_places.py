"""From engagement to insight, cause and action; and who is reached where, by which partner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from systemmap.language.phrases import counted, joined
from systemmap.model.meetings import Event, EventPoint
from systemmap.model.people import Place, Population
from systemmap.model.text import folded
from systemmap.model.values import StatusGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action

NO_PLACE = "No place named"
NO_GROUP = "No group named"
NO_PARTNER = "No partner named"
_SAID = ("insight", "message", "finding")


@dataclass(frozen=True, slots=True, kw_only=True)
class CauseSaid:
    """One cause that people spoke of: in how many insights, by how many people.

    `people` counts only insights whose people were counted; `uncounted` is how many
    others there are, and they are not nought.
    """

    cause: str
    insights: int
    people: int
    uncounted: int

    @property
    def words(self) -> str:
        """How many said so, and where nobody counted."""
        told = []
        if self.people or self.insights > self.uncounted:
            told.append(f"said by {self.people:,}")
        if self.uncounted:
            told.append(f"{counted(self.uncounted, 'insight')} not counted")
        return ", ".join(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagements:
    """What people were asked, where, and what came of it.

    Attributes
    ----------
    events : tuple[Event, ...]
        Events that were about people or places, or at which insights were heard.
    insights : tuple[EventPoint, ...]
        What was heard at them.
    causes : tuple[CauseSaid, ...]
        The causes spoken of, the most said first.
    """

    events: tuple[Event, ...]
    insights: tuple[EventPoint, ...]
    causes: tuple[CauseSaid, ...]

    @property
    def people(self) -> int:
        """How many people took part, where they were counted."""
        return sum(event.attended or 0 for event in self.events)

    @property
    def sentence(self) -> str:
        """How many were asked, and how far what they said has come."""
        if not self.events:
            return "No engagement is listed yet. Add one under Plan, Governance, as an event of that kind."
        places = {place for event in self.events for place in event.places}
        where = f" in {counted(len(places), 'named place')}" if places else ""
        led = sum(bool(point.causes) for point in self.insights)
        acted = sum(bool(point.actions) for point in self.insights)
        said = f"{counted(self.people, 'person', 'people')}{where} took part in {counted(len(self.events), 'engagement')}."
        if not self.insights:
            return f"{said} No insight is listed yet."
        of = counted(len(self.insights), "insight")
        return f"{said} Of {of}, {led} {'leads' if led == 1 else 'lead'} to a cause and {acted} to an action."


def engagements(programme: Programme) -> Engagements:
    """Return the engagements of a programme with what was heard and what came of it."""
    points = [p for p in programme.all(EventPoint).values() if p.section in _SAID]
    heard_at = {p.event_id for p in points if p.section == "insight" or p.causes}
    events = tuple(
        event
        for event in programme.all(Event).values()
        if event.kind == "engagement" or event.id in heard_at
    )
    ids = {event.id for event in events}
    insights = tuple(p for p in points if p.event_id in ids)
    return Engagements(
        events=events, insights=insights, causes=_causes(programme, insights)
    )


def _causes(
    programme: Programme, points: Iterable[EventPoint]
) -> tuple[CauseSaid, ...]:
    import pandas as pd

    factors = programme.system_map().factors
    frame = pd.DataFrame(
        [(p.id, list(p.causes), p.said_by) for p in points],
        columns=["insight", "cause", "people"],
    ).explode("cause")
    frame = frame[frame["cause"].isin(list(factors))]
    found = frame.groupby("cause").agg(
        insights=("insight", "size"),
        people=("people", "sum"),
        counted=("people", "count"),
    )
    rows = [
        CauseSaid(
            cause=factors[cause].label,
            insights=insights,
            people=int(people),
            uncounted=insights - known,
        )
        for cause, insights, people, known in zip(
            map(str, found.index),
            found["insights"].tolist(),
            found["people"].tolist(),
            found["counted"].tolist(),
            strict=True,
        )
    ]
    return tuple(sorted(rows, key=lambda r: (-r.people, -r.insights, r.cause)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePlaces:
    """Population by place, for all partners or one; with the empty cells.

    Attributes
    ----------
    cells : pandas.DataFrame
        One row a population, one column a place: what is done and heard there in
        words; "" = nothing listed.
    partners : tuple[str, ...]
        The partners of listed actions, alphabetical.
    gaps : tuple[tuple[str, str], ...]
        Population and place that no action of the partner names together, those of
        priority first.
    pairs : int
        Out of how many pairs.
    """

    cells: pd.DataFrame
    partners: tuple[str, ...]
    gaps: tuple[tuple[str, str], ...]
    pairs: int

    @property
    def sentence(self) -> str:
        """How many pairs of people and place nothing is listed for."""
        if not self.pairs:
            return "Nobody can say who is reached where before groups of people and places are listed."
        return f"{len(self.gaps)} of {counted(self.pairs, 'pair')} of people and place {'is' if len(self.gaps) == 1 else 'are'} named together by no listed action."


def people_and_places(programme: Programme, partner: str = "") -> PeoplePlaces:
    """Return what is done for whom and where, by actions that have not ended.

    Parameters
    ----------
    programme : Programme
        Whose actions and events to read. It is not changed.
    partner : str
        Count only actions that this organisation leads or takes part in; "" = all.
    """
    import pandas as pd

    people = {p.id: p for p in programme.all(Population).values()}
    places = {p.id: p for p in programme.all(Place).values() if not _is_small(p)}
    acts = _long(programme, people, places)
    partners = tuple(sorted(set(acts["partner"]) - {NO_PARTNER}, key=str.casefold))
    if partner:
        acts = acts[acts["partner"].map(folded) == folded(partner)]
    told = (
        acts.drop_duplicates(["group", "place", "action"])
        .groupby(["group", "place"])["action"]
        .size()
        .map(lambda n: counted(int(n), "action"))
    )
    who = acts.groupby(["group", "place"])["partner"].agg(
        lambda names: joined(sorted(set(names) - {NO_PARTNER}), limit=3)
    )
    heard = _heard(programme, people, places)
    together = pd.concat([told, who, heard], axis=1, keys=["told", "who", "heard"])
    words = together.astype(object).fillna("").apply(_cell, axis=1)
    rows = [*(p.name for p in people.values())]
    columns = [*(p.name for p in places.values())]
    grid = _grid(words, rows, columns)
    done = set(told.index)
    pairs = [(g, p) for g in people.values() for p in places.values()]
    gaps = [(g, p) for g, p in pairs if (g.name, p.name) not in done]
    gaps.sort(key=lambda pair: -(pair[0].priority + pair[1].priority))
    return PeoplePlaces(
        cells=grid,
        partners=partners,
        gaps=tuple((g.name, p.name) for g, p in gaps),
        pairs=len(pairs),
    )


def _grid(words: pd.Series[str], rows: list[str], columns: list[str]) -> pd.DataFrame:
    """Return the words as a grid, with what names no group or no place at its edges."""
    import pandas as pd

    if words.empty:
        whole = pd.DataFrame()
    else:
        whole = words.rename_axis(["group", "place"]).unstack("place")
    further = [name for name in (NO_GROUP,) if name in whole.index]
    beside = [name for name in (NO_PLACE,) if name in whole.columns]
    return (
        whole.reindex(index=[*rows, *further], columns=[*columns, *beside])
        .astype(object)
        .fillna("")
        .rename_axis(index="Group of people", columns=None)
    )


def _cell(row: pd.Series[str]) -> str:
    said = f"{row['told']}: {row['who']}" if row["told"] and row["who"] else row["told"]
    return "\n".join(filter(None, (said, row["heard"])))


def _long(
    programme: Programme,
    people: Mapping[str, Population],
    places: Mapping[str, Place],
) -> pd.DataFrame:
    """Return one row for each action, group, place and partner it names together."""
    import pandas as pd

    groups, areas = _by_word(people), _by_word(places)
    frame = pd.DataFrame(
        [
            (
                action.id,
                _named(action.populations, groups) or [NO_GROUP],
                _named(action.places, areas) or [NO_PLACE],
                _partners(action) or [NO_PARTNER],
            )
            for action in programme.actions.values()
            if action.group is not StatusGroup.ENDED
        ],
        columns=["action", "group", "place", "partner"],
    )
    return frame.explode("group").explode("place").explode("partner")


def _heard(
    programme: Programme,
    people: Mapping[str, Population],
    places: Mapping[str, Place],
) -> pd.Series[str]:
    """Return at how many events each group was met in each place."""
    import pandas as pd

    groups, areas = _by_word(people), _by_word(places)
    frame = pd.DataFrame(
        [
            (event.id, _named(event.populations, groups), _named(event.places, areas))
            for event in programme.all(Event).values()
            if event.populations and event.places
        ],
        columns=["event", "group", "place"],
    )
    long = frame.explode("group").explode("place").dropna()
    counts = long.groupby(["group", "place"])["event"].size()
    return counts.map(lambda n: f"engaged at {counted(int(n), 'event')}")


def _by_word(
    records: Mapping[str, Population] | Mapping[str, Place],
) -> dict[str, str]:
    return {
        folded(word): record.name
        for record in records.values()
        for word in (record.id, record.name, getattr(record, "code", ""))
        if word
    }


def _named(words: Iterable[str], names: Mapping[str, str]) -> list[str]:
    found = (names[folded(word)] for word in words if folded(word) in names)
    return list(dict.fromkeys(found))


def _partners(action: Action) -> list[str]:
    return list(dict.fromkeys((*action.owners, *action.partners)))


def _is_small(place: Place) -> bool:
    """Say whether a place is one of hundreds of small areas, not one that people name."""
    return place.level.startswith(("lsoa", "msoa"))
