"""The secrets that compose gives to its services."""

import importlib.util
from urllib.parse import urlsplit

import pytest
from django.conf import settings

PATH = settings.BASE_DIR / "ops" / "make_secrets.py"


@pytest.fixture
def made(tmp_path):
    """(folder of the secrets, the act that makes them)."""
    spec = importlib.util.spec_from_file_location("make_secrets", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return tmp_path / "secrets", lambda: module.main(tmp_path / "secrets")


def test_addresses_hold_the_passwords_beside_them_and_nobody_else_may_enter(made, capsys):
    folder, make = made
    make()
    held = {path.name: path.read_text() for path in folder.iterdir()}
    assert urlsplit(held["database_url"]).password == held["application_password"]
    assert urlsplit(held["owner_url"]).password == held["owner_password"]
    assert urlsplit(held["redis_url"]).password == held["valkey_password"]
    assert {urlsplit(held[name]).password for name in ("web_url", "worker_url")} == {held["application_password"]}
    assert held["pooler_users"].count(f'"{held["application_password"]}"') == 2
    assert f"requirepass {held['valkey_password']}\n" in held["valkey.conf"]
    assert (
        len({held[name] for name in ("secret_key", "owner_password", "application_password", "valkey_password")}) == 4
    )
    assert folder.stat().st_mode & 0o777 == 0o700
    assert "secrets/tls_key" in capsys.readouterr().out


def test_what_is_there_stays(made, capsys):
    folder, make = made
    make()
    for name in ("email_password", "sms_secret", "wechat_secret", "s3_secret", "tls_certificate", "tls_key"):
        (folder / name).write_text("given")
    before = {path.name: path.read_text() for path in folder.iterdir()}
    capsys.readouterr()
    make()
    assert {path.name: path.read_text() for path in folder.iterdir()} == before
    assert capsys.readouterr().out == ""
