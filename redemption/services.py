"""Verbs of 创新券兑现."""

from django.db import IntegrityError, transaction
from django.db.models import prefetch_related_objects

from accounts.cases.services import hold_editable
from accounts.permissions import check_writer, refusal_frozen
from notifications.services import announce
from records.changes import changes_since, count_change, guard_version, told
from records.doors import door
from records.models import Change, Document
from records.people import Person
from records.rules import NOT_HERE, Overtaken, RuleBroken, StaleCase
from records.services import attach, let_papers_go
from records.steps import lock, write
from records.steps import note as write_note
from redemption.checks import require_agreement, settle
from redemption.models import Claim, Contract, Invoice, Receipt
from redemption.permissions import may_verify
from redemption.verification import asked_of
from redemption.workflow import State
from registers.kinds import Register, is_connected
from registers.services import ask_each
from reviews.services import advance
from vouchers.models import Application

Row = Invoice | Receipt | Contract
ROW_TWICE = "R-DUP", "这一行刚刚已经保存过，同一张票据或合同在列表里只能有一行。"


def has_live_claim(application: Application) -> bool:
    """Whether a redemption of the voucher is under way beyond its draft."""
    return Claim.objects.live().filter(application=application).exclude(state=State.DRAFT).exists()


@door
def start_claim(application: Application, *, by: Person) -> Claim:
    """Begin a redemption of a voucher, or return the one that is under way."""
    application = lock(application)
    if not application.has_member(by):
        raise RuleBroken("R-PERM", "只有申请单位的成员可以兑现这张创新券。")
    check_writer(application, by)
    live: Claim | None = Claim.objects.live().filter(application=application).first()
    if live is not None:
        return live
    if not application.is_voucher:
        raise RuleBroken(
            "R-VOUCHER", f"这份申请的状态是“{application.get_state_display()}”，复审通过的创新券才能兑现。"
        )
    if application.unit.is_frozen:
        raise RuleBroken(*refusal_frozen("兑现创新券"))
    return Claim.objects.create(
        application=application,
        unit=application.unit,
        district=application.district,
        account_name=application.unit.name,
    )


@door
def save_claim(claim: Claim, *, by: Person, papers: tuple[Document, ...] = (), seen: int | None = None) -> Claim:
    """Keep what was typed, and add papers that show the result."""
    added = {"result_papers": "添加了服务成果证明"} if papers else {}
    guard_version(hold_editable(claim, by=by), claim, seen, by=by, more=added)
    claim.save()
    claim.result_papers.add(*papers)
    attach(claim, papers, "服务成果证明")
    return claim


@door
def drop_paper(claim: Claim, document: Document, *, by: Person) -> None:
    """Take one paper out of 服务成果证明; `records.retention` removes it, unless something else names it."""
    held = hold_editable(claim, by=by)
    held.result_papers.remove(document)
    let_papers_go(held)
    count(held, {"result_papers": f"移除了服务成果证明 {document.name}"}, by=by)


def count(claim: Claim, what: dict[str, str], *, by: Person) -> None:
    """Raise the version of the held claim: what was changed beside its own row belongs to it."""
    claim.version += 1
    claim.save(update_fields=["version", "updated_at"])
    count_change(claim, what, by=by)


@door
def save_row(row: Row, claim: Claim, *, by: Person, seen: int | None = None) -> Row:
    """Keep one row of 发票, 银行回单 or 合同; the other rows stay as they are.

    seen: the version of the claim at which the row was opened; Overtaken if the row was changed since.
    """
    held, is_new = hold_editable(claim, by=by), row.pk is None
    changes = [] if is_new else changes_of_row(row, held, seen)
    if changes:
        raise Overtaken(told(changes), held.version, {})
    row.claim = claim
    try:
        with transaction.atomic():
            row.save(force_insert=is_new, force_update=not is_new)
    except IntegrityError as error:
        raise RuleBroken(*ROW_TWICE) from error
    if not is_new:
        let_papers_go(held)
    attach(claim, [row.document], str(row._meta.verbose_name))
    count(held, {key_of(row): f"{'新增' if is_new else '修改'}了{called(row)}"}, by=by)
    return row


def changes_of_row(row: Row, held: Claim, seen: int | None) -> list[Change]:
    """What colleagues have done with the row since; raises RuleBroken if one of them has taken it out."""
    if seen is None or seen == held.version:
        return []
    changes = [change for change in changes_since(held, seen) if key_of(row) in change.what]
    if changes and not type(row).objects.filter(pk=row.pk).exists():
        raise row_gone(told(changes))
    return changes


