"""The Foresight notice travels with the map, in whatever file it comes."""

from systemmap.bundled.bundled_files import data_file, foresight_map
from systemmap.formats import accept, read, write
from systemmap.testing import map_from, programme_of

NOTICE = foresight_map().version.notice


def test_the_notice_comes_with_the_links_alone():
    data = data_file("data/reference/foresight_links.csv")
    assert read(data, "links.csv").notice == NOTICE


def test_the_notice_stays_with_the_map_it_was_accepted_into_and_with_what_it_writes():
    programme = programme_of()
    for name in ("foresight_factors.csv", "foresight_links.csv"):
        accept(programme, read(data_file(f"data/reference/{name}"), name))
    assert programme.maps["main"].notice == NOTICE
    page = write(programme, "map_page").data.decode()
    assert "Open Government Licence v3.0" in page


def test_a_map_that_only_shares_a_few_words_carries_no_notice():
    programme = programme_of(map_from("stress -> physical-activity -"))
    assert read(write(programme, "links_csv").data, "x.csv.zip").notice == ""
