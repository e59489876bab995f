"""Follow: what leads to a cause, what follows from it, and how one reaches another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.links import links_table
from app.components.map_way import Way, way_on_map
from app.components.screen_text import caution, empty, finding, quiet, say, section
from app.components.still_pictures import part_picture
from app.presses import pressed
from app.screens._screen import Screen
from app.wording import listed
from systemmap.analysis.pathways import SENSE_WORDS, between, routes_sentence
from systemmap.analysis.pathways.recipes import Build, Combine, Recipe, recipe_from
from systemmap.analysis.pathways.sub_maps import sub_map
from systemmap.errors import SystemMapError
from systemmap.model.plan import SavedView
from systemmap.model.text import clean_label, slug

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.analysis.map_analysis import MapAnalysis
    from systemmap.analysis.pathways.sub_maps import SubMap
    from systemmap.model.system_map import SystemMap

_BUILDS = {
    Build.DOWNSTREAM: "What follows from it",
    Build.UPSTREAM: "What leads to it",
    Build.EGO: "Its own causes and effects",
    Build.PATHS: "How it reaches something else",
}
_COMBINES = {Combine.UNION: "any of them", Combine.INTERSECTION: "all of them"}
_NEW = "A new question"


def draw(workspace: Workspace) -> None:
    """Draw the question, the answer as a sentence, a picture and a table."""
    system_map = workspace.analysis().system_map
    if not system_map.links:
        empty(
            "There are no links to follow yet.",
            "Import a map",
            lambda: workspace.go("import_export"),
            key="pathways.import",
            icon=":material/upload_file:",
        )
        return
    with way_on_map(workspace) as way:
        _followed(workspace, system_map, way)


def _followed(workspace: Workspace, system_map: SystemMap, way: Way) -> None:
    """Draw the question and its answer; the canvas shows what was found."""
    recipe = _ask(workspace, system_map)
    if recipe is None:
        with way.heading:
            finding("Choose a cause to follow its links.")
        return
    try:
        answer = sub_map(workspace.analysis(), recipe)
    except SystemMapError as error:
        workspace.explain(error)
        return
    with way.heading:
        finding(answer.sentence)
    way.part["said"] = {
        "boxes": list(answer.members),
        "lines": ["/".join(pair) for pair in answer.links],
    }
    _show(workspace.analysis(), answer)
    _save(workspace, recipe)
    caution(workspace)


def _ask(workspace: Workspace, system_map: SystemMap) -> Recipe | None:
    """Ask for start, build and combination; a saved question fills them in."""
    saved = _saved(workspace)
    chosen = st.selectbox(
        "Question",
        ["", *saved],
        format_func=lambda key: saved[key].name if key else _NEW,
        key="pathways.saved",
        width=420,
    )
    first = recipe_from(saved[chosen].parameters) if chosen else None
    names = {
        key: system_map.factor(key).label
        for key in sorted(
            system_map.factors, key=lambda k: system_map.factor(k).label.casefold()
        )
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        starts = st.multiselect(
            "Start from",
            names,
            default=[s for s in (first.starts if first else ()) if s in names],
            format_func=names.__getitem__,
            key=f"pathways.starts.{chosen}",
            placeholder="Choose one or more causes",
            width=420,
            select_all=False,
        )
        build = st.selectbox(
            "Show",
            list(_BUILDS),
            index=list(_BUILDS).index(first.build) if first else 0,
            format_func=_BUILDS.__getitem__,
            key=f"pathways.build.{chosen}",
            width=280,
        )
        ends: list[str] = []
        if build is Build.PATHS:
            ends = st.multiselect(
                "Leading to",
                names,
                default=[e for e in (first.ends if first else ()) if e in names],
                format_func=names.__getitem__,
                key=f"pathways.ends.{chosen}",
                placeholder="Choose where to end",
                width=320,
                select_all=False,
            )
        within = first.within if first else 2
        if build in (Build.UPSTREAM, Build.DOWNSTREAM):
            within = st.selectbox(
                "Steps",
                [1, 2, 3],
                index=within - 1,
                key=f"pathways.within.{chosen}",
                width=100,
            )
        combine = first.combine if first else Combine.UNION
        if len(starts) > 1:
            combine = st.selectbox(
                "Linked to",
                list(_COMBINES),
                index=list(_COMBINES).index(combine),
                format_func=_COMBINES.__getitem__,
                key=f"pathways.combine.{chosen}",
                width=160,
            )
    if not starts or (build is Build.PATHS and not ends):
        return None
    return Recipe(
        starts=tuple(starts),
        build=build,
        combine=combine,
        within=within,
        ends=tuple(ends),
    )


def _saved(workspace: Workspace) -> dict[str, SavedView]:
    views = workspace.programme.all(SavedView).values()
    return {
        view.id: view
        for view in sorted(views, key=lambda v: v.name.casefold())
        if view.kind == "recipe"
    }


def _show(analysis: MapAnalysis, answer: SubMap) -> None:
    system_map = analysis.system_map
    if answer.missing:
        quiet(f"No longer on this map: {listed(list(answer.missing))}.")
    if answer.found:
        part_picture(
            system_map,
            answer.members,
            answer.links,
            starts=answer.starts,
            alt=answer.sentence,
            save_as=slug(f"sub-map {answer.sentence}")[:60],
        )
    if answer.recipe.build is Build.PATHS:
        _routes(analysis, answer)
    else:
        _found(system_map, answer)
    with st.expander("Why? The links behind this"):
        links_table(
            system_map,
            answer.links,
            alt="Every link in the picture, with the reason people gave",
        )


def _found(system_map: SystemMap, answer: SubMap) -> None:
    section(f"{len(answer.found)} of {len(system_map.factors)} causes")
    rows = []
    for key in answer.found:
        row: dict[str, object] = {"Cause": system_map.factor(key).label}
        for start in answer.starts:
            if start in answer.directions:
                sense = answer.directions[start].get(key)
                row[f"From {system_map.factor(start).label}"] = (
                    SENSE_WORDS[sense] if sense is not None else ""
                )
        rows.append(row)
    table(rows, alt="The causes found, and in which direction each start moves them")


def _routes(analysis: MapAnalysis, answer: SubMap) -> None:
    system_map = analysis.system_map
    for start in answer.starts:
        for end in answer.recipe.ends:
            if end == start or end not in system_map.factors:
                continue
            routes = between(analysis, start, end)
            labels = system_map.factor(start).label, system_map.factor(end).label
            say(routes_sentence(routes, *labels))
            for route in routes.pathways[:10]:
                quiet(
                    " → ".join(system_map.factor(key).label for key in route.factors)
                    + f" ({SENSE_WORDS[route.sense]})"
                )


def _save(workspace: Workspace, recipe: Recipe) -> None:
    with st.expander(
        "Keep this question, to ask it of next year's map",
        icon=":material/bookmark_add:",
    ):
        form = workspace.fresh("pathways.save")
        with st.form(form, border=False):
            name = st.text_input(
                "Name", key=f"{form}.name", placeholder="What rests on stress?"
            )
            if pressed(
                st.form_submit_button,
                "Keep the question",
                type="primary",
                key=f"{form}.send",
            ):
                label = clean_label(name) or "A question"
                with workspace.editing(
                    f"Keep the question “{label}”", form="pathways.save"
                ) as draft:
                    key = slug(label, draft.all(SavedView), fallback="question")
                    draft.add(
                        SavedView(
                            id=key,
                            name=label,
                            kind="recipe",
                            parameters=recipe.parameters(),
                        )
                    )


SCREEN = Screen(
    key="pathways",
    title="Follow links",
    place="map",
    icon=":material/route:",
    draw=draw,
    position=20,
)
