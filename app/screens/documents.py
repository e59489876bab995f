"""Documents: choose one, say what it compares with and looks like, save it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from app.components.council_template import ask_template
from app.components.document_preview import preview_pages
from app.components.downloads import download
from app.components.html_tables import table
from app.components.link_to_look import look_link
from app.components.screen_text import caution, finding, quiet, say, section
from app.components.still_pictures import picture
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.editing.council_templates import first_templates, kept_templates
from systemmap.errors import SystemMapError
from systemmap.language.phrases import day, joined
from systemmap.model.workshop import Workshop
from systemmap.overview.figures import figures
from systemmap.reports import (
    REPORTS,
    Order,
    Since,
    build,
    file_name,
    left_to_author,
    preview,
    whole_set,
)
from systemmap.reports.coverage_heat import HEADINGS, finding_of, rows_of
from systemmap.reports.parts.open_document import office

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.editing.council_templates import CouncilTemplate
    from systemmap.reports import Report

_FILES = {
    ".docx": "Word",
    ".xlsx": "Excel",
    ".pptx": "PowerPoint",
    ".pdf": "PDF",
    ".html": "Web page",
    ".png": "Picture (PNG)",
    ".svg": "Picture (SVG)",
    ".zip": "Zip folder",
    ".odt": "OpenDocument text",
    ".ods": "OpenDocument sheets",
    ".odp": "OpenDocument slides",
}
_ALONE, _DATE, _VERSION = "Nothing", "A date", "A named version"
MOST_FIGURES = 3
_QUARTER = timedelta(days=91)


def draw(workspace: Workspace) -> None:
    """Draw the choice of document, what it is given, and the button that saves it."""
    finding(
        f"{count(len(REPORTS), 'document')} can be made from version "
        f"{workspace.revision}, as at {day(workspace.today)}."
    )
    asked, offered = st.container(), st.container()  # a press finds its button again
    with asked:
        with st.container(horizontal=True):  # beside each other where there is room
            report = _report()
            suffix = _suffix(report)
        quiet(report.limit)
        order = _order(workspace, report, suffix)
    with offered:
        _offer(workspace, report, suffix, order)
    if report.key == "coverage_heat":
        _heat(workspace, order)
    caution(workspace)
    look_link(workspace)


def _offer(workspace: Workspace, report: Report, suffix: str, order: Order) -> None:
    """Offer the file, its pages, and every document at once."""
    programme = workspace.programme
    if report.key == "write_up" and not order.workshop_id:
        say("No workshop is listed yet, so there is nothing to write up.")
    else:
        download(
            f"Save as {_FILES[suffix]}",
            lambda: (
                build(
                    programme, report.key, _whole(workspace, report, order), suffix
                ).data
            ),
            file_name=file_name(programme, report.key, order, suffix),
            key="documents.save",
            primary=True,
        )
        if suffix == ".docx" and (left := _left(workspace, report, order)):
            quiet(left)
        preview_pages(
            lambda: preview(report, programme, order, suffix),
            key="documents.preview",
        )
    templates = _templates(workspace, report, suffix, order)
    download(
        "Save every document",
        lambda: _every(workspace, order, templates),
        file_name=file_name(programme, "documents", order, ".zip"),
        key="documents.every",
    )
    if templates:
        named = joined([f"{_FILES[k]} on “{t.name}”" for k, t in templates.items()])
        quiet(f"In that set: {named}, everything else on plain pages.")


def _left(workspace: Workspace, report: Report, order: Order) -> str:
    """Say what the template's own form leaves to the author, or why it cannot be used.

    "" = nothing, or there is no template.
    """
    if not order.template:
        return ""
    programme, which = workspace.programme, sha256(order.template).hexdigest()
    try:
        return workspace.answer(
            "left to the author",
            report.key,
            which,
            order.at,
            ask=lambda: left_to_author(programme, report.key, order),
        )
    except SystemMapError as error:  # one kept by another version, or brought in
        return str(error)


def _whole(workspace: Workspace, report: Report, order: Order) -> Order:
    """Add the history where the document hands it on; asked for only when it is saved."""
    if "history" not in report.uses:
        return order
    return replace(order, project_file=workspace.project_file())


def _templates(
    workspace: Workspace, report: Report, suffix: str, order: Order
) -> dict[str, CouncilTemplate]:
    """Return the templates of the whole set: the one chosen here, of the other kind the first."""
    found = first_templates(workspace.programme)
    if "template" in report.uses and suffix in found:
        kept = kept_templates(workspace.programme, suffix)
        del found[suffix]
        found.update((suffix, t) for t in kept if t.data == order.template)
    return found


def _every(
    workspace: Workspace, order: Order, templates: dict[str, CouncilTemplate]
) -> bytes:
    """Make every document, and say how far that is."""
    bar = st.progress(0.0, "Making the documents …")
    asked = replace(order, project_file=workspace.project_file())
    try:
        return whole_set(
            workspace.programme,
            asked,
            templates={kind: each.data for kind, each in templates.items()},
            told=lambda done, of, title: bar.progress(
                float(done / of),
                safe_text(f"{done} of {of} files are made. Next: {title}"),
            ),
        ).data
    finally:
        bar.empty()


def _report() -> Report:
    key = st.selectbox(
        "Document",
        list(REPORTS),
        format_func=lambda k: f"{REPORTS[k].title} · {REPORTS[k].for_whom}",
        key="documents.which",
        width=560,
    )
    return REPORTS[key]


def _suffix(report: Report) -> str:
    twins = report.twins if office() else ()
    if report.twins and not twins:
        quiet(
            "OpenDocument files are made where LibreOffice is installed; here it is not."
        )
    every = [*report.suffixes, *twins]
    if len(every) == 1:
        return every[0]
    chosen = st.segmented_control(
        "File",
        every,
        format_func=_FILES.__getitem__,
        default=report.suffixes[0],
        key=f"documents.file.{report.key}",
        required=True,
    )
    return chosen or report.suffixes[0]


def _order(workspace: Workspace, report: Report, suffix: str) -> Order:
    """Ask only for what this document can use."""
    uses = report.uses
    names = {version.revision: version.name for version in workspace.versions()}
    since = _since(workspace) if "since" in uses else None
    return Order(
        at=workspace.today,
        since=since if isinstance(since, Since) else None,
        reported_from=None if isinstance(since, Since) else since,
        version=names.get(workspace.revision, ""),
        map_id=_map(workspace) if "map" in uses else "main",
        template=ask_template(workspace, suffix)
        if "template" in uses and suffix in (".docx", ".pptx")
        else b"",
        return_by=_return_by() if "return_by" in uses else None,
        workshop_id=_workshop(workspace) if "workshop" in uses else "",
        figures=_figures(workspace) if "figures" in uses else (),
        paper=_paper() if "paper" in uses else "A1",
    )


def _paper() -> str:
    return st.segmented_control(
        "Sheet", ["A1", "A0"], default="A1", key="documents.paper", required=True
    )


def _figures(workspace: Workspace) -> tuple[str, ...]:
    """Ask which figures of the local picture the paper prints, where there are any."""
    known = {
        figure.indicator.id: figure.sentence for figure in figures(workspace.programme)
    }
    if not known:
        return ()
    chosen = st.multiselect(
        "Figures of the local picture, up to three",
        list(known),
        format_func=known.__getitem__,
        max_selections=MOST_FIGURES,
        key="documents.figures",
        placeholder="None chosen: the paper says so in a line",
        width=560,
        select_all=False,
    )
    return tuple(chosen)


def _since(workspace: Workspace) -> Since | date | None:
    """Ask what to compare with; a day before anything was stored stays a day."""
    versions = {v.revision: v for v in workspace.versions()}
    ways = [_ALONE, _DATE, *([_VERSION] if versions else [])]
    way = st.radio(
        "Compare with", ways, horizontal=True, index=0, key="documents.since"
    )
    if way == _VERSION:
        chosen = st.selectbox(
            "Version",
            sorted(versions, reverse=True),
            format_func=lambda r: f"{versions[r].name}, {day(versions[r].at)}",
            key="documents.version",
            width=420,
        )
        on = versions[chosen].at.astimezone().date()
        return Since(
            programme=workspace.programme_at(chosen),
            words=_version_words(versions[chosen].name, on),
            on=on,
        )
    return _since_day(workspace) if way == _DATE else None


def _version_words(name: str, on: date) -> str:
    """Return a version's name; with its day, unless the name says when."""
    return f"“{name}”" if re.search(r"\b20\d\d\b", name) else f"“{name}”, {day(on)}"


