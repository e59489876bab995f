"""A canvas that floods is read more slowly; nobody else waits for it, and nothing is lost."""

import asyncio
import json

import pytest
from websockets.asyncio.client import connect

from app.canvas import live, pace
from app.canvas.operations import MOST_OPS, first_ops
from app.canvas.pace import AT_ONCE, UNDO, Pace, Spaced
from app.settings import store
from tests.canvas.client import Canvas, run


def add(number):
    return {
        "nonce": "n",
        "seq": number,
        "op": "add_factor",
        "label": f"Idea {number}",
        "x": 1,
        "y": number,
    }


def undo(number, revision):
    return {"nonce": "n", "seq": number, "op": "undo", "revision": revision}


def channel(running, name="Table 1"):
    ticket = Canvas(running.address, name).ticket()
    return connect(f"ws://{running.address}/live?ticket={ticket}", close_timeout=0.2)


async def answered(socket):
    """Return the next answer to operations."""
    async with asyncio.timeout(20):
        while '"ack"' not in (text := await socket.recv()):
            pass
    return json.loads(text)


def test_one_message_holds_no_more_than_a_network_frame_of_64_kb(running):
    assert live.LONGEST <= 65_536

    async def scene():
        async with channel(running) as socket:
            await socket.send(json.dumps({"ops": ["x" * live.LONGEST]}))
            await socket.wait_closed()
            return socket.close_code

    assert run(scene()) == 1009


def test_of_a_large_batch_the_first_part_is_answered_and_the_rest_may_follow(running):
    async def scene():
        ops = [add(number) for number in range(1, MOST_OPS + 21)]
        async with channel(running) as socket:
            await socket.send(json.dumps({"ops": ops}))
            first = (await answered(socket))["ack"]["n"]
            await socket.send(json.dumps({"ops": ops[first:]}))
            return first, (await answered(socket))["ack"]["n"]

    assert run(scene()) == (MOST_OPS, MOST_OPS + 20)
    assert store().revision("testtown") == 1 + MOST_OPS + 20


def test_a_batch_of_undos_does_not_stand_in_anybodys_way(running, monkeypatch):
    monkeypatch.setattr(pace, "EACH_SECOND", 0.5)

    async def scene():
        async with channel(running) as flood, channel(running, "Table 2") as other:
            await flood.send(json.dumps({"ops": [add(1)]}))
            made = (await answered(flood))["revisions"]["n:1"]
            batch = {"ops": [undo(n, made) for n in range(2, 900)]}
            for _ in range(4):
                await flood.send(json.dumps(batch))
            told = (await answered(flood))["ack"]["n"]
            await other.send(json.dumps({"ops": [{**add(1), "nonce": "m"}]}))
            return told, (await answered(other))["ack"]

    told, other = run(scene())
    assert told == 1 + MOST_OPS
    assert other == {"m": 1}


def test_a_flood_of_positions_is_told_to_others_now_and_then_and_the_last_one_is(
    running,
):
    async def scene():
        heard = []
        async with channel(running) as flood, channel(running, "Table 2") as other:
            for number in range(150):
                await flood.send(json.dumps({"at": f"factor-{number}"}))
            async with asyncio.timeout(20):
                while not heard or heard[-1] != "factor-149":
                    said = json.loads(await other.recv())
                    heard += [one["at"] for one in said.get("who", ())]
        return heard

    assert len(run(scene())) < 40


def test_a_position_that_did_not_change_is_not_told_again(running):
    async def heard_until(socket, at):
        heard = []
        async with asyncio.timeout(20):
            while at not in heard:
                who = json.loads(await socket.recv()).get("who", ())
                heard += [there["at"] for there in who]
        return heard

    async def scene():
        async with channel(running) as one, channel(running, "Table 2") as other:
            await one.send(json.dumps({"at": "stress"}))
            await heard_until(other, "stress")
            for _ in range(5):
                await one.send(json.dumps({"at": "stress"}))
                await asyncio.sleep(pace.WHO_EVERY / 2)
            await one.send(json.dumps({"at": "sleep"}))
            return await heard_until(other, "sleep")

    assert run(scene()) == ["sleep"]


class Clock:
    now = 50.0

    def __call__(self):
        return self.now


def test_a_canvas_that_comes_back_with_much_waits_little_and_a_flood_waits_long():
    one, clock = {"ops": [add(1)]}, Clock()
    quiet = Pace(clock)
    assert [quiet.wait(one) for _ in range(int(AT_ONCE))] == [0.0] * int(AT_ONCE)
    assert quiet.wait(one) > 0
    loud = Pace(clock)
    waits = [loud.wait({"ops": [undo(1, 1)] * 500}) for _ in range(5)]
    assert waits[-1] >= (5 * MOST_OPS * UNDO - AT_ONCE) / pace.EACH_SECOND - 0.1
    clock.now += 3_600
    assert loud.wait(one) == 0.0


@pytest.mark.parametrize("said", [{}, {"ops": 5}, {"ops": []}, {"at": "x"}])
def test_every_message_counts(said):
    talker = Pace(Clock())
    assert first_ops(said.get("ops")) == []
    assert any(talker.wait(said) for _ in range(int(AT_ONCE) + 1))


def test_what_is_asked_for_often_is_done_at_once_and_once_more():
    done = []
    spaced = Spaced(done.append, 0.05)

    async def scene():
        for _ in range(100):
            spaced.ask("a")
        spaced.ask("b")
        assert done == ["a", "b"]
        await asyncio.sleep(0.2)
        assert done == ["a", "b", "a"]
        spaced.ask("a")
        assert done == ["a", "b", "a", "a"]
        spaced.ask("a")  # planned, and then this loop ends

    async def another_loop():
        spaced.ask("a")
        await asyncio.sleep(0.2)
        assert done[4:] == ["a"]

    run(scene())
    run(another_loop())
