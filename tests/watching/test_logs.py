"""Log lines: what they carry, what never stands in them, how long they are kept; and the number that goes with a request."""

import json
import logging
import os
import re
import subprocess
import sys
from io import StringIO

import environ
import pytest
import time_machine as machine
from django.conf import settings
from django.test import Client

from records import about
from seals.tasks import seal_all
from tests.factories import World
from tten.celery import QUEUED_AT, REQUEST, app
from tten.watching.conf import LEAST_DAYS, address_of, logging_of
from tten.watching.logs import DayFile, JsonFormatter, LineFormatter, clean

NUMBER = "0123456789abcdef"
PLANTED = {
    "手机 13800000001 已停用": "手机 … 已停用",
    "Key (phone)=(13800000001) already exists": "Key (phone)=(…) already exists",
    "+8613800000001, 86-138-0000-0001, 138 0000 0001": "…, …, …",
    "身份证 12010119900101123X": "身份证 …",
    "卡 6222020200112233445": "卡 …",
    "to jia@example.com": "to …@…",
    "postgres://tten:geheim@db:5432/tten": "postgres://…@db:5432/tten",
    "password=geheim": "password=…",
    "'new_password': 'geheim', 'a': 1": "'new_password': … 'a': 1",
    "Authorization: Bearer geheim": "Authorization: …",
    "sessionid=geheim; x": "sessionid=… x",
    "SMS_SECRET=geheim": "SMS_SECRET=…",
    "case SQ20260000001 of 91120000MA05ABCD1A took 15 ms": "case SQ20260000001 of 91120000MA05ABCD1A took 15 ms",
    "task a[0b6f1e1c-7a52-4c52-9d34-13812345678a] done": "task a[0b6f1e1c-7a52-4c52-9d34-13812345678a] done",
}


