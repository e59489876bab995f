"""A download: made when it is pressed, handed over once, and an error said in place."""

import json
from base64 import b64decode

from streamlit.testing.v1 import AppTest


def offered(components, script):
    at = AppTest.from_function(script, default_timeout=120)
    at._bidi_component_manager = components
    return at.run()


def handed(at):
    """Return what went out to the browser's script."""
    (hand,) = at.get("bidi_component")
    return json.loads(hand.proto.json)


def test_a_file_is_made_on_the_press_and_handed_over_once(components):
    def script():
        import streamlit as st

        from app.components.downloads import download

        def make() -> bytes:
            st.session_state["made"] = st.session_state.get("made", 0) + 1
            return b"a,b\n"

        download("Save", make, file_name="two.csv", key="x")

    at = offered(components, script)
    assert (handed(at), "made" in at.session_state) == ({}, False)
    at.button(key="x").click().run()
    sent = handed(at)
    assert (sent["name"], sent["type"]) == ("two.csv", "text/csv")
    assert (b64decode(sent["content"]), at.session_state["made"]) == (b"a,b\n", 1)
    assert handed(at.run()) == {}


def test_what_went_wrong_is_said_where_the_button_stands(components):
    def script():
        from app.components.downloads import download
        from systemmap.errors import StoreError

        def make() -> bytes:
            raise StoreError("The data is locked [by us]. Try again.")

        download("Save", make, file_name="two.csv", key="x")

    at = offered(components, script)
    at.button(key="x").click().run()
    assert not at.exception
    (said,) = [e.value for e in at.error]
    assert said.startswith("No file was made\\. The data is locked \\[by us\\]")
    assert handed(at) == {"failed": "yes"}
