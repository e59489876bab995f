"""Settings and Streamlit's options: they exist, they are set, the file repeats them."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from app.server.streamlit_options import OptionMissing, set_options, wanted
from app.settings import LOOPBACK_HOSTS, Settings, settings_from

ROOT = Path(__file__).parents[2]


@pytest.fixture
def _options_as_before():
    before = {name: config.get_option(name) for name in wanted(Settings())}
    yield
    for name, value in before.items():
        config.set_option(name, value)


def test_the_command_line_wins_over_the_environment():
    environment = {"SYSTEMMAP_DATA": "from-environment.db", "SYSTEMMAP_PORT": "9001"}
    settings = settings_from(environment, data="chosen.db", port=None)
    assert (settings.data, settings.port) == ("chosen.db", 9001)


def test_without_any_wish_only_this_computer_is_served():
    settings = settings_from({})
    assert settings.address == "127.0.0.1"
    assert settings.hosts == LOOPBACK_HOSTS
    assert settings.data.endswith("systemmap.db")


def test_a_workshop_opens_the_network_and_knows_its_own_names():
    settings = settings_from({"SYSTEMMAP_WORKSHOP": "yes"})
    assert settings.address == "0.0.0.0"  # noqa: S104 - what was asked for
    assert settings.hosts > LOOPBACK_HOSTS


@pytest.mark.parametrize("name", wanted(Settings()))
def test_streamlit_still_knows_each_option(name):
    assert config.get_option(name) is not NotImplemented  # raises for an unknown name


@pytest.mark.usefixtures("_options_as_before")
def test_each_option_is_set_in_code():
    set_options(Settings())
    for name, value in wanted(Settings()).items():
        assert config.get_option(name) == value, name


@pytest.mark.usefixtures("_options_as_before")
def test_an_option_that_streamlit_dropped_stops_the_start(monkeypatch):
    monkeypatch.setitem(wanted.__globals__["FIXED"], "runner.noSuchThing", 1)
    with pytest.raises(
        OptionMissing, match=r"no longer knows the option 'runner.noSuchThing'"
    ):
        set_options(Settings())


def test_the_config_file_repeats_what_the_launcher_sets():
    with (ROOT / ".streamlit" / "config.toml").open("rb") as file:
        written = _flat(tomllib.load(file))
    assert written == wanted(Settings(development=True))


def _flat(tree, before=""):
    found = {}
    for name, value in tree.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found
