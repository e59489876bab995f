"""Everybody who draws sees the same map, whatever the connection does."""

import asyncio
import gzip
import json
import urllib.error
import urllib.request

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from app.canvas import live, tickets
from app.programmes import programmes_of
from app.settings import store
from systemmap.model.changes import put
from systemmap.model.elements import Factor
from systemmap.store import Actor, Receipt, RowChange, open_store
from tests.canvas.client import Canvas, run
from tests.forging import forged
from tests.sizes import WHOLE

EDITOR = Actor("this computer", "admin")
TURNS = 6 if WHOLE else 3  # of each who draws


def fetched(running, path, ticket, **headers):
    url = f"http://{running.address}{path}?ticket={ticket}"
    request = urllib.request.Request(url, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_the_graph_is_compressed_and_asked_for_by_revision(running):
    ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    status, headers, body = fetched(running, "/graph", ticket)
    data = json.loads(gzip.decompress(body))
    assert (status, data["rev"]) == (200, 1)
    assert [box["id"] for box in data["boxes"]] == [
        "stress",
        "snacking",
        "weight",
        "sleep",
    ]
    again = fetched(running, "/graph", ticket, **{"If-None-Match": headers["etag"]})
    assert (again[0], again[2]) == (304, b"")


@pytest.mark.parametrize("spoil", ["", "x", "forged"])
def test_without_a_ticket_there_is_no_graph(running, spoil):
    good = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    ticket = forged(good) if spoil == "forged" else spoil
    assert fetched(running, "/graph", ticket)[0] == 403


def test_a_ticket_runs_out(running):
    spent = tickets.mint(store().secret(), "testtown", "main", EDITOR, minutes=-1)
    assert fetched(running, "/graph", spent)[0] == 403
    assert tickets.half_spent(store().secret(), spent)


def test_a_ticket_opens_the_door_of_a_server_that_was_started_again(running):
    ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    running.stop()
    running.start()
    assert fetched(running, "/graph", ticket)[0] == 200


@pytest.mark.parametrize("seat", ['"seat":7', '"seat":{"other":1}', '"other":null'])
def test_a_ticket_of_another_version_opens_nothing(running, monkeypatch, seat):
    said = {**json.loads('{"seat":null}'), **json.loads("{" + seat + "}")}
    sealed = tickets.sealed
    monkeypatch.setattr(
        tickets,
        "sealed",
        lambda secret, purpose, data: sealed(secret, purpose, {**data, **said}),
    )
    ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    assert fetched(running, "/graph", ticket)[0] == 403


@pytest.mark.parametrize("role", ["room", "check"])
def test_neither_a_tablets_ticket_nor_a_check_code_opens_the_door_for_screens(
    running, role
):
    ticket = tickets.mint(store().secret(), "testtown", "main", Actor("T", role))
    assert fetched(running, "/graph", ticket)[0] == 403


def test_a_screen_s_ticket_does_not_open_the_door_for_tablets(running):
    ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
    assert fetched(running, "/room/graph", ticket)[0] == 403

    async def knock():
        async with connect(f"ws://{running.address}/room/live?ticket={ticket}"):
            pass

    with pytest.raises(InvalidStatus, match="403"):
        run(knock())


def test_the_engine_is_served_compressed_and_kept_for_ever(running):
    from app.canvas.packed_graphs import engine_address
    from systemmap.drawing.engine import engine_script

    status, headers, body = fetched(running, engine_address(), "")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in headers["cache-control"]
    assert gzip.decompress(body).decode() == engine_script()
    assert len(body) < 130_000
    assert fetched(running, "/room/engine/other.js", "")[0] == 404


async def drawn_by(canvases, work):
    """Run canvases together until what they did is acknowledged and seen by all."""
    for canvas in canvases:
        canvas.fetch()
    tasks = [asyncio.create_task(canvas.live()) for canvas in canvases]
    try:
        await work()
        await asyncio.gather(*(canvas.settled() for canvas in canvases))
        last = store().revision("testtown")
        async with asyncio.timeout(30):
            while any(canvas.revision < last for canvas in canvases):
                await asyncio.sleep(0.01)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def same_everywhere(canvases):
    kept = store().load("testtown").system_map()
    labels = {f.id: f.label for f in kept.factors.values()}
    for canvas in canvases:
        assert {key: box["label"] for key, box in canvas.boxes.items()} == labels
        assert set(canvas.lines) == set(kept.links)
    return kept


def test_twelve_people_drawing_end_with_one_map(running):
    canvases = [Canvas(running.address, f"Table {n}") for n in range(12)]

    async def draw(canvas, number):
        for turn in range(TURNS):
            label = f"Cause {number} {turn}"
            await canvas.act(
                {"op": "add_factor", "label": label, "x": 9 * turn, "y": number}
            )
            link = {
                "source": f"cause-{number}-{turn}",
                "target": "stress",
                "polarity": "+",
            }
            await canvas.act({"op": "add_link", **link})
            await asyncio.sleep(0)

    async def work():
        await asyncio.gather(*(draw(c, n) for n, c in enumerate(canvases)))

    run(drawn_by(canvases, work))
    kept = same_everywhere(canvases)
    assert (len(kept.factors), len(kept.links)) == (4 + 12 * TURNS, 3 + 12 * TURNS)
    assert store().revision("testtown") == 1 + 24 * TURNS  # each act once
    assert [refusal for canvas in canvases for refusal in canvas.refused] == []
    for canvas in canvases:
        assert canvas.arrivals == sorted(set(canvas.arrivals))
        assert canvas.fetches <= 2  # once to begin, once if the greeting was ahead


def test_what_is_committed_while_a_canvas_is_greeted_comes_behind_the_greeting(
    running, monkeypatch
):
    add = live.Hub.add

    def add_amid_work(hub, listener):
        revision = add(hub, listener)
        rest = put(Factor(id="rest", label="Rest", x=1.0, y=2.0))
        store().apply("testtown", [rest], actor=EDITOR, label="Added")
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), listener.loop).result(10)
        return revision

    monkeypatch.setattr(live.Hub, "add", add_amid_work)

    async def arrive():
        ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
        url = f"ws://{running.address}/live?ticket={ticket}"
        async with connect(url) as socket, asyncio.timeout(20):
            return [json.loads(await socket.recv()) for _ in range(2)]

    greeting, row = run(arrive())
    assert greeting == {"hello": 1}
    assert (row["rev"], row["boxes"][0]["id"]) == (2, "rest")