def row_gone(changes: str) -> RuleBroken:
    """The refusal of a row that a colleague has taken out meanwhile."""
    who = changes or "这一行已被删除"
    return RuleBroken("R-STALE", f"{who}。您填写的都在本页；仍要保留的，请重新选择文件后保存，它会成为新的一行。")


def key_of(row: Row) -> str:
    """The row's name in what was changed."""
    return f"{row._meta.model_name}-{row.pk}"


def called(row: Row) -> str:
    """The row as a sentence names it: 发票 12345678."""
    return f"{row._meta.verbose_name} {row}"


@door
def delete_row(row: Row, *, by: Person, seen: int | None = None) -> None:
    """Take one row out of the claim; `records.retention` removes its paper, unless something else names it."""
    held, key = hold_editable(row.claim, by=by), key_of(row)
    if changes := changes_of_row(row, held, seen):
        raise RuleBroken(
            "R-STALE", f"您打开页面之后，{told(changes)}，所以还没有删除。请看过现在的内容，再决定是否删除。"
        )
    row.delete()
    let_papers_go(held)
    count(held, {key: f"删除了{called(row)}"}, by=by)


@door
def submit_claim(claim: Claim, *, by: Person, seen: int | None = None) -> Claim:
    """Hand the claim in after the papers agree; its invoices and receipts are taken from now on."""
    claim = advance(claim, "submit", by=by, seen=seen, before_save=settle_and_occupy)
    ask_each(Register.INVOICE, asked_of(list(claim.invoices.all())))
    announce(claim)
    return claim


@door
def verify_again(claim: Claim, *, by: Person) -> int:
    """重新查验: the office that has the claim to decide lets every invoice be asked about once more; return how many are."""
    claim = lock(claim)
    if not may_verify(claim, by):
        raise RuleBroken(*NOT_HERE)
    if not is_connected(Register.INVOICE):
        raise RuleBroken("R-REGISTER", "发票查验还没有接入，请在税务机关的查验平台上人工查验。")
    asked = ask_each(Register.INVOICE, asked_of(list(claim.invoices.all())), anew=True)
    write(claim, "verify", by=by, text=f"{asked} 张发票")
    return asked


def settle_and_occupy(claim: Claim) -> None:
    """Refuse papers that do not agree; the claim keeps what they come to, and takes them."""
    prefetch_related_objects([claim], *Claim.objects.all().row_lists())
    require_agreement(claim)
    claim.redeemed_amount = settle(claim).amount
    claim.submitted_terms, claim.due_on = claim.terms, None
    occupy(claim)


def occupy(claim: Claim) -> None:
    """Take the keys of the claim's invoices and receipts; the database refuses a second use."""
    try:
        with transaction.atomic():
            for rows in (Invoice, Receipt):
                rows.objects.filter(claim=claim).update(live=True)  # the claim keeps the rows that it has read
    except IntegrityError as error:
        raise RuleBroken("R-DUP", "有发票或银行回单刚刚被另一份兑现申请使用，不能重复兑现，请核对后修改。") from error


def end_rows(claim: Claim) -> None:
    """A dead claim's invoices and receipts may be used again."""
    claim.invoices.update(live=False)
    claim.receipts.update(live=False)


@door
def end_claim(claim: Claim, step: str, *, by: Person, note: str = "", seen: int | None = None) -> Claim:
    """Withdraw or lapse: the claim ends, the voucher lives on until its redeem-by date."""
    claim = advance(claim, step, by=by, note=note, seen=seen)
    end_rows(claim)
    announce(claim, text=note)
    return claim


@door
def upload_stamped_form(claim: Claim, document: Document, *, by: Person, seen: int | None = None) -> Claim:
    """Take the signed scan; the upload itself moves the case on to the experts."""
    stored = lock(claim)
    if seen is not None and seen != stored.version:
        raise StaleCase
    replaces = stored.stamped_form_id is not None
    stored.stamped_form, stored.due_on = document, None
    stored.save(update_fields=["stamped_form", "due_on"])
    if replaces:
        let_papers_go(stored)
    attach(stored, [document], "盖章申请表")

    def know_form(moved: Claim) -> None:
        moved.stamped_form = document  # the receipt need not ask for it again

    claim = advance(stored, "upload_form", by=by, attachments=[document], before_save=know_form)
    announce(claim)
    return claim


def note_export(claim: Claim, *, by: Person) -> None:
    """Write into the trail that the 兑现申请表 was exported."""
    write_note(claim, "export", by=by, text=f"导出兑现申请表 {claim.form_number} 第 {claim.form_version} 版")
