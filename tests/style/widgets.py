"""Which of Streamlit's calls read Markdown, and where their words stand."""

from __future__ import annotations

import ast

from tests.style.syntax import called

FIRST = (0, ("label", "body"))
BODY = dict.fromkeys(
    "badge button caption checkbox date_input dialog download_button error expander "  # noqa: SIM905 - a list to read
    "feedback file_uploader form_submit_button header html info latex link_button "
    "markdown metric multiselect number_input pills popover progress radio "
    "segmented_control select_slider selectbox slider spinner status subheader "
    "success table tabs text_area text_input title toast toggle warning write".split(),
    FIRST,
) | {"page_link": (9, ("label",)), "image": (9, ()), "pressed": (1, ("label",))}
"""Where a call's own words stand: the place in line, and the names they go by."""
MORE_WORDS = ("help", "caption", "captions", "title", "text", "delta", "summary")
OPTIONS_ARE_MARKDOWN = {"radio", "pills", "segmented_control"}


def is_widget(call: ast.Call) -> bool:
    """Say whether a call is one of Streamlit's, or of a column or container of its."""
    if isinstance(call.func, ast.Name):
        return call.func.id == "pressed"  # our own, which draws a button of theirs
    return (
        isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and called(call) in BODY
    )


def widget_text(name: str, call: ast.Call) -> list[ast.expr]:
    named = {k.arg: k.value for k in call.keywords if k.arg}
    place, names = BODY[name]
    found = list(call.args) if name == "write" else call.args[place : place + 1]
    found += [named[n] for n in (*names, *MORE_WORDS) if n in named]
    if name in OPTIONS_ARE_MARKDOWN:
        options = named.get("options", call.args[1] if len(call.args) > 1 else None)
        written = named.get("format_func")
        if options is not None:
            found.append(
                ast.Call(written, [options], []) if written is not None else options
            )
    return found
