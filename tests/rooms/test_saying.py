"""Links, dots and ideas from phones; what waits, what is refused, what others see."""

import re

import pytest

from systemmap.model.values import Polarity
from systemmap.model.workshop import LinkStatement, Proposal, Vote, VoteRound
from systemmap.workshops.said_links import draw_heard, heard
from systemmap.workshops.votes import close_round, open_round


def said(hall):
    return list(hall.programme().all(LinkStatement).values())


def test_a_sentence_is_tied_to_the_causes_it_names(hall):
    phone = hall.phone()
    phone.join()
    phone.send("/room/links", source="stress", target="Snacking", sign="more", key="a")
    phone.send("/room/links", source="stress", target="Buses", sign="unsure", key="b")
    first, second = said(hall)
    assert (first.source, first.target, first.polarity) == (
        "stress",
        "snacking",
        Polarity.SAME,
    )
    assert (second.source, second.target_raw, second.polarity) == (
        None,
        "Buses",
        Polarity.UNKNOWN,
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"source": "Stress", "target": "", "sign": "more"}, "Fill in both ends"),
        ({"source": "Stress", "target": "stress", "sign": "more"}, "the same"),
        ({"source": "Stress", "target": "Sleep"}, "Not being sure is a fair answer"),
        (
            {"source": "Ring 01709 382121", "target": "Sleep", "sign": "more"},
            "telephone number",
        ),
    ],
)
def test_a_sentence_that_cannot_be_kept_comes_back_with_its_words(hall, fields, words):
    phone = hall.phone()
    phone.join()
    page = phone.send("/room/links", **fields)
    assert page.status_code == 422
    assert words in page.text
    assert f'value="{fields["source"]}"' in page.text
    assert said(hall) == []


def test_tables_that_disagree_make_a_disputed_link_and_both_are_kept(hall):
    for table, sign in (("t1", "more"), ("t2", "less"), ("t1", "more")):
        phone = hall.phone()
        phone.join(table)
        phone.send("/room/links", source="Stress", target="Snacking", sign=sign)

    def draw(draft):
        (group,) = heard(draft.all(LinkStatement).values())
        draw_heard(draft, group.statements)

    hall.change(draw)
    hall.change(draw)  # said and drawn once more changes nothing
    link = hall.programme().system_map().link("stress", "snacking")
    assert (link.polarity, link.confidence) == ("?", "disputed")
    assert {(c.table, c.polarity.value, c.count) for c in link.claims} == {
        ("Table 1", "+", 2),
        ("Table 2", "-", 1),
    }
    assert link.mentions == 3


def opened(hall, **fields):
    def add(draft):
        vote_round = VoteRound(
            id="r",
            workshop_id="w1",
            question="Which matter most?",
            options=("stress", "snacking"),
            **{"dots": 2, **fields},
        )
        draft.add(open_round(vote_round))

    hall.change(add)


def test_dots_are_placed_and_taken_back_without_scripts(hall):
    opened(hall)
    phone = hall.phone()
    phone.join()
    phone.send("/room/vote", round="r", add="stress", key="1")
    phone.send("/room/vote", round="r", add="stress", key="1")  # a double tap
    phone.send("/room/vote", round="r", add="snacking", key="2")
    assert len(hall.programme().all(Vote)) == 2
    page = phone.send("/room/vote", round="r", add="stress", key="3")
    assert page.status_code == 422
    assert "You have placed all 2 dots" in page.text
    page = phone.send("/room/vote", round="r", back="stress", key="4")
    assert "<strong>1 / 2</strong>" in page.text
    (vote,) = hall.programme().all(Vote).values()
    assert vote.choice == "snacking"


def test_the_keyboard_stays_on_the_button_that_was_pressed(hall):
    opened(hall)
    phone = hall.phone()
    phone.join()

    def stands(**pressed):
        page = phone.send("/room/vote", round="r", **pressed)
        (button,) = re.findall(r"<button[^>]* autofocus>", page.text)
        return re.search(r'aria-label="([^"]*)"', button)[1]

    assert "autofocus" not in phone.open("/room/vote").text
    assert stands(add="snacking", key="1") == "Add a dot: Snacking"
    assert (
        stands(add="snacking", key="2") == "Take a dot back: Snacking"
    )  # none is left
    assert stands(back="snacking", key="3") == "Take a dot back: Snacking"
    assert stands(back="snacking", key="4") == "Add a dot: Snacking"


