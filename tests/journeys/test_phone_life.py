"""A life of a firm with a phone only: what a right may be lost by reaches it by text, the rest stands in the portal."""

import re

import pytest
import time_machine

from notifications import delivery
from notifications.models import Delivery, Notice
from tests.factories import World
from tests.helpers import afresh
from tests.journeys import person as p
from vouchers import tasks

pytestmark = pytest.mark.django_db
PHONE = "13800000031"


@pytest.fixture
def texts(settings, tmp_path, monkeypatch):
    """Reads what the gateway was told: [(phone, words)]."""
    settings.SMS_BACKEND, settings.SMS_FILE = "accounts.sms.gateways.to_file", tmp_path / "sms.log"
    monkeypatch.setattr(delivery.Rest, "until", {})

    def read():
        for channel in ("mail", "sms"):
            delivery.sweep(channel)
        return settings.SMS_FILE.read_text().splitlines() if settings.SMS_FILE.exists() else []

    return read


def at(moment):
    return time_machine.travel(f"{moment} 10:00 +0800", tick=False)


def test_a_return_its_last_day_and_the_decision_reach_a_phone(texts):
    with at("2026-03-02"):
        world = World()
        type(world.applicant).objects.update(email="", email_verified_at=None)
        type(world.applicant).objects.filter(pk=world.applicant.pk).update(
            phone=PHONE, phone_verified_at="2026-01-01T00:00Z"
        )
        firm = p.Person(afresh(world.applicant))
        application = p.apply(firm, p.order(firm, world.product))
        p.Person(world.district).decide(application, "send_back", "合同草案没有上传。", corrections=["contract_draft"])
        told = texts()
        assert len(told) == 1
        assert PHONE in told[0]
        assert "合同草案没有上传" not in told[0]  # the words stand in the portal
        assert "合同草案没有上传。" in firm.reads("application_detail", application.number)
    with at("2026-03-16"):
        tasks.remind()
        tasks.remind()
        assert len(texts()) == 2
        firm = p.Person(afresh(world.applicant))
        application = p.hand_in(firm, p.fill_application(firm, afresh(application), contract_draft=p.paper("草案.pdf")))
        application = p.Person(world.district).decide(application)
        application = p.Person(world.body).decide(application)
    assert application.state == "approved"
    told = texts()
    assert all(re.search(PHONE, line) for line in told)
    mine = Notice.objects.filter(recipient=world.applicant)
    assert not Delivery.objects.filter(notice__in=mine, channel="mail").exists()
    assert Delivery.objects.filter(notice__in=mine, channel="sms").sent().count() == len(told)
    assert not Delivery.objects.filter(notice__in=mine).waiting().exists()
    assert mine.count() > len(told)  # the rest stands in the portal