def _since_day(workspace: Workspace) -> Since | date:
    on = st.date_input(
        "Progress since",
        workspace.today - _QUARTER,
        max_value=workspace.today,
        format="DD/MM/YYYY",
        key="documents.since_day",
        width=220,
    )
    before = [c for c in workspace.history() if c.at.astimezone().date() <= on]
    if not before:
        first = workspace.history()[-1].at.astimezone()
        say(
            f"Nothing was stored on {day(on)}: this programme begins on {day(first)}. "
            "The document reports what is dated since, and compares nothing."
        )
        return on
    revision = max(change.revision for change in before)
    return Since(programme=workspace.programme_at(revision), words=day(on), on=on)


def _map(workspace: Workspace) -> str:
    maps = workspace.programme.maps
    if len(maps) < 2:
        return next(iter(maps), "main")
    return st.selectbox(
        "Map",
        list(maps),
        format_func=lambda m: maps[m].name,
        key="documents.map",
        width=420,
    )


def _return_by() -> date | None:
    chosen = st.date_input(
        "Partners return their sheets by",
        None,
        format="DD/MM/YYYY",
        key="documents.return_by",
        width=280,
    )
    return chosen if isinstance(chosen, date) else None


def _workshop(workspace: Workspace) -> str:
    workshops = workspace.programme.all(Workshop)
    if not workshops:
        return ""
    held = [w.id for w in workshops.values() if w.on and w.on <= workspace.today]
    keys = list(workshops)
    return st.selectbox(
        "Workshop",
        keys,
        index=keys.index(held[-1]) if held else 0,
        format_func=lambda w: workshops[w].title,
        key="documents.workshop",
        width=420,
    )


def _heat(workspace: Workspace, order: Order) -> None:
    section("Theme coverage")
    programme = workspace.programme

    def drawn() -> str:
        return build(programme, "coverage_heat", order, ".svg").data.decode()

    svg = workspace.answer("heat", order.map_id, order.at, order.version, ask=drawn)
    picture(svg, alt=finding_of(programme, order))
    table(
        (
            dict(zip(HEADINGS, row.cells, strict=True))
            for row in rows_of(programme, order)
        ),
        alt="Causes, causes with work, votes and overdue actions by theme",
    )


SCREEN = Screen(
    key="documents",
    title="Documents",
    place="share",
    icon=":material/description:",
    draw=draw,
)
