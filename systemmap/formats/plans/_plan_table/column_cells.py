"""What the cells of a plan's columns tell beyond their headings, and what is said of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.errors import Problem
from systemmap.formats.import_mapping import heading_words
from systemmap.formats.plans._plan_table.column_remarks import remarks_of
from systemmap.formats.plans._plan_table.column_sorts import (
    is_status,
    meaning_by_cells,
)
from systemmap.formats.plans._plan_table.done_columns import (
    answered,
    answers_alone,
    unfinished,
)
from systemmap.formats.plans._plan_table.headings import (
    ACTION,
    AIMS,
    DUE,
    FIRST_DUE,
    MEASURES,
    NOTE,
    PERSONAL,
    PROGRESS,
    RATING,
    RESPONSIBLE,
    THEME,
    is_another,
    meanings_of,
)
from systemmap.formats.plans._plan_table.periods import names_period
from systemmap.formats.plans._plan_table.sorts_of_cells import (
    is_body,
    is_date,
    is_level,
    is_personal,
    is_rating,
    longest_words,
    mostly,
)
from systemmap.formats.plans._plan_table.told_tables import tables_of
from systemmap.formats.plans._plan_table.tool_columns import lists, titles
from systemmap.formats.plans._plan_table.tool_headings import is_of_a_tool
from systemmap.language.personal_names import may_be_person
from systemmap.language.phrases import joined, listed
from systemmap.model.owners import read_owners

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from systemmap.formats.plans._plan_table.plan_lines import Block
    from systemmap.formats.plans._plan_table.plan_mapping import PlanMapping
    from systemmap.formats.plans._plan_table.told_tables import Table

_ORGANISATIONS = frozenset(
    (
        "organisation",
        "organization",
        "agency",
        "team",
        "service",
        "department",
        "directorate",
        "division",
        "leadorganisation",
        "role",
        "jobtitle",
        "post",
    )
)
# Words of a heading whose column may name people.
_OF_PEOPLE = frozenset(
    [
        "by",
        "person",
        "people",
        "name",
        "names",
        "officer",
        "manager",
        "staff",
        "assigned",
        "contact",
    ]
)
_FIRST = frozenset(["original", "initial", "baseline", "previous", "old", "first"])
_MOVED = frozenset(["revised", "new", "current", "latest", "forecast", "amended"])
_PROPOSED = {RESPONSIBLE: "who leads", DUE: "the due date", PROGRESS: "the progress"}
# Parts of a heading that say it is not who leads.
_NOT_LEAD = ("fund", "paid", "source", "report", "approv", "for", "with", "agree")


def told_by_cells(
    blocks: Iterable[Block], mapping: PlanMapping, said: Container[str] | None = None
) -> tuple[PlanMapping, list[Problem]]:
    """Return the mapping with what the cells of each table say, and what to say of it.

    A column of e-mail addresses or telephone numbers, or of people's names
    where who leads is asked, is left out; one of several updates counts as it
    is now; where no heading names the actions, the column of the longest words
    is proposed. What a person `said` of a column stands, by default all of the
    mapping; what was only proposed gives way to people's details.
    """
    said = mapping.columns if said is None else said
    problems: list[Problem] = []
    tables = tables_of(blocks, mapping)
    rated = {
        table.words(place)
        for table in tables
        for place, cells in {**table.cells, **table.colours}.items()
        if place < len(table.headings)
        and (table.colours.get(place) or mostly(cells, is_rating))
    }
    for table in tables:
        for rule in (
            answers_alone,
            titles,
            lists,
            _levels,
            _details,
            _people,
            _names_beside,
            _revised,
            _dated_targets,
            _latest,
            answered,
            _status_beside,
            _words_of_rating,
            _only_coloured,
            _actions,
            _unnamed,
        ):
            found, what = rule(table)
            if rule is _words_of_rating and rated & set(found):
                continue  # another table of the file has ratings there
            fresh = {
                h: m
                for h, m in found.items()
                if h and (h not in mapping.columns or (m == PERSONAL and h not in said))
            }
            if not fresh:
                continue
            mapping = replace(mapping, columns={**mapping.columns, **fresh})
            table.meanings.clear()
            table.meanings.update(meanings_of(table.headings, mapping.columns))
            problems += [Problem("", what, "guessed")] if what else []
        problems += [*unfinished(table), *remarks_of(table)]
    return mapping, problems


def _levels(table: Table) -> tuple[dict[str, str], str]:
    """Take no column of "High" and "Low" for themes or actions: how urgent is not what."""
    return {
        table.words(place): ""
        for place, meaning in table.meanings.items()
        if meaning in (ACTION, THEME)
        and "priorit" in table.headings[place].casefold()
        and mostly(table.filled(place), is_level)
    }, ""


def _names_beside(table: Table) -> tuple[dict[str, str], str]:
    """Leave out columns of people's names beside who leads, such as "Entered by"."""
    return {
        table.words(place): PERSONAL
        for place, heading in enumerate(table.headings)
        if table.meanings.get(place) in (None, DUE, NOTE)
        and not _OF_PEOPLE.isdisjoint(heading.casefold().replace("_", " ").split())
        and mostly(table.filled(place), _is_person)
    }, ""


