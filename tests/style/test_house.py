"""The house: every module has one name, one place and a contract; no file holds two ideas."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("systemmap", "app")
# The same noun of the glossary seen from another package: nothing else stands twice.
NOUNS = {
    "actions",
    "assets",
    "changes",
    "decisions",
    "documents",
    "figures",
    "gaps",
    "importance",
    "links",
    "loops",
    "partners",
    "pathways",
    "phases",
    "programme",
    "proposals",
    "settings",
    "votes",
    "workshops",
    "write_up",
}
# Folders into which one file is dropped; a test of their own keeps the files strangers.
ONE_FILE_EACH = {
    "systemmap.analysis.checks",
    "systemmap.analysis.measures",
    "systemmap.faults",
    "systemmap.formats.figures",
    "systemmap.formats.lists",
    "systemmap.formats.maps",
    "systemmap.formats.pictures",
    "systemmap.formats.plans",
    "systemmap.formats.whole",
    "systemmap.gaps.rules",
    "systemmap.reports",
    "app.rooms",
    "app.screens",
}
LONGEST = 400
FORMATTED_BY_HAND = 20
DATA = {".csv", ".txt", ".json", ".svg", ".png", ".md", ".toml", ".typed"}
TEXTS = ("*.md", "*.toml", "*.py", "*.js", "*.html")
DOTTED = re.compile(
    r"(?<![\w.@/-])systemmap(?:\.(?!toml|db|json|org|canvas|ops|view)[a-z]\w*)+(?![\w-])"
)
PATHS = re.compile(r"(?<![\w./-])(?:systemmap|app)/[\w/]+\.(?:py|js)")
# Names that tests invent, and what only a wheel holds.
MADE_UP = {
    "systemmap.test.bound",
    "systemmap.find_gap",
    "systemmap.room",
    "systemmap.announcement",  # components, as Streamlit names them
    "systemmap.download",
    "app/_entry/streamlit_app.py",
}
ALIAS = {"app/command.py", "tests/cli/test_contract.py", "tests/style/test_house.py"}


def inside(*folders):
    """Every file of some folders that is part of the project."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(ROOT)


def texts():
    """Every page and script of the project in which a module may be named."""
    for folder in (*PACKAGES, "tests", "docs", "benchmarks", "data", "workshops"):
        yield from (p for p in inside(folder) if any(p.match(t) for t in TEXTS))
    for path in sorted(p for pattern in TEXTS for p in ROOT.glob(pattern)):
        if path.name != "CHANGELOG.md":
            yield path.relative_to(ROOT)


def modules():
    """Every module and package, as a path without its ending."""
    for path in inside(*PACKAGES):
        if path.suffix == ".py" and "migrations" not in path.parts:
            yield path.parent if path.name == "__init__.py" else path.with_suffix("")


def is_module(dotted):
    """Whether a dotted name is a module, or a name in one."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:end])
        if path.with_suffix(".py").is_file():
            return end >= len(parts) - 2
        if (path / "__init__.py").is_file():
            return end == len(parts) or has_name(path / "__init__.py", parts[end])
    return False


def has_name(path, name):
    return bool(re.search(rf"\b{re.escape(name)}\b", path.read_text(encoding="utf-8")))


def test_no_module_name_stands_twice_but_a_noun_of_the_glossary():
    found = defaultdict(list)
    for module in modules():
        if not module.name.startswith("__") and len(module.parts) > 1:
            found[module.name.strip("_")].append(str(module))
    twice = {name: places for name, places in found.items() if len(places) > 1}
    assert set(twice) == NOUNS, twice
    for places in twice.values():
        assert len({str(Path(place).parent) for place in places}) == len(places)


def test_every_noun_that_stands_twice_is_in_the_glossary():
    words = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").lower()
    stems = {n: n.replace("_", "-").removesuffix("s") for n in NOUNS}
    assert [noun for noun, stem in stems.items() if f"**{stem}" not in words] == []


def test_the_hall_of_the_library_holds_at_most_twelve_modules():
    loose = [p.name for p in (ROOT / "systemmap").glob("*.py")]
    assert len(loose) <= 12, loose


def test_no_file_is_longer_than_one_idea():
    long = {
        str(path): lines
        for path in inside(*PACKAGES)
        if path.suffix not in DATA and "migrations" not in path.parts
        for lines in [len((ROOT / path).read_bytes().splitlines())]
        if lines > LONGEST
    }
    assert long == {}


def test_next_to_nothing_is_kept_from_the_formatter():
    said = "# fmt: " + "skip"
    kept = {
        str(path): count
        for path in inside(*PACKAGES, "tests", "benchmarks")
        if path.suffix == ".py"
        for count in [(ROOT / path).read_text(encoding="utf-8").count(said)]
        if count
    }
    assert sum(kept.values()) < FORMATTED_BY_HAND, kept


def test_every_module_that_is_named_anywhere_exists():
    """Old names are found here: a page or a string that still says where it was."""
    gone = []
    for path in texts():
        text = (ROOT / path).read_text(encoding="utf-8")
        named = {n for n in DOTTED.findall(text) if not is_module(n)}
        named |= {n for n in PATHS.findall(text) if not stands_at(n)}
        gone += [f"{path}: {name}" for name in sorted(named - MADE_UP)]
    assert gone == []


def stands_at(name):
    """Whether a file is there; a recipe's x.py stands for any in its folder."""
    path = ROOT / name
    return path.is_file() or (path.stem == "x" and path.parent.is_dir())


