"""The check of the web scripts: what it installs, and that it never passes by itself."""

import json

from tests.scripts import check


def test_the_lock_file_names_no_registry():
    locked = json.loads(check.LOCK.read_text(encoding="utf-8"))["packages"]
    assert len(locked) > 2
    for name, package in locked.items():
        assert "resolved" not in package, name
        assert package.get("integrity") or not name, name


def test_nothing_passes_when_the_registry_is_out_of_reach(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr(check, "PLACE", tmp_path / "tools")
    monkeypatch.setattr(check, "INSTALLED", tmp_path / "tools/installed.json")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "empty"))
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    assert check.main() == 1
    assert "The web scripts were NOT checked" in capfd.readouterr().err