def test_dropped_connections_and_a_restarted_server_lose_nothing(running):
    canvases = [Canvas(running.address, f"Table {n}") for n in range(4)]

    async def work():
        for turn in range(12):
            for number, canvas in enumerate(canvases):
                label = f"Cause {number} {turn}"
                await canvas.act(
                    {"op": "add_factor", "label": label, "x": turn, "y": 1}
                )
                if (turn + number) % 4 == 0 and canvas.socket is not None:
                    canvas.socket.transport.abort()  # Wi-Fi gone, no goodbye
            await asyncio.sleep(0.02)
            if turn == 6:
                await asyncio.to_thread(running.stop)
                await asyncio.to_thread(running.start)

    run(drawn_by(canvases, work))
    kept = same_everywhere(canvases)
    assert len(kept.factors) == 4 + 48
    assert store().revision("testtown") == 1 + 48


def test_the_second_to_rename_is_told_and_the_first_stands(running):
    one, two = Canvas(running.address, "Table 1"), Canvas(running.address, "Table 2")

    async def work():
        rename = {"op": "rename_factor", "id": "sleep", "was": "Sleep"}
        await one.act({**rename, "label": "Hours of sleep"})
        await one.settled()
        await two.act({**rename, "label": "Naps"})

    run(drawn_by([one, two], work))
    assert [(r["theirs"], r["yours"]) for r in two.refused] == [
        ("Hours of sleep", "Naps")
    ]
    same_everywhere([one, two])


def test_a_refusal_whose_answer_got_lost_is_told_again(running):
    one, two = Canvas(running.address, "Table 1"), Canvas(running.address, "Table 2")

    async def work():
        rename = {"op": "rename_factor", "id": "sleep", "was": "Sleep"}
        await one.act({**rename, "label": "Hours of sleep"})
        await one.settled()
        two.deaf = True  # the server says no, and nobody hears it
        await two.act({**rename, "label": "Naps"})
        await one.act({"op": "add_factor", "label": "Rest", "x": 1, "y": 1})
        await one.settled()
        two.deaf = False
        await two.settled()

    run(drawn_by([one, two], work))
    assert [r["yours"] for r in two.refused] == ["Naps"]


def test_others_are_told_who_has_what_open(running):
    async def scene():
        heard = []
        there = f"ws://{running.address}/live?ticket="
        first = Canvas(running.address, "Table 1").ticket()
        second = Canvas(running.address, "Table 2").ticket()
        async with connect(there + first) as one, connect(there + second) as two:
            await one.send(json.dumps({"at": "stress"}))
            async with asyncio.timeout(10):
                while {"name": "Table 1", "at": "stress"} not in heard:
                    heard += json.loads(await two.recv()).get("who", [])

    run(scene())


