"""The food agency's file as it is given out now, by screen and by command: one headline."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from typer.testing import CliRunner

from app.command import app
from systemmap.overview.figures import figures
from systemmap.store.database import DatabaseStore
from systemmap.testing import map_from, programme_of
from tests.council.seen import words_of

FILE = Path(__file__).parents[1] / "local/publishers_json/FHRS999en-GB.json"
HEADLINES = {
    "Food outlets: Pubs, bars and nightclubs: 1 outlet (Sampleshire, 2 November 2026)",
    "Food outlets: Restaurants, cafes and canteens: 1 outlet (Sampleshire, 2 November 2026)",
    "Food outlets: Supermarkets and hypermarkets: 1 outlet (Sampleshire, 2 November 2026)",
    "Food outlets: Takeaways and sandwich shops: 3 outlets (Sampleshire, 2 November 2026)",
}


def headlines(programme):
    return {
        figure.sentence.partition(";")[0].rstrip(".") for figure in figures(programme)
    }


def test_it_is_brought_in_on_the_screen_and_its_counts_are_our_headlines(
    open_screen, store
):
    town = programme_of(map_from("stress -> snacking +"))
    town.replace(replace(town.info, area_name="Sampleshire"))
    at = open_screen("import_export", town)
    at.file_uploader[0].upload(FILE.name, FILE.read_bytes(), "application/json").run()
    told = "6 outlets read; 1 has no location, so it counts for the district"
    assert told in words_of(at)
    next(b for b in at.button if b.label.startswith("Bring in")).click().run()
    assert not at.exception
    assert headlines(store.load("testtown")) == HEADLINES
    at = open_screen("local_picture", town, stored=True)
    assert "Takeaways and sandwich shops 3 outlets" in words_of(at)


def test_a_ministry_s_file_of_every_small_area_fits_through_the_screen(open_screen):
    at = open_screen("import_export", programme_of(map_from("stress -> snacking +")))
    assert at.file_uploader[0].proto.max_upload_size_mb == 25  # theirs has 10
    head = b"Action,Aims,Responsible,Due date,Progress,Outcomes\n"
    plan = head + b"Walk,more,Parks,May 27,Ongoing,fit\n" * 160_000
    at.file_uploader[0].upload("plan.csv", plan, "text/csv").run()
    assert "the limit is 5 MB" in at.error[0].value


def test_the_command_reads_the_same(tmp_path):
    data = tmp_path / "kept.db"

    def command(*words):
        done = CliRunner().invoke(app, ["--data", str(data), *map(str, words)])
        assert done.exit_code == 0, done.output
        return done.stdout

    command("new", "Sampleshire", "--template", "empty")
    said = command("import", FILE, "--into", "Sampleshire")
    assert said.startswith("Food hygiene ratings: 6 of 6 items read, nothing left out.")
    store = DatabaseStore(data)
    draft = store.load("sampleshire")
    store.close()
    assert headlines(draft) == HEADLINES
