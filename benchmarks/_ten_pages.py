"""The rival: a bare Streamlit app of ten pages, each a title and nothing else."""

from __future__ import annotations

from functools import partial

import streamlit as st

NAMES = (
    "Home",
    "Plan",
    "Place",
    "Workshop",
    "Map",
    "Gaps",
    "Actions",
    "Changes",
    "Share",
    "Settings",
)


def _page(name: str) -> None:
    st.title(f"The page {name}")


st.navigation(
    [
        st.Page(
            partial(_page, name),
            title=name,
            url_path=name.lower(),
            default=name == "Home",
        )
        for name in NAMES
    ]
).run()
