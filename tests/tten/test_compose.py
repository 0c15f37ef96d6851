"""What docker-compose.yml promises of each service; its schema is looked at by `make image-steps`."""

import re

import pytest
import yaml
from django.conf import settings

ROOT = settings.BASE_DIR
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = {name for name, service in SERVICES.items() if service["image"] in {"tten", "tten-backup"}}
SECRET = re.compile(r"PASSWORD|SECRET|_URL$|KEY$")


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_service_writes_its_root_gains_a_right_or_fills_the_disk(name):
    service = SERVICES[name]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["logging"]["options"].keys() == {"max-size", "max-file"}
    assert service["mem_limit"]
    assert service["pids_limit"]


def test_no_service_of_ours_keeps_a_capability():
    assert {name for name in OURS if "cap_add" in SERVICES[name]} == set()


def test_who_holds_data_is_reached_by_nobody_from_outside():
    assert COMPOSE["networks"]["data"]["internal"] is True
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["data"]
    published = {name: port for name, service in SERVICES.items() for port in service.get("ports", ())}
    assert published.keys() == {"proxy", "web"}
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_no_secret_stands_in_the_environment(name):
    given = SERVICES[name].get("environment", {})
    assert [
        key
        for key, value in given.items()
        if SECRET.search(key.removesuffix("_FILE")) and value and not key.endswith("_FILE")
    ] == []
    files = {value.rpartition("/")[2] for key, value in given.items() if str(value).startswith("/run/secrets/")}
    assert files - set(SERVICES[name].get("secrets", ())) == set()


def test_every_secret_is_made_by_the_command():
    made = (ROOT / "ops" / "make_secrets.py").read_text()
    assert [name for name in COMPOSE["secrets"] if f'"{name}"' not in made] == []


def test_the_owner_of_the_tables_is_known_to_those_alone_who_need_him():
    known = {
        name for name, service in SERVICES.items() if {"owner_url", "owner_password"} & set(service.get("secrets", ()))
    }
    assert known == {"migrate", "backups", "stream", "postgres"}


def test_the_proxy_passes_on_no_address_that_a_visitor_claims():
    text = (ROOT / "ops" / "nginx" / "tten.conf.template").read_text()
    assert "X-Forwarded-For $remote_addr;" in text
    assert "proxy_add_x_forwarded_for" not in text


POOLED = yaml.safe_load((ROOT / "docker-compose.pooled.yml").read_text())
POOLERS = {"pooler": "web", "pooler-workers": "worker"}


@pytest.mark.parametrize("name", POOLERS)
def test_a_pooler_gains_no_right_and_is_reached_by_nobody_from_outside(name):
    service = POOLED["services"][name]
    assert (service["read_only"], service["cap_drop"], service["networks"]) == (True, ["ALL"], ["data"])
    assert "ports" not in service
    assert service["command"] == ["pgbouncer", f"/etc/pgbouncer/{POOLERS[name]}.ini"]


def test_whatever_speaks_with_the_database_is_pooled_but_for_the_owner():
    pooled = {name for name, service in POOLED["services"].items() if service.get("environment", {}).get("POOLED")}
    assert pooled == {"web"} | {
        name for name in OURS if SERVICES[name].get("environment", {}).get("DATABASE_ROLE") == "worker"
    } - {"backups", "stream"}
    assert "roles --pooled" in POOLED["services"]["migrate"]["command"][-1]


def test_every_secret_of_the_poolers_is_made_by_the_command():
    made = (ROOT / "ops" / "make_secrets.py").read_text()
    assert [name for name in POOLED["secrets"] if f'"{name}"' not in made] == []
