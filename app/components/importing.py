"""From a file to a change: read it, show what was made of it, then bring it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from app.components.html_tables import table
from app.components.import_differences import ask_differences
from app.components.import_workbench import corrected
from app.components.screen_text import quiet, say, section
from app.presses import pressed
from app.wording import count, listed, safe_text
from systemmap.bundled.examples import renamed
from systemmap.editing.positions import give_places
from systemmap.errors import SystemMapError, Undecided
from systemmap.formats import FORMATS, accept, as_exported, programme_from
from systemmap.formats.kept_mappings import keep_mapping
from systemmap.formats.reading.limits import LIMITS
from systemmap.model.plan import ProgrammeInfo
from systemmap.model.programme import Programme
from systemmap.model.text import clean_label, slug
from systemmap.model.values import MapKind

if TYPE_CHECKING:
    from app.workspace import Workspace
    from systemmap.errors import Problem
    from systemmap.formats import Acceptance, Reading
    from systemmap.formats.import_mapping import ImportMapping

_FORM = "import"
_KINDS = {
    "skipped": "Left out",
    "guessed": "Guessed",
    "conflict": "Differs",
    "note": "Note",
}
_SHOWN = 50


def bring_in(workspace: Workspace) -> None:
    """Ask for a file or pasted text, preview it, and bring it in as one change."""
    section("Bring in a file")
    key = workspace.fresh(_FORM)
    upload = st.file_uploader(
        "A plan (Word, Excel, text), a map (GraphML, Kumu, PRSM, links as CSV), figures (Fingertips, deprivation, food ratings) or a systemmap file",
        key=f"{key}.file",
        width=720,
        max_upload_size=LIMITS.upload_bytes // 1_000_000,
    )
    with st.expander(
        "Or paste text: a plan table, a list of causes, or links such as A -> B +"
    ):
        pasted = st.text_area("Pasted text", key=f"{key}.text", height=160)
    as_ = st.selectbox(
        "Read it as",
        ["", *(k for k, fmt in FORMATS.items() if fmt.read)],
        format_func=lambda k: FORMATS[k].title if k else "Whatever it turns out to be",
        key=f"{key}.as",
        width=420,
    )
    if upload is not None:
        _preview(workspace, upload.getvalue(), upload.name, as_)
    elif pasted.strip():
        _preview(workspace, pasted.encode(), "pasted.txt", as_)


def _preview(workspace: Workspace, data: bytes, name: str, as_: str) -> None:
    """Show what was read before anything is saved."""
    try:
        try:
            reading = workspace.reading(data, name, as_ or None)
        except Undecided as asked:
            chosen = _what_is_it(asked, name)
            if chosen is None:
                return
            reading = workspace.reading(data, name, chosen)
    except SystemMapError as error:
        workspace.explain(error)
        return
    section(f"What was read from {name}")
    above = st.container()  # what it does here and the press come before the details
    reading, said = corrected(workspace, reading, data, name)
    with above:
        say(_counts(reading))
        if reading.asks:
            say("Answer below what is asked first; then it can be brought in.")
        elif not reading.records:
            say("There is nothing in it to bring in.")
        elif workspace.id and not _stands_alone(reading):
            _into_open(workspace, reading, data, name, said)
        else:
            _into_new(workspace, reading, data, name, said)
    facts = [{"What": _noun(k), "Found": v} for k, v in reading.summary.items()]
    if facts:
        table(facts, alt="What was read")
    _problems(reading.problems)
    if reading.notice:
        quiet(reading.notice)


def _what_is_it(asked: Undecided, name: str) -> str | None:
    """Ask what a file is, with what was seen beside each answer; None = not said yet."""
    section(f"What is {name}?")
    say(
        "Nothing is read or saved until you say. What was seen stands below each answer."
    )
    order = [choice.key for choice in asked.choices]
    return st.radio(
        "It is",
        order,
        index=None,
        format_func=lambda key: safe_text(FORMATS[key].title),
        captions=[
            safe_text(f"{choice.certainty.capitalize()}: {choice.evidence}.")
            for choice in asked.choices
        ],
        key=f"{_FORM}.what",
    )


def _stands_alone(reading: Reading) -> bool:
    """Ask where a whole programme goes: beside the others, or into the open one."""
    if FORMATS[reading.format].holds != "programme":
        return False
    words = {
        "own": "as a programme of its own",
        "open": "into the open programme, to bring the two together",
    }
    return (
        st.radio(
            "Bring it in",
            list(words),
            format_func=words.__getitem__,
            key=f"{_FORM}.whole",
        )
        == "own"
    )


def _counts(reading: Reading) -> str:
    title = FORMATS[reading.format].title
    check = " What was guessed stands below, to check." if reading.guessed else ""
    return f"Read as {title}: {reading.sums}. Nothing is saved yet.{check}"


def _problems(problems: tuple[Problem, ...]) -> None:
    if not problems:
        return
    with st.expander(
        f"{count(len(problems), 'remark')} on single items", expanded=len(problems) <= 5
    ):
        table(
            (
                {
                    "": _KINDS.get(p.kind, p.kind.capitalize()),
                    "Where": p.where,
                    "What": p.what,
                }
                for p in problems[:_SHOWN]
            ),
            alt="Remarks on single items",
        )
        if len(problems) > _SHOWN:
            quiet(f"And {len(problems) - _SHOWN} more.")


def _into_open(
    workspace: Workspace,
    reading: Reading,
    data: bytes,
    name: str,
    said: ImportMapping | None,
) -> None:
    map_id, kind = _which_map(workspace, reading, name)
    take: frozenset[tuple[str, str, str]] = frozenset()
    trial = _trial(workspace, reading, map_id, kind)
    if trial is None:
        return
    say(f"In {workspace.programme.info.name}: {trial}.")
    if trial.changes:
        say(f"{count(len(trial.changes), 'cell')} changed since it came in before:")
        table(
            (
                {
                    "What": c.name,
                    "Field": _noun(c.words),
                    "Here": c.here,
                    "In the file": c.file,
                }
                for c in trial.changes[:_SHOWN]
            ),
            alt="What the file changes, cell by cell",
        )
    for words in (*trial.retitled, *trial.left_out):
        say(words)
    if trial.gone:
        say(
            f"No longer in the file, and left as they are: {listed(trial.gone, limit=5)}."
        )
    if trial.conflicts:
        take = ask_differences(trial.conflicts, _FORM)
    if take:  # what it does with these among it
        trial = _trial(workspace, reading, map_id, kind, take) or trial
    changes = trial.new + trial.changed
    if not changes:
        rest = "Everything else in it" if trial.left_out else "Everything in it"
        say(f"{rest} is here already.")
        return
    keep_as = said and _keep_as()
    if pressed(
        st.button,
        f"Bring in {count(changes, 'item')}",
        key=f"{_FORM}.accept",
        type="primary",
        icon=":material/download_done:",
    ):
        workspace.safeguard("import")
        workspace.say(f"{name} was brought in: {trial.done}.")
        with workspace.editing(f"Import {name}", form=_FORM) as draft:
            accept(
                draft,
                reading,
                map_id=map_id,
                kind=kind,
                **_origin(workspace, reading, map_id),
                file_name=name,
                data=data,
                take=take,
            )
            give_places(draft, map_id)
            if said and keep_as:
                keep_mapping(draft, keep_as, said)


def _keep_as() -> str:
    return st.text_input(
        "Keep how it was read, under this name",
        max_chars=120,
        placeholder="Quarterly plan",
        help="It is offered when a file of the same shape comes again.",
        key=f"{_FORM}.keep",
        width=420,
    )


def _which_map(
    workspace: Workspace, reading: Reading, name: str
) -> tuple[str, MapKind]:
    """Ask where the causes and links go, when the file holds any."""
    programme = workspace.programme
    if FORMATS[reading.format].holds != "map" or not programme.system_map().factors:
        return "main", MapKind.MAIN
    own = st.radio(
        "Put the causes and links",
        ["main", "own"],
        format_func={
            "main": "onto the main map",
            "own": "onto a map of their own, to look at beside it",
        }.__getitem__,
        key=f"{_FORM}.map",
    )
    if own == "main":
        return "main", MapKind.MAIN
    return slug(
        name.rpartition(".")[0] or name, programme.maps, fallback="map"
    ), MapKind.REFERENCE


def _origin(workspace: Workspace, reading: Reading, map_id: str) -> dict[str, Any]:
    """Return the programme as it was when a file of ours was made of it, and the file."""
    revision = reading.revision_of(workspace.programme)
    if revision is None:
        return {}
    then = workspace.programme_at(revision)
    return {"base": then, "exported": as_exported(then, reading, map_id)}


def _trial(
    workspace: Workspace,
    reading: Reading,
    map_id: str,
    kind: MapKind,
    take: frozenset[tuple[str, str, str]] = frozenset(),
) -> Acceptance | None:
    """Bring the reading into a copy, to say what it would do."""
    try:
        return accept(
            workspace.programme.copy(),
            reading,
            map_id=map_id,
            kind=kind,
            take=take,
            **_origin(workspace, reading, map_id),
        )
    except SystemMapError as error:
        workspace.explain(error)
        return None


def _into_new(
    workspace: Workspace,
    reading: Reading,
    data: bytes,
    name: str,
    said: ImportMapping | None,
) -> None:
    """Begin a programme with the file."""
    whole = FORMATS[reading.format].holds == "programme"
    place = (
        ""
        if whole
        else st.text_input("Name of the place", key=f"{_FORM}.place", width=420)
    )
    with_history = whole and _with_history(workspace, reading)
    keep_as = said and _keep_as()
    if not pressed(
        st.button,
        "Begin a programme with this file",
        key=f"{_FORM}.begin",
        type="primary",
        icon=":material/add:",
    ):
        return
    if with_history:
        workspace.say(f"{name} was brought in with its history.")
        workspace.take_over(data, name, form=_FORM)
        return
    try:
        programme = _alone(workspace, reading) if whole else _begun(place)
        if not whole:
            accept(programme, reading, file_name=name, data=data)
            give_places(programme)
            if said and keep_as:
                keep_mapping(programme, keep_as, said)
    except SystemMapError as error:
        workspace.explain(error)
        return
    workspace.say(f"{name} was brought in.")
    workspace.create(programme, f"Import {name}", form=_FORM)


def _with_history(workspace: Workspace, reading: Reading) -> bool:
    """Say whether the file's history comes along, or let a person leave it behind."""
    changes = int(str(reading.summary.get("history") or 0))
    if not changes:
        return False
    programme = programme_from(reading)
    if programme.id in {summary.id for summary in workspace.programmes()}:
        say(
            "This programme is here already, so the file becomes a copy beside it. "
            "The history stays with the one that is here."
        )
        return False
    return st.checkbox(
        f"With its history of {count(changes, 'change')}",
        value=True,
        key=f"{_FORM}.history",
        help="Who changed what and when comes along, and can still be undone.",
    )


def _alone(workspace: Workspace, reading: Reading) -> Programme:
    """Return the file's programme, under an id that is still free here."""
    programme = programme_from(reading)
    taken = {summary.id for summary in workspace.programmes()}
    if programme.id in taken:
        return renamed(programme, programme_id=slug(programme.info.name, taken))
    return programme


def _begun(place: str) -> Programme:
    place = clean_label(place)
    return Programme(ProgrammeInfo(id=slug(place, fallback="programme"), name=place))


def _noun(key: str) -> str:
    return safe_text(str(key).replace("_", " ")).capitalize()