@pytest.fixture
def lines():
    """What is logged while a test runs, as objects."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def record(message, *args, **more):
    return logging.makeLogRecord({"name": "a", "levelname": "ERROR", "msg": message, "args": args, **more})


@pytest.mark.parametrize(("planted", "left"), PLANTED.items())
def test_nothing_of_a_person_and_no_secret_stands_in_a_line(planted, left):
    assert clean(planted) == left
    assert as_told(record("%s", planted))["message"] == left


def as_told(line):
    return json.loads(JsonFormatter().format(line))


def test_what_an_error_quotes_is_cleaned_too():
    try:
        int("phone 13800000001 password=geheim")
    except ValueError:
        told = JsonFormatter().format(record("x", exc_info=sys.exc_info()))
    assert ("ValueError" in told, "13800000001" in told, "geheim" in told) == (True, False, False)


def test_of_a_request_the_words_stand_in_the_line_not_the_address():
    line = record("%s: %s", "Internal Server Error", "/reset/geheim/", request=object())
    assert LineFormatter("%(message)s").format(line) == "Internal Server Error"


def test_a_line_carries_what_the_work_is_about():
    about.begin(request=NUMBER)
    about.tell(person="7", office="")
    line = as_told(record("x", told={"status": 200}))
    assert (line["request"], line["person"], line["status"], "office" in line) == (NUMBER, "7", 200, False)
    about.begin()
    assert about.told() == {}


@pytest.mark.django_db
def test_a_page_has_a_line_with_request_person_office_case(client, lines):
    world = World()
    case = world.make_application()
    client.force_login(world.applicant)
    answer = client.get(f"{case.get_absolute_url()}?q=13800000001")
    (line,) = [line for line in lines() if line["logger"] == "tten.access"]
    assert re.fullmatch("[0-9a-f]{32}", answer["X-Request-ID"])
    assert (line["request"], line["person"], line["case"], line["status"], line["view"]) == (
        answer["X-Request-ID"],
        str(world.applicant.pk),
        case.number,
        200,
        "application_detail",
    )
    assert "13800000001" not in json.dumps(line)
    client.force_login(world.district)
    client.get("/center/")
    assert lines()[-1]["seats"] == str(world.district_office.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("behind", "given", "taken"),
    [(True, NUMBER, True), (True, "a\nb", False), (True, "short", False), (False, NUMBER, False)],
)
def test_the_number_of_the_proxy_is_taken_where_there_is_one(client, settings, behind, given, taken):
    settings.BEHIND_PROXY = behind
    answer = client.get("/help/", headers={"x-request-id": given})
    assert (answer["X-Request-ID"] == given) == taken


@pytest.mark.django_db
def test_an_error_has_a_line_and_a_number(lines, monkeypatch):
    monkeypatch.setattr("help.views.render", lambda *_args, **_more: 1 / 0)
    client = Client(raise_request_exception=False)
    answer = client.get("/help/?phone=13800000001")
    told = [line for line in lines() if line["request"] == answer["X-Request-ID"]]
    assert (answer.status_code, {line["logger"] for line in told}) == (500, {"django.request", "tten.access"})
    assert ("ZeroDivisionError" in told[0]["message"], "13800000001" in json.dumps(told)) == (True, False)


@pytest.mark.django_db
def test_a_task_is_put_into_its_queue_with_the_number_of_the_request(queue):
    about.begin(request=NUMBER)
    try:
        seal_all.apply_async(queue="numbers")
    finally:
        about.begin()
    with app.connection_for_read() as line:
        headers = json.loads(line.default_channel.client.lindex("numbers", -1))["headers"]
        line.default_channel.client.delete("numbers")
    assert (headers[REQUEST], headers[QUEUED_AT] > 0) == (NUMBER, True)


def test_a_task_s_lines_carry_the_number_that_came_with_it():
    task = seal_all
    task.push_request(is_eager=False, headers={REQUEST: NUMBER})
    try:
        task.before_start("t", (), {})
        assert about.told() == {"task": "t", "request": NUMBER}
    finally:
        task.pop_request()
        about.begin()


def test_files_by_day_are_kept_half_a_year_and_written_by_several(tmp_path):
    for day, name in (("2026-01-01", "web-2026-01-01.log"), ("2026-01-02", "web-2026-01-02.log")):
        with machine.travel(f"{day}T12:00:00+00:00"):
            for handler in (one := DayFile(tmp_path, "web", 200), other := DayFile(tmp_path, "web", 200)):
                handler.emit(record(day))
            one.close()
            other.close()
        assert (tmp_path / name).read_text().count(day) == 2
    (tmp_path / "worker-2020-01-01.log").touch()
    with machine.travel("2026-07-21T12:00:00+00:00"):
        handler = DayFile(tmp_path, "web", 200)
        handler.emit(record("x"))
        handler.close()
    kept = {"web-2026-01-02.log", "web-2026-07-21.log", "worker-2020-01-01.log"}
    assert {path.name for path in tmp_path.iterdir()} == kept


def test_a_folder_that_cannot_be_written_ends_no_page(tmp_path, capsys):
    (tmp_path / "file").touch()
    DayFile(tmp_path / "file", "web", 200).emit(record("x"))
    assert "Logging error" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "handlers", "shape"),
    [
        ({}, {"console"}, "json"),
        ({"LOG_FOLDER": "var/logs", "LOG_DAYS": "7"}, {"console", "file"}, "json"),
        ({"LOG_SYSLOG": "logs.example:514", "LOG_FORMAT": "line"}, {"console", "syslog"}, "line"),
    ],
)
def test_where_lines_go_is_a_setting(monkeypatch, given, handlers, shape):
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    found = logging_of(environ.Env(), line=False, role="web")
    assert (set(found["handlers"]), {handler["formatter"] for handler in found["handlers"].values()}) == (
        handlers,
        {shape},
    )
    if "file" in handlers:
        assert found["handlers"]["file"]["days"] == LEAST_DAYS
    assert (address_of("/dev/log"), address_of("logs.example:514")) == ("/dev/log", ("logs.example", 514))


@pytest.mark.heavy
def test_a_process_writes_json_to_its_output_and_to_its_folder(tmp_path):
    code = "import django; django.setup(); import logging; logging.getLogger('celery').info('password=geheim da')"
    given = {"DJANGO_SETTINGS_MODULE": "tten.settings", "LOG_FOLDER": str(tmp_path), "DATABASE_ROLE": "worker"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | given,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    (path,) = tmp_path.glob("worker-*.log")
    for text in (done.stderr, path.read_text()):
        assert json.loads(text)["message"] == "password=… da"
