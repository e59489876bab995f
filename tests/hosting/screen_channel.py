"""A browser tab without a picture: it opens a screen over its channel and presses a button."""

from __future__ import annotations

import base64
import json

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

_ENDED = (
    ForwardMsg.ScriptFinishedStatus.FINISHED_SUCCESSFULLY,
    ForwardMsg.ScriptFinishedStatus.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)


async def downloaded(installation, proxy, browser, *, page, query, button):
    """Open a screen, press a button of it, and return the file that comes (name, bytes)."""
    held = "; ".join(f"{c.name}={c.value}" for c in browser.cookies.jar)
    origin = "/".join(installation.at(proxy, "").split("/")[:3])
    address = installation.at(proxy, "/_stcore/stream").replace("https", "wss")
    async with connect(
        address,
        ssl=installation.tls,
        origin=origin,
        additional_headers={"cookie": held},
        max_size=None,
    ) as socket:
        heard = _Heard(socket)
        await heard.ask(page, query)
        found = await heard.drawn(
            lambda one: one.button.id if one.button.label.startswith(button) else ""
        )
        await heard.ask(page, query, pressed=found)
        said = await heard.drawn(_file)
        return said["name"], base64.b64decode(said["content"])


class _Heard:
    """What the server sent, message by message."""

    def __init__(self, socket):
        self.socket = socket

    async def ask(self, page, query, pressed=""):
        asked = BackMsg()
        asked.rerun_script.page_name = page
        asked.rerun_script.query_string = query
        if pressed:
            state = asked.rerun_script.widget_states.widgets.add()
            state.id, state.trigger_value = pressed, True
        await self.socket.send(asked.SerializeToString())

    async def drawn(self, wanted):
        """Return the first thing that `wanted` finds in what one run of the screen drew."""
        found, kinds = None, []
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            element = message.delta.new_element
            if kind := element.WhichOneof("type"):
                kinds.append(kind)
                found = found or wanted(element)
            if message.WhichOneof("type") == "script_finished" and (
                message.script_finished in _ENDED
            ):
                assert found, f"Not on the screen, which has {kinds}"
                return found


def _file(element):
    sent = element.bidi_component
    for text in (sent.json, sent.mixed.json):
        said = json.loads(text) if text else {}
        if isinstance(said, dict) and "content" in said:
            return said
    return None
