"""Every Streamlit option systemmap depends on, with its value; set in code at start.

A config file is read from the current folder and gets lost when an installed
copy starts elsewhere, so `.streamlit/config.toml` only repeats these for
development; a test compares the two.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit import config

from systemmap.errors import SystemMapError

if TYPE_CHECKING:
    from app.settings import Settings

FIXED: dict[str, object] = {
    "runner.postScriptGC": False,  # a full collection after every run costs ten times the run
    "runner.magicEnabled": False,
    "browser.gatherUsageStats": False,
    "browser.serverAddress": "localhost",  # stops the look-up of the outside address
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "server.headless": True,
    "server.maxUploadSize": 25,  # megabytes: a photo, figures; other files may have less
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableAgentApi": False,
}
"""The same on every computer."""

THEME: dict[str, object] = {
    "theme.base": "light",
    "theme.primaryColor": "#0B5C6B",
    "theme.backgroundColor": "#FFFFFF",
    "theme.secondaryBackgroundColor": "#FAFAF7",
    "theme.textColor": "#1B2127",
    "theme.linkColor": "#0B5C6B",
    "theme.borderColor": "#6f777b",
    "theme.showWidgetBorder": True,
    "theme.baseRadius": "small",
    "theme.headingFontSizes": ["1.75rem", "1.375rem", "1.125rem"],
    "theme.headingFontWeights": [600, 600, 600],
    "theme.redColor": "#A4262C",
    "theme.greenColor": "#0B6B3A",
    "theme.blueColor": "#1F5A8C",
    "theme.orangeTextColor": "#7A4A00",
    "theme.grayTextColor": "#55606B",
    "theme.dark.grayTextColor": "#B6BFC7",
    "theme.dark.redTextColor": "#FF9B9B",
    "theme.dark.orangeTextColor": "#FFC46B",
    "theme.dark.greenTextColor": "#7BD6A0",
    "theme.dark.blueTextColor": "#8FC1F0",
    "theme.dark.primaryColor": "#238191",
    "theme.dark.backgroundColor": "#14181D",
    "theme.dark.secondaryBackgroundColor": "#1D232A",
    "theme.dark.textColor": "#F2F4F5",
    "theme.dark.linkColor": "#8FD3DF",
    "theme.dark.borderColor": "#8B949E",
}
"""How it looks; the roles of the design, light and dark."""


class OptionMissing(SystemMapError):
    """The installed Streamlit does not know an option that protection depends on."""


def wanted(settings: Settings) -> dict[str, object]:
    """Return every option with the value it must have under these settings."""
    return {
        **FIXED,
        **THEME,
        "server.fileWatcherType": "auto" if settings.development else "none",
        "server.allowedHosts": sorted(host.strip("[]") for host in settings.hosts),
        "server.address": settings.address,
        "server.baseUrlPath": settings.base_path.strip("/"),
    }


def set_options(settings: Settings) -> None:
    """Set every option, and make sure each exists and holds its value.

    Raises
    ------
    OptionMissing
        Streamlit would have taken the name without a word and done nothing.
    """
    for name, value in wanted(settings).items():
        try:
            config.get_option(name)
        except RuntimeError:
            msg = (
                f"The installed Streamlit no longer knows the option '{name}', which "
                "systemmap depends on. Nothing was started. Install the Streamlit "
                "version that systemmap names."
            )
            raise OptionMissing(msg) from None
        config.set_option(name, value, "systemmap")
