"""What the environment and the command line decide; the store is opened here, once.

One frozen record, passed in. Screens and rooms ask this module for the store,
so that both write through the same one.
"""

from __future__ import annotations

import os
import secrets
import socket
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from platformdirs import user_data_path

from app.installation import LAPTOP, SERVER, BackupPlan, read_installation
from systemmap.private_files import private_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from app.installation import SignIn
    from systemmap.store import ProgrammeStore, Watch

DEFAULT_PORT = 8501
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
BOOT_TOKEN = secrets.token_urlsafe(32)
"""Made anew at each start: the shield adds it to requests, screens ask for it."""
MEMORY = "memory:"
"""The data address of a store that forgets everything at the end, to try things out."""
SCRIPT = Path(__file__).parent / "main.py"
"""The script Streamlit reruns, as an absolute path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What may differ between two installations.

    Attributes
    ----------
    data : str
        Where the programmes are kept: a file path, or a database address
        such as ``postgresql://…``.
    port : int | None
        The port asked for; None = 8501, or the next one that is free.
    workshop : bool
        Whether phones in the room may reach the room pages. Off: this
        computer only.
    open_browser : bool
        Whether the launcher opens a browser.
    development : bool
        Whether Streamlit watches the source files.
    hosts : frozenset[str]
        The names under which this server may be addressed.
    mode : str
        "laptop", where whoever sits at this computer may do everything, or
        "server", where people sign in.
    file : str
        The installation's file, read again for who may do what; "" = none.
    public : str
        The address people use, on a server: ``https://maps.council.gov.uk/map``.
    listen : str
        The network address to listen on; "" = this computer's own.
    base_path : str
        What every address of this server begins with; "" = nothing.
    trusted_proxies : tuple[str, ...]
        Addresses and networks whose word is taken for who is asking.
    sign_in : SignIn | None
        Where people sign in, on a server.
    metrics_from : tuple[str, ...]
        Addresses and networks that may read the counts besides this computer.
    log : str
        "words", or "json" for a line of JSON for each thing told.
    backups : BackupPlan
        When copies are taken by themselves, where they go, how many are kept.
    """

    data: str = ""
    port: int | None = None
    workshop: bool = False
    open_browser: bool = True
    development: bool = False
    hosts: frozenset[str] = field(default=LOOPBACK_HOSTS)
    mode: str = LAPTOP
    file: str = ""
    public: str = ""
    listen: str = ""
    base_path: str = ""
    trusted_proxies: tuple[str, ...] = ()
    sign_in: SignIn | None = None
    metrics_from: tuple[str, ...] = ()
    log: str = "words"
    backups: BackupPlan = field(default_factory=BackupPlan)

    @property
    def server(self) -> bool:
        """Whether people sign in, and nobody is the facilitator by sitting here."""
        return self.mode == SERVER

    @property
    def address(self) -> str:
        """The network address to listen on."""
        if self.listen:
            return self.listen
        return "0.0.0.0" if self.workshop else "127.0.0.1"  # noqa: S104 - asked for


def settings_from(
    environment: Mapping[str, str],
    **chosen: Any,  # noqa: ANN401 - checked by the record
) -> Settings:
    """Read settings; what was `chosen` on the command line wins over the environment.

    ``SYSTEMMAP_SETTINGS`` names the installation's file, which the rest wins
    over: ``SYSTEMMAP_DATA``, ``SYSTEMMAP_PORT``, ``SYSTEMMAP_WORKSHOP``,
    ``SYSTEMMAP_NO_BROWSER`` and ``SYSTEMMAP_DEVELOPMENT``. A choice of None
    means "not said".

    Raises
    ------
    SettingsRefused
        The installation's file says something that cannot be; says what to do.
    """
    port = environment.get("SYSTEMMAP_PORT", "")
    file = chosen.pop("file", None) or environment.get("SYSTEMMAP_SETTINGS", "")
    filed = read_installation(file).settings if file else {}
    base = Settings(
        data=environment.get("SYSTEMMAP_DATA") or default_data(),
        port=int(port) if port.isdecimal() else None,
        workshop=_yes(environment, "SYSTEMMAP_WORKSHOP"),
        open_browser=not _yes(environment, "SYSTEMMAP_NO_BROWSER"),
        development=_yes(environment, "SYSTEMMAP_DEVELOPMENT"),
    )
    named = {
        "data": "SYSTEMMAP_DATA",
        "port": "SYSTEMMAP_PORT",
        "workshop": "SYSTEMMAP_WORKSHOP",
    }
    over = {k for k, v in named.items() if environment.get(v)}
    base = replace(base, **{k: v for k, v in filed.items() if k not in over})
    said = {name: value for name, value in chosen.items() if value is not None}
    settings = replace(base, **said)
    if settings.server:
        return replace(settings, open_browser=False)
    if settings.workshop:
        settings = replace(settings, hosts=settings.hosts | _own_addresses())
    return settings


