"""Places: a map of them, who is reached where, and what people there have said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.edit_grid import edit_grid
from app.components.figure_views import frame_table
from app.components.html_tables import table
from app.components.screen_text import empty, finding, lines, quiet, say, section
from app.components.still_pictures import picture
from app.components.tab_parts import tab_parts
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import count, safe_text
from systemmap.drawing.place_shapes import AreaDrawn, place_map_svg
from systemmap.editing.framework_lists import POPULATIONS
from systemmap.editing.grids import GridEdits, apply_edits
from systemmap.editing.place_list import PLACES
from systemmap.model.people import Place
from systemmap.overview.people_and_places import engagements, people_and_places
from systemmap.overview.places_shown import indicators_for, levels_of, places_shown
from systemmap.overview.reporting_lines import event_words, point_words

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.overview.places_shown import PlacesShown

_LISTS = {grid.key: grid for grid in (PLACES, POPULATIONS)}
_ATTRIBUTION = "Shapes: from the file that was brought in. Contains OS data © Crown copyright and database right where the file says so."


def draw(workspace: Workspace) -> None:
    """Draw the finding, then the map of places, people by place, and what was said."""
    programme = workspace.programme
    if not programme.all(Place):
        empty(
            "No place is listed yet. Bring in the areas of your council as GeoJSON, or a plan that names places.",
            "Import areas",
            lambda: workspace.go("import_export"),
            key="place_map.import",
            icon=":material/upload_file:",
        )
        _first_place(workspace)
        return
    finding(people_and_places(programme).sentence)
    tab_parts(
        {
            "Map of places": lambda: _map(workspace),
            "People by place": lambda: _grid(workspace),
            "What people said": lambda: _said(workspace),
            "The lists": lambda: _lists(workspace),
        },
        key="place_map.tab",
    )


def _first_place(workspace: Workspace) -> None:
    """Ask for a place by its name, where there is no file; the list opens with it."""
    form = workspace.fresh("place_map.first")
    with st.form(f"{form}.form", border=False, width=480):
        name = st.text_input("Or name a place or neighbourhood", key=f"{form}.name")
        sent = pressed(st.form_submit_button, "Add the place", key=f"{form}.form.send")
    if sent:
        label = f"Add the place “{name.strip()}”"
        with workspace.editing(label, form="place_map.first") as draft:
            apply_edits(PLACES, draft, {}, GridEdits(added=({"name": name},)))


def _map(workspace: Workspace) -> None:
    programme = workspace.programme
    levels = levels_of(programme)
    left, right = st.columns(2)
    with left:
        level = st.selectbox(
            "Places",
            list(levels),
            format_func=levels.__getitem__,
            key="place_map.level",
        )
    names = {"": "Not shaded"} | {
        each.id: each.name for each in indicators_for(programme, level)
    }
    with right:
        indicator = st.selectbox(
            "Shaded by",
            list(names),
            index=min(1, len(names) - 1),
            format_func=names.__getitem__,
            key=f"place_map.indicator.{level}",
        )
    shown = places_shown(programme, level, indicator)
    say(shown.sentence)
    if shown.drawn:
        title = f"{names[indicator]} by place" if indicator else levels[level]
        picture(
            place_map_svg(
                _areas(shown),
                bands=shown.bands,
                title=title,
                points=_located(workspace),
            ),
            alt=f"{title}. The table below says the same.",
            save_as="map-of-places",
        )
        quiet(_source(shown))
    else:
        quiet(
            "None of them has a shape. Bring in the areas as GeoJSON with longitude and latitude, with the same codes or names."
        )
    table(_rows(shown), alt="The places, with their figure, assets and actions")


def _areas(shown: PlacesShown) -> list[AreaDrawn]:
    return [
        AreaDrawn(
            number=row.number,
            geometry=row.place.geometry,
            shade=row.shade,
            figure=row.figure if row.shade is not None else "",
            assets=len(row.assets),
            actions=len(row.actions),
        )
        for row in shown.drawn
    ]


def _located(workspace: Workspace) -> list[tuple[float, float]]:
    return [
        (asset.longitude, asset.latitude)
        for asset in workspace.programme.assets.values()
        if asset.longitude is not None and asset.latitude is not None
    ]


def _source(shown: PlacesShown) -> str:
    one = shown.indicator
    if one is None:
        return _ATTRIBUTION
    parts = ". ".join(filter(None, (one.source, one.licence)))
    classes = "Each class holds about as many places."
    return f"{classes} Figures: {parts}. {_ATTRIBUTION}"


def _rows(shown: PlacesShown) -> list[dict[str, object]]:
    return [
        {
            "Place": f"{row.number}. {row.place.name}",
            "Code": row.place.code,
            "Figure": row.figure or ("no figure" if shown.indicator else ""),
            "Period": row.period,
            "Assets": "\n".join(row.assets),
            "Actions that name it": "\n".join(row.actions),
        }
        for row in shown.rows
    ]


def _grid(workspace: Workspace) -> None:
    """Show groups of people by place for every partner or one, and what is missing."""
    every = people_and_places(workspace.programme)
    partner = st.selectbox(
        "Partner",
        ["", *every.partners],
        format_func=lambda name: name or "All partners",
        key="place_map.partner",
        width=480,
    )
    found = people_and_places(workspace.programme, partner) if partner else every
    say(f"{partner}: {found.sentence}" if partner else found.sentence)
    if found.cells.size:
        frame_table(found.cells, alt="Groups of people by place: actions and partners")
    quiet(
        "An action counts where it names both. One that names no place may still reach people there. Groups and places are written under The lists."
    )
    if found.gaps:
        section(f"Nothing listed ({len(found.gaps)})")
        lines([f"{group} in {place}" for group, place in found.gaps])


def _lists(workspace: Workspace) -> None:
    """Edit the places and the groups of people that everything else names."""
    chosen = st.segmented_control(
        "List",
        list(_LISTS),
        format_func=lambda key: safe_text(_LISTS[key].title),
        default="places",
        required=True,
        label_visibility="collapsed",
        key="place_map.lists",
    )
    edit_grid(workspace, _LISTS[chosen])


def _said(workspace: Workspace) -> None:
    """Show engagements, the insights from them, and the causes with how many said so."""
    programme = workspace.programme
    found = engagements(programme)
    say(found.sentence)
    if found.causes:
        section("Causes that people spoke of")
        table(
            (
                {
                    "Cause": row.cause,
                    "How many said so": row.words,
                    "Insights": row.insights,
                }
                for row in found.causes
            ),
            alt="Causes by how many people spoke of them",
        )
    for event in found.events:
        section(event.title)
        say(event_words(programme, event))
        heard = [p for p in found.insights if p.event_id == event.id]
        if heard:
            lines([point_words(programme, point) for point in heard])
        else:
            quiet("No insight is listed yet.")
    if found.events:
        quiet(
            f"{count(len(found.insights), 'insight')}. Tie one to causes and actions under Plan, Governance, What was said."
        )


SCREEN = Screen(
    key="place_map",
    title="Places and people",
    place="place",
    icon=":material/map_search:",
    draw=draw,
    position=5,
)
