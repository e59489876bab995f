"""What a screen shows: its tabs, and its tables read back from HTML."""

from dataclasses import dataclass

from lxml import html


@dataclass(frozen=True)
class Shown:
    """One table: its caption, its headings, and its rows with the row's heading first."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, heading):
        place = self.headings.index(heading)
        return [row[place] for row in self.rows]


def on_tab(at, tab):
    """Open one of the tabs of the screen that is drawn."""
    at.session_state[f"{at.session_state['test.screen']}.tab"] = tab
    return at.run()


def told_late(at):
    """Return a run for which the browser tells what its controls say now, whenever it is asked.

    So does a browser that has not heard yet what the last run made of a press.
    """
    states = at._tree.get_widget_states()
    for place, state in reversed([*enumerate(states.widgets)]):
        if state.WhichOneof("value") == "trigger_value":
            del states.widgets[place]  # a button says something only when it is pressed
    return lambda: at._run(widget_state=states)


def shown_tables(at):
    """Return every table a drawn screen holds, in its order."""
    whole = "".join(element.proto.body for element in at.get("html"))
    return [
        Shown(
            table.findtext("caption"),
            tuple(cell.text or "" for cell in table.iterfind("thead/tr/th[@scope]")),
            tuple(
                tuple(cell.text or "" for cell in row)
                for row in table.iterfind("tbody/tr")
            ),
        )
        for table in html.fromstring(f"<div>{whole}</div>").iter("table")
    ]
