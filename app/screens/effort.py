"""Where effort goes: actions by layer and depth, beside the causes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from app.components.html_tables import table
from app.components.screen_text import caution, empty, finding, quiet, section
from app.components.still_pictures import picture
from app.presses import pressed
from app.screens._screen import Screen
from systemmap.coverage.balance import find_layer_balance, find_scale_balance
from systemmap.drawing.bars import Bar, bars_svg
from systemmap.vocab import terms

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.coverage.balance import LayerBalance, ScaleBalance, ScaleRow


def draw(workspace: Workspace) -> None:
    """Draw the finding, the layers and the Action Scales levels."""
    programme, coverage = workspace.programme, workspace.gaps().coverage
    if not programme.actions:
        empty(
            "No actions are listed yet, so nobody can see where effort goes.",
            "Import a plan",
            lambda: workspace.go("import_export"),
            key="effort.import",
            icon=":material/upload_file:",
        )
        return
    layers = find_layer_balance(programme, coverage)
    finding(_finding(layers))
    if not layers.shares_shown and pressed(
        st.button,
        "Tie actions to causes",
        key="effort.actions",
        type="primary",
        icon=":material/link:",
    ):
        workspace.go("actions")
    _layers(layers)
    _scales(find_scale_balance(programme, coverage))
    caution(workspace)


def _finding(balance: LayerBalance) -> str:
    known = [row for row in balance.rows if row.difference is not None and row.layer]
    if not known:
        return "Too few current actions are sorted into layers to compare their shares."
    widest = max(known, key=lambda row: abs(row.difference or 0.0))
    return (
        f"“{widest.label}” holds {widest.cause_share or 0.0:.0f} % of the causes "
        f"and {widest.action_share or 0.0:.0f} % of the current actions."
    )


def _percent(share: float | None) -> str:
    return "not shown" if share is None else f"{share:.1f} %"


def _layers(balance: LayerBalance) -> None:
    section("Where causes lie, and where actions lie")
    table(
        (
            {
                "Layer": row.label,
                "Causes": row.causes,
                "Share of causes": _percent(row.cause_share),
                "Current actions": row.actions,
                "Share of actions": _percent(row.action_share),
                "Benchmark": _percent(row.benchmark_share),
                "Causes minus actions": "not shown"
                if row.difference is None
                else f"{row.difference:+.0f} points",
            }
            for row in balance.rows
        ),
        alt="Causes and current actions by layer, beside the published benchmark",
    )
    groups = [
        (
            row.label,
            [
                Bar(share, _percent(share))
                for share in (row.cause_share, row.action_share, row.benchmark_share)
            ],
        )
        for row in balance.rows
        if row.cause_share is not None and row.action_share is not None and row.layer
    ]
    if groups:
        title = "Shares of causes, of current actions, and of the benchmark's actions, by layer"
        picture(
            bars_svg(
                groups,
                title=title,
                series=("Causes", "Current actions", "Benchmark actions"),
            ),
            alt=title,
        )
    quiet(balance.denominator)
    quiet(balance.note)


def _scales(balance: ScaleBalance) -> None:
    section("How deep actions go")
    rows = [balance.overall, *balance.themes]
    table(
        (_scale_row(row) for row in rows),
        alt="Current actions by Action Scales level, in all and by theme",
    )
    quiet(balance.note)


def _scale_row(row: ScaleRow) -> dict[str, object]:
    counts = {
        term.label: len(row.actions.get(key, ()))
        for key, term in terms("action_scales").items()
    }
    return {
        "Theme": row.label,
        **counts,
        "No level yet": len(row.actions.get("", ())),
        "In all": row.total,
    }


SCREEN = Screen(
    key="effort",
    title="Where effort goes",
    place="gaps",
    icon=":material/balance:",
    draw=draw,
    position=10,
)
