"""The write-up says what was counted, shows every note, and runs nothing."""

import io
import re
from dataclasses import replace

from docx import Document

from systemmap.model.elements import Factor, Link
from systemmap.model.values import Confidence, Polarity
from systemmap.model.workshop import Contribution, LinkStatement, VoteRound
from systemmap.reports.write_up import write_up_docx, write_up_html
from systemmap.testing import map_from, programme_of
from systemmap.workshops.kits import kit
from systemmap.workshops.moderation import hide
from systemmap.workshops.note_places import place_notes, unplaced
from systemmap.workshops.notes import notes_from
from systemmap.workshops.proposals import proposal_from
from systemmap.workshops.running import plan_workshop, tables_of
from systemmap.workshops.said_links import draw_heard, statement_from
from systemmap.workshops.sums import account_of
from systemmap.workshops.votes import close_round, open_round, place_dot
from systemmap.workshops.write_up import write_up


def after():
    """Testtown after its workshop: notes, a merge, a disagreement, a vote."""
    programme = programme_of(map_from("stress -> snacking +"))
    w = plan_workshop(programme, kit("mapping_workshop"), tables=["Table 1", "Table 2"])
    programme.replace(replace(w, attendance=34, organisations=("Planning", "Parks")))
    one, two = tables_of(programme, w.id)
    programme.add(
        *notes_from(w, ["Cheap <b>food</b>", "Dark parks"], key="1", table_id=one.id),
        *notes_from(w, ["Ring 01709 382121", "=1+1"], key="2", table_id=two.id),
    )
    first = unplaced(programme, w.id)[:2]
    place_notes(programme, first, "Prices and places")
    for table, sign in ((one, Polarity.SAME), (two, Polarity.OPPOSITE)):
        programme.add(
            statement_from(
                w, "Takeaways", "Diet", polarity=sign, key=table.id, table_id=table.id
            )
        )
    opened = open_round(
        VoteRound(
            id="r",
            workshop_id=w.id,
            question="Which matter most?",
            options=("stress", "snacking"),
        )
    )
    programme.add(opened, place_dot(opened, [], "a", "snacking").new)
    close_round(programme, "r")
    return programme, w.id


def test_the_page_tells_what_was_counted():
    programme, w = after()
    text = re.sub(r"<[^>]+>", " ", write_up_html(programme, w).decode())
    for words in (
        "34 people, 2 tables, 2 organisations.",
        "You wrote 3 notes about causes. 1 said much the same as another.",
        "Put together, they name 2 different causes.",
        "1 note held back because of possible personal details",
        "1 of 34 people voted, 5 dots each.",
        "Table 1 said: more “Takeaways” leads to more “Diet”. Table 2 said: more “Takeaways” leads to less “Diet”. Left open.",
        "No action was proposed in the room.",
        "3 notes, in the words they were written in.",
    ):
        assert words in text


def test_held_words_are_nowhere_and_markup_is_only_text():
    programme, w = after()
    page = write_up_html(programme, w).decode()
    assert "01709" not in page
    assert "Cheap &lt;b&gt;food&lt;/b&gt;" in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
    assert '<html lang="en-GB">' in page


def test_the_word_document_has_headings_repeated_heads_and_every_note():
    programme, w = after()
    document = Document(io.BytesIO(write_up_docx(programme, w)))
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert headings[:2] == ["What you told us", "What we made of it"]
    assert "What you voted for: Which matter most?" in headings
    cells = [c.text for t in document.tables for r in t.rows for c in r.cells]
    for note in programme.all(Contribution).values():
        assert (note.text in cells) is not note.held
    assert all("w:tblHeader" in table._tbl.xml for table in document.tables)
    assert document.core_properties.language == "en-GB"


def test_an_empty_workshop_is_written_up_without_inventing_anything():
    programme = programme_of()
    w = plan_workshop(programme, kit("board_session"))
    page = write_up_html(programme, w.id).decode()
    assert "0 phones (people were not counted), 2 tables." in page
    assert "There was no vote." in page
    assert write_up_docx(programme, w.id)[:2] == b"PK"