def test_another_phones_dots_are_never_shown_before_the_close(hall):
    opened(hall)
    one, other = hall.phone(), hall.phone()
    one.join()
    other.join()
    one.send("/room/vote", round="r", add="stress")
    page = other.open("/room/vote")
    assert "<strong>2 / 2</strong>" in page.text
    assert "●" not in page.text
    hall.change(lambda draft: close_round(draft, "r"))
    page = other.open("/room/vote")
    assert "people voted: 1" in page.text
    assert '<span class="dots">1 ' in page.text


def test_a_room_may_add_but_never_change_a_dot(hall):
    from dataclasses import replace

    from systemmap.errors import NotAllowed
    from systemmap.model.changes import put
    from systemmap.store import Actor

    opened(hall)
    phone = hall.phone()
    phone.join()
    phone.send("/room/vote", round="r", add="stress")
    (vote,) = hall.programme().all(Vote).values()
    with pytest.raises(NotAllowed):
        hall.store.apply(
            "testtown",
            [put(replace(vote, choice="snacking"))],
            actor=Actor("Table 1", "room"),
            label="Cheat",
        )


def test_an_idea_keeps_what_was_filled_in(hall):
    phone = hall.phone()
    phone.join("t2")
    phone.send(
        "/room/proposals",
        title="Later buses",
        owner="Transport team",
        partners="Bus company",
        benefits="Shift workers",
        action_scale="structures",
        reason="Time to cook",
    )
    (idea,) = hall.programme().all(Proposal).values()
    assert (idea.title, idea.owner, idea.table_id, idea.action_scale) == (
        "Later buses",
        "Transport team",
        "t2",
        "structures",
    )


def test_a_room_that_is_not_open_yet_says_so(hall):
    from dataclasses import replace

    from systemmap.model.workshop import Workshop

    hall.change(
        lambda d: d.replace(replace(d.find(Workshop, "w1"), rooms=("capture",)))
    )
    phone = hall.phone()
    phone.join()
    assert phone.open("/room/vote").status_code == 403
    assert "has not opened this part yet" in phone.last.text


def test_what_others_said_shows_every_table_but_no_held_note(hall):
    for table, text in (("t1", "Dark parks"), ("t2", "a@example.org knows")):
        phone = hall.phone()
        phone.join(table)
        phone.send("/room/capture", text=text)
    page = hall.phone()
    page.join("t2")
    text = page.open("/room/others").text
    assert "Dark parks" in text
    assert "example.org" not in text


def test_the_busiest_room_still_stays_under_thirty_kilobytes(hall):
    phone = hall.phone()
    phone.join()
    for n in range(3):
        lines = "\n".join(f"{n}.{i} {'x' * 200}" for i in range(150))
        phone.send("/room/capture", text=lines, list="1", key=f"k{n}")
    for path in ("/room/capture", "/room/others"):
        assert len(phone.open(path).content) < 30_000


def test_a_commit_by_another_program_is_seen(hall, monkeypatch):
    from app import programmes

    monkeypatch.setattr(programmes, "ASK_EVERY", -1.0)
    phone = hall.phone()
    phone.join()
    programmes.programmes_of(
        hall.store
    ).close()  # from now on nobody tells the rooms of a commit
    phone.send("/room/capture", text="Told by nobody")
    assert "Told by nobody" in phone.open("/room/capture").text


def test_the_big_screen_shows_the_wall_but_no_held_note(hall):
    from dataclasses import replace

    from systemmap.model.workshop import Workshop

    hall.change(lambda d: d.replace(replace(d.find(Workshop, "w1"), screen="wall")))
    phone = hall.phone()
    phone.join()
    for text in ("Dark parks", "a@example.org knows"):
        phone.send("/room/capture", text=text)
    wall = hall.phone(peer="127.0.0.1").open("/room/present/testtown/w1").text
    assert "Dark parks" in wall
    assert "example.org" not in wall
    assert wall.count("Dark parks") == 1


def test_in_a_fully_moderated_room_every_phone_note_waits(hall):
    from dataclasses import replace

    from systemmap.model.workshop import Workshop

    def hold(draft):
        workshop = draft.find(Workshop, "w1")
        draft.replace(replace(workshop, extra={"hold": "all"}))

    hall.change(hold)
    phone = hall.phone()
    phone.join()
    phone.send("/room/capture", text="Dark parks")
    assert [note.held for note in hall.notes()] == [True]
