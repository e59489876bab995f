"""The rival: the same question as an ordinary Streamlit form, saved by the same store."""

import sys
import uuid

import streamlit as st

from systemmap.model.changes import append
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.values import now
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import Actor, ProgrammeStore, open_store

LEAD = Actor("Form", "admin")


@st.cache_resource
def _store() -> ProgrammeStore:
    store = open_store(sys.argv[1])
    programme = Programme(ProgrammeInfo(id="testtown", name="Testtown"))
    programme.add(Workshop(id="w", title="Workshop"))
    store.create(programme, actor=LEAD)
    return store


store = _store()
text = st.text_input("What causes obesity here?")
if st.button("Send") and text:
    note = Contribution(
        id=f"n-{uuid.uuid4().hex}", workshop_id="w", text=text, at=now()
    )
    store.apply("testtown", [append(note)], actor=LEAD, label="A note")
    st.write("Saved")
