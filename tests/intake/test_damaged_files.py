"""A share of the damaged files of `systemmap faults files`; the command runs thousands."""

from __future__ import annotations

from systemmap.faults import damaged_files
from systemmap.faults._sample_files import sample_files
from systemmap.formats import FORMATS, read
from tests.sizes import WHOLE

READERS = {key for key, fmt in FORMATS.items() if fmt.read}


def test_damaged_files_leave_no_traceback_and_change_nothing():
    each = 5 if WHOLE else 2
    result = damaged_files.damage_files(each * len(READERS), seed=2026)
    assert (result.lost, result.wrong) == (0, 0)
    assert result.figures["readers"] == len(READERS)
    assert result.acknowledged > 0
    assert result.figures["readings refused"] > 0


def test_a_reader_that_breaks_or_miscounts_is_counted(monkeypatch):
    monkeypatch.setattr(damaged_files, "read", lambda *_: 1 / 0)
    assert damaged_files.damage_files(2, seed=1).wrong == 4


def test_the_files_are_whole_before_they_are_damaged():
    whole = sample_files()
    assert set(whole) == READERS
    for key in READERS - {"cause_sheet", "partner_sheets"}:
        assert read(whole[key], "x", key).read > 0
