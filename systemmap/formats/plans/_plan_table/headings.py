"""The six columns of a plan table, and the words by which others call them."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from systemmap.formats.import_mapping import heading_keys, heading_words
from systemmap.formats.plans._plan_table.periods import is_only_period
from systemmap.formats.plans._plan_table.tool_headings import (
    is_of_a_tool,
    without_a_tools_own,
)
from systemmap.language.phrases import listed
from systemmap.model.progress import TICKS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ACTION = "Action/Phase"
AIMS = "Aims (and actions)"
RESPONSIBLE = "Responsible"
DUE = "Due date"
PROGRESS = "Progress"
OUTCOMES = "Outcomes"
COLUMNS = (ACTION, AIMS, RESPONSIBLE, DUE, PROGRESS, OUTCOMES)

PARTNERS = "Partners"
START = "Start"
FIRST_DUE = "Due date at first"
RATING = "Rating"
MEASURES = "Measures"
EVIDENCE = "Evidence"
REFERENCE = "Reference"
THEME = "Theme"
PLACE = "Place"
POPULATION = "Population"
NOTE = "Note"
PERSONAL = "Personal details"
FURTHER = (
    PARTNERS,
    START,
    FIRST_DUE,
    RATING,
    MEASURES,
    EVIDENCE,
    REFERENCE,
    THEME,
    PLACE,
    POPULATION,
    NOTE,
    PERSONAL,
)
LEAVE_OUT = "Leave out"
# What stands above rows that belong to no workstream, when a plan is written.
NO_WORKSTREAM = ("Phases in no workstream", "Actions in no workstream")
NEVER_KEPT = (PERSONAL, LEAVE_OUT)

# The words of councils' own tables, parted by ";". A word under a second meaning
# counts for it when another column has the first.
_WORDS: dict[str, str] = {
    ACTION: """
        action/phase; action or phase; action; actions; ref action; ref + action; ref and action; phases of development;
        key action; key actions; action point; action points; agreed action;
        agreed actions; proposed action; proposed actions; what will we do;
        what we will do; what are we going to do; what we are going to do; we will;
        commitment; commitments; our commitment; project; projects; initiative;
        initiatives; intervention; interventions; activity; activities; deliverable;
        deliverables; task; recommendation; recommendations; action description;
        action title; description of action; action required; actions required;
        action to be taken; actions to be taken; action/task; action/activity;
        what needs to happen; what needs to be done; high level action; workstream action;
        task name; name of task; card name; action name; specific action; specific
    """,
    AIMS: """
        aims; aims (and actions); aims and actions; aim; description; steps;
        why; why are we doing this; rationale; purpose; goal; goals; detail; details;
        key tasks; sub actions; how; how will we do it; how we will do it; approach;
        background; context; scope; key steps; what this involves; desired change; summary; card description
    """,
    RESPONSIBLE: """
        responsible; lead; owner; who; by whom; responsibility; responsible officer;
        leads; owners; champion; who is the champion; who will lead; who leads;
        who is leading; who will lead on this; lead officer; lead organisation;
        lead agency; lead partner; lead service; lead department; lead team;
        lead/owner; action owner; owned by; accountable; accountable lead;
        accountable officer; responsible lead; responsible person; responsible body;
        responsible organisation; responsible service; responsible team; led by;
        who is responsible; who will do it; who will do this; assigned to; sponsor;
        assignee; assignees; assign; person; resource names; named lead; lead name; lead body; delivery lead; project lead; owner/lead;
        who's leading; who's responsible; who's leading on this; who is in charge
    """,
    DUE: """
        due date; due; by when; when; timescale; timescales; deadline; target date; date;
        when will it be done; when will we do it; when by; due by; completion date;
        end date; finish date; finish; timeframe; timeframes; time frame; timeline;
        timing; delivery date; date for completion; target completion date; milestone date;
        to be completed by; complete by; completed by; finished by; review date; planned end;
        planned completion; end; ends; expected completion; estimated completion;
        forecast completion; time bound; time limited; timeline end
    """,
    PROGRESS: """
        progress; status; update; progress to date; progress update; where are we now;
        how are we doing; current status; current position; summary of current position;
        position; progress/status; status update; latest update; latest position;
        quarterly update; update on progress; progress notes; state; delivery status;
        action status; what has happened; what have we done; done; completed;
        rag progress; list name; open/closed; closed/open; open or closed; q1 update; q2 update; q3 update; q4 update; progress so far
    """,
    OUTCOMES: """
        outcomes; outcome; impact; expected outcome; expected outcomes;
        what does success look like; what success looks like; what will success look like;
        how will we know; how will we know it has worked; how we will know; success;
        success criteria; desired outcome; desired outcomes; intended outcome;
        intended outcomes; anticipated outcome; result; results; benefit; benefits;
        impact/outcome; outcome/impact; difference made; expected impact;
        what difference will it make; intended impact; outcomes and impact;
        short term outcome; short term outcomes; medium term outcome;
        medium term outcomes; long term outcome; long term outcomes
    """,
    PARTNERS: """
        which partners are involved; partners involved; partner organisations;
        partner organisation; supporting partners; supported by; support;
        key partners; delivery partners; other partners; stakeholders; key stakeholders;
        who else; who else is involved; who is involved; who will help; with whom;
        working with; contributors; support from; partners and stakeholders;
        organisations involved; supporting organisations
    """,
    START: """
        start; start date; started; begins; from; planned start; date started;
        date raised; commencement; start by; timeline start
    """,
    RATING: """
        rating; rag; rag status; traffic light; brag; b/rag; brag rating; rag rating;
        rag (red amber green); current rag; rag now; confidence; colour; brag status;
        rag colour; status rag; status (rag); risk rating; ryg; rygb
    """,
    MEASURES: """
        kpi; kpis; indicator; indicators; how will we measure it; how will it be measured;
        how will we measure success; how will we measure this; metric; metrics; target;
        targets; measured by; measure of success; measures of success;
        performance measure; performance measures; performance indicator; milestone;
        milestones; monitoring; evaluation; baseline; measurable
    """,
    EVIDENCE: """
        evidence; evidence base; evidence for it; evidence for this; our evidence;
        what is the evidence; what does the evidence say; supporting evidence;
        evidence and source; evidence source; evidence of need; evidence/rationale;
        evidence and rationale; evidence of effectiveness; research; research evidence
    """,
    REFERENCE: """
        card id; issue key; item id; ref; reference; no; number; id; task id; ref no; ref number; action no; action number;
        action ref; action id; item; item no; code; line; line no; row; minute no
    """,
    THEME: """
        theme; themes; domain; workstream; work stream; strand; area; topic; category;
        programme; pillar; strategic theme; priority area; focus area; theme/priority;
        thematic area; life course; life stage; setting; bucket; bucket name; section/column
    """,
    PLACE: """
        place; places; where; ward; wards; locality; localities; location; geography;
        neighbourhood; district; town; venue; area of delivery; delivery area
    """,
    POPULATION: """
        population; target population; cohort; audience; who is it for;
        who will benefit; beneficiaries; age group; population group
    """,
    NOTE: """
        note; notes; comment; remarks; further information; other information; risks;
        risk; issues; risks and issues; barriers; dependencies; resource; resources;
        funding; budget; cost; costs; resources required; funding source; input; inputs
    """,
    PERSONAL: """
        contact; contact name; contact details; contact email; email; e-mail;
        email address; phone; telephone; tel; mobile; contact number; contact person;
        members; assignee email; reporter; creator; created by; modified by; last modified by; updated by; last updated by
    """,
}
# Words for one of the six that are another meaning where that column is there already.
# Of several that could be the actions, the first here is.
_WEAK: dict[str, tuple[str, ...]] = {
    "phase": (ACTION, THEME),
    "phases": (ACTION, THEME),
    "stage": (ACTION, THEME),
    "what": (ACTION, AIMS),
    "tasks": (ACTION, AIMS),
    "objective": (ACTION, THEME, AIMS),
    "objectives": (ACTION, AIMS),
    "priority": (ACTION, THEME),
    "strategic objective": (ACTION, AIMS),
    "partners": (RESPONSIBLE, PARTNERS),
    "partner": (RESPONSIBLE, PARTNERS),
    "comments": (PROGRESS, NOTE),
    "complete": (PROGRESS,),
    "percent complete": (PROGRESS,),
    "percentage complete": (PROGRESS,),
    "measure": (OUTCOMES, MEASURES),
    "measures": (OUTCOMES, MEASURES),
    "success measure": (OUTCOMES, MEASURES),
    "success measures": (OUTCOMES, MEASURES),
    "output": (OUTCOMES, MEASURES),
    "outputs": (OUTCOMES, MEASURES),
}


_COLUMN_OF: dict[str, str] = {
    folded: meaning
    for meaning, words in reversed(_WORDS.items())
    for word in words.split(";")
    if (folded := heading_words(word))
}
_WEAKLY = {heading_words(word): meanings for word, meanings in _WEAK.items()}
_RANKS = {word: n for n, (word, of) in enumerate(_WEAKLY.items()) if ACTION in of}
# Whole words that tell a column apart when the heading is not in the list.
_HINTS = tuple(
    (column, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for column, words in (
        (AIMS, "aims?|description|tasks?"),
        (PARTNERS, "partners|stakeholders"),
        (RESPONSIBLE, "responsible|responsibility|lead|leads|owners?"),
        (DUE, "due|deadline|timescales?|by when|date"),
        (RATING, "rag|rating"),
        (PROGRESS, "progress|status|updates?"),
        (OUTCOMES, "outcomes?|impact|success"),
        (MEASURES, "measures?|measured|indicators?|milestones?"),
        (ACTION, "actions?|phases?|objectives?|stages?|priority|priorities"),
    )
)
# Parts of a heading that say it is another day than the due one.
_NOT_DUE = (
    "updat",
    "review",
    "rais",
    "creat",
    "add",
    "log",
    "agree",
    "approv",
    "start",
    "clos",
    "completed date",
    "date completed",
    "completed at",
    "completed on",
    "actual",
    "modif",
    "meeting",
    "to date",
)
_LONGEST_HEADING = 60
MOST_COLUMNS = 300


def meanings_of(
    headings: Sequence[str], chosen: Mapping[str, str] = MappingProxyType({})
) -> dict[int, str]:
    """Return what stands at which position: the six columns, and what is known beside.

    What a person has `chosen` for a heading, by its `heading_keys`, counts first.

    A meaning is taken once; a second heading for it, and any other heading,
    stays outside.

    Examples
    --------
    >>> meanings_of(("Ref", "What will we do?", "Who will lead?", "Partners", "RAG"))
    {0: 'Reference', 1: 'Action/Phase', 2: 'Responsible', 3: 'Partners', 4: 'Rating'}
    """
    words = heading_keys(headings)
    found: dict[int, str] = {}
    for n, word in enumerate(words):
        if word in chosen and (
            chosen[word] in NEVER_KEPT or chosen[word] not in found.values()
        ):
            found[n] = chosen[word]
    left: list[int] = []
    for position, heading in enumerate(headings):
        if position in found:
            continue
        meaning = _meaning_of(heading)
        if meaning and (meaning in NEVER_KEPT or meaning not in found.values()):
            found[position] = meaning
        else:
            left.append(position)
    left.sort(key=lambda p: -_RANKS.get(heading_words(headings[p]), -1))
    if ACTION not in found.values():
        may_be = [p for p in left if ACTION in _weakly(headings[p])]
        found |= dict.fromkeys(may_be[-1:], ACTION)
    for position in left:
        if position in found:
            continue
        for meaning in (
            *_weakly(headings[position]),
            *_hinted(headings[position]),
        ):
            if meaning not in found.values():
                found[position] = meaning
                break
    return dict(sorted(found.items()))


def columns_of(headings: Sequence[str]) -> dict[int, str]:
    """Return which of the six columns stands at which position.

    Examples
    --------
    >>> columns_of(("Phases of development", "Aims and actions", "Ref", "By when"))
    {0: 'Action/Phase', 1: 'Aims (and actions)', 3: 'Due date'}
    """
    found = meanings_of(headings)
    return {place: column for place, column in found.items() if column in COLUMNS}


def _meaning_of(heading: str) -> str:
    if heading.strip() in TICKS:
        return PROGRESS
    return _COLUMN_OF.get(heading_words(heading), "")


def _weakly(heading: str) -> tuple[str, ...]:
    return _WEAKLY.get(heading_words(heading), ())


def _hinted(heading: str) -> list[str]:
    words = heading_words(heading)
    if words in _COLUMN_OF or words in _WEAKLY or is_of_a_tool(heading):
        return []
    return [
        column
        for column, hint in _HINTS
        if hint.search(heading) and not is_another(heading, column)
    ]


def is_another(heading: str, meaning: str) -> bool:
    """Say whether a heading says that its day is not the one when an action is due.

    Examples
    --------
    >>> is_another("Date created", DUE), is_another("Date for delivery", DUE)
    (True, False)
    """
    words = heading.casefold()
    return meaning == DUE and any(part in words for part in _NOT_DUE)


def is_header(cells: Sequence[str]) -> bool:
    """Say whether a row is a plan table's heading row.

    Two headings of the six match, or the one for actions and one known beside
    the six; and of all headings at least half.
    """
    if len(cells) > MOST_COLUMNS:
        return False
    filled = without_a_tools_own([cell.strip() for cell in cells if cell.strip()])
    if any(len(cell) > _LONGEST_HEADING for cell in filled):
        return False
    matched = {_meaning_of(cell) for cell in filled}
    matched |= {w[0] for cell in filled if (w := _WEAKLY.get(heading_words(cell)))}
    if len(matched) == 1:
        return False
    six = matched & set(COLUMNS)
    known = six | (matched & set(FURTHER))
    enough = len(six) >= 2 or (ACTION in six and len(known) >= 2)
    if not enough or 2 * len(known) >= len(filled) - 1:
        return enough
    bars = sum(map(is_only_period, filled))  # the months of a Gantt chart
    return 2 * len(known) >= len(filled) - bars - 1


def names_what_is_done(cells: Sequence[str]) -> bool:
    """Say whether a heading row has a column for actions, or one for aims."""
    return bool({ACTION, AIMS} & set(meanings_of(cells).values()))


def evidence(cells: Sequence[str]) -> str:
    """Say which headings of a row are a plan's, in words.

    Examples
    --------
    >>> evidence(("Action", "Weather", "By when"))
    "2 of its 3 headings are a plan's: “Action” and “By when”"
    """
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    known = [" ".join(cells[place].split()) for place in meanings_of(cells)]
    return f"{len(known)} of its {len(filled)} headings are a plan's: {listed(known)}"


def speaks_of_phases(heading: str) -> bool:
    """Say whether the first column holds phases alone, so that "3." is a phase."""
    words = heading.casefold()
    return "phase" in words and "action" not in words
