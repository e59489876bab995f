"""The action register by owner: a sheet for each partner to check and return."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from systemmap.drawing.styles import theme_styles
from systemmap.formats.format import REFERENCE_HEADING, reference
from systemmap.language.menu_words import theme_name
from systemmap.language.phrases import counted, day
from systemmap.language.progress_words import progress_words
from systemmap.model.owners import lead_words, named_leads
from systemmap.model.response import ActionFactor
from systemmap.model.text import folded
from systemmap.overview.summary import overdue
from systemmap.reports.parts.blocks import Heading, Paper, Table, Words
from systemmap.reports.parts.book import Sheet, workbook
from systemmap.reports.parts.document import Report
from systemmap.reports.parts.facts import Facts, in_one_line, tidy
from systemmap.reports.parts.fitting import narrowed, with_closing
from systemmap.reports.parts.laid_out import PAPER_FILES, laid_out
from systemmap.vocab import label, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from systemmap.model.programme import Programme
    from systemmap.model.response import Action
    from systemmap.reports.parts.blocks import Block
    from systemmap.reports.parts.document import Order

HEADINGS = (
    "Ref",
    "Action",
    "Aims",
    "Responsible",
    "Due date",
    "Progress",
    "Outcomes",
    "Causes it acts on",
)
EVIDENCE = "Evidence"
"""A further column, where something is known of an action at all."""
_PROGRESS = HEADINGS.index("Progress")
OPEN = frozenset({4, 5, 6})  # due date, progress, outcomes
THEME_HEADINGS = ("Theme", "Ref", "Action", "Lead", "Due date", "Status")
NOBODY = "No named lead"
UNTIED = "Tied to no cause"
TWO_THEMES = "An action on causes of two themes stands with both. Read here; change it on the partner's own part."
SHARED = "An action that two partners share stands with both; change it in one place."
NONE = "Once actions are listed, each partner gets a sheet of their own to check and return."
_WIDTHS = (7, 24, 28, 18, 12, 26, 22, 26)
_SHARES = (9, 24, 28, 20, 13, 27, 22, 28)
_TIES = HEADINGS[-1]
_WIDE, _SHARE = 30, 26  # the column of evidence, in a workbook and on paper


def actions_by_owner(programme: Programme) -> dict[str, tuple[Action, ...]]:
    """Return each partner's actions, partners by name; those nobody leads come last.

    An action with two owners stands with both; "wider partners" lead nothing. The
    same organisation typed in two ways that differ only in case or spaces is one.
    """
    names: dict[str, str] = {}
    found: dict[str, list[Action]] = {}
    for action in programme.actions.values():
        for owner in named_leads(action) or ("",):
            key = folded(owner)
            names.setdefault(key, owner)
            if action not in found.setdefault(key, []):
                found[key].append(action)
    ordered = sorted(found, key=lambda key: (key == "", key))
    return {tidy(names[key]) or NOBODY: tuple(found[key]) for key in ordered}


def _late(facts: Facts) -> set[str]:
    return {action.id for action in overdue(facts.programme, facts.order.at)}


def _finding(actions: tuple[Action, ...], late: set[str]) -> str:
    """Count a partner's actions, as they stand: computed, never typed."""
    return f"{counted(len(actions), 'action')}: {_standing(actions, late)}."


def _standing(actions: tuple[Action, ...], late: set[str]) -> str:
    """Count actions by status, and those overdue; the number stands beside it."""
    counts = Counter(_status(action) for action in actions)
    order = [term.label.lower() for term in terms("statuses").values()]
    known = sorted(counts, key=lambda w: order.index(w) if w in order else len(order))
    parts = [f"{counts[word]} {_STANDS.get(word, word)}" for word in known]
    behind = sum(action.id in late for action in actions)
    tail = f"; {behind} overdue" if behind else ""
    return f"{', '.join(parts)}{tail}"


def _status(action: Action) -> str:
    return label("statuses", action.status).lower() if action.status else _NOTHING


_NOTHING = "no update"
_STANDS = {_NOTHING: "without an update"}  # after a number


_CHANGE = (
    "Change only the white columns; keep Ref. New actions go into the white rows below."
)


def _asking(order: Order, request: str) -> str:
    by = day(order.return_by) if order.return_by else "………………"
    return f"Return by: {by}. {request}"


