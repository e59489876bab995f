"""Every promise, and what is run to prove it: faults made on purpose, or tests."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from systemmap.faults._fault_test import Result

CLONE = Path(__file__).parents[2]
"""Where the tests are, in a clone; an installed systemmap has none."""
_SAFETY = "tests/formats/test_safety.py"
_ANALYSES = "tests/analysis/test_same_in_same_out.py"
_COUNTED = ("passed", "failed", "error", "errors")


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise in users' words, and its proof.

    Attributes
    ----------
    key : str
        R for what is saved, S for safety, A for access, P for persons.
    words : str
        The promise.
    faults : tuple
        Fault tests with how often: in full, and for a trial.
    tests : tuple[str, ...]
        What pytest is told, in a clone.
    """

    key: str
    words: str
    faults: tuple[tuple[str, int, int], ...] = ()
    tests: tuple[str, ...] = ()


PROMISES = (
    Promise(
        "R1",
        "What the screen called saved is there after a crash",
        (("kill", 300, 1),),
        ("tests/store/test_faults.py", "-k", "writer_on_the_server"),
    ),
    Promise("R2", "… after a power cut", (("power", 2_000, 10),)),
    Promise(
        "R3",
        "A phone's answer counts once, whatever the Wi-Fi does",
        (("phones", 9, 1),),
    ),
    Promise("R4", "A full disk costs nothing saved, and says so", (("disk", 90, 2),)),
    Promise("R5", "Damage is noticed, not shown as truth", (("flip", 1_000, 8),)),
    Promise("R6", "Backups open and are whole", (("backup", 40, 2),)),
    Promise(
        "R7", "Two people never overwrite each other silently", (("edits", 50, 5),)
    ),
    Promise(
        "R8",
        "Anything can be undone, by anyone allowed, at any time",
        (("undo", 5_000, 60),),
    ),
    Promise(
        "R9",
        "See the map as it was, and who changed what",
        (("versions", 10_000, 200),),
    ),
    Promise("R10", "100 phones stay quick", (("quick", 60, 3),)),
    Promise(
        "R11",
        "Old files open in new versions",
        tests=("tests/store/test_released.py", "tests/store/test_migrations.py"),
    ),
    Promise(
        "R12",
        "New files are not hurt by old versions",
        tests=("tests/store/test_migrations.py", "-k", "newer"),
    ),
    Promise(
        "R13",
        "Our own format loses nothing",
        tests=("tests/formats/test_native.py", "tests/contract/test_carrying.py"),
    ),
    Promise(
        "R14",
        "Other formats: we say what is lost",
        tests=("tests/contract/test_formats.py",),
    ),
    Promise(
        "S1",
        "A hostile label never runs or phones home",
        tests=("tests/browser/test_hostile_screens.py", "tests/browser/test_export.py"),
    ),
    Promise("S2", "Pages and files talk to nobody", (("silence", 3, 1),)),
    Promise(
        "S3",
        "Bad files are refused in plain words",
        (("files", 100, 5),),
        tests=(_SAFETY, "tests/cli/test_hostile_files.py"),
    ),
    Promise(
        "S4",
        "Spreadsheets we write are inert",
        (("cells", 114, 12),),
        tests=(
            f"{_SAFETY}::test_the_workbook_holds_no_formula_no_link_and_keeps_the_rules_of_three_tools",
            "tests/reports/test_every_document.py::test_an_excel_file_holds_no_formula_and_no_link",
            "tests/data_files/test_sheets_and_lists.py::test_assets_come_back_from_excel_with_fields_of_their_own_and_no_formula",
            "tests/formats/test_links_csv.py::test_a_label_that_looks_like_a_formula_is_inert_in_the_file_and_whole_after",
            "tests/formats/test_links_csv.py::test_the_formula_guard_is_undone_exactly",
            "tests/cli/test_hostile_files.py::test_formulas_stay_text_on_the_way_in_and_out",
        ),
    ),
    Promise("S5", "Any text survives every export", (("texts", 5_000, 100),)),
    Promise(
        "S6",
        "Phones reach only the phone pages",
        tests=("tests/app/test_shield.py", "tests/hosting/test_forwarded.py"),
    ),
    Promise(
        "S7",
        "Codes cannot be guessed in a workshop",
        tests=("tests/rooms/test_guesses.py",),
    ),
    Promise("S8", "No dangerous constructs", tests=("tests/style/test_constructs.py",)),
    Promise(
        "S9",
        "Wrong-role actions are refused",
        tests=("tests/hosting/test_personal_store.py", "tests/contract/test_roles.py"),
    ),
    Promise(
        "S10",
        "Analyses end",
        (("analyses", 3, 1),),
        tests=(
            f"{_ANALYSES}::test_every_analysis_ends_and_leaves_the_programme_alone",
            f"{_ANALYSES}::test_a_search_that_stopped_says_so",
            f"{_ANALYSES}::test_betweenness_of_a_map_that_takes_longer_is_refused_in_words",
        ),
    ),
    Promise(
        "S11",
        "No known holes shipped",
        tests=("tests/hosting/test_papers_to_run.py",),
    ),
    Promise(
        "A1",
        "Works without sight or mouse",
        tests=("tests/browser/test_canvas_axe.py", "tests/browser/test_places.py"),
    ),
    Promise(
        "A2",
        "Works on a small phone",
        tests=(
            "tests/browser/test_journey.py::test_nothing_scrolls_sideways_or_jumps_on_a_small_phone",
            "tests/browser/test_room.py",
            "tests/browser/test_map_place.py::test_on_a_phone_the_map_leads_with_its_words_and_the_picture_is_one_press_away",
        ),
    ),
    Promise(
        "P1",
        "No personal data needed",
        tests=("tests/workshops/test_privacy.py", "tests/rooms/test_dot_addresses.py"),
    ),
    Promise("P2", "Forget me", tests=("tests/contract/test_stores.py", "-k", "redact")),
    Promise(
        "X1",
        "Strangers on the same Wi-Fi lose, change and delay nothing",
        (("crowd", 100, 3), ("flooding", 100, 3)),
    ),
    Promise(
        "X2",
        "What is drawn together counts once and is the same on every screen",
        (("canvas", 100, 3),),
    ),
    Promise(
        "X3",
        "A long day makes the program no larger and loses nothing",
        (("soak", 480, 5),),
    ),
)


def by_tests(promise: Promise) -> Result | None:
    """Run a promise's tests; None where there are none to run (no clone)."""
    if not (CLONE / "tests").is_dir():
        return None
    begun = time.monotonic()
    done = subprocess.run(  # noqa: S603 - words of our own
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            *promise.tests,
        ],
        cwd=CLONE,
        check=False,
        capture_output=True,
        text=True,
    )
    last = done.stdout.strip().rpartition("\n")[2]
    words = last.replace(",", "").split()
    counted = {
        word: int(number) for number, word in pairwise(words) if word in _COUNTED
    }
    passed = counted.get("passed", 0)
    failed = sum(counted.values()) - passed
    return Result(
        promise=promise.words,
        runs=passed + failed,
        acknowledged=passed,
        lost=0,
        wrong=failed or int(done.returncode != 0),
        seconds=round(time.monotonic() - begun, 1),
    )
