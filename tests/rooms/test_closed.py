"""Closed is closed: pages, tickets, sockets and reads, from the moment it is closed."""

from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from starlette.websockets import WebSocketDisconnect

from app import settings
from app.canvas import live, tickets
from systemmap.model.elements import MapVersion
from systemmap.model.workshop import WorkshopTable
from systemmap.store import Actor
from systemmap.workshops.running import close_room
from tests.rooms.hall import PARTS, TOWN, Hall

ADD = {"op": "add_factor", "label": "Shift work", "x": 1, "y": 2}


@pytest.fixture
def hall():
    made = Hall()
    yield made
    made.close()


def close_workshop(hall):
    hall.change(lambda draft: close_room(draft, "w1"))


def close_part(hall):
    hall.workshop(rooms=tuple(part for part in PARTS if part != "draw"))


def drop_table(hall):
    hall.change(lambda draft: draft.remove(WorkshopTable, "t1"))


def move_table(hall):
    def edit(draft):
        draft.replace(replace(draft.find(WorkshopTable, "t1"), map_id="m2"))

    hall.change(edit)


CLOSINGS = {
    "the workshop": close_workshop,
    "the part": close_part,
    "the table is gone": drop_table,
    "the table has another map": move_table,
}


@pytest.fixture(params=CLOSINGS)
def closing(request):
    return CLOSINGS[request.param]


def test_a_ticket_opens_nothing_once_it_is_closed(hall, closing):
    tablet = hall.device()
    ticket = tablet.ticket()
    paths = ("/room/graph", "/room/graph/loops")
    for path in paths:  # what was read before must not be taken for the present
        assert tablet.client.get(f"{path}?ticket={ticket}").status_code == 200
    closing(hall)
    for path in paths:
        answer = tablet.client.get(f"{path}?ticket={ticket}")
        assert answer.status_code == 403
        assert len(answer.text) > 20
    with pytest.raises(WebSocketDisconnect) as gone, tablet.socket(ticket):
        pass
    assert gone.value.code == 4403


def test_an_open_socket_draws_nothing_more(hall, closing):
    tablet = hall.device()
    with tablet.socket() as line:
        line.act(ADD)
        closing(hall)
        before = hall.store.revision(TOWN)
        line.send({**ADD, "label": "After the close"})
        assert line.until_shut()[1] == 4403
        assert hall.store.revision(TOWN) == before


def test_an_open_socket_that_only_listens_is_shut_and_hears_nothing_more(hall, closing):
    tablet = hall.device()
    with tablet.socket() as line:
        line.heard("hello")
        closing(hall)
        hall.change(
            lambda draft: draft.replace(
                MapVersion(
                    id="m1", name="Renamed", kind="workshop_table", workshop_id="w1"
                )
            )
        )
        heard, code = line.until_shut()
        assert code == 4403
    assert [said for said in heard if "reload" in said] == []


def test_an_act_is_asked_for_its_right_by_itself_and_told_why_not(hall, monkeypatch):
    tablet = hall.device()
    with tablet.socket() as line:
        line.heard("hello")
        monkeypatch.setattr(live.hub, "_pass_on", lambda _: None)  # no news goes out
        close_part(hall)
        line.send(ADD)
        said = line.heard("unsaved")
    assert "has not opened this part" in said["unsaved"]


def test_one_that_closes_while_a_socket_opens_is_not_missed(hall, monkeypatch):
    listed = live.hub.add

    def late(listener):
        close_part(hall)
        return listed(listener)

    tablet = hall.device()
    ticket = tablet.ticket()
    monkeypatch.setattr(live.hub, "add", late)
    with tablet.socket(ticket) as line:
        heard, code = line.until_shut()
    assert code == 4403
    assert not [said for said in heard if "hello" in said]


def test_a_backup_in_which_it_was_closed_shuts_it(tmp_path):
    made = Hall(data=str(tmp_path / "town.db"))
    try:
        made.workshop(open=False)
        copy = made.store.backup(str(tmp_path / "copy.db"))
        made.workshop(open=True)
        with made.device().socket() as line:
            line.heard("hello")
            made.store.restore(copy, actor=Actor("Lead", "admin"))
            assert line.until_shut()[1] == 4403
    finally:
        made.close()


def test_a_page_that_has_not_heard_of_the_close_still_saves_nothing(hall, monkeypatch):
    from app import programmes

    phone = hall.device()
    page = phone.client.get("/room/capture").text
    token = re.search(r'name="token" value="([^"]*)"', page)[1]
    monkeypatch.setattr(programmes, "ASK_EVERY", 1e9)
    programmes.programmes_of(hall.store).close()  # nobody tells the pages any more
    close_workshop(hall)
    before = hall.store.revision(TOWN)
    sent = {"text": "Late", "token": token}
    answer = phone.client.post("/room/capture", data=sent)
    assert (answer.status_code, hall.store.revision(TOWN)) == (403, before)
    assert "closed before your words came" in answer.text
    assert ">Late</blockquote>" in answer.text
    assert "is safe" not in answer.text


def test_a_ticket_that_ran_out_hears_nothing_more(hall, monkeypatch):
    tablet, other = hall.device(), hall.device(peer="192.168.1.51")
    with tablet.socket() as line, other.socket() as drawing:
        line.heard("hello")
        drawing.heard("hello")
        late = replace(listener_of(tablet).ticket, until=1)
        listener_of(tablet).ticket = late
        drawing.act(ADD)
        heard, code = line.until_shut()
    assert code == 4403
    assert not [said for said in heard if "boxes" in said]


def listener_of(device):
    """Return the server's side of a device's one open socket."""
    seat = tickets.read(settings.store().secret(), device.ticket()).seat
    (found,) = [one for one in live.hub.listeners if one.ticket.seat == seat]
    return found


def test_what_is_opened_again_lets_the_same_ticket_in(hall):
    tablet = hall.device()
    ticket = tablet.ticket()
    close_part(hall)
    hall.workshop(rooms=PARTS)
    assert tablet.act(ADD, ticket=ticket)["refused"] == []


def test_a_ticket_that_ran_out_ends_an_open_socket(hall, monkeypatch):
    tablet = hall.device()
    ahead = time.time() + 3600
    with tablet.socket() as line:
        line.act(ADD)
        monkeypatch.setattr("time.time", lambda: ahead)
        line.send(ADD)
        assert line.until_shut()[1] == 4403
    assert hall.labels("m1") == ["Shift work"]


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/room/capture", {"text": "Late"}),
        ("/room/links", {"source": "a", "target": "b", "sign": "more"}),
        ("/room/vote", {"round": "r1", "add": "stress"}),
        ("/room/proposals", {"title": "Late"}),
    ],
)
@pytest.mark.parametrize("closing", [close_workshop, lambda h: h.workshop(rooms=())])
def test_a_form_that_was_open_is_refused_after_the_close(hall, path, fields, closing):
    phone = hall.device()
    page = phone.client.get(path)
    token = re.search(r'name="token" value="([^"]*)"', page.text)[1]
    closing(hall)
    before = hall.store.revision(TOWN)
    answer = phone.client.post(path, data={**fields, "token": token})
    assert answer.status_code == 403
    assert hall.store.revision(TOWN) == before
    assert phone.client.get(path).status_code == 403
