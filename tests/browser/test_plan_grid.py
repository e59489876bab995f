"""The plan as a spreadsheet, by keyboard: pasted, filled down, filtered, typed, undone."""

from benchmarks.quarterly import (
    LIFT,
    PROGRESS,
    STILL,
    cells,
    marked,
    notes_in,
    open_cell,
    opened,
    planned,
    save,
    type_down,
    walk,
)
from systemmap.model.response import Update
from systemmap.store import open_store
from tests.app.live_server import systemmap
from tests.browser.room_town import eventually
from tests.sizes import WHOLE

OLD, NEW, TYPED = (10, 20, 10) if WHOLE else (4, 8, 4)
OWNER = "HR & OD"
PACE = 0.03  # seconds a key: a quick typist; the benchmark keeps a person's


def block():
    """Rows of a spreadsheet, from the column that names the action."""
    return "\n".join(
        f"New action {n}\tAim {n}\t\tMarch 27\tOngoing\tFed" for n in range(NEW)
    )


def in_details(page):
    """Go to the details of actions, to stand on their first cell."""
    page.get_by_role("radio", name="Actions: details").click()
    page.get_by_text("One on each line: Aims, Dated updates").wait_for()
    page.locator(STILL).wait_for()


def fill_down(page, rows, *, column):
    """Fill a column's rows with what was just typed into the first of them."""
    marked(page, rows[1], column=column)
    page.keyboard.press("ArrowUp")
    marked(page, rows[0], column=column)
    for _ in rows[1:]:
        page.keyboard.press("Shift+ArrowDown", delay=PACE * 1000)
    page.keyboard.press("Control+d", delay=PACE * 1000)


def actions_in(folder):
    store = open_store(folder / "kept" / "systemmap.db")
    found = list(store.load("testtown").actions.values())
    store.close()
    return found


def made_in(folder):
    return [a for a in actions_in(folder) if a.title.startswith("New")]


def updates_in(folder):
    store = open_store(folder / "kept" / "systemmap.db")
    found = list(store.load("testtown").all(Update).values())
    store.close()
    return found


def test_a_block_is_pasted_filled_down_and_undone_alone(browser, tmp_path):
    with planned(tmp_path, OLD) as address:
        page = opened(browser, address)
        page.evaluate("words => navigator.clipboard.writeText(words)", block())
        walk(page, right=1, down=OLD)
        page.keyboard.press("Control+v")
        page.get_by_text(f"Not saved yet: {NEW} rows added.").wait_for()
        page.locator(STILL).wait_for()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        marked(page, OLD, column=4)
        type_down(page, [OWNER], PACE)
        fill_down(page, range(OLD, OLD + NEW), column=4)
        save(page)
        eventually(lambda: len(made_in(tmp_path)) == NEW)
        made = made_in(tmp_path)
        assert [a.owners_raw for a in made] == [OWNER] * NEW
        assert {a.due.raw for a in made} == {"March 27"}

        page.get_by_label("Show only rows with these words").fill("old")
        page.keyboard.press("Enter")
        page.get_by_text(f"{OLD} of {OLD + NEW} rows shown.").wait_for()
        page.locator(STILL).wait_for()
        walk(page, right=PROGRESS)
        said = [f"Met {n} times" for n in range(TYPED)]
        type_down(page, said, PACE)
        save(page)
        eventually(lambda: notes_in(tmp_path)[:TYPED] == said)

        walk(page, right=PROGRESS)  # left by a link while the cell is open
        open_cell(page, "L")
        page.keyboard.type("ate", delay=PACE * 1000)
        page.get_by_role("link", name="Actions").first.click()
        page.get_by_text("Plan, not saved yet: 1 row changed.").wait_for()

    with systemmap(tmp_path, port=int(address.rpartition(":")[2])):  # started anew
        page.locator("[data-test-connection-state=CONNECTED]").wait_for()
        page.get_by_role("link", name="Actions").first.click()
        page.get_by_text("What you had not saved is still here: Plan").wait_for()
        page.get_by_text("Plan, not saved yet: 1 row changed.").wait_for()
        page.locator(STILL).wait_for()
        asked = []
        page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
        page.goto(f"{address}/history?programme=testtown")
        assert asked == ["beforeunload"]
        page.get_by_role("button", name="Undo change 2").click()
        page.get_by_role("button", name=f"Take back {NEW} records").click()
        page.get_by_text("undone by change 4").wait_for()
        assert notes_in(tmp_path) == said
        assert not page.get_by_text("Traceback").count()
        assert cells(page).count() == 0
        page.context.close()


def test_aims_and_dated_updates_are_pasted_and_typed_in_the_details(browser, tmp_path):
    with planned(tmp_path, 3) as address:
        page = opened(browser, address)
        in_details(page)
        block = '"Walk more\nSit less"\t14 September 2026: 40 came\nCook\t\nSwim\t'
        page.evaluate("words => navigator.clipboard.writeText(words)", block)
        walk(page, right=1)
        page.keyboard.press("Control+v")
        page.get_by_text("Not saved yet: 3 rows changed.").wait_for()
        page.locator(STILL).wait_for()
        save(page)
        aims = [("Walk more", "Sit less"), ("Cook",), ("Swim",)]
        eventually(lambda: [a.aims for a in actions_in(tmp_path)] == aims)
        walk(page, right=3)  # "Add an update": two lines typed, then for all three rows
        open_cell(page, "2")
        page.keyboard.type(" December 2026: Met", delay=PACE * 1000)
        page.keyboard.press("Shift+Enter")
        page.keyboard.type("Two came", delay=PACE * 1000)
        page.keyboard.press("Enter", delay=LIFT * 1000)
        fill_down(page, range(3), column=4)
        page.get_by_text("Not saved yet: 3 rows changed.").wait_for()
        page.locator(STILL).wait_for()
        save(page)
        eventually(lambda: len(updates_in(tmp_path)) == 7)
        days = {"2026-12-02", "None", "2026-09-14"}
        assert {str(told.on) for told in updates_in(tmp_path)} == days
        undo = page.get_by_role("button", name="Undo: Actions: details: 3 rows changed")
        undo.click()
        page.get_by_role(
            "button", name="Undo: Actions: details: 3 rows changed · 4"
        ).wait_for()
        assert [told.text for told in updates_in(tmp_path)] == ["40 came"]
        page.context.close()
