"""The 兑现申请表 is made once: by the worker, or by the first export where the worker is late (ADR 0119)."""

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.db.models import F, QuerySet
from django.utils import timezone

from records.doors import door
from records.rules import RuleBroken, is_broken_off
from records.storing.kept import StoreAway
from redemption.form.freezing import frozen_form
from redemption.form.pdf import render_claim_form
from redemption.models import Claim, PrintedForm
from redemption.printed import MOST_TRIES
from ui.printing import pdf_ready

QUEUED = dt.timedelta(minutes=1)  # for which the queue may still bring it
AT_WORK = "R-PDF", "兑现申请表正在生成，请过几秒钟再导出。"


def waiting() -> QuerySet[PrintedForm]:
    """What a worker still has to make: versions that are in force, not tried too often."""
    return PrintedForm.objects.filter(made_at=None, tries__lt=MOST_TRIES, version=F("claim__form_version"))


def is_being_made(claim: Claim) -> bool:
    """Whether a worker is expected to make the form that is in force; a claim that was read for a page knows."""
    known: bool | None = getattr(claim, "form_waits", None)
    return waiting().filter(claim=claim).exists() if known is None else known


def make_waiting(pk: int) -> bool:
    """The worker's part: make the claim's form; False where that is done, or somebody is at it."""
    if pdf_ready() or not waiting().filter(claim=pk).update(tries=F("tries") + 1):
        return False
    return make_unheld(pk)


@door
def make_unheld(pk: int) -> bool:
    """Make the form of the claim, unless somebody holds it: the worker does not wait for an export."""
    rows = unmade(pk).select_for_update(of=("self",), no_key=True, skip_locked=True)
    printed = rows.first()
    if printed is None:
        return False
    make(printed)
    return True


def unmade(pk: int) -> QuerySet[PrintedForm]:
    """The row of the version in force, where no file stands behind it."""
    return PrintedForm.objects.filter(claim=pk, version=F("claim__form_version"), made_at=None)


def lost() -> list[int]:
    """The claims whose form no worker has made although the queue has had its time."""
    rows = waiting().filter(asked_at__lt=timezone.now() - QUEUED)
    return list(rows.order_by("asked_at").values_list("claim", flat=True))


def form_file(claim: Claim) -> bytes:
    """The PDF of the version in force, made now if nobody has made it; RuleBroken where it cannot be had now."""
    printed = PrintedForm.objects.filter(claim=claim, version=claim.form_version).exclude(made_at=None).first()
    if printed is not None:
        try:
            return content_of(printed)
        except StoreAway:
            raise
        except OSError:  # the file is gone: the frozen content gives it again
            PrintedForm.objects.filter(pk=printed.pk).update(made_at=None, file="")
    if sentence := pdf_ready():
        raise RuleBroken("R-PDF", sentence)
    try:
        return content_of(made_now(claim))
    except DatabaseError as error:
        if not is_broken_off(error):
            raise
        raise RuleBroken(*AT_WORK) from error


def content_of(printed: PrintedForm) -> bytes:
    """The file."""
    with printed.file.open("rb") as file:
        return bytes(file.read())


@door
def made_now(claim: Claim) -> PrintedForm:
    """Make the form that is in force, waiting for whoever is at it; the second of two finds what the first has made."""
    mark = {"version": claim.form_version, "content_hash": claim.form_hash}
    PrintedForm.objects.bulk_create([PrintedForm(claim=claim, **mark)], ignore_conflicts=True)
    rows = PrintedForm.objects.select_for_update(of=("self",), no_key=True)
    printed = rows.get(claim=claim, version=claim.form_version)
    printed.claim = claim
    if printed.made_at is None:
        make(printed)
    return printed


def make(printed: PrintedForm) -> None:
    """Render the form of the held row and keep it; what an earlier try has left at its place goes."""
    paper = render_claim_form(frozen_form(printed.claim))
    storage, name = printed.file.storage, printed.file.field.generate_filename(printed, "")
    storage.delete(name)
    printed.file.save("", ContentFile(paper), save=False)
    printed.sha256, printed.made_at = hashlib.sha256(paper).hexdigest(), timezone.now()
    printed.save()
