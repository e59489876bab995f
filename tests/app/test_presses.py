"""A press is not lost when something else asks for the page in the same moment."""

from streamlit.testing.v1 import AppTest


def _interrupted():
    """A page that something else asks for again before it has come to its buttons."""
    import streamlit as st

    from app.presses import forget_presses, pressed

    st.session_state.setdefault("done", [])
    if st.session_state.get("interrupt"):
        st.session_state.interrupt = False
        st.rerun()
    if st.session_state.get("gone"):
        forget_presses()
        st.stop()
    if st.button("Plain", key="plain"):
        st.session_state.done.append("plain")
    if pressed(st.button, "Kept", key="kept"):
        st.session_state.done.append("kept")
    with st.form("form"):
        st.text_input("Name", key="name")
        sent = pressed(st.form_submit_button, "Send", key="form.send")
    if sent:
        st.session_state.done.append(st.session_state.name)


def _page():
    return AppTest.from_function(_interrupted).run()


def _pressed(page, key, **state):
    for name, value in state.items():
        page.session_state[name] = value
    page.button(key=key).click().run()
    return page.session_state.done


def test_a_press_acts_once():
    page = _page()
    assert _pressed(page, "kept") == ["kept"]
    assert page.run().session_state.done == ["kept"]


def test_a_press_outlives_a_run_that_was_broken_off():
    page = _page()
    assert _pressed(page, "plain", interrupt=True) == []  # as Streamlit has it
    assert _pressed(page, "kept", interrupt=True) == ["kept"]
    page.text_input(key="name").input("Ann")
    assert _pressed(page, "form.send", interrupt=True) == ["kept", "Ann"]


def test_a_press_whose_button_has_gone_does_not_act_when_it_comes_back():
    page = _page()
    _pressed(page, "kept", gone=True)
    page.session_state.gone = False
    assert page.run().session_state.done == []


def _elsewhere():
    """A page of a process that never drew it: Streamlit knows the press, and no callback."""
    import streamlit as st

    from app.presses import pressed

    def button(*_words, **_options):
        return st.session_state.pop("said", False)

    if pressed(button, "Kept", key="kept"):
        st.session_state.done = st.session_state.get("done", 0) + 1


def test_the_first_press_in_a_tab_that_came_to_another_process_acts_once():
    page = AppTest.from_function(_elsewhere)
    page.session_state.said = True
    assert page.run().session_state.done == 1
    assert page.run().session_state.done == 1
