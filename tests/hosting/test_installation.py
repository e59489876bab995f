"""The installation's file: what it says is taken whole, or refused with what to do."""

import pytest

from app.installation import BackupPlan, SettingsRefused, read_installation
from app.settings import Settings, settings_from

SERVER = """
mode = "server"
public = "https://maps.council.example/teams/"
trusted_proxies = ["127.0.0.1", "10.1.0.0/16"]
[sign_in]
metadata = "https://id.council.example/.well-known/openid-configuration"
client_id = "systemmap"
client_secret_file = "secret"
[[people]]
who = "Lead@Council.Example"
role = "owner"
programmes = ["*"]
"""


@pytest.fixture
def kept(tmp_path):
    (tmp_path / "secret").write_text("hush\n")

    def keep(text):
        (tmp_path / "systemmap.toml").write_text(text)
        return tmp_path / "systemmap.toml"

    return keep


def test_a_server_is_told_by_one_file(kept):
    settings = settings_from({"SYSTEMMAP_SETTINGS": str(kept(SERVER))})
    assert settings.server
    assert settings.base_path == "/teams"
    assert settings.hosts == {"maps.council.example"}
    assert settings.address == "127.0.0.1"
    assert settings.sign_in.client_secret == "hush"  # noqa: S105 - the test's own
    assert "hush" not in repr(settings)
    assert not settings.open_browser


def test_counts_log_and_copies_are_set_there(kept, tmp_path):
    more = f"""metrics_from = ["10.9.0.0/24"]
log = "json"
[backups]
every_hours = 12
keep = 60
folder = "{tmp_path}"
[sign_in]"""
    file = kept(SERVER.replace("[sign_in]", more))
    settings = settings_from({}, file=str(file))
    assert settings.metrics_from == ("10.9.0.0/24",)
    assert settings.log == "json"
    plan = BackupPlan(every_hours=12, keep=60, folder=str(tmp_path))
    assert settings.backups == plan
    assert settings_from({}).backups.every_hours == 0


def test_without_a_file_it_is_a_laptop():
    assert settings_from({}) == Settings(data=settings_from({}).data)


def test_the_environment_and_the_command_line_win_over_the_file(kept):
    file = kept('data = "filed.db"\nport = 9000\n')
    assert settings_from({}, file=str(file)).data == "filed.db"
    found = settings_from({"SYSTEMMAP_DATA": "said.db"}, file=str(file), port=9001)
    assert (found.data, found.port) == ("said.db", 9001)


@pytest.mark.parametrize(
    ("was", "becomes", "words"),
    [
        ('mode = "server"', 'mode = "cloud"', 'write mode = "laptop" or "server"'),
        ("https://maps", "http://maps", "sign-in needs https"),
        ("https://maps.council.example/teams/", "maps", "write the one people use"),
        ('["127.0.0.1", "10.1.0.0/16"]', '["proxy"]', "no address and no network"),
        ('["127.0.0.1", "10.1.0.0/16"]', '["0.0.0.0/0"]', "which is everybody"),
        ('["127.0.0.1", "10.1.0.0/16"]', "[]", "trusted_proxies is missing"),
        ("client_id", "clientid", "'clientid', which is no setting"),
        ('"secret"', '"nowhere"', "client_secret_file cannot be read"),
        ("https://id.", "http://id.", "must be the provider's https address"),
        ("council.example/.well", "x/common/.well", "put your own tenant's id"),
        ('"owner"', '"boss"', "write one of owner, facilitator, editor, viewer"),
        ('"owner"', '"viewer"', "Nobody is the owner of everything"),
        ('programmes = ["*"]', "programmes = []", "names no programmes"),
        ("who =", 'group = "g"\nwho =', "either who or group, and not both"),
        ("[sign_in]", "hours = 99\n[sign_in]", "'hours', which is no setting"),
        ('client_id = "systemmap"', "client_id = 7", "write words in quotes"),
        ("[sign_in]", "port = 0\n[sign_in]", "write a number from 1 to 65535"),
        ("[sign_in]", 'log = "xml"\n[sign_in]', 'write log = "words" or "json"'),
        ("[sign_in]", 'metrics_from = ["::/0"]\n[sign_in]', "which is everybody"),
        ("[sign_in]", "backups = 24\n[sign_in]", "written as [backups]"),
        ("[sign_in]", "[backups]\nevery_hours = 0\n[sign_in]", "hours between two"),
        ("[sign_in]", "[backups]\nkeep = 1.5\n[sign_in]", "how many copies are kept"),
        ("[sign_in]", '[backups]\nfolder = "none"\n[sign_in]', "which is no folder"),
        ("[sign_in]", "[backups]\ndaily = true\n[sign_in]", "'daily', which is no"),
        ('mode = "server"', "", "public is for a server"),
        ("[sign_in]", "[sign_in", "cannot be read"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(kept, was, becomes, words):
    assert was in SERVER
    with pytest.raises(SettingsRefused) as refused:
        read_installation(kept(SERVER.replace(was, becomes)))
    assert words in str(refused.value)
    assert "othing was started" in str(refused.value)


def test_every_fault_is_named_at_once(kept):
    with pytest.raises(SettingsRefused) as refused:
        read_installation(kept('mode = "server"\nport = "x"\n'))
    assert str(refused.value).count("\n  - ") >= 5


def test_a_file_that_is_not_there_stops_the_start(tmp_path):
    with pytest.raises(SettingsRefused, match="There is no settings file"):
        settings_from({}, file=str(tmp_path / "none.toml"))


def test_the_example_of_the_handbook_is_taken(tmp_path):
    from tests.hosting.examples import HOSTING

    (tmp_path / "client_secret").write_text("hush")
    text = (HOSTING / "systemmap.toml").read_text()
    text = text.replace("/var/lib/systemmap/backups", str(tmp_path))
    (tmp_path / "x.toml").write_text(text)
    found = read_installation(tmp_path / "x.toml")
    assert {line.role for line in found.people} == {"owner", "editor"}
