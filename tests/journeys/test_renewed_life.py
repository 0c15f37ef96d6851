"""A firm through its licence's end: reminded, expired by the clock, mended under a new name, with a case that runs through it all."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.certification.tasks import expire_licences, remind_of_licences
from accounts.models import Unit
from notifications.models import Notice
from tests.factories import World, drive_application
from tests.helpers import afresh
from tests.journeys import person as p

pytestmark = pytest.mark.django_db
OLD, NEW, UNTIL = "海河样例科技有限公司", "海河样例智能科技有限公司", dt.date(2027, 1, 20)


def on(day):
    return time_machine.travel(dt.datetime.combine(day, dt.time(1), dt.UTC), tick=False)


def renew(firm, unit):
    """The firm's pages: what is asked, and the new papers."""
    assert "证照有效期至 2027-01-20，已到期" in firm.reads("certification_detail", unit.number)
    firm.send(
        "certification_edit",
        name=NEW,
        uscc=unit.uscc,
        kind="enterprise",
        district="120104",
        act="submit",
        address=unit.address,
        founded_on="2018-05-01",
        legal_representative="甄样例",
        handler_name="贾经办",
        handler_phone="13800000000",
        licence=p.picture("新执照.png"),
        licence_until="2047-01-20",
    )
    firm.send("certification_submit", unit.number, seen=afresh(unit).version)


def test_a_licence_ends_and_the_running_case_keeps_the_old_name():
    with on(dt.date(2026, 11, 24)):
        world = World()
        Unit.objects.filter(pk=world.unit.pk).update(licence_permanent=False, licence_until=UNTIL)
        application = drive_application(world.make_application(), "district", world)
    with on(dt.date(2026, 12, 21)):
        remind_of_licences()
        assert Notice.objects.filter(recipient=world.applicant, kind="licence_ends_soon").count() == 1
    with on(UNTIL + dt.timedelta(days=1)):
        expire_licences()
        firm, unit = p.Person(world.applicant), afresh(world.unit)
        renew(firm, unit)
        district = p.Person(world.district)
        page = district.client.get(application.turns.get(closed_at=None).get_absolute_url()).content.decode()
        assert ("正在重新认证" in page, OLD in page, NEW in page) == (True, True, False)
        unit = p.Person(world.platform).decide(afresh(unit))
        assert (unit.state, unit.certified_as.number, unit.certified_as.name) == ("certified", 2, NEW)
        application = district.decide(afresh(application))
        page = district.client.get(reverse("application_detail", args=[application.number])).content.decode()
    assert (application.state, f"{OLD}（现名 {NEW}）" in page) == ("body", True)