def _causes(facts: Facts) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for made in facts.programme.all(ActionFactor).values():
        if made.map_id == facts.map.id:
            found.setdefault(made.action_id, []).append(
                tidy(facts.map.factor(made.factor_id).label)
            )
    return found


def _row(action: Action, causes: Mapping[str, list[str]]) -> tuple[str, ...]:
    return (
        action.ref,
        tidy(action.title),
        in_one_line(map(tidy, action.aims)),
        tidy(lead_words(action)),
        tidy(action.due.raw) if action.due else "",
        tidy(progress_words(action)),
        tidy(action.outcomes),
        "; ".join(sorted(causes.get(action.id, ()), key=str.casefold)),
        tidy(action.evidence),
    )


def _columns(facts: Facts) -> tuple[str, ...]:
    """Return the headings; that of evidence only where some action has any."""
    known = any(tidy(a.evidence) for a in facts.programme.actions.values())
    return (*HEADINGS, EVIDENCE) if known else HEADINGS


def _title(facts: Facts) -> str:
    if not facts.programme.actions:
        return f"{facts.place}: no action is listed yet"
    owners = actions_by_owner(facts.programme)
    actions = counted(len(facts.programme.actions), "action")
    partners = counted(len([o for o in owners if o != NOBODY]), "partner")
    led = len(facts.programme.actions) - len(owners.get(NOBODY, ()))
    if not led:
        return f"{facts.place}: {actions}, none with a named lead"
    if led < len(facts.programme.actions):
        unled = len(owners[NOBODY])
        return f"{facts.place}: {actions}, {led} led by {partners} and {unled} with no named lead"
    return f"{facts.place}: {actions} led by {partners}"


def _sheets(facts: Facts) -> Iterator[Sheet]:
    owners, causes = actions_by_owner(facts.programme), _causes(facts)
    late, columns = _late(facts), _columns(facts)
    statuses = tuple(term.label for term in terms("statuses").values())
    rows = tuple(
        (name, len(actions), _standing(actions, late))
        for name, actions in owners.items()
    )
    notes = (SHARED if owners else NONE,)
    yield Sheet(
        name="Partners",
        title=_title(facts),
        sentences=notes,
        headings=("Partner", "Actions", "How they stand"),
        rows=rows,
        widths=(40, 10, 80),
        closing=facts.closing,
    )
    if causes:
        yield Sheet(
            name="By theme",
            title="Every action by the theme of the causes it acts on",
            sentences=(TWO_THEMES,),
            headings=THEME_HEADINGS,
            rows=_theme_rows(facts),
            widths=(24, 8, 46, 30, 14, 18),
            closing=facts.closing,
        )
    for name, actions in owners.items():
        yield Sheet(
            name=name,
            title=name,
            sentences=(_finding(actions, late), _asking(facts.order, _CHANGE)),
            headings=(*columns, REFERENCE_HEADING),
            rows=tuple(
                (
                    *_row(action, causes)[: len(columns)],
                    reference(facts.programme.id, "action", action.id),
                )
                for action in actions
            ),
            widths=(*(*_WIDTHS, _WIDE)[: len(columns)], 12),
            open_columns=OPEN,
            choices={_PROGRESS: statuses},
            hidden=frozenset({len(columns)}),
            closing=facts.closing,
        )


def themes_of(facts: Facts) -> list[tuple[str, tuple[Action, ...]]]:
    """Return the actions by theme of the causes they act on, in the order of the key.

    An action of two themes stands with both; those tied to no cause come last.
    """
    found: dict[str, dict[str, Action]] = {}
    tied: set[str] = set()
    for tie in facts.programme.all(ActionFactor).values():
        if tie.map_id == facts.map.id:
            action = facts.programme.actions[tie.action_id]
            theme = facts.map.factor(tie.factor_id).theme
            found.setdefault(theme, {})[action.id] = action
            tied.add(action.id)
    order = list(facts.programme.actions)
    themes = [
        (
            tidy(theme_name(facts.programme, key)) if key else "Not sorted",
            tuple(sorted(found[key].values(), key=lambda a: order.index(a.id))),
        )
        for key in theme_styles(found)
    ]
    rest = tuple(a for a in facts.programme.actions.values() if a.id not in tied)
    return [*themes, (UNTIED, rest)] if rest else themes


