"""A whole installation: provider, server and both proxies, ended by their own ids."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from systemmap.bundled.examples import example
from systemmap.store import Actor, open_store
from tests.app.forks import TAKEN, Fork, own_port
from tests.app.live_server import wait_until_up
from tests.hosting import examples

BASE = "/teams"
OWNER, VIEWER, STRANGER = "owner", "viewer", "stranger"


@dataclass
class Installation:
    """Where everything is."""

    folder: Path
    port: int
    proxies: dict[str, int]
    file: Path
    visitors: ExitStack

    def at(self, proxy, path):
        return f"https://{examples.NAME}:{self.proxies[proxy]}{BASE}{path}"

    @property
    def tls(self):
        return ssl.create_default_context(cafile=self.folder / "cert.pem")

    def visitor(self):
        browser = httpx.Client(
            verify=self.tls, timeout=60, headers={"accept": "text/html"}
        )
        return self.visitors.enter_context(browser)

    def signed_in(self, who):
        """Return somebody's browser, without a picture, after they signed in."""
        browser = self.visitor()
        answer = browser.get(self.at("nginx", "/"))
        for _step in range(12):
            if answer.next_request is not None:
                answer = browser.send(answer.next_request)
                continue
            link = re.search(r'href="([^"]*/sign-in/go)"', answer.text)
            if link:
                answer = browser.get(answer.url.join(link[1]))
            elif answer.url.path.endswith("/authorize"):
                answer = browser.post(answer.url, data={"sub": who})
            else:
                break
        return browser


@contextmanager
def process(folder, name, command, up):
    log = folder / f"{name}.log"
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "SYSTEMMAP_SETTINGS": str(folder / "systemmap.toml"),
    }
    if command[0] == "-m":  # the program; other tests start it from nothing
        running = Fork(command, cwd=folder, env=environment, log=log)
    else:
        with log.open("w") as said:
            running = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=said, stderr=said
            )
    try:
        up(running, log)
        yield running
    finally:
        running.terminate()
        running.wait(timeout=60)


def until_it_listens(port):
    def up(running, log):
        end = time.monotonic() + 60
        while time.monotonic() < end:
            if running.poll() is not None:
                pytest.fail(f"It ended: {log.read_text()}")
            try:
                socket.create_connection((examples.NAME, port), timeout=1).close()
            except OSError:
                time.sleep(0.05)  # polling for a state, bounded above
            else:
                return
        pytest.fail(f"It never answered: {log.read_text()}")

    return up


def settings_of(folder, port, public_port, provider, people="", *, base=BASE, more=""):
    (folder / "secret").write_text("hush")
    file = folder / "systemmap.toml"
    file.write_text(
        f"""
mode = "server"
public = "https://{examples.NAME}:{public_port}{base}"
trusted_proxies = ["127.0.0.1"]
data = "{folder}/kept.db"
port = {port}
{more}
[sign_in]
metadata = "http://127.0.0.1:{provider}/.well-known/openid-configuration"
client_id = "systemmap"
client_secret_file = "secret"
[[people]]
who = "owner@council.example"
role = "owner"
programmes = ["*"]
{people}"""
    )
    return file


VIEWING = """
[[people]]
who = "viewer@council.example"
role = "viewer"
programmes = ["sampleshire"]
"""


@pytest.fixture(scope="session")
def installation(tmp_path_factory):
    """One server behind nginx and Caddy, with the handbook's own examples."""
    folder = tmp_path_factory.mktemp("hosting")
    # the system gives none of these away before the last of them is in use
    ports = port, by_nginx, by_caddy, provider = [own_port() for _ in range(4)]
    with ExitStack() as stack:
        file = settings_of(folder, port, by_nginx, provider, VIEWING)
        kept = open_store(folder / "kept.db")
        kept.create(example(), actor=Actor("x", "admin"))
        kept.close()
        script = str(Path(__file__).with_name("provider.py"))
        people = (str(provider), OWNER, VIEWER, STRANGER)
        for name, command, up in (
            (
                "provider",
                [sys.executable, "-W", "ignore", script, *people],
                until_it_listens(provider),
            ),
            (
                "systemmap",
                ["-m", "systemmap"],
                lambda running, log: wait_until_up(
                    running, f"http://127.0.0.1:{port}/readyz", log
                ),
            ),
            (
                "nginx",
                examples.nginx(folder, by_nginx, port),
                until_it_listens(by_nginx),
            ),
            (
                "caddy",
                examples.caddy(folder, by_caddy, port),
                until_it_listens(by_caddy),
            ),
        ):
            stack.enter_context(process(folder, name, command, up))
        TAKEN.difference_update(ports)
        yield Installation(
            folder, port, {"nginx": by_nginx, "caddy": by_caddy}, file, stack
        )
