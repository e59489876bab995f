"""Every document at once: each in its usual file and as PDF, with how far it is."""

import io
import zipfile
from datetime import date

from systemmap.model.workshop import Workshop
from systemmap.reports import REPORTS, Order, build, file_name, whole_set
from systemmap.testing import map_from, programme_of
from tests.reports.conftest import DAY

ORDER = Order(at=DAY)


def test_the_set_holds_every_document_and_says_how_far_it_is():
    programme, told = programme_of(map_from("stress -> snacking +")), []
    programme.add(Workshop(id="w", title="Mapping", on=date(2026, 11, 3)))
    data = whole_set(programme, ORDER, told=lambda *step: told.append(step))
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        names = found.namelist()
        table = file_name(programme, "gap_table", ORDER, ".xlsx")
        assert found.read(table) == build(programme, "gap_table", ORDER).data
    assert set(names) == {
        file_name(programme, key, ORDER, suffix)
        for key, report in REPORTS.items()
        for suffix in {report.suffixes[0], *({".pdf"} & set(report.suffixes))}
    }
    assert [done for done, _, _ in told] == list(range(len(names)))
    assert {of for _, of, _ in told} == {len(names)}


def test_what_cannot_be_made_is_named_with_the_reason():
    programme = programme_of(map_from("stress -> snacking +"))
    with zipfile.ZipFile(io.BytesIO(whole_set(programme, ORDER))) as found:
        said = found.read("not-made.txt").decode()
        assert said.startswith("Workshop write-up: ")
        assert not any("write-up" in name for name in found.namelist())