def _listed(action: Action) -> tuple[str, ...]:
    return (
        action.ref,
        tidy(action.title),
        tidy(lead_words(action)) or NOBODY,
        tidy(action.due.raw) if action.due else "",
        _status(action),
    )


def _theme_rows(facts: Facts) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (theme, *_listed(action))
        for theme, actions in themes_of(facts)
        for action in actions
    )


def _index(facts: Facts) -> Iterator[Block]:
    """Yield who leads how much, and what is on each theme; each row leads to its part."""
    owners, late = actions_by_owner(facts.programme), _late(facts)
    yield Table(
        caption="By owner, in this order",
        headings=("Partner", "Actions", "How they stand"),
        rows=tuple(
            (name, str(len(actions)), _standing(actions, late))
            for name, actions in owners.items()
        ),
        shares=(40, 10, 80),
        numbers=frozenset({1}),
        links=tuple(f"owner_{n}" for n in range(1, len(owners) + 1)),
    )
    themes = themes_of(facts) if _causes(facts) else []
    if not themes:
        return  # where nothing is tied, a list by theme only repeats the first
    yield Table(
        caption="By theme of the causes that actions act on",
        headings=("Theme", "Actions", "How they stand"),
        rows=tuple(
            (name, str(len(actions)), _standing(actions, late))
            for name, actions in themes
        ),
        shares=(40, 10, 80),
        numbers=frozenset({1}),
        links=tuple(f"theme_{n}" for n in range(1, len(themes) + 1)),
    )


def _blocks(facts: Facts) -> Iterator[Block]:
    yield Words(text=SHARED if facts.programme.actions else NONE)
    if facts.programme.actions:
        yield Heading(text="Index")
        yield from _index(facts)
        yield Heading(text="By owner", new_page=True)
        yield Words(text=_asking(facts.order, "Keep Ref."))
        yield from _by_owner(facts)
        if _causes(facts):
            yield Heading(text="By theme", new_page=True)
            yield Words(text=TWO_THEMES)
            yield from _by_theme(facts)


def _by_owner(facts: Facts) -> Iterator[Block]:
    causes, late, columns = _causes(facts), _late(facts), _columns(facts)
    owners = actions_by_owner(facts.programme)
    kept = [n for n, name in enumerate(columns) if causes or name != _TIES]
    for number, (name, actions) in enumerate(owners.items(), start=1):
        every = [_row(action, causes) for action in actions]
        rows = tuple(tuple(row[n] for n in kept) for row in every)
        shares = [(*_SHARES, _SHARE)[n] for n in kept]
        yield Heading(text=name, level=2, anchor=f"owner_{number}")
        yield Table(
            caption=_finding(actions, late),
            headings=tuple(columns[n] for n in kept),
            rows=rows,
            shares=narrowed(shares, rows, kept=OPEN),
        )


def _by_theme(facts: Facts) -> Iterator[Block]:
    late = _late(facts)
    for number, (name, actions) in enumerate(themes_of(facts), start=1):
        yield Heading(text=name, level=2, anchor=f"theme_{number}")
        yield Table(
            caption=_finding(actions, late),
            headings=THEME_HEADINGS[1:],
            rows=tuple(_listed(action) for action in actions),
            shares=(9, 60, 38, 16, 17),
        )


def _make(programme: Programme, order: Order, suffix: str) -> bytes:
    if suffix != ".xlsx":
        return laid_out(paper_of(programme, order), order, suffix)
    facts = Facts(programme, order)
    title = _title(facts)
    return workbook(_sheets(facts), title=title, footer=facts.footer, at=order.at)


def paper_of(programme: Programme, order: Order) -> Paper:
    """Return the register as pages."""
    facts = Facts(programme, order)
    return Paper(
        title=_title(facts),
        running=f"{facts.place}, {facts.day}",
        blocks=with_closing(_blocks(facts), facts.closing),
        footer=facts.footer,
        landscape=True,
    )


REPORT = Report(
    key="register_by_owner",
    title="Action register by owner",
    for_whom="Each partner",
    suffixes=(".xlsx", *PAPER_FILES),
    limit="Every action in full, by owner, and listed by theme, with an index whose rows lead there; in Excel a sheet for each partner. Only due date, progress and outcomes are theirs to change.",
    make=_make,
    uses=frozenset({"return_by", "template", "map"}),
    paper=paper_of,
)
