"""Frameworks with their lists, the indicators that count for them, people as groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from systemmap.editing.grids import Grid, GridColumn
from systemmap.editing.record_fields import RecordField, columns_of, given_of, menu_of
from systemmap.errors import InvalidValue
from systemmap.language.menu_words import framework_of, words_of
from systemmap.model.evidence import Indicator, IndicatorTags
from systemmap.model.people import Population
from systemmap.model.plan import LocalTerm
from systemmap.model.text import clean, clean_label, folded, slug
from systemmap.vocab import terms

if TYPE_CHECKING:
    from systemmap.editing.grids import Cells
    from systemmap.model.programme import Programme

VOCABULARY = "frameworks"
_COLUMNS = (
    GridColumn(key="framework", heading="Framework"),
    GridColumn(key="item", heading="Item"),
    GridColumn(key="description", heading="What it means"),
    GridColumn(key="source", heading="Source", fixed=True),
)
_INDICATOR = (
    RecordField("name", "Indicator", label=True),
    RecordField("unit", "Unit"),
    RecordField("note", "Note"),
)
_TAGS = (RecordField("frameworks", "Frameworks", VOCABULARY, many=True, open=True),)
_POPULATION = (
    RecordField("name", "Population", label=True),
    RecordField("note", "Note"),
)
_PRIORITY = {"yes": "Yes", "no": "No"}


def _frameworks(programme: Programme) -> dict[str, dict[str, str]]:
    """Return every framework and item, those of the programme's own after the shipped."""
    local = programme.all(LocalTerm)
    shipped = terms(VOCABULARY)
    found = {}
    for key, label in words_of(programme, VOCABULARY).items():
        own = local.get(f"{VOCABULARY}/{key}")
        term = own or shipped[key]
        head = framework_of(programme, key)
        found[key] = {
            "framework": head,
            "item": label.removeprefix(head).lstrip(": ") if "." in key else "",
            "description": term.description,
            "source": "our own list" if own else shipped[key].source,
        }
    return found


def _add_item(draft: Programme, cells: Cells) -> str:
    name = clean_label(cells.get("framework", ""))
    item = clean_label(cells.get("item", ""))
    if not name:
        raise InvalidValue("Name the framework, for example 'Our five priorities'.")
    words = words_of(draft, VOCABULARY)
    known = {folded(label): key for key, label in words.items() if "." not in key}
    head = known.get(folded(name)) or _own(draft, name, "", "")
    if not item:
        if folded(name) in known:
            msg = f"“{name}” is in the list already. Give an item of it."
            raise InvalidValue(msg)
        if described := clean(cells.get("description", "")).strip():
            made = draft.find(LocalTerm, f"{VOCABULARY}/{head}")
            draft.replace(replace(made, description=described))
        return head
    return _own(
        draft, f"{words.get(head, name)}: {item}", cells.get("description", ""), head
    )


def _own(draft: Programme, label: str, description: str, head: str) -> str:
    words = words_of(draft, VOCABULARY)
    if folded(label) in map(folded, words.values()):
        msg = f"“{label}” is in the list already. Use it as it is."
        raise InvalidValue(msg)
    last = label.partition(": ")[2] if head else label
    taken = {key.rpartition(".")[2].replace("_", "-") for key in words}
    key = slug(last, taken, fallback="item").replace("-", "_")
    key = f"{head}.{key}" if head else key
    draft.add(
        LocalTerm(
            vocabulary=VOCABULARY,
            key=key,
            label=label,
            description=clean(description).strip(),
        )
    )
    return key


def _find_own(draft: Programme, key: str) -> LocalTerm:
    own = draft.all(LocalTerm).get(f"{VOCABULARY}/{key}")
    if own is None:
        raise InvalidValue(
            "It came with systemmap and is the same everywhere. Add an item of your own beside it."
        )
    return own


