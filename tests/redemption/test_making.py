"""The 兑现申请表 is made once, kept, and served from there (ADR 0119)."""

import datetime as dt
import io
from threading import Barrier, Thread

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from records.rules import RuleBroken
from redemption.form import making
from redemption.form.freezing import freeze_form
from redemption.form.tasks import make_claim_form, sweep_claim_forms
from redemption.models import Claim, PrintedForm
from tests.factories import World, drive_claim
from tests.helpers import afresh

pytestmark = pytest.mark.django_db
EARLY = timezone.now() - dt.timedelta(hours=1)


@pytest.fixture
def world():
    return World()


@pytest.fixture
def claim(world):
    return drive_claim(world.make_claim(amount=80_000), "accepted", world)


@pytest.fixture
def printed(monkeypatch):
    """Each paper that is rendered, which costs nothing here."""
    made = []

    def render(form):
        made.append(form.version)
        return b"%PDF of " + form.identity.encode()

    monkeypatch.setattr(making, "render_claim_form", render)
    return made


def row():
    return PrintedForm.objects.get()


def test_acceptance_says_that_it_is_to_be_made_and_hands_it_over(world, django_capture_on_commit_callbacks, printed):
    draft = world.make_claim(amount=80_000)
    with django_capture_on_commit_callbacks(execute=True):
        claim = drive_claim(draft, "accepted", world)
    assert printed == [1]
    assert (row().version, row().content_hash, row().tries) == (1, claim.form_hash, 1)
    assert row().made_at is not None


def test_the_worker_makes_it_once_however_often_it_is_told(claim, printed):
    for _ in range(2):
        make_claim_form(claim.pk)
    assert printed == [1]
    assert making.form_file(claim) == b"%PDF of " + f"{claim.form_number}|1|{claim.form_hash}".encode()
    assert claim.form_hash in row().file.name


def test_an_export_makes_it_where_the_worker_is_late_and_only_the_first(claim, printed):
    first, second = making.form_file(claim), making.form_file(claim)
    make_claim_form(claim.pk)
    assert (first == second, printed, row().tries) == (True, [1], 0)


def test_a_form_from_before_has_no_row_and_is_made_at_its_first_export(claim, printed):
    PrintedForm.objects.all().delete()
    assert not making.is_being_made(claim)
    making.form_file(claim)
    assert (row().version, printed) == (1, [1])


def test_other_content_makes_another_and_the_earlier_one_stays(claim, printed):
    before = making.form_file(claim)
    claim.effect += "补充说明。"
    claim.save()
    freeze_form(claim)
    after = making.form_file(claim)
    assert (before == after, printed) == (False, [1, 2])
    kept = [making.content_of(printed) for printed in claim.printed_forms.all()]
    assert kept == [before, after]


def test_a_version_that_was_overtaken_is_not_made_any_more(claim, printed):
    claim.effect += "补充说明。"
    claim.save()
    freeze_form(claim)
    make_claim_form(claim.pk)
    assert printed == [2]
    assert [form.made_at is None for form in claim.printed_forms.all()] == [True, False]
    assert making.lost() == []


def test_a_lost_file_is_made_again_from_what_was_frozen(claim, printed):
    before = making.form_file(claim)
    default_storage.delete(row().file.name)
    assert making.form_file(claim) == before
    assert printed == [1, 1]


def test_half_a_file_of_a_try_that_was_cut_off_is_written_over(claim, printed):
    name = row().file.field.generate_filename(row(), "")
    default_storage.put(name, io.BytesIO(b"half"))
    assert making.form_file(claim).startswith(b"%PDF")
    assert row().file.name == name


def test_the_sweep_brings_what_the_queue_has_lost_and_gives_up(claim, printed, monkeypatch):
    PrintedForm.objects.update(asked_at=timezone.now())
    sweep_claim_forms()
    assert printed == []  # the queue may still bring it
    PrintedForm.objects.update(asked_at=EARLY)
    monkeypatch.setattr(making, "render_claim_form", lambda _form: 1 / 0)
    for _ in range(making.MOST_TRIES):
        with pytest.raises(ZeroDivisionError):
            sweep_claim_forms()
    sweep_claim_forms()
    assert (row().tries, row().made_at, making.is_being_made(claim)) == (making.MOST_TRIES, None, False)


def test_without_the_libraries_the_worker_waits_and_the_export_says_why(claim, printed, monkeypatch):
    monkeypatch.setattr(making, "pdf_ready", lambda: "缺少打印字体。")
    make_claim_form(claim.pk)
    assert (row().tries, printed) == (0, [])
    with pytest.raises(RuleBroken, match="缺少打印字体。"):
        making.form_file(claim)


def test_the_page_says_that_it_is_being_made(client, world, claim, printed):
    client.force_login(world.applicant)
    page = reverse("claim_detail", args=[claim.number])
    assert "正在生成…" in client.get(page).content.decode()
    make_claim_form(claim.pk)
    assert "正在生成…" not in client.get(page).content.decode()


def test_the_page_asks_for_patience_where_somebody_is_at_it_for_long(claim, monkeypatch):
    def held(_claim):
        error = DatabaseError()
        error.__cause__ = type("Lock", (Exception,), {"pgcode": "55P03"})()
        raise error

    monkeypatch.setattr(making, "made_now", held)
    with pytest.raises(RuleBroken, match="请过几秒钟再导出。"):
        making.form_file(claim)
    monkeypatch.setattr(making, "made_now", lambda _claim: (_ for _ in ()).throw(DatabaseError()))
    with pytest.raises(DatabaseError):
        making.form_file(claim)


@pytest.mark.django_db(transaction=True)
def test_of_exports_and_a_worker_at_once_one_makes_it(printed):
    world = World()
    claim = drive_claim(world.make_claim(amount=80_000), "accepted", world)
    PrintedForm.objects.update(made_at=None, file="", tries=0)
    printed.clear()
    at_once, papers = Barrier(3), []

    def act(make):
        at_once.wait()
        papers.append(make())
        connection.close()

    found = afresh(claim)
    acts = [lambda: making.form_file(found), lambda: making.form_file(found), lambda: make_claim_form(claim.pk)]
    threads = [Thread(target=act, args=[make]) for make in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(printed), len({paper for paper in papers if paper})) == (1, 1)
    assert Claim.objects.get().printed_forms.count() == 1
