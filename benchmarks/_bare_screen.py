"""The rival: a Streamlit page with a choice and a sentence that follows it, nothing else."""

import streamlit as st

chosen = st.selectbox("Choose", ["one", "two", "three"])
st.title(f"Chosen: {chosen}")