def _details(table: Table) -> tuple[dict[str, str], str]:
    """Leave out columns of addresses and numbers; who leads may have one beside."""
    lead = table.place_of(RESPONSIBLE)

    def tells(place: int, cell: str) -> bool:
        named = "".join(read_owners(cell).names) if place == lead else ""
        return is_personal(cell) and not any(map(str.isalpha, named))

    return {
        table.words(place): PERSONAL
        for place, cells in table.cells.items()
        if table.meanings.get(place) != PERSONAL
        and mostly(cells, lambda cell, place=place: tells(place, cell))  # type: ignore[misc]
    }, ""


def _people(table: Table) -> tuple[dict[str, str], str]:
    """Leave out a column of who leads that names people; their organisation leads."""
    lead = table.place_of(RESPONSIBLE)
    if lead is None or not mostly(table.filled(lead), _is_person):
        return {}, ""
    heading = " ".join(table.headings[lead].split())
    found = {table.words(lead): PERSONAL}
    beside = next(
        (
            p
            for p, h in enumerate(table.headings)
            if heading_words(h) in _ORGANISATIONS and table.filled(p) and p != lead
        ),
        None,
    )
    if beside is None:
        return found, (
            f"“{heading}” names people, and personal details stay out, so no lead was read. "
            "Write the organisation or the role there, or say that the column is the lead."
        )
    found[table.words(beside)] = RESPONSIBLE
    other = " ".join(table.headings[beside].split())
    return found, f"“{heading}” names people and was left out; “{other}” leads."


def _is_person(cell: str) -> bool:
    names = read_owners(cell).names
    return bool(names) and all(may_be_person(n) and not is_body(n) for n in names)


def _latest(table: Table) -> tuple[dict[str, str], str]:
    """Of updates for several periods, take the last that says anything."""
    found, said = {}, []
    for meaning in (PROGRESS, RATING):
        places = [
            p
            for p, heading in enumerate(table.headings)
            if names_period(heading) and _means(heading, meaning)
        ]
        coloured = table.colours if meaning == RATING else {}
        filled = [p for p in places if table.filled(p) or coloured.get(p)]
        if len(places) > 1 and filled and table.meanings.get(filled[-1]) != meaning:
            found[table.words(filled[-1])] = meaning
            said.append(" ".join(table.headings[filled[-1]].split()))
    if not found:
        return {}, ""
    which = listed(said)
    return (
        found,
        f"Several columns give updates. {which}, the last with anything in it, counts as now; the others are kept beside it.",
    )


def _revised(table: Table) -> tuple[dict[str, str], str]:
    """Take a deadline that was moved for the due date, not the one it had first."""
    due = table.place_of(DUE)
    if due is None or _has_word(table.headings[due], _MOVED):
        return {}, ""
    moved = [
        p
        for p, heading in enumerate(table.headings)
        if _means(heading, DUE) and _has_word(heading, _MOVED) and table.filled(p)
    ]
    if len(moved) != 1 or moved[0] in table.meanings:
        return {}, ""
    now, then = (" ".join(table.headings[p].split()) for p in (moved[0], due))
    return {table.words(moved[0]): DUE, table.words(due): FIRST_DUE}, (
        f"“{now}” counts as the due date, and where it is blank, “{then}” does."
    )


