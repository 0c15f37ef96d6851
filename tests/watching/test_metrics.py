"""What Prometheus reads: who may, what stands there, and that files of dashboard and rules name nothing else."""

import json
import logging
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml
from django.conf import settings
from redis.exceptions import ConnectionError as BrokerAway

from seals.models import Audit, Checkpoint
from tests.factories import World, drive_claim
from tten.watching import metrics
from tten.watching.counters import OUTCOMES, SIZE, Counters
from tten.watching.figures import FIGURES

LINE = re.compile(r'(?P<name>[a-z_]+)(?:\{(?P<labels>[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*)\})? (?P<value>-?[0-9.e+-]+)')
TOKEN = "ein-langes-wort"
OPS = settings.BASE_DIR / "ops"
COUNT = """
import sys
from pathlib import Path
from tten.watching.counters import Counters
counters = Counters(Path(sys.argv[1]))
for _ in range(2000):
    counters.add(200, 0.01)
"""


@pytest.fixture
def reader(client, monkeypatch):
    monkeypatch.setitem(settings.WATCH, "metrics_port", 9100)
    monkeypatch.setattr(metrics, "MADE", metrics.Made())
    return lambda path="/metrics", **more: client.get(path, SERVER_PORT="9100", **more)


def samples(text):
    """Every line that is no comment, split; an AssertionError names one that Prometheus would not read."""
    found = []
    for line in text.splitlines():
        if not line.startswith(("# HELP ", "# TYPE ")):
            match = LINE.fullmatch(line)
            assert match, line
            found.append((match["name"], match["labels"] or "", float(match["value"])))
    return found


@pytest.mark.django_db
def test_the_public_address_has_no_figures(client, monkeypatch):
    assert client.get("/metrics").status_code == 404
    monkeypatch.setitem(settings.WATCH, "metrics_port", 9100)
    monkeypatch.setitem(settings.WATCH, "metrics_token", TOKEN)
    forged = {"x-forwarded-port": "9100", "host": "testserver:9100", "authorization": "Bearer x"}
    assert client.get("/metrics", headers=forged).status_code == 404
    assert client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.django_db
def test_by_the_port_of_the_figures_nothing_else_comes_in(reader):
    assert [reader(path).status_code for path in ("/metrics", "/healthz", "/", "/account/login/")] == [
        200,
        200,
        404,
        404,
    ]


@pytest.mark.django_db
def test_every_figure_stands_there_as_prometheus_reads_it(reader):
    world = World()
    drive_claim(world.make_claim(), "passed", world)
    Audit.objects.create()
    Checkpoint.objects.create(size=12, root=b"", text="x")
    told = samples(reader().content.decode())
    assert {figure.name for figure in FIGURES} - {name for name, _, _ in told} == {"tten_backup_age_seconds"}
    assert ("tten_leaves_sealed", "", 12.0) in told
    assert ("tten_deliveries_newest", 'channel="mail",outcome="failed"', 0.0) in told
    assert not [line for line in told if "测试" in line[1]]


@pytest.mark.django_db
def test_a_hundred_readers_ask_once(reader, django_assert_num_queries):
    reader()
    with django_assert_num_queries(0):
        for _ in range(100):
            reader()


@pytest.mark.django_db
def test_without_the_broker_the_other_figures_stand_there(reader, monkeypatch):
    def away():
        raise BrokerAway

    monkeypatch.setattr("tten.watching.figures.heads", away)
    names = {name for name, _, _ in samples(reader().content.decode())}
    assert ("tten_queue_tasks" in names, "tten_turns_overdue" in names) == (False, True)


def counted(counters):
    return {outcome: bounds[-1][1] for outcome, bounds, _ in counters.told()}


@pytest.mark.heavy
def test_requests_of_several_processes_and_threads_are_all_counted(tmp_path):
    path = tmp_path / "deep" / "metrics"
    own = Counters(path)
    words = [sys.executable, "-c", COUNT, str(path)]
    others = [subprocess.Popen(words, cwd=settings.BASE_DIR) for _ in range(2)]
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: own.add(503, 2.0), range(400)))
    assert [other.wait(60) for other in others] == [0, 0]
    assert counted(own) == {outcome: {"2xx": 4000, "5xx": 400}.get(outcome, 0) for outcome in OUTCOMES}
    assert path.stat().st_size == SIZE


def test_how_long_a_request_took_falls_under_its_bounds(tmp_path):
    counters = Counters(tmp_path / "metrics")
    for seconds in (0.01, 0.3, 60):
        counters.add(200, seconds)
    counters.add(0, 1.0)
    ((bounds, seconds),) = [(dict(bounds), seconds) for outcome, bounds, seconds in counters.told() if outcome == "2xx"]
    assert (bounds["0.05"], bounds["0.25"], bounds["0.5"], bounds["10.0"], bounds["+Inf"]) == (1, 1, 2, 2, 3)
    assert seconds == pytest.approx(60.31)


def test_where_nothing_can_be_written_nothing_is_counted(tmp_path, caplog):
    (tmp_path / "file").touch()
    counters = Counters(tmp_path / "file" / "metrics")
    with caplog.at_level(logging.WARNING):
        counters.add(200, 1.0)
        counters.add(200, 1.0)
    assert (sum(counted(counters).values()), len(caplog.records)) == (0, 1)


def named_in(text):
    return set(re.findall(r"\btten_[a-z_]+", text))


KNOWN = {figure.name for figure in FIGURES} | {f"tten_request_seconds_{end}" for end in ("bucket", "sum", "count")}


def test_the_rules_name_figures_that_exist_and_say_what_to_do():
    groups = yaml.safe_load((OPS / "alerts.yml").read_text())["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    assert {name for rule in rules for name in named_in(rule["expr"])} - KNOWN == set()
    assert [
        rule["alert"] for rule in rules if not all(rule["annotations"].get(key) for key in ("summary", "action"))
    ] == []
    assert {rule["labels"]["severity"] for rule in rules} == {"page", "ticket"}


def test_the_dashboard_shows_figures_that_exist():
    panels = json.loads((OPS / "dashboard.json").read_text())["panels"]
    asked = [target["expr"] for panel in panels for target in panel["targets"]]
    assert named_in(" ".join(asked)) == KNOWN - {"tten_request_seconds_sum"}
    assert len({panel["id"] for panel in panels}) == len(panels)
    corners = [(panel["gridPos"]["x"], panel["gridPos"]["y"]) for panel in panels]
    assert len(set(corners)) == len(corners)


@pytest.mark.bare
def test_what_prometheus_is_told_to_read_is_the_address_of_the_figures():
    told = yaml.safe_load((OPS / "prometheus.yml").read_text())
    assert [job["metrics_path"] for job in told["scrape_configs"]] == [metrics.PATH]
    assert told["rule_files"] == ["alerts.yml"]
