"""Containerfile, compose file, service and wheelhouse say what the program knows."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib

import pytest

from app.installation import read_installation
from systemmap.version import __version__
from tests.hosting.examples import HOSTING

ROOT = HOSTING.parents[1]
NAME = "systemmap"
CONTAINER = (HOSTING / "Containerfile").read_text()
COMPOSE = (HOSTING / "compose.yaml").read_text()
SERVICE = HOSTING.joinpath(f"{NAME}.service").read_text()
WHEELHOUSE = HOSTING / "wheelhouse.sh"


def steps(name):
    """Return the words behind each instruction of that name, lines joined."""
    joined = re.sub(r"\\\n", " ", CONTAINER)
    return [
        " ".join(line.split()[1:])
        for line in joined.splitlines()
        if line.split(" ")[0] == name
    ]


def test_the_container_is_built_from_files_there_are_by_the_lock():
    copied = [words.split() for words in steps("COPY") if "--from" not in words]
    for *files, _to in copied:
        for file in files:
            assert (ROOT / file).exists(), file
    packed = {file for *files, _to in copied for file in files}
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())
    target = wheel["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert packed >= {*target["packages"], *target["force-include"]}
    (build,) = [words for words in steps("RUN") if "uv sync" in words]
    assert {"--frozen", "--no-dev", "--no-editable"} <= set(build.split())
    assert f"systemmap:{__version__}" in CONTAINER
    assert f"systemmap:{__version__}" in COMPOSE
    python = re.findall(r"python:(\d+)\.(\d+)", CONTAINER)
    assert len(set(python)) == 1
    assert tuple(map(int, python[0])) >= (3, 11)


def test_the_container_runs_without_rights_and_writes_to_one_place():
    user = steps("USER")[-1]
    assert int(user.partition(":")[0]) > 0
    assert CONTAINER.index("USER ") < CONTAINER.index("ENTRYPOINT")
    assert steps("VOLUME") == ["/var/lib/systemmap"]
    assert "read_only: true" in COMPOSE
    assert "cap_drop: [ALL]" in COMPOSE
    assert re.search(r"XDG_DATA_HOME=/var/lib/systemmap", CONTAINER)
    (check,) = re.findall(r"CMD (\[.*\])", CONTAINER)
    ast.parse(ast.literal_eval(check)[2])
    assert "/readyz" in check


def test_the_compose_file_says_what_its_own_settings_need(tmp_path):
    said = re.findall(r'^#   (\w+ = (?:\[.*?\]|".*?"))', COMPOSE, re.MULTILINE)
    assert len(said) == 3
    example = (HOSTING / "systemmap.toml").read_text()
    for line in said:
        name = line.partition(" ")[0]
        example = re.sub(rf"^{name} = .*\n", "", example, flags=re.MULTILINE)
    (tmp_path / "client_secret").write_text("hush")
    file = tmp_path / "systemmap.toml"
    own = example.replace("/var/lib/systemmap/backups", str(tmp_path))
    file.write_text("\n".join([*said, own]))
    found = read_installation(file).settings
    proxy = re.search(r"proxy:.*?ipv4_address: ([\d.]+)", COMPOSE, re.DOTALL)[1]
    assert found["trusted_proxies"] == (proxy,)
    assert "\n  database:\n" in COMPOSE  # the host that `data` names
    assert "internal: true" in COMPOSE
    app, database = (
        COMPOSE[COMPOSE.index(f"\n  {a}:\n") : COMPOSE.index(f"\n  {b}:\n")]
        for a, b in (("app", "database"), ("database", "proxy"))
    )
    assert "outside: {}" in app  # where the provider is, by which people sign in
    assert "outside" not in database
    assert "uid:" not in app  # engines pass over a secret's owner: the file has it
    assert "/var/lib/systemmap/backups" in steps("RUN")[-1]  # as in systemmap.toml
    assert set(re.findall(r"^  (\w+):$", COMPOSE, re.MULTILINE)) >= {
        *("app", "database", "proxy", "inside"),
    }
    assert "\t" not in COMPOSE


def test_systemd_takes_the_service(tmp_path):
    """With a program in the place of ours: only that it is there is asked."""
    program = re.search(r"^ExecStart=(\S+)", SERVICE, re.MULTILINE)[1]
    unit = tmp_path / f"{NAME}.service"
    unit.write_text(SERVICE.replace(program, "/bin/true"))
    done = subprocess.run(
        ["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr.strip()) == (0, "")
    for held in ("User=systemmap", "ProtectSystem=strict", "NoNewPrivileges=yes"):
        assert f"\n{held}\n" in SERVICE
    assert "\nRestart=on-failure\n" in SERVICE


def test_a_wheelhouse_is_asked_for_by_its_folder(tmp_path):
    def said(*words, path="/usr/bin:/bin"):
        return subprocess.run(
            ["/bin/sh", WHEELHOUSE, *words],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": path},
        )

    assert said().returncode == 2
    assert "Say where the folder goes" in said().stderr
    nothing = said(str(tmp_path / "new"))
    assert nothing.returncode == 2
    assert "uv is missing. Nothing was made" in nothing.stderr
    script = WHEELHOUSE.read_text()
    for word in ("--frozen", "--require-hashes", "--only-binary", "--no-index"):
        assert word in script


@pytest.fixture(scope="module")
def lock():
    return tomllib.loads((ROOT / "uv.lock").read_text())


def test_every_package_is_pinned_by_its_hash(lock):
    own = [p["name"] for p in lock["package"] if "registry" not in p["source"]]
    assert own == ["systemmap"]
    for package in lock["package"]:
        if package["name"] == "systemmap":
            continue
        files = [*package.get("wheels", ()), *filter(None, [package.get("sdist")])]
        assert files, package["name"]
        for file in files:
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"]), package["name"]


def shipped(lock):
    """Return what an installation holds, by the lock: what is needed, and by what."""
    packages = {}
    for package in lock["package"]:
        packages.setdefault(package["name"], []).append(package)
    seen, waiting = set(), [("systemmap", ())]
    while waiting:
        name, extras = waiting.pop()
        for package in packages[name]:
            optional = package.get("optional-dependencies", {})
            wanted = [*package.get("dependencies", ())]
            for extra in extras:
                wanted += optional.get(extra, [])
            for one in wanted:
                key = (one["name"], tuple(one.get("extra", ())))
                if key not in seen:
                    seen.add(key)
                    waiting.append(key)
    names = {name for name, _ in seen}
    return {(p["name"], p["version"]) for name in names for p in packages[name]}


REMAKE = "run: uv export --quiet --frozen --no-dev --format cyclonedx1.5 -o docs/hosting/sbom.cdx.json"


def test_the_list_of_components_is_that_of_the_lock(lock):
    told = json.loads((HOSTING / "sbom.cdx.json").read_text())
    assert (told["bomFormat"], told["specVersion"]) == ("CycloneDX", "1.5")
    parts = {(p["name"], p["version"]): p for p in told["components"]}
    assert set(parts) == shipped(lock), REMAKE
    locked = {
        (p["name"], p["version"]): {
            file["hash"].removeprefix("sha256:")
            for file in [*p.get("wheels", ()), *filter(None, [p.get("sdist")])]
        }
        for p in lock["package"]
    }
    for key, part in parts.items():
        hashes = {
            one["content"]
            for place in part["externalReferences"]
            for one in place.get("hashes", ())
        }
        assert hashes == locked[key], REMAKE
    assert told["metadata"]["component"]["version"] == __version__


@pytest.mark.parametrize(
    ("uv", "code", "words"),
    [
        ("echo 'Found no known vulnerabilities'; exit 0", 0, "Audited: no known hole"),
        ("echo 'alembic 1.20.1 has 1 hole'; exit 1", 1, "Audited: known holes"),
        ("echo 'error sending request for url (x)'; exit 2", 0, "NOT AUDITED: no advi"),
        (
            "echo 'unrecognized subcommand audit'; exit 2",
            0,
            "NOT AUDITED: the question",
        ),
    ],
)
def test_an_audit_says_which_of_three_answers_it_got(tmp_path, uv, code, words):
    asked = tmp_path / "uv"
    asked.write_text(f'#!/bin/sh\n[ "$1" = audit ] || exit 9\n{uv}\n')
    asked.chmod(0o755)
    audit = "import sys; from tests.audit import main; sys.exit(main(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", audit, asked],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, words in done.stdout) == (code, True), done.stdout
    assert ("NOT AUDITED" in done.stdout) is words.startswith("NOT")