def _dated_targets(table: Table) -> tuple[dict[str, str], str]:
    """Take a column headed Target that holds days for the due date, where none is."""
    place = table.place_of(MEASURES)
    if place is None or DUE in table.meanings.values():
        return {}, ""
    if not mostly(table.filled(place), is_date):
        return {}, ""
    return {table.words(place): DUE}, (
        f"“{table.name(place)}” holds dates, so it was read as the due date."
    )


def _has_word(heading: str, words: frozenset[str]) -> bool:
    return not words.isdisjoint(heading.casefold().split())


def _status_beside(table: Table) -> tuple[dict[str, str], str]:
    """Of two columns on progress, the one of statuses is it; the words are a note."""
    now = table.place_of(PROGRESS)
    if now is None or mostly(table.filled(now), is_status):
        return {}, ""
    other = next(
        (
            p
            for p, heading in enumerate(table.headings)
            if p not in table.meanings
            and _means(heading, PROGRESS)
            and not names_period(heading)
            and mostly(table.filled(p), is_status)
        ),
        None,
    )
    if other is None:
        return {}, ""
    found = {table.words(other): PROGRESS}
    if NOTE not in table.meanings.values():
        found[table.words(now)] = NOTE
    return found, ""


def _words_of_rating(table: Table) -> tuple[dict[str, str], str]:
    """Take a column headed RAG for progress where it holds statuses and nothing else does."""
    rated = table.place_of(RATING)
    if rated is None or PROGRESS in table.meanings.values():
        return {}, ""
    cells = table.filled(rated)
    if not mostly(cells, is_status) or mostly(cells, is_rating):
        return {}, ""
    return {table.words(rated): PROGRESS}, ""


def _only_coloured(table: Table) -> tuple[dict[str, str], str]:
    """Take a column on progress that only has colours for the rating."""
    now = table.place_of(PROGRESS)
    if now is None or table.filled(now) or RATING in table.meanings.values():
        return {}, ""
    if not table.colours.get(now):
        return {}, ""
    heading = " ".join(table.headings[now].split())
    return {table.words(now): RATING}, (
        f"“{heading}” holds colours and no words, so it was read as the rating."
    )


def _actions(table: Table) -> tuple[dict[str, str], str]:
    """Propose the column of the longest words where no heading names the actions."""
    if {ACTION, AIMS} & set(table.meanings.values()):
        return {}, ""
    free = [
        p
        for p, heading in enumerate(table.headings)
        if p not in table.meanings and not is_of_a_tool(heading)
    ]
    rows = range(max(map(len, table.cells.values()), default=0))
    columns = {
        p: [c for n, c in zip(rows, table.filled(p), strict=False)]
        for p in (free or [p for p, m in table.meanings.items() if m == NOTE])
    }
    place = longest_words(columns)
    if place is None:
        return {}, ""
    heading = " ".join(table.headings[place].split()) or f"Column {place + 1}"
    return {table.words(place): ACTION}, (
        f"No heading names the actions. “{heading}” was taken for them, by its cells. Check it."
    )


def _means(heading: str, meaning: str) -> bool:
    return meanings_of((heading,)).get(0) == meaning


def _unnamed(table: Table) -> tuple[dict[str, str], str]:
    """Propose a column that no heading names for who, when and how it stands."""
    told: dict[str, list[int]] = {}
    for place in range(len(table.headings)):
        cells = table.filled(place)
        known = place in table.meanings or is_of_a_tool(table.headings[place])
        if known or len(cells) < 2:
            continue
        meaning, heading = meaning_by_cells(cells), table.headings[place].casefold()
        not_lead = meaning == RESPONSIBLE and any(p in heading for p in _NOT_LEAD)
        if not not_lead and not is_another(heading, meaning):
            told.setdefault(meaning, []).append(place)
    missing = [m for m in _PROPOSED if m not in table.meanings.values()]
    found = {m: told[m][0] for m in missing if len(told.get(m, ())) == 1}
    said = joined(
        [
            f"“{' '.join(table.headings[p].split()) or f'Column {p + 1}'}” is {_PROPOSED[m]}"
            for m, p in found.items()
        ]
    )
    return {table.words(p): m for m, p in found.items()}, (
        f"Told from the cells, since no heading says so: {said}. Check it."
    )