def _change_item(draft: Programme, key: str, cells: Cells) -> None:
    own = _find_own(draft, key)
    if "framework" in cells:
        raise InvalidValue("Add the item under the other framework, and remove this.")
    if "description" in cells:
        own = replace(own, description=clean(cells["description"]).strip())
    if "item" in cells:
        item = clean_label(cells["item"])
        if not item or "." not in key:
            raise InvalidValue("An item needs its words; a framework is not one.")
        own = replace(own, label=f"{framework_of(draft, key)}: {item}")
    draft.replace(own)


def _remove_item(draft: Programme, key: str) -> None:
    own = _find_own(draft, key)
    below = [k for k in words_of(draft, VOCABULARY) if k.startswith(f"{key}.")]
    if below:
        msg = f"“{own.label}” still has {len(below)} of its items. Remove them first."
        raise InvalidValue(msg)
    draft.remove(LocalTerm, f"{VOCABULARY}/{key}")


def _indicator_rows(programme: Programme) -> dict[str, dict[str, str]]:
    words = menu_of(programme, VOCABULARY)
    tags = programme.all(IndicatorTags)
    return {
        key: {
            "name": found.name,
            "unit": found.unit,
            "note": found.note,
            "frameworks": "; ".join(
                words.get(tag, tag)
                for tag in (tags[key].frameworks if key in tags else ())
            ),
        }
        for key, found in programme.all(Indicator).items()
    }


def _change_indicator(draft: Programme, key: str, cells: Cells) -> None:
    own = given_of(draft, _INDICATOR, cells)
    if own:
        draft.replace(replace(draft.find(Indicator, key), **own))
    if given := given_of(draft, _TAGS, cells):
        before = draft.all(IndicatorTags).get(key) or IndicatorTags(indicator_id=key)
        draft.put(replace(before, **given))


def _add_indicator(draft: Programme, cells: Cells) -> str:
    name = clean_label(cells.get("name", ""))
    if not name:
        raise InvalidValue("Name the indicator, for example 'Swims a month'.")
    key = slug(name, draft.all(Indicator), fallback="indicator")
    draft.add(Indicator(id=key, name=name))
    _change_indicator(draft, key, {k: v for k, v in cells.items() if v})
    return key


def _population_columns(programme: Programme) -> tuple[GridColumn, ...]:
    name, note = columns_of(_POPULATION)(programme)
    return name, GridColumn(key="priority", heading="Priority", words=_PRIORITY), note


def _populations(programme: Programme) -> dict[str, dict[str, str]]:
    return {
        key: {"name": p.name, "priority": "Yes" if p.priority else "No", "note": p.note}
        for key, p in programme.all(Population).items()
    }


def _change_population(draft: Programme, key: str, cells: Cells) -> None:
    given = given_of(draft, _POPULATION, cells)
    if "priority" in cells:
        said = _population_columns(draft)[1].read(cells["priority"])
        given["priority"] = said == "yes"
    draft.replace(replace(draft.find(Population, key), **given))


def _add_population(draft: Programme, cells: Cells) -> str:
    name = clean_label(cells.get("name", ""))
    if not name:
        raise InvalidValue(
            "Name the group of people, for example 'People living in poverty'."
        )
    key = slug(name, draft.all(Population), fallback="population")
    draft.add(Population(id=key, name=name))
    _change_population(draft, key, {k: v for k, v in cells.items() if v})
    return key


FRAMEWORKS = Grid(
    key="frameworks",
    title="Frameworks",
    noun="item",
    name="framework",
    columns=lambda _: _COLUMNS,
    rows=_frameworks,
    change=_change_item,
    add=_add_item,
    remove=_remove_item,
)
INDICATORS = Grid(
    key="indicators",
    title="Indicators",
    noun="indicator",
    name="name",
    columns=columns_of((*_INDICATOR, *_TAGS)),
    rows=_indicator_rows,
    change=_change_indicator,
    add=_add_indicator,
)
POPULATIONS = Grid(
    key="populations",
    title="Populations",
    noun="population",
    name="name",
    columns=_population_columns,
    rows=_populations,
    change=_change_population,
    add=_add_population,
)
