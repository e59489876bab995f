"""Wrong join words slow the one who guesses; a right code or QR always opens the room."""

import asyncio

import pytest

from app.server.guesses import FREE, LONGEST, NOTICED, WAITING, WAITING_ALL, Guesses
from systemmap.workshops.running import change_words
from tests.canvas.client import run
from tests.rooms.conftest import WORDS
from tests.sizes import WHOLE

MANY = 200 if WHOLE else 40  # wrong words, of which a few are free


class Clock:
    """Time that passes only when somebody waits for it."""

    def __init__(self):
        self.now = 1_000.0
        self.waits = []

    def __call__(self):
        return self.now

    async def sleep(self, seconds):
        self.waits.append(seconds)
        await asyncio.sleep(0)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def guesses(hall, clock):
    hall.venue.guesses = Guesses(clock, clock.sleep)
    return hall.venue.guesses


def guess(phone, times):
    return [phone.open(f"/j/no-such-words{'s' * n}").status_code for n in range(times)]


def test_a_right_code_opens_the_room_whatever_others_guess(hall, guesses, clock):
    for network in range(30 if WHOLE else 8):  # more than are free to all
        guess(hall.phone(peer=f"10.0.{network}.7"), 5)
        guess(hall.phone(peer="192.168.1.66"), 5)
    clock.waits.clear()
    assert hall.phone(peer="192.168.1.50").open(f"/j/{WORDS}").status_code == 200
    assert clock.waits == []  # and at once


def test_a_right_code_from_the_guessers_own_address_opens_it_after_a_bounded_wait(
    hall, guesses, clock
):
    guess(hall.phone(), MANY)
    clock.waits.clear()
    assert hall.phone().open(f"/j/{WORDS}").status_code == 200
    assert clock.waits == [LONGEST]


def test_the_wait_gives_nothing_away(hall, guesses, clock):
    guess(hall.phone(), 30)
    clock.waits.clear()
    hall.phone().open("/j/wrong-words-here")
    hall.phone().open(f"/j/{WORDS}")
    wrong, right = clock.waits
    assert right >= wrong > 0


def test_a_few_slips_cost_nothing(hall, guesses, clock):
    guess(hall.phone(), int(FREE) - 1)
    assert hall.phone().open(f"/j/{WORDS}").status_code == 200
    assert clock.waits == []


def test_a_phone_inside_pays_for_its_own_guesses_only(hall, guesses, clock):
    inside, other = hall.phone(), hall.phone()
    inside.join()
    other.join()
    guess(hall.phone(), MANY)  # a stranger at the same address
    clock.waits.clear()
    assert inside.open(f"/j/{WORDS}").status_code == 200
    assert clock.waits == []
    guess(inside, MANY)
    assert clock.waits
    clock.waits.clear()
    assert other.open(f"/j/{WORDS}").status_code == 200
    assert clock.waits == []


def test_what_all_guessers_together_are_heard_is_bounded(clock):
    """Every address of a network guesses on three lines, as fast as it is let."""
    guesses = Guesses(clock, clock.sleep)
    due = {f"10.0.0.{n}": [0.0] * 3 for n in range(254)}
    heard, seconds = 0, 150
    for moment in range(seconds):
        clock.now = 1_000.0 + moment
        waiting = sum(t > moment for lines in due.values() for t in lines)
        for place, lines in due.items():
            for line, ready in enumerate(lines):
                if ready > moment or (waiting >= WAITING_ALL and guesses.wait(place)):
                    continue
                heard += 1
                guesses.wrong(place)
                lines[line] = moment + guesses.wait(place)
                waiting += guesses.wait(place) > 0
    first = 3 * len(due)  # a place that was never wrong is looked at once
    per_second = (heard - first) / seconds
    assert per_second * 3 * 3_600 / 2_048**3 < 1e-5


def test_so_many_may_wait_from_one_place_and_the_next_comes_again_by_itself(clock):
    async def wait_for_ever(_seconds):
        await asyncio.Event().wait()

    guesses = Guesses(clock, wait_for_ever)
    for _ in range(100):
        guesses.wrong("a")

    async def try_them():
        async def one():
            async with guesses.turn("a") as again:
                return again

        tasks = [asyncio.create_task(one()) for _ in range(WAITING)]
        await asyncio.sleep(0)
        again = await one()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return again

    assert 0 < run(try_them()) <= LONGEST
    assert not guesses._waiting  # whoever went away leaves room


def test_the_page_that_waits_tries_again_by_itself_without_scripts(
    hall, guesses, monkeypatch
):
    monkeypatch.setattr("app.server.guesses.WAITING", 0)
    guess(hall.phone(), MANY)
    page = hall.phone().open(f"/j/{WORDS}")
    assert page.status_code == 429
    assert f'http-equiv="refresh" content="15;url=/j/{WORDS}"' in page.text
    assert "tries again by itself" in page.text
    assert f'value="{WORDS}"' in page.text
    monkeypatch.setattr("app.server.guesses.WAITING", 10)
    assert hall.phone().open(f"/j/{WORDS}").status_code == 200


def test_words_typed_are_looked_at_under_one_address_only(hall, guesses):
    page = hall.phone().client.post("/j", data={"words": " Amber KETTLE river"})
    assert (page.status_code, page.url.path) == (200, f"/j/{WORDS}")
    wrong = hall.phone().client.post("/j", data={"words": "Not these words"})
    assert wrong.status_code == 404
    assert 'value="not-these-words"' in wrong.text
    assert guesses.lately().tries == 1
    assert hall.phone().client.post("/j", data={"words": "123"}).status_code == 422


def test_the_facilitator_is_told_from_how_many_places(hall, guesses, clock):
    assert guesses.lately().tries < NOTICED
    guess(hall.phone(), 7)
    guess(hall.phone(peer="10.0.0.9"), 5)
    seen = guesses.lately()
    assert (seen.tries, seen.places) == (12, 2)
    clock.now += 60 * seen.minutes + 1
    assert guesses.lately().tries == 0


def test_new_words_work_at_once_and_the_old_ones_stop(hall, guesses):
    inside = hall.phone()
    inside.join()
    guess(hall.phone(peer="10.0.0.9"), MANY)
    new = {}
    hall.change(lambda draft: new.update(w=change_words(draft, "w1").join_words))
    assert hall.phone().open(f"/j/{WORDS}").status_code == 404
    assert hall.phone().open(f"/j/{new['w']}").status_code == 200
    assert inside.send("/room/capture", text="Stress").status_code == 200
