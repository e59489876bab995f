"""The retention date: words go, here and in the log; the map and the counts stay."""

from dataclasses import replace

from systemmap.formats.photos.cuts import Cut
from systemmap.model.elements import Factor
from systemmap.model.workshop import Contribution, Workshop
from systemmap.store import Actor
from systemmap.workshops.note_pictures import keep_photo, keep_typed
from systemmap.workshops.note_places import place_notes, unplaced
from systemmap.workshops.retention import purge

ADMIN = Actor("This computer", "admin")


def test_a_purge_leaves_no_word_in_rows_or_log_and_the_chain_holds(hall):
    phone = hall.phone()
    phone.join()
    for text in ("The chip shop by the bus station", "No lights in the park"):
        phone.send("/room/capture", text=text, key=text)
    phone.send(
        "/room/links",
        source="Dark winter evenings",
        target="Diet",
        sign="less",
        key="l",
    )

    def place(draft):
        place_notes(draft, unplaced(draft, "w1"), "Places that feel safe")

    hall.change(place)
    report = purge(hall.store, "testtown", "w1", actor=ADMIN)
    assert (report.notes, report.sentences, report.wordings) == (2, 1, 2)
    everything = repr(hall.store.history("testtown", rows=True)) + repr(
        list(hall.programme().records())
    )
    for words in ("chip shop", "No lights", "Dark winter"):
        assert words not in everything
    assert hall.store.verify("testtown").problems == ()
    factor = hall.programme().find(Factor, "main/places-that-feel-safe")
    assert factor.mentions == 2


def test_a_purge_takes_the_pictures_of_notes_out_of_rows_and_log(hall):
    picture = "c2VjcmV0IGhhbmR3cml0aW5n"

    def photographed(draft):
        workshop = draft.find(Workshop, "w1")
        cuts = [Cut(0, 0, 1, 1, "yellow", picture=picture)]
        (kept,) = keep_photo(draft, workshop, cuts, photo="a", table_id=None)
        keep_typed(draft, workshop, {kept.id: "Dark alleyways"})

    hall.change(photographed)
    report = purge(hall.store, "testtown", "w1", actor=ADMIN)
    assert (report.notes, report.pictures) == (1, 1)
    assert report.sentence.startswith("Removed 1 picture of notes, the words of 1 note")
    everything = repr(hall.store.history("testtown", rows=True)) + repr(
        list(hall.programme().records())
    )
    assert picture not in everything
    assert "alleyways" not in everything
    assert hall.store.verify("testtown").problems == ()
    assert purge(hall.store, "testtown", "w1", actor=ADMIN).pictures == 0


def test_a_purge_leaves_other_workshops_and_names_alone(hall):
    phone = hall.phone()
    phone.join()
    phone.send("/room/capture", text="Stress at work", key="a")

    def other(draft):
        note = next(iter(draft.all(Contribution).values()))
        draft.add(Workshop(id="w2", title="Another"))
        draft.add(
            replace(note, id="n-other", workshop_id="w2", table_id=None, participant="")
        )
        place_notes(draft, [note], "Stress at work")

    hall.change(other)
    purge(hall.store, "testtown", "w1", actor=ADMIN)
    assert hall.programme().find(Contribution, "n-other").text == "Stress at work"
    assert (
        hall.programme().find(Factor, "main/stress-at-work").label == "Stress at work"
    )