def test_sectors_are_named_from_five_phones_on():
    programme = programme_of()
    w = plan_workshop(programme, kit("focus_group"))
    for n in range(6):
        sector = "planning" if n < 5 else "nhs"
        programme.add(
            *notes_from(
                w, [f"Cause {n}"], key=str(n), sector=sector, participant=f"p{n}"
            )
        )
    account = account_of(programme, w.id)
    assert account.sectors == ("Planning (5)",)
    assert "Housing" in account.missing
    assert not {"Planning", "NHS"} & set(account.missing)


def test_hidden_notes_ideas_dates_and_drawn_links_are_in_the_write_up():
    programme = programme_of(map_from("stress -> snacking +"))
    workshop = plan_workshop(programme, kit("mapping_workshop"))
    table = tables_of(programme, workshop.id)[0]
    for key in ("One", "Two"):
        programme.add(*notes_from(workshop, [key], key=key, table_id=table.id))
    hide(programme, [next(iter(programme.all(Contribution)))])
    fields = {"title": "Walk", "due": "by summer", "benefits": "Children"}
    programme.add(proposal_from(workshop, fields, key="a"))
    for name in ("a", "b"):
        programme.add(Factor(map_id=table.map_id, id=name, label=name.upper()))
    programme.add(Link(map_id=table.map_id, source="a", target="b"))
    programme.add(Factor(map_id=table.map_id, id="card-c", label="Said, not drawn"))
    said = repr(write_up(programme, workshop.id))
    assert (
        "1 note taken off the wall by the facilitator, and not counted above." in said
    )
    assert "held back because" not in said
    assert "('Walk', 'no lead named yet', 'by summer', 'Children', 'an idea')" in said
    assert "1 table drew 1 link." in said
    assert f"('{table.name}', '2', '1', '0')" in said
    assert "Nobody said or drew the opposite" in said


def test_on_what_people_differed_is_said_of_sentences_and_drawings_at_one_table_too():
    programme, w = after()
    one, two = tables_of(programme, w)
    for table, sign in ((one, Polarity.SAME), (two, Polarity.UNKNOWN)):
        for name in ("a", "b"):
            programme.add(Factor(map_id=table.map_id, id=name, label=name.upper()))
        split = sign is Polarity.UNKNOWN
        sure = Confidence.DISPUTED if split else Confidence.STATED
        ends = {"map_id": table.map_id, "source": "a", "target": "b"}
        programme.add(Link(**ends, polarity=sign, confidence=sure))
    said = {d.source: d for d in account_of(programme, w).differences}
    assert said["Takeaways"].sentence.startswith("Table 1 said: more “Takeaways”")
    assert said["A"].sentence == (
        "Table 1 and Table 2 said: more “A” leads to more “B”. "
        "Table 2 said: more “A” leads to less “B”. Left open."
    )
    programme.remove(Link, f"{one.map_id}/a/b")
    (_, alone) = account_of(programme, w).differences
    assert alone.sentence == (
        "Table 2 said both: more “A” leads to more “B”, and more “A” leads to less “B”. Left open."
    )


def test_a_second_round_on_the_same_question_is_told_apart():
    programme, w = after()
    again = VoteRound(
        id="r2",
        workshop_id=w,
        question="Which matter most?",
        options=("stress", "snacking"),
    )
    programme.add(open_round(again))
    close_round(programme, "r2")
    asked = [p.heading for p in write_up(programme, w).parts if "voted" in p.heading]
    assert asked == [
        f"What you voted for: Which matter most?, round {n}" for n in (1, 2)
    ]


def test_the_map_is_shown_and_what_was_there_before_is_counted_apart():
    programme, w = after()
    statement = list(programme.all(LinkStatement).values())
    draw_heard(programme, statement)
    told = next(p for p in write_up(programme, w).parts if p.heading == "Our map")
    assert told.sentences[0] == (
        "The map has 5 causes and 2 links. People named 3 causes and 1 link of them in "
        "this workshop; 2 causes and 1 link were on the map before."
    )
    page = write_up_html(programme, w).decode()
    assert page.count("<svg") == 1
    assert "Prices and places</text>" in page or "Prices and" in page
    document = Document(io.BytesIO(write_up_docx(programme, w)))
    (shape,) = document.inline_shapes
    assert told.sentences[0] in shape._inline.docPr.get("descr")


def test_cards_alone_are_no_drawing():
    programme, w = after()
    table = tables_of(programme, w)[0]
    programme.add(Factor(map_id=table.map_id, id="card-a", label="Dark parks"))
    assert account_of(programme, w).drawn == ()
