"""A walk through every page of the administration, which `tests/tour.py` leaves out."""

from django.contrib import admin
from django.test import RequestFactory
from django_celery_beat.models import CrontabSchedule, PeriodicTask

from accounts.exports.services import take_list
from accounts.login.mails import send_mail_later
from accounts.members.invitations.services import invite
from accounts.own_data.services import ask_export
from backups.models import Backup
from notifications.models import Delivery, Notice
from policy.models import CalendarDay
from records.models import Event, RemovedPaper
from tests import factories as f
from tests.accounts.guarding import sign_in
from tests.catalog.sheets import ugly
from tests.catalog.sheets.brought import brought
from tests.tour import all_at, at


def administration(world):
    """(browser, address) of every page of every table in the administration, by the first keeper who may open it."""
    rows_of_administration(world)
    people = (world.auditor, world.curator, world.municipal, world.administrator)
    browsers = {person: sign_in(person) for person in people}
    own = ("user_center", "admin:index", "admin:password_change", "admin:password_change_done")
    pages = [(browsers[world.administrator], page) for page in (*all_at(own), at("admin:app_list", "accounts"))]
    for table in admin.site._registry.values():
        found = {person: list(pages_of(table, person)) for person in people}
        person = max(people, key=lambda person: len(found[person]))
        pages += [(browsers[person], page) for page in found[person]]
    row = Event.objects.latest("pk")
    return [*pages, (browsers[world.auditor], at("admin:records_event_history", row.pk))]


def rows_of_administration(world):
    """A row for every table."""
    f.drive_claim(world.make_claim(), "passed", world)
    world.admit("pending", unit=world.other_unit, by=world.stranger)
    f.make_laboratory()
    invite(world.unit, "13700000001", "handler", by=world.applicant)
    ask_export(world.applicant)
    brought(ugly.BOTH["plain"], world.curator, batch=3)
    take_list("/orders/", "", by=world.applicant)
    CalendarDay.objects.create(date="2026-10-10", is_working=True, note="国庆节调休")
    RemovedPaper.of(f.make_document(world.applicant)).save()
    send_mail_later("jia@example.com", "unknown")
    Delivery.objects.create(notice=Notice.objects.latest("pk"), address="jia@example.com")
    Backup.objects.create(name="20261129T184000000000Z", size=10**9, papers=12)
    PeriodicTask.objects.create(name="lapse", task="vouchers.tasks.lapse", crontab=CrontabSchedule.objects.create())


def pages_of(table, person):
    """The addresses of the table that are open to the person; 历史 is Django's own, the same for all."""
    request = RequestFactory().get("/admin/")
    request.user, row = person, table.model._default_manager.first()
    label = f"admin:{table.opts.app_label}_{table.opts.model_name}"
    if not table.has_view_permission(request):
        return
    yield at(f"{label}_changelist")
    if table.has_add_permission(request):
        yield at(f"{label}_add")
    if row is not None:
        yield at(f"{label}_change", row.pk)
        if table.has_change_permission(request) and table.opts.label == "accounts.User":
            yield at("admin:auth_user_password_change", row.pk)