def shouted(running, text):
    """Send one message; return what comes back after the greeting, or how it closed."""

    async def shout():
        ticket = Canvas(running.address, "T").ticket()
        async with connect(f"ws://{running.address}/live?ticket={ticket}") as socket:
            await socket.send(text)
            async with asyncio.timeout(10):
                try:
                    while '"ack"' not in (answer := await socket.recv()):
                        pass
                except ConnectionClosed:
                    return socket.close_code
            return json.loads(answer)

    return run(shout())


@pytest.mark.parametrize("text", ["{", "[1]", '"ops"'])
def test_nonsense_on_the_channel_ends_it_and_harms_nobody(running, text):
    assert shouted(running, text) == 1003
    assert store().revision("testtown") == 1


def test_too_much_at_once_ends_the_channel(running):
    assert shouted(running, json.dumps({"ops": ["x" * 300_000]})) == 1009


def test_an_unknown_act_is_refused_in_words(running):
    ops = [7, {"nonce": "n", "seq": 1, "op": "explode"}]
    told = shouted(running, json.dumps({"ops": ops}))
    assert told["refused"][0]["message"] == (
        "'explode' is not something that can be done to a map."
    )
    assert store().revision("testtown") == 1


def test_after_a_restored_backup_everybody_begins_again(running, tmp_path):
    copy = store().backup(str(tmp_path / "copy.db"))

    async def scene():
        canvas = Canvas(running.address, "Table 1")
        canvas.fetch()
        url = f"ws://{running.address}/live?ticket={canvas.ticket()}"
        async with connect(url) as socket, asyncio.timeout(20):
            op = {
                "nonce": "n",
                "seq": 1,
                "op": "add_factor",
                "label": "Rest",
                "x": 1,
                "y": 1,
            }
            await socket.send(json.dumps({"ops": [op]}))
            while '"boxes"' not in await socket.recv():
                pass
            await asyncio.to_thread(store().restore, copy, actor=EDITOR)
            while '"restart"' not in (said := await socket.recv()):
                pass
            return json.loads(said)["restart"]

    assert run(scene()) == 3  # numbered above what it replaced
    after = {
        "nonce": "n2",
        "seq": 1,
        "op": "rename_factor",
        "id": "sleep",
        "label": "Rest",
    }
    assert shouted(running, json.dumps({"ops": [after]}))["refused"] == []


def test_a_commit_that_cannot_be_told_does_not_silence_the_next(running):
    def unreadable(revision):
        row = RowChange(
            kind="factor", key="main/stress", before=None, after={"of": "no use"}
        )
        return Receipt(
            programme_id="testtown",
            revision=revision,
            at=store().history("testtown")[0].at,
            rows=(row,),
        )

    def relabel(text):
        return store().apply(
            "testtown",
            [put(Factor(id="sleep", label=text, x=1.0, y=2.0))],
            actor=EDITOR,
            label="Renamed",
        )

    async def listen():
        ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
        url = f"ws://{running.address}/live?ticket={ticket}"
        async with connect(url) as socket, asyncio.timeout(20):
            first = json.loads(await socket.recv())["hello"]
            programmes_of(store()).committed(unreadable(first + 1))
            await asyncio.to_thread(relabel, "Unheard")
            await asyncio.to_thread(relabel, "Rest")
            heard = []
            while not heard or "boxes" not in heard[-1]:
                heard.append(json.loads(await socket.recv()))
        return [one for one in heard if "who" not in one]

    told, rows = run(listen())
    assert told == {"restart": 2}
    assert rows["boxes"][0]["label"] == "Rest"


def test_what_the_command_line_writes_reaches_open_canvases_and_holds_up_nobody(
    running,
):
    def relabel(held, text):
        factor = Factor(id="sleep", label=text, x=1.0, y=2.0)
        held.apply("testtown", [put(factor)], actor=EDITOR, label="Renamed")

    async def labels(socket, last):
        found = []
        while not found or found[-1] != last:
            said = json.loads(await socket.recv())
            found += [box["label"] for box in said.get("boxes", ())]
        return found

    async def listen():
        ticket = tickets.mint(store().secret(), "testtown", "main", EDITOR)
        url = f"ws://{running.address}/live?ticket={ticket}"
        async with connect(url) as socket, asyncio.timeout(30):
            while "hello" not in json.loads(await socket.recv()):
                pass  # from then on it hears of every commit
            await asyncio.to_thread(relabel, store(), "Here")
            beside = open_store(running.data)
            await asyncio.to_thread(relabel, beside, "From beside")
            beside.close()
            await asyncio.to_thread(relabel, store(), "Here again")
            return await labels(socket, "Here again")

    assert run(listen()) == ["Here", "From beside", "Here again"]
