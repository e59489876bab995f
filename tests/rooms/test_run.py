"""Run the room: one screen drives phones, wall and clock, and acts on what it shows."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest
from markupsafe import escape

from app.canvas import tickets
from app.rooms import _drawing_ahead, run
from app.rooms._presence import Presence
from systemmap.errors import UndoRefused
from systemmap.language.note_hints import hints_in
from systemmap.model.elements import Factor, Link, MapVersion
from systemmap.model.response import Action, ActionFactor
from systemmap.model.values import AgendaItem, MapKind, Polarity
from systemmap.model.workshop import (
    Contribution,
    LinkStatement,
    Proposal,
    Vote,
    VoteRound,
    Workshop,
    WorkshopTable,
)
from systemmap.store import Actor
from systemmap.workshops.agenda import agenda_from, agenda_lines
from systemmap.workshops.kits import ROOMS, kit, kits
from systemmap.workshops.running import open_room, plan_workshop
from systemmap.workshops.sums import sums_of
from tests.rooms.conftest import LEAD, SECRET, say

RUN = "/run/testtown/w1"


def planned(hall, *rooms):
    steps = tuple(AgendaItem(title=f"Step {r}", minutes=10, room=r) for r in rooms)
    hall.change(
        lambda d: d.replace(replace(d.find(Workshop, "w1"), agenda=steps, step=-1))
    )


def test_one_button_moves_phones_wall_and_clock_and_a_second_tap_moves_nothing(
    hall, desk
):
    planned(hall, "capture", "links")
    phone = hall.phone()
    phone.join()
    assert desk.act("next", step="0", **{"from": "-1"})["said"] == "Now: Step capture."
    assert phone.open("/room/now?part=capture").json()["go"] == "/room/capture"
    assert desk.act("next", step="1", **{"from": "0"})["said"] == "Now: Step links."
    again = desk.act("next", step="1", **{"from": "0"})
    assert "moved on already" in again["said"]
    now = phone.open("/room/now?part=capture").json()
    assert (now["go"], now["open"], now["step"]) == (
        "/room/links",
        ["links", "others"],
        1,
    )
    assert "What leads to what?" in desk.wall()
    assert 'data-left="600"' in desk.page() or 'data-left="599"' in desk.page()


def test_a_hidden_note_is_gone_from_wall_and_phones_and_comes_back_as_it_was(
    hall, desk
):
    other = hall.phone()
    other.join("t1")
    say(hall, "Rude words here")
    (note,) = hall.notes()
    hall.change(lambda d: d.replace(replace(d.find(Workshop, "w1"), screen="wall")))
    assert "Rude words here" in desk.wall()
    assert "hidden" in desk.act("hide", hide=note.id)["said"]
    assert "Rude words here" not in desk.wall()
    assert "Rude words here" not in other.open("/room/capture").text
    assert "Rude words here" not in other.open("/room/others").text
    (kept,) = hall.notes()
    assert (kept.text, kept.held) == ("Rude words here", True)
    revision = re.search(r'name="revision" value="(\d+)"', desk.page())[1]
    desk.act("undo", revision=revision)
    assert hall.notes() == [note]
    desk.act("hide", hide=note.id, reason="It names a school")
    assert "It names a school" in desk.page()
    desk.act("show", show=note.id)
    assert hall.notes() == [note]


def test_an_act_is_on_what_was_shown_and_says_what_came_in_since(hall, desk):
    say(hall, "Takeaways", "t1")
    shown = hall.notes()[0].id
    say(hall, "takeaways", "t2")
    said = desk.act("sort", note=shown, theme="food_environment")["said"]
    assert "1 note sorted" in said
    assert "1 more came in and was left as it was." in said
    assert {n.id: n.theme for n in hall.notes()}[shown] == "food_environment"
    assert sorted(n.theme for n in hall.notes()) == ["", "food_environment"]


def test_several_notes_move_to_another_table_at_once(hall, desk):
    say(hall, "One")
    say(hall, "Two")
    ids = ",".join(n.id for n in hall.notes())
    assert "2 notes moved to Table 2" in desk.act("move", note=ids, table="t2")["said"]
    assert {n.table_id for n in hall.notes()} == {"t2"}
    assert "problem" in desk.act("move", note="", table="t2")


def test_personal_details_are_corrected_and_gone_from_the_history(hall, desk):
    say(hall, "Ring Jo on 01709 382121 about walks")
    (note,) = hall.notes()
    assert note.held
    desk.act("correct", note=note.id, text="Ring us about walks")
    (kept,) = hall.notes()
    assert kept.text == "Ring us about walks"
    assert "Undo:" not in desk.page()
    done = hall.store.history("testtown")[0]
    with pytest.raises(UndoRefused, match="cannot be brought back"):
        hall.store.undo("testtown", done.revision, actor=LEAD)
    assert hall.notes() == [kept]
    everything = repr(hall.store.history("testtown", rows=True))
    assert "01709" not in everything
    assert hall.store.verify("testtown").problems == ()


def test_one_switch_holds_every_note(hall, desk):
    desk.act("hold", every="1")
    say(hall, "Harmless")
    assert hall.notes()[0].held
    desk.act("hold")
    say(hall, "Harmless too")
    assert [n.held for n in hall.notes()] == [True, False]


def test_names_and_offensive_words_are_pointed_out_by_a_list_people_edit(hall, desk):
    assert hints_in("fatso") == ("may offend: “fatso”",)
    assert hints_in("Takeaways by Jane Doe’s, twice") != ()
    assert hints_in("A breakfast club at school") == ()
    say(hall, "Sampleshire Sausages again")
    assert "may offend" not in desk.page("notes")
    desk.act("watch", words="sampleshire sausages\n")
    assert "may offend: “sampleshire sausages”" in desk.page("notes")
    assert hall.notes()[0].held is False  # a hint holds nothing back


def test_only_the_links_that_were_shown_are_put_on_the_map(hall, desk):
    phone = hall.phone()
    phone.join("t1")
    phone.send("/room/links", source="Stress", target="Sleep", sign="more", key="a")
    shown = ",".join(hall.programme().all(LinkStatement))
    phone.send("/room/links", source="Stress", target="Sleep", sign="less", key="b")
    said = desk.act("draw", said=shown)["said"]
    assert "1 link put on the map. 1 more came in and waits." in said
    link = hall.programme().system_map().links["stress", "sleep"]
    assert (link.polarity, link.mentions) == ("+", 1)


def test_tables_come_together_from_one_reviewed_list_and_go_back_in_one_undo(
    hall, desk
):
    def drawn(draft):
        for number, name in ((1, "Takeaways nearby"), (2, "Take-aways nearby")):
            map_id = f"m{number}"
            table = draft.find(WorkshopTable, f"t{number}")
            kind = MapKind.WORKSHOP_TABLE
            draft.add(MapVersion(id=map_id, name=table.name, kind=kind))
            draft.replace(replace(table, map_id=map_id))
            draft.add(Factor(map_id=map_id, id="near", label=name))
            draft.add(Factor(map_id=map_id, id="stress", label="Stress"))
            draft.add(Factor(map_id=map_id, id="card-x", label="Dark parks"))
            sign = Polarity.SAME if number == 1 else Polarity.OPPOSITE
            draft.add(
                Link(map_id=map_id, source="stress", target="near", polarity=sign)
            )
        ends = {"map_id": "m2", "source": "near", "target": "stress"}  # at one table
        draft.add(Link(**ends, polarity=Polarity.UNKNOWN, confidence="disputed"))

    hall.change(drawn)
    page = desk.page("tables")
    assert "2 causes, 1 link · 1 card not joined yet" in page
    assert "2 causes, 2 links · 1 card not joined yet" in page
    assert "Not agreed at this table: Take-aways nearby → Stress" in page
    chosen = re.findall(r'<option value="([^"]+)" selected>same as', page)
    assert chosen == ["m2|near|near"]  # the same words in another spelling
    shown = re.findall(r'name="map" value="([^"]+)"', page)
    before = hall.programme().system_map()
    late = [shown[0], "m2|7|7"]
    assert "drawn on since" in desk.act("bring", map=late, match=chosen)["problem"]
    assert hall.programme().system_map() == before
    assert "2 disagreements" in desk.act("bring", map=shown, match=chosen)["said"]
    main = hall.programme().system_map()
    assert main.link("stress", "near").confidence == "disputed"
    assert "near-2" not in main.factors
    desk.act("undo", revision=hall.store.revision("testtown"))
    assert hall.programme().system_map() == before


def test_an_idea_says_who_by_when_how_deep_and_for_whom_up_to_the_action(hall, desk):
    phone = hall.phone()
    phone.join()
    phone.send(
        "/room/proposals",
        title="Cook together",
        owner="School",
        due="by Sumer 2027",
        benefits="Children",
        action_scale="structures",
        subject="factor:stress",
        key="a",
    )
    (idea,) = hall.programme().all(Proposal)
    page = desk.page("ideas")
    assert "led by School · by when: by Sumer 2027 · level: Structures" in page
    asked = {"title": "Cook together", "owner": "Both schools", "due": "by June 2027"}
    desk.act("idea", idea=idea, action_scale="structures", benefits="Children", **asked)
    assert "1 idea put among" in desk.act("accept", idea=idea)["said"]
    (action,) = hall.programme().actions.values()
    assert (action.owners_raw, action.due.raw) == ("Both schools", "by June 2027")
    assert action.action_scale == "structures"
    again = desk.act("idea", idea=idea, **asked)
    assert "among the actions already" in again["problem"]


def test_what_stands_for_voting_is_chosen_and_rounds_are_kept(hall, desk):
    page = desk.page("votes")
    options = re.findall(r'name="option" value="([^"]+)"', page)
    assert "stress" in options
    two = ["stress", "snacking"]
    vote = {"about": "factors", "question": "Which?", "dots": "3", "option": two}
    assert "open on 2 choices" in desk.act("vote", **vote)["said"]
    assert "still open" in desk.act("vote", **vote)["problem"]
    phone = hall.phone()
    phone.join()
    (first,) = hall.programme().all(VoteRound)
    phone.send("/room/vote", round=first, add="stress", key="1")
    assert "1 person has voted" in desk.page("votes")
    assert "<td>1</td>" not in desk.page("votes")  # hidden until it is closed
    desk.act("count", round=first)
    assert "<td>1</td>" in desk.page("votes")
    desk.act("reopen", round=first)
    phone.send("/room/vote", round=first, add="snacking", key="2")
    desk.act("count", round=first)
    assert len(hall.programme().all(Vote)) == 2
    desk.act("vote", **vote)
    rounds = hall.programme().all(VoteRound).values()
    assert [r.state for r in rounds] == ["closed", "open"]
    gone = desk.act("count", round=list(hall.programme().all(VoteRound))[1])
    assert "said" in gone
    missing = {**vote, "option": ["stress", "nowhere"]}
    assert "not there any more" in desk.act("vote", **missing)["problem"]


@pytest.mark.parametrize("who", ["nobody", "a tablet", "another workshop", "a viewer"])
def test_nobody_else_can_run_the_room(hall, who):
    roles = {"a tablet": "room", "a viewer": "viewer"}
    actor = Actor("Somebody", roles.get(who, "admin"))
    place = "w2" if who == "another workshop" else "w1"
    ticket = tickets.mint(SECRET, "testtown", "main", actor, workshop_id=place)
    query = "" if who == "nobody" else f"?ticket={ticket}"
    client = hall.phone(peer="127.0.0.1").client
    before = hall.store.revision("testtown")
    assert client.get(f"{RUN}{query}").status_code == 403
    assert client.post(f"{RUN}{query}", data={"act": "close"}).status_code == 403
    assert hall.store.revision("testtown") == before


def test_an_act_that_makes_no_sense_is_refused_in_words_and_changes_nothing(hall, desk):
    before = hall.store.revision("testtown")
    for name, fields in [
        ("next", {"step": "99", "from": "-1"}),
        ("next", {"step": "x", "from": "y"}),
        ("wall", {"screen": "no such"}),
        ("minutes", {"minutes": "5"}),
        ("begins", {"at": "half past"}),
        ("focus", {"focus": "factor:nowhere"}),
        ("hide", {"hide": "nowhere"}),
        ("sort", {"note": "", "theme": ""}),
        ("draw", {}),
        ("undo", {"revision": "12345678901234567890"}),
        ("address", {"address": "javascript:alert(1)"}),
    ]:
        assert "problem" in desk.act(name, **fields), name
    assert hall.store.revision("testtown") == before


def test_phones_are_counted_by_table_and_those_gone_quiet_are_not_here():
    moment = [0.0]
    presence = Presence(clock=lambda: moment[0])
    presence.saw("w1", "a", "t1")
    presence.saw("w1", "b", "t1")
    presence.saw("w2", "c", "t1")
    moment[0] = 60.0
    presence.saw("w1", "b", "t2")
    tables = presence.by_table("w1")
    assert (tables["t1"].joined, tables["t1"].here) == (1, 0)
    assert (tables["t2"].joined, tables["t2"].here) == (1, 1)


def test_words_for_a_part_that_closed_are_given_back_and_never_called_safe(hall):
    phone = hall.phone()
    phone.join()
    page = phone.open("/room/capture").text
    token = re.search(r'name="token" value="([^"]*)"', page)[1]
    hall.change(lambda d: d.replace(replace(d.find(Workshop, "w1"), rooms=("links",))))
    answer = phone.send("/room/capture", token=token, text="Half a thought")
    assert (answer.status_code, "is safe" in answer.text) == (403, False)
    assert ">Half a thought</blockquote>" in answer.text
    quiet = phone.send(
        "/room/capture", accept="application/json", token=token, text="Half"
    )
    assert quiet.json()["shut"] is True
    assert hall.notes() == []


def test_an_empty_send_is_one_quiet_answer(hall):
    phone = hall.phone()
    phone.join()
    answer = phone.send("/room/capture", text="  ")
    assert (answer.status_code, "Error" in answer.text) == (200, False)
    assert "the field is empty" in answer.text


def test_a_phone_that_comes_back_finds_its_own_notes_at_whatever_table(hall):
    phone = say(hall, "Mine", "t1")
    phone.join("t2")
    page = phone.open("/room/capture").text
    assert "Mine" in page
    assert "from this phone" in page


def test_screen_and_wall_say_the_new_address_when_the_network_changed(
    hall, desk, monkeypatch
):
    from app import settings

    def said(address):
        extra = {"address": address}
        hall.change(lambda d: d.replace(replace(d.find(Workshop, "w1"), extra=extra)))

    monkeypatch.setattr(
        settings, "current", lambda: settings.Settings(data="memory:", workshop=True)
    )
    monkeypatch.setattr(settings, "addresses_now", lambda: frozenset({"10.0.0.9"}))
    said("http://10.0.0.9:8501")
    assert "has changed" not in desk.page()
    said("http://10.0.0.7:8501")
    assert "address has changed" in desk.page()
    assert "10.0.0.9" in desk.wall()
    assert "scan again" in desk.wall()


def test_undo_of_a_merge_works_after_a_vote_once_the_vote_is_taken_back(hall, desk):
    from systemmap.editing.merge_factors import merge_factors
    from systemmap.errors import UndoRefused

    hall.change(lambda d: d.add(Factor(map_id="main", id="worry", label="Worry")))
    before = hall.programme().system_map()
    hall.change(lambda d: merge_factors(d, "main", "stress", "worry"))
    merged = hall.store.revision("testtown")
    options = ["stress", "snacking"]
    desk.act("vote", about="factors", question="Which?", dots="3", option=options)
    (vote_round,) = hall.programme().all(VoteRound)
    desk.act("count", round=vote_round)
    with pytest.raises(UndoRefused, match="Undo that first"):
        hall.store.undo("testtown", merged, actor=LEAD)
    desk.act("undo", revision=hall.store.revision("testtown"))
    hall.store.undo("testtown", merged, actor=LEAD)
    assert hall.programme().system_map() == before
    desk.act("count", round=vote_round)
    assert hall.programme().find(VoteRound, vote_round).state == "closed"


def test_the_wall_puts_the_newest_first_and_counts_what_is_said_most(hall, desk):
    hall.change(lambda d: d.replace(replace(d.find(Workshop, "w1"), screen="wall")))
    for text, table in (("Stress", "t1"), ("stress", "t2"), ("Newest of all", "t1")):
        say(hall, text, table)
    page = desk.wall()
    newest = re.search(r'class="newest"[^>]*><bdi>([^<]*)', page)[1]
    assert newest.strip() == "Newest of all"
    assert re.search(r'class="most".*?stress.*?class="count">2<', page, re.S)
    assert len(hall.notes()) == 3
    assert all(isinstance(note, Contribution) for note in hall.notes())


def test_the_facilitator_is_told_of_guessing_and_what_stops_it(hall, desk):
    assert "guessing" not in desk.page()
    for number in range(10):
        hall.venue.guesses.wrong(f"10.0.0.{number % 2}")
    page = desk.page()
    assert "10 wrong tries in the last 10 minutes, from 2 phones or networks" in page
    assert "Change the words" in page


def _send_idea(phone, title, **more):
    phone.send("/room/proposals", title=title, key=title, **more)


def test_sentences_and_ideas_are_hidden_like_notes_and_come_back(hall, desk):
    phone = hall.phone()
    phone.join("t1")
    phone.send("/room/links", source="Stress", target="Rude", sign="more", key="a")
    _send_idea(phone, "Rude idea")
    (said,) = hall.programme().all(LinkStatement)
    (idea,) = hall.programme().all(Proposal)

    def seen():
        pages = [
            phone.open(f"/room/{p}").text for p in ("links", "others", "proposals")
        ]
        for screen in ("links", "proposals"):
            desk.act("wall", screen=screen)
            pages.append(desk.wall())
        return "rude" in "".join(pages).casefold()

    assert seen()
    told = desk.act("hide-words", words=f"{said},{idea}", reason="a name")
    assert told["said"] == "2 entries hidden from wall and phones."
    assert not seen()
    assert "a name" in desk.page()
    assert (sums_of(hall.programme(), "w1").words_hidden, len(hall.notes())) == (2, 0)
    desk.act("show-words", words=f"{said},{idea}")
    assert seen()


def test_ideas_that_say_the_same_are_made_one_and_keep_what_each_said(hall, desk):
    phone = hall.phone()
    phone.join()
    _send_idea(phone, "Cook together", owner="School", benefits="Children")
    _send_idea(phone, "Cooking club", due="March", owner="Church", reason="fun")
    first, second = hall.programme().all(Proposal)
    assert "problem" in desk.act("join-ideas", idea=first)
    assert "2 ideas are one now" in desk.act("join-ideas", idea=[first, second])["said"]
    assert "2 times" in desk.page("ideas")
    assert "Cooking club</span>" not in desk.page("ideas")
    desk.act("accept", idea=first)
    (action,) = hall.programme().actions.values()
    assert (action.owners_raw, action.due.raw) == ("School; Church", "March")
    assert len(hall.programme().all(Proposal)) == 2  # each stays as it was sent


def test_the_room_looks_at_a_gap_or_a_loop_with_what_is_done_about_it(hall, desk):
    def looped(draft):
        back = Link(map_id="main", source="snacking", target="stress", polarity="+")
        draft.add(back)
        draft.add(Action(id="walks", title="Walks at lunch", status="ongoing"))
        draft.add(ActionFactor(action_id="walks", factor_id="stress"))

    hall.change(looped)
    desk.act("wall", screen="focus")  # and nothing is chosen yet
    assert "Where could we act?" in desk.wall()
    assert "one part of it comes here" in desk.wall()
    assert desk.wall().count("<svg") > 1  # the whole map meanwhile, beside the code
    page = desk.page("ideas")
    assert '<optgroup label="Gaps">' in page
    loop = re.search(r'value="(loop:[^"]+)"', page)[1]
    desk.act("focus", focus=loop)
    for shown in (desk.page("ideas"), desk.wall()):
        assert "Walks at lunch" in shown
    assert desk.wall().count("<svg") > 1  # that part of the map, beside the code
    phone = hall.phone()
    phone.join()
    _send_idea(phone, "A quiet room")
    (idea,) = hall.programme().all(Proposal)
    fields = {"title": "A quiet room", "owner": "HR", "subject": "factor:snacking"}
    desk.act("idea", idea=idea, **fields)
    desk.act("accept", idea=idea)
    tie = [
        t for t in hall.programme().all(ActionFactor).values() if t.action_id != "walks"
    ]
    assert [t.factor_id for t in tie] == ["snacking"]
    gone = {**fields, "subject": "factor:nowhere"}
    assert "problem" in desk.act("idea", idea=idea, **gone)


def test_the_wall_shows_ideas_about_what_it_shows_and_says_what_it_leaves_out(
    hall, desk
):
    def crowded(draft):
        for number in range(9):
            draft.add(Factor(map_id="main", id=f"f{number}", label=f"Cause {number}"))
            draft.add(Link(map_id="main", source=f"f{number}", target="stress"))
            draft.add(Action(id=f"a{number}", title=f"Act {number}", status="proposed"))
            draft.add(ActionFactor(action_id=f"a{number}", factor_id="stress"))

    hall.change(crowded)
    phone = hall.phone()
    phone.join()
    for focus, idea in (("factor:stress", "Walks"), ("factor:snacking", "Fruit")):
        desk.act("focus", focus=focus)
        phone.send("/room/proposals", title=idea, subject=focus, key=idea)
    assert "Fruit" in desk.wall()
    assert "Walks" not in desk.wall()
    desk.act("focus", focus="factor:stress")
    assert "Walks" in desk.wall()
    assert "and 5 more" in desk.wall()  # of nine actions, none of which is planned yet
    page = desk.page("ideas")
    assert "Actions listed <small>9</small>" in page
    assert "and 3 more" in page
    assert "2 ideas on the wall" in page

    options = [f"f{number}" for number in range(9)]
    desk.act("vote", about="factors", question="Which?", dots="3", option=options)
    (vote_round,) = hall.programme().all(VoteRound)
    phone.send("/room/vote", round=vote_round, add="f3", key="1")
    desk.act("count", round=vote_round)
    assert "1 more choice: no dot." in desk.wall()


def test_a_long_loop_is_named_whole_in_the_menu(hall, desk):
    def ring(draft):
        names = [f"Number of places for families to go at time {n}" for n in range(3)]
        for at, name in enumerate(names):
            draft.add(Factor(map_id="main", id=f"l{at}", label=name))
        for at in range(3):
            draft.add(Link(map_id="main", source=f"l{at}", target=f"l{(at + 1) % 3}"))

    hall.change(ring)
    loop = re.search(r'<option value="loop:l[^>]+>([^<]+)<', desk.page("ideas"))[1]
    assert loop.count("Number of places for families to go at time") == 4
    assert loop.count("→") == 3


def test_a_phone_that_is_asked_nothing_is_told_so(hall, desk):
    def told():
        phone = hall.phone()
        phone.join()
        return phone.open("/room/others").text

    assert "Nothing to do just now" not in told()
    desk.act("parts")
    assert "Nothing to do just now. The facilitator begins the next part." in told()
    assert "Yours can be the first" not in told()


def test_before_anything_is_asked_the_guide_stands_there_and_at_the_end_the_close(
    hall, desk
):
    planned(hall, "", "capture", "")
    hall.change(
        lambda d: d.replace(replace(d.find(Workshop, "w1"), rooms=("capture",)))
    )
    assert 'class="guide"' in desk.page()  # phones may write, but nobody was asked
    desk.act("next", step="0", **{"from": "-1"})
    assert 'class="guide"' in desk.page()
    desk.act("next", step="1", **{"from": "0"})
    assert 'id="notes"' in desk.page()
    say(hall, "Dark parks")
    rail, _, rest = desk.page().partition("</aside>")
    assert "Close the room…" not in rail
    assert "Close the room…" in rest
    correct = re.search(r'href="([^"]+correct=[^"]+)"', rest)[1]
    assert "look=" not in correct  # the page goes on following the agenda
    desk.act("next", step="2", **{"from": "1"})
    rail, _, rest = desk.page().partition("</aside>")
    assert "Close the room…" in rail
    assert "Close the room…" not in rest
    desk.act("close")
    assert 'role="timer"' not in desk.wall()


def test_a_note_that_comes_while_tables_draw_stands_on_the_drawing(hall, desk):
    def begin(draft):
        draft.add(MapVersion(id="m1", name="T1", kind=MapKind.WORKSHOP_TABLE))
        draft.replace(replace(draft.find(WorkshopTable, "t1"), map_id="m1"))

    hall.change(begin)
    say(hall, "Before")
    told = desk.act("parts", part=["capture", "draw", "links"])["said"]
    assert "1 card stands on the tables' drawings." in told
    phone = say(hall, "Meanwhile")
    drawn = hall.programme().system_map("m1").factors.values()
    assert {f.label for f in drawn} == {"Before", "Meanwhile"}
    assert phone.open("/room/now?part=vote").json()["draw"] == "/room/draw"
    assert "Meanwhile" in phone.open("/room/links").text
    desk.act("hide", hide=hall.notes()[1].id)
    drawn = hall.programme().system_map("m1").factors.values()
    assert {f.label for f in drawn} == {"Before"}


@pytest.mark.parametrize("key", kits())
def test_every_kit_is_edited_before_the_day_and_runs_from_this_screen(hall, desk, key):
    def planned_day(draft):
        w = plan_workshop(draft, kit(key))
        lines = agenda_lines(w.agenda).splitlines()
        edited = "\n".join([*lines, "7 | One step more | links vote"])
        parts = [part for part in ROOMS if part]
        agenda = agenda_from(edited, w.agenda, parts=parts)
        draft.replace(replace(w, agenda=agenda))
        open_room(draft, w.id)

    hall.change(planned_day)
    (day,) = [w for w in hall.programme().all(Workshop).values() if w.id != "w1"]
    ticket = tickets.mint(SECRET, "testtown", "main", LEAD, workshop_id=day.id)
    place = f"/run/testtown/{day.id}?ticket={ticket}"

    def act(name, **fields):
        sent = {"act": name, **fields}
        heads = {"accept": "application/json"}
        return desk.client.post(place, data=sent, headers=heads).json()

    guide = desk.client.get(f"{place}&look=guide").text
    assert "**" not in guide
    heading = next(x for x in kit(key).guide.splitlines() if x.startswith("## "))
    assert f"<h2>{escape(heading.lstrip('# '))}</h2>" in guide
    for number, item in enumerate(day.agenda):
        step = {"from": str(number - 1), "step": str(number)}
        assert f"Now: {item.title}." in act("next", **step)["said"]
        now = hall.programme().find(Workshop, day.id)
        assert now.step == number
        if now.screen == "vote":
            wall = f"/room/present/testtown/{day.id}?ticket={ticket}"
            assert "The vote has not begun." in desk.client.get(wall).text
        if item.room:
            assert now.rooms == item.parts
        page = desk.client.get(f"{place}&look=guide").text
        assert str(escape(item.text or item.title)) in page
    assert "The agenda has come to its end" in page
    assert act("close")["said"] == "The room is closed."


NO_NUMBERS = ("", "x", "1.5", "²", "9" * 5_000, "💥")


@pytest.mark.parametrize(
    ("act", "name", "more"),
    [
        ("undo", "revision", {}),
        ("next", "from", {"step": "0"}),
        ("next", "step", {"from": "-1"}),
        ("minutes", "minutes", {}),
    ],
)
def test_what_is_no_number_is_refused_in_words(hall, desk, act, name, more):
    planned(hall, "capture")
    before = hall.store.revision("testtown")
    for sent in NO_NUMBERS:
        assert desk.act(act, **more, **{name: sent})["problem"], sent
    assert hall.store.revision("testtown") == before


_AHEAD = """
import sys, threading
from app.rooms import _drawing_ahead as ahead, run
assert "systemmap.drawing.layout.newcomers" not in sys.modules
ahead.load_drawing()
[loading] = [t for t in threading.enumerate() if t.name == ahead.NAME]
loading.join(60)
print("systemmap.drawing.layout.newcomers" in sys.modules, "numpy" in sys.modules)
"""


def test_what_drawing_needs_is_loaded_before_the_first_table_draws(
    desk, monkeypatch, caplog
):
    """The first link of a process waits for nothing to be loaded."""
    done = subprocess.run(
        [sys.executable, "-c", _AHEAD], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True"]
    asked = []
    monkeypatch.setattr(run, "load_drawing", lambda: asked.append(True))
    desk.page()
    assert asked == [True]
    _drawing_ahead._load()
    assert caplog.records == []
