"""The few values worth a link, checked on their way in."""

from __future__ import annotations

import streamlit as st

from systemmap.model.text import ID_PATTERN


def value(name: str) -> str:
    """Return a value from the address, or "" when it is missing or not an id."""
    found = st.query_params.get(name, "")
    return found if ID_PATTERN.match(found) else ""


def keep(name: str, wanted: str) -> None:
    """Make the address say `wanted`; "" takes the value out."""
    if wanted and st.query_params.get(name) != wanted:
        st.query_params[name] = wanted
    elif not wanted and name in st.query_params:
        del st.query_params[name]