def test_the_old_name_of_faults_stands_only_where_it_is_an_alias():
    said = re.compile("torture", re.IGNORECASE)
    found = {
        str(path)
        for path in texts()
        if said.search((ROOT / path).read_text(encoding="utf-8"))
        or said.search(path.name)
    }
    assert found <= ALIAS


def contracts():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return project["tool"]["importlinter"]["contracts"]


def test_every_package_stands_in_an_exhaustive_contract():
    told = {
        container
        for contract in contracts()
        if contract["type"] == "layers" and contract.get("exhaustive")
        for container in contract["containers"]
    }
    packages = {
        ".".join(path.parent.parts)
        for path in inside(*PACKAGES)
        if path.suffix == ".py"
        and path.name != "__init__.py"
        and "migrations" not in path.parts
    }
    assert packages - told == ONE_FILE_EACH


def test_arrows_that_only_types_use_count_as_well():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linter = project["tool"]["importlinter"]
    assert not linter.get("exclude_type_checking_imports", False)
    assert any(
        contract["type"] == "acyclic_siblings"
        and set(contract["ancestors"]) == set(PACKAGES)
        for contract in linter["contracts"]
    )


PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")


def test_one_note_is_followed_to_the_board_paper_in_at_most_fifteen_lines():
    (road,) = re.findall(
        r"## One note, from a phone to the board paper\n\n(.*?)\n\n##", PAGE, re.DOTALL
    )
    lines = road.splitlines()
    assert len(lines) <= 15
    assert all(re.search(r"`[\w/]+\.py`", line) for line in lines)
    assert "app/rooms/capture.py" in lines[0]
    assert "systemmap/reports/board_paper.py" in lines[-1]


def named_on_the_page():
    """Every file and folder in backticks; those of the canvas are its scripts."""
    web = ROOT / "systemmap/drawing/web"
    for name in re.findall(r"`([\w./]+(?:\.\w+|/))`", PAGE):
        place = web if name.endswith(".js") else ROOT
        yield (
            name,
            place / name if (place / name).exists() else ROOT / "systemmap" / name,
        )


@pytest.mark.parametrize(("name", "place"), dict(named_on_the_page()).items())
def test_every_module_the_page_of_the_architecture_names_exists(name, place):
    inside_formats = ROOT / "systemmap/formats" / name
    assert place.exists() or inside_formats.exists(), name


def test_every_layer_in_the_arrows_is_a_module():
    (arrows,) = re.findall(r"```text\nstreamlit_app.py\n(.*?)```", PAGE, re.DOTALL)
    for package in PACKAGES:
        (told,) = re.findall(rf"^{package} +(.*(?:\n +►.*)*)", arrows, re.MULTILINE)
        for name in re.findall(r"[a-z_]+", told):
            assert is_module(f"{package}.{name}"), name