def default_data() -> str:
    """Return the path of the database in this user's data folder."""
    return str(user_data_path("systemmap", appauthor=False) / "systemmap.db")


def demo_data() -> str:
    """Return the path of the demonstration's database: in a folder of its own."""
    return str(Path(default_data()).parent / "demo" / "systemmap.db")


def address_of(path: str) -> str:
    """Return a path of this server as a browser asks for it, below the base path."""
    return current().base_path + path


def backup_path(at: datetime) -> str:
    """Return where a backup made now goes: beside the database, named by the moment."""
    data = current().data
    local = not ("://" in data or data == MEMORY)
    folder = (Path(data).parent if local else Path(default_data()).parent) / "backups"
    private_folder(folder)
    return str(folder / f"systemmap-{at:%Y-%m-%d-%H%M%S}.db")


def kept_in_words() -> str:
    """Return where everything is kept, for somebody in front of a screen."""
    return "your council's own server" if current().server else "this computer"


def place_in_words(data: str) -> str:
    """Return where the data are, without any password.

    Examples
    --------
    >>> place_in_words("postgresql://app:secret@db.council.local/systemmap")
    'postgresql://…@db.council.local/systemmap'
    """
    if data == MEMORY:
        return "memory only: it is gone when you stop"
    scheme, at, rest = data.partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if at and "@" in rest else data


def _yes(environment: Mapping[str, str], name: str) -> bool:
    return environment.get(name, "").lower() in ("1", "true", "yes", "on")


def _own_addresses() -> frozenset[str]:
    """Return this computer's own name and addresses, without asking the network."""
    name = socket.gethostname()
    found = {name.lower()}
    with suppress(OSError):  # a computer may not know its own name
        found |= {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    probe = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # nothing is sent: it only picks a route
        found.add(str(probe.getsockname()[0]))
    return frozenset(f"[{a}]" if ":" in a else a for a in found)


_LOOK_AGAIN = 10.0
"""Seconds for which this computer's addresses are taken to be as they were."""


class OwnAddresses:
    """The name and addresses of this computer as they are now.

    A laptop may change its network in the middle of a workshop; what it finds
    of itself later is as good as what it found at the start.
    """

    def __init__(self) -> None:
        self._found: frozenset[str] = frozenset()
        self._asked = 0.0
        self._lock = Lock()

    @property
    def last(self) -> frozenset[str]:
        """What was found last: nothing is asked, so nobody waits."""
        return self._found

    def now(self) -> frozenset[str]:
        """Return the present ones, asked of this computer at most every ten seconds."""
        with self._lock:
            if not self._found or time.monotonic() - self._asked > _LOOK_AGAIN:
                self._found, self._asked = _own_addresses(), time.monotonic()
            return self._found


_addresses = OwnAddresses()


def addresses_now() -> frozenset[str]:
    """Return this computer's own name and addresses as they are now."""
    return _addresses.now()


def later_hosts() -> frozenset[str]:
    """Return what else this server may be addressed by, where phones may reach it.

    It is what the facilitator's page and the wall found when they last looked.
    """
    return _addresses.last if current().workshop else frozenset()


class _Process:
    """What this process was started with, and the store it opened."""

    def __init__(self) -> None:
        self.settings: Settings | None = None
        self.store: ProgrammeStore | None = None
        self.watch: Watch | None = None
        self.lock = Lock()


_process = _Process()


def use(settings: Settings) -> None:
    """Make these the settings of this process; a store opened before is closed."""
    close()
    _process.settings = settings


def watch_saves(watch: Watch | None) -> None:
    """Let every change to a store opened from now on be told: its seconds, and whether it was saved."""
    _process.watch = watch


def current() -> Settings:
    """Return the settings in use; without any, those of the environment."""
    if _process.settings is None:
        _process.settings = settings_from(os.environ)
    return _process.settings


def store() -> ProgrammeStore:
    """Return the store of this process, opened on first use."""
    with _process.lock:
        if _process.store is None:
            from systemmap.store import open_store

            port = current().port
            at = f" at http://127.0.0.1:{port}" if port else ""
            plan = current().backups
            _process.store = open_store(
                current().data,
                holder=f"systemmap{at}",
                backups=plan.folder or None,
                kept=plan.keep,
                watch=_process.watch,
            )
        return _process.store


def close() -> None:
    """Close the store, if one is open."""
    with _process.lock:
        if _process.store is not None:
            _process.store.close()
            _process.store = None
