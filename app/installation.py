"""The installation's file: what kind of installation this is, and who may do what.

One TOML file, read at start and, for the people in it, again whenever it
changes. Everything that cannot be is refused with what to do instead, all at
once, before anything is opened. ``docs/hosting.md`` has the whole page.
"""

from __future__ import annotations

import ipaddress
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard
from urllib.parse import urlsplit

from systemmap.errors import SystemMapError
from systemmap.store import PersonRole

if TYPE_CHECKING:
    from collections.abc import Mapping

LAPTOP, SERVER = "laptop", "server"
ROLES = ("owner", "facilitator", "editor", "viewer")
"""What a person may be in a programme, most rights first."""
MOST_HOURS = 12
_TOP = (
    "mode",
    "data",
    "port",
    "listen",
    "public",
    "workshop",
    "trusted_proxies",
    "metrics_from",
    "log",
    "backups",
    "sign_in",
    "people",
)
_SIGN_IN = (
    "metadata",
    "client_id",
    "client_secret",
    "client_secret_file",
    "claim",
    "groups_claim",
    "hours",
)
_BACKUPS = ("every_hours", "keep", "folder")
_PEOPLE = ("who", "group", "role", "programmes", "shown_as")
_ANY_TENANT = ("/common/", "/organizations/", "/consumers/")
_NEAR = ("localhost", "127.0.0.1", "::1")


class SettingsRefused(SystemMapError):
    """The installation's file says something that cannot be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Where people sign in, and which of the provider's claims says who they are."""

    metadata: str
    client_id: str
    client_secret: str = field(repr=False)
    claim: str = "email"
    groups_claim: str = "groups"
    hours: float = MOST_HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupPlan:
    """When copies are taken by themselves, where they go and how many are kept.

    Attributes
    ----------
    every_hours : float
        Hours between two copies; 0 = none are taken by themselves.
    keep : int
        How many of these are kept; copies before an import, an upgrade, a
        deletion or a restore are counted apart, and as many of them are kept.
    folder : str
        Where they go; "" = beside the data, or in this user's data folder.
    """

    every_hours: float = 0
    keep: int = 30
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """What the file says: settings by name, and the list of people."""

    settings: Mapping[str, Any]
    people: tuple[PersonRole, ...] = ()


def read_installation(path: str | Path) -> Installation:
    """Return what the installation's file says.

    Raises
    ------
    SettingsRefused
        Names every line that cannot be, and what to do about each.
    """
    try:
        said = tomllib.loads(Path(path).read_text("utf-8"))
    except FileNotFoundError:
        msg = f"There is no settings file {path}. Nothing was started. Write it after the example in docs/hosting.md, or start without it."
        raise SettingsRefused(msg) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        msg = f"The settings file {path} cannot be read: {error}. Nothing was started. Put that line right and start again."
        raise SettingsRefused(msg) from None
    reader = _Reader(said, Path(path).parent)
    found = reader.installation()
    if reader.wrong:
        lines = "\n".join(f"  - {line}" for line in reader.wrong)
        msg = f"The settings file {path} was not taken, and nothing was started:\n{lines}\nPut these right and start again; docs/hosting.md explains each."
        raise SettingsRefused(msg)
    return Installation(
        settings={**found.settings, "file": str(path)}, people=found.people
    )


