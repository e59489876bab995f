"""A canvas without a picture: it keeps its graph by the same rules as the real one."""

from __future__ import annotations

import asyncio
import gzip
import json
import secrets
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from websockets.asyncio.client import connect

from app.canvas import tickets
from app.settings import store
from systemmap.store import Actor


def run(work):
    """Run to its end what is to be awaited, in a thread: browser tests hold this one's loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Canvas:
    """Fetches the graph, follows the rows, sends operations until acknowledged."""

    def __init__(self, address, name, role="admin", map_id="main"):
        self.address, self.name = address, name
        self.actor, self.map_id = Actor(name, role), map_id
        self.door = "/room" if role == "room" else ""
        self.nonce, self.seq = secrets.token_hex(6), 0
        self.waiting, self.told, self.refused = [], [], []
        self.boxes, self.lines, self.revision = {}, {}, -1
        self.arrivals = []
        self.fetches = 0
        self.socket = None
        self.deaf = False  # answers get lost on the way

    def ticket(self):
        return tickets.mint(store().secret(), "testtown", self.map_id, self.actor)

    def fetch(self):
        url = f"http://{self.address}{self.door}/graph?ticket={self.ticket()}"
        with urllib.request.urlopen(url, timeout=60) as answer:
            data = json.loads(gzip.decompress(answer.read()))
        self.fetches += 1
        if data["rev"] >= self.revision:
            self.revision = data["rev"]
            self.boxes = {box["id"]: box for box in data["boxes"]}
            self.lines = {(x["source"], x["target"]): x["style"] for x in data["lines"]}

    async def live(self):
        """Stay connected for as long as the task lives, over any break."""
        while True:
            try:
                url = f"ws://{self.address}{self.door}/live?ticket={self.ticket()}"
                async with connect(url, close_timeout=0.2) as self.socket:
                    await self._flush()
                    async for text in self.socket:
                        await self._heard(json.loads(text))
            except (TimeoutError, OSError):
                pass
            except Exception as error:
                if (
                    "Connection" not in type(error).__name__
                    and "Invalid" not in type(error).__name__
                ):
                    raise
            self.socket = None
            await asyncio.sleep(0.05)

    async def act(self, op):
        self.seq += 1
        self.waiting.append({"nonce": self.nonce, "seq": self.seq, **op})
        await self._flush()

    async def settled(self, seconds=60):
        async with asyncio.timeout(seconds):
            turns = 0
            while self.waiting:
                await asyncio.sleep(0.02)
                turns += 1
                if turns % 20 == 0:  # as the real one does, now and then
                    await self._flush()

    async def _flush(self):
        if self.socket is None or not self.waiting:
            return
        try:
            await self.socket.send(json.dumps({"ops": self.waiting}))
        except Exception as error:
            if "Connection" not in type(error).__name__:
                raise

    async def _heard(self, message):
        if "ack" in message and self.deaf:
            return
        if "ack" in message:
            done = message["ack"].get(self.nonce, 0)
            self.waiting = [op for op in self.waiting if op["seq"] > done]
            self.refused += [r for r in message["refused"] if r not in self.refused]
        revision = message.get("hello", message.get("rev"))
        if revision is None:
            return
        known = "hello" not in message and not message.get("reload")
        if known and revision <= self.revision:
            return
        if not known or revision > self.revision + 1:
            if revision != self.revision:
                await asyncio.to_thread(self.fetch)
            return
        self.revision = revision
        self.arrivals.append(revision)
        for name in message.get("gone_boxes", ()):
            del self.boxes[name]
        for key in message.get("gone_lines", ()):
            self.lines.pop(tuple(key.split("/")), None)
        self.boxes |= {box["id"]: box for box in message.get("boxes", ())}
        self.lines |= {
            (x["source"], x["target"]): x["style"] for x in message.get("lines", ())
        }
