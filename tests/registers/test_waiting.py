"""What a page asks while somebody waits, and what it leaves to a worker."""

import time

import pytest

from registers.asking import claim, sweep
from registers.models import Question
from registers.services import ask_later, ask_now, put
from tests.registers import stub as stubs

pytestmark = pytest.mark.django_db
CODE = "91120104000000019E"


def test_what_was_answered_lately_is_not_asked_again(stub, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert ask_later("credit", CODE) is not None
    assert ask_later("credit", CODE) is None
    assert ask_now("credit", CODE).reply.status == "clean"
    assert ask_later("credit", CODE, anew=True) is not None
    assert len(stub.heard) == 1


def test_a_register_that_was_away_is_not_waited_for_again(stub):
    stub.answers = [stubs.late]
    assert ask_now("enterprise", CODE).question.trouble == "slow"
    began = time.monotonic()
    standing = ask_now("enterprise", "91120222MA00000312")
    assert (time.monotonic() - began < 0.8, standing.label, len(stub.heard)) == (True, "待核验", 1)
    assert standing.waits == "正在向登记部门查询，结果会自动显示。"


def test_a_page_does_not_ask_what_a_worker_is_asking(stub):
    claim(put("enterprise", CODE).pk)
    assert (ask_now("enterprise", CODE).label, stub.heard) == ("待核验", [])


def test_a_page_asks_what_has_become_due(stub):
    put("enterprise", CODE)
    assert (ask_now("enterprise", CODE).label, Question.objects.get().tries) == ("已核验", 1)


def test_nothing_is_asked_of_a_register_that_is_not_connected():
    assert (ask_later("enterprise", CODE), ask_now("enterprise", CODE).label) == (None, "尚未核验")
    put("enterprise", CODE)
    sweep()
    assert Question.objects.get().tries == 0