class _Reader:
    """Reads what the file said, and collects everything that is wrong with it."""

    def __init__(self, said: Mapping[str, Any], folder: Path) -> None:
        self.said = said
        self.folder = folder
        self.wrong: list[str] = []

    def installation(self) -> Installation:
        self._known("the file", self.said, _TOP)
        mode = self.said.get("mode", LAPTOP)
        if mode not in (LAPTOP, SERVER):
            self.wrong.append(f'mode is {mode!r}: write mode = "laptop" or "server".')
        found: dict[str, Any] = {"mode": mode}
        for name in ("data", "listen"):
            if (value := self._text(self.said, name)) is not None:
                found[name] = value
        if "port" in self.said:
            found["port"] = self._port()
        if "backups" in self.said:
            found["backups"] = self._backups()
        if (log := self.said.get("log", "words")) not in ("words", "json"):
            self.wrong.append(f'log is {log!r}: write log = "words" or "json".')
        found["log"] = log
        if mode == SERVER:
            found |= self._server()
        else:
            found["workshop"] = self.said.get("workshop") is True
            self._for_server_only()
        people = self._people()
        if mode == SERVER and not any(
            one.role == "owner" and "*" in one.programmes for one in people
        ):
            self.wrong.append(
                'Nobody is the owner of everything. Add [[people]] with who = "…", role = "owner", programmes = ["*"]: without one nobody could begin a programme or restore a backup.'
            )
        return Installation(settings=found, people=people)

    def _server(self) -> dict[str, Any]:
        public = self._text(self.said, "public") or ""
        parts = urlsplit(public)
        host = (parts.hostname or "").lower()
        if parts.scheme not in ("http", "https") or not host:
            self.wrong.append(
                'public is missing or no address: write the one people use, such as public = "https://maps.council.gov.uk".'
            )
        elif parts.scheme == "http" and host not in _NEAR:
            self.wrong.append(
                "public begins with http: sign-in needs https. Let the proxy do TLS and write https://… here."
            )
        if not self.said.get("trusted_proxies"):
            self.wrong.append(
                'trusted_proxies is missing: name the address the proxy asks from, such as trusted_proxies = ["127.0.0.1"].'
            )
        return {
            "trusted_proxies": self._networks("trusted_proxies"),
            "metrics_from": self._networks("metrics_from"),
            "public": public.rstrip("/"),
            "base_path": parts.path.rstrip("/"),
            "hosts": frozenset({f"[{host}]" if ":" in host else host}),
            "sign_in": self._sign_in(),
        }

    def _for_server_only(self) -> None:
        for name in (
            "public",
            "sign_in",
            "people",
            "trusted_proxies",
            "metrics_from",
        ):
            if name in self.said:
                self.wrong.append(
                    f'{name} is for a server. Write mode = "server" too, or take it out: on a laptop nobody signs in.'
                )

    def _sign_in(self) -> SignIn | None:
        said = self.said.get("sign_in")
        if not isinstance(said, dict):
            self.wrong.append(
                "[sign_in] is missing: a server needs the council's sign-in (metadata, client_id, client_secret_file)."
            )
            return None
        self._known("[sign_in]", said, _SIGN_IN)
        metadata = self._text(said, "metadata") or ""
        parts = urlsplit(metadata)
        if parts.scheme != "https" and parts.hostname not in _NEAR:
            self.wrong.append(
                "sign_in.metadata must be the provider's https address that ends in /.well-known/openid-configuration."
            )
        if any(word in metadata for word in _ANY_TENANT):
            self.wrong.append(
                "sign_in.metadata lets in every organisation that Microsoft knows: put your own tenant's id into the address."
            )
        if not self._text(said, "client_id"):
            self.wrong.append(
                "sign_in.client_id is missing: the provider gave it when systemmap was registered."
            )
        hours = said.get("hours", MOST_HOURS)
        if not isinstance(hours, (int, float)) or not 0 < hours <= MOST_HOURS:
            self.wrong.append(
                f"sign_in.hours is {hours!r}: write a number up to {MOST_HOURS}."
            )
            hours = MOST_HOURS
        return SignIn(
            metadata=metadata,
            client_id=self._text(said, "client_id") or "",
            client_secret=self._secret(said),
            claim=self._text(said, "claim") or "email",
            groups_claim=self._text(said, "groups_claim") or "groups",
            hours=hours,
        )

    def _secret(self, said: Mapping[str, Any]) -> str:
        if name := self._text(said, "client_secret_file"):
            try:
                return (self.folder / name).read_text("utf-8").strip()
            except (OSError, UnicodeDecodeError) as error:
                self.wrong.append(
                    f"sign_in.client_secret_file cannot be read: {error}."
                )
                return ""
        secret = self._text(said, "client_secret")
        if not secret:
            self.wrong.append(
                "sign_in.client_secret_file is missing: name a file that holds the secret and that only systemmap's user may read."
            )
        return secret or ""

    def _port(self) -> int | None:
        port = self.said["port"]
        if isinstance(port, int) and not isinstance(port, bool) and 0 < port < 65_536:
            return port
        self.wrong.append(f"port is {port!r}: write a number from 1 to 65535.")
        return None

    def _backups(self) -> BackupPlan:
        said = self.said["backups"]
        if not isinstance(said, dict):
            self.wrong.append("backups must be written as [backups], with lines below.")
            return BackupPlan()
        self._known("[backups]", said, _BACKUPS)
        hours, keep = said.get("every_hours", 24), said.get("keep", 30)
        if not _is_number(hours) or not 0.01 <= hours <= 24 * 31:
            self.wrong.append(
                f"backups.every_hours is {hours!r}: write the hours between two copies, such as 24; leave [backups] out for none."
            )
            hours = 24
        if not _is_number(keep) or keep != int(keep) or not 2 <= keep <= 10_000:
            self.wrong.append(
                f"backups.keep is {keep!r}: write how many copies are kept, 2 or more."
            )
            keep = 30
        folder = self._text(said, "folder") or ""
        if folder and not Path(folder).is_dir():
            self.wrong.append(
                f"backups.folder is {folder!r}, which is no folder: make it first, for systemmap's own user alone."
            )
        return BackupPlan(every_hours=float(hours), keep=int(keep), folder=folder)

    def _networks(self, name: str) -> tuple[str, ...]:
        said = self.said.get(name, [])
        if not isinstance(said, list):
            self.wrong.append(f'{name} must be a list: ["127.0.0.1"].')
            return ()
        for one in said:
            try:
                network = ipaddress.ip_network(one, strict=False)
            except ValueError:
                self.wrong.append(
                    f"{name} has {one!r}, which is no address and no network such as 10.1.2.0/24."
                )
            else:
                if network.prefixlen == 0:
                    self.wrong.append(
                        f"{name} has {one!r}, which is everybody: name the addresses that are meant."
                    )
        return tuple(str(one) for one in said)

    def _people(self) -> tuple[PersonRole, ...]:
        said = self.said.get("people", [])
        if not isinstance(said, list):
            self.wrong.append(
                "people must be written as [[people]], once for each line."
            )
            return ()
        return tuple(self._line(number, line) for number, line in enumerate(said, 1))

    def _line(self, number: int, line: Any) -> PersonRole:  # noqa: ANN401 - anything TOML holds
        where = f"[[people]] number {number}"
        line = line if isinstance(line, dict) else {}
        self._known(where, line, _PEOPLE)
        who, group = self._text(line, "who"), self._text(line, "group")
        if (who is None) == (group is None):
            self.wrong.append(f"{where} needs either who or group, and not both.")
        role = line.get("role")
        if role not in ROLES:
            self.wrong.append(
                f"{where} has the role {role!r}: write one of {', '.join(ROLES)}."
            )
            role = "viewer"
        programmes = line.get("programmes")
        if not (
            isinstance(programmes, list)
            and programmes
            and all(isinstance(one, str) for one in programmes)
        ):
            self.wrong.append(
                f'{where} names no programmes: write programmes = ["their-id"], or ["*"] for all.'
            )
            programmes = []
        return PersonRole(
            who=(who or "").casefold(),
            group=group or "",
            role=role,
            programmes=tuple(programmes),
            shown_as=self._text(line, "shown_as") or "",
        )

    def _text(self, said: Mapping[str, Any], name: str) -> str | None:
        value = said.get(name)
        if value is None or (isinstance(value, str) and value.strip()):
            return value
        self.wrong.append(f"{name} is {value!r}: write words in quotes.")
        return None

    def _known(
        self, where: str, said: Mapping[str, Any], names: tuple[str, ...]
    ) -> None:
        for name in said:
            if name not in names:
                self.wrong.append(
                    f"{where} says {name!r}, which is no setting. It knows: {', '.join(names)}."
                )


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
