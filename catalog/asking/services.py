"""Verbs of questions before an order: asked, answered once, hidden by the curator."""

from django.utils import timezone

from accounts.models import Duty
from catalog.asking.notices import INQUIRY_ANSWERED, INQUIRY_ASKED
from catalog.models import Inquiry, Product
from catalog.permissions import check_keeper
from notifications.services import notify
from policy.models import PolicyVersion
from records.doors import door
from records.locks import hold_row
from records.people import Person
from records.rules import RuleBroken
from records.steps import write


@door
def ask_about(product: Product, text: str, *, by: Person) -> Inquiry:
    """Ask the institution about a product on its shelf; not one's own, and not more than a person may have open."""
    product = hold_row(Product.objects.select_related("provider__unit", "provider__laboratory__batch"), product.pk)
    if not product.can_be_ordered or product.provider.unit is None:
        raise RuleBroken("R-SHELF", "这个服务现在不接受提问，请按机构页面上的电话联系。")
    if product.provider.has_member(by):
        raise RuleBroken("R-REL", "这是您所在机构自己的服务，不用提问。")
    most = PolicyVersion.objects.in_force().inquiries_most_open
    if Inquiry.objects.unanswered().filter(asker=by).count() >= most:
        raise RuleBroken("R-MANY", f"您已有 {most} 个问题在等待回答，请等机构回答后再提新的问题。")
    inquiry = Inquiry.objects.create(product=product, asker=by, text=text)
    write(inquiry, "inquiry_asked", by=by)
    notify(INQUIRY_ASKED, inquiry, actor=by.pk)
    return inquiry


def held(inquiry: Inquiry) -> Inquiry:
    """The question, held."""
    found: Inquiry = hold_row(Inquiry.objects.select_related("product__provider__unit", "asker"), inquiry.pk)
    return found


@door
def answer_inquiry(inquiry: Inquiry, text: str, *, public: bool, by: Person) -> Inquiry:
    """The institution's answer, for everybody or for the asker alone."""
    now = held(inquiry)
    check_keeper(now.product.provider, by)
    if not now.product.provider.has_member(by):
        raise RuleBroken("R-PERM", "只有被提问的服务机构可以回答这个问题。")
    if now.answered_at or now.hidden_at:
        raise RuleBroken("R-ONCE", "这个问题已经有人回答，或者平台已不再显示它，没有再保存一次。")
    now.answer, now.answered_at, now.is_public = text, timezone.now(), public
    now.save(update_fields=["answer", "answered_at", "is_public"])
    write(now, "inquiry_answered", by=by, text="公开回答" if public else "只回答提问人")
    notify(INQUIRY_ANSWERED, now, actor=by.pk)
    return now


@door
def hide_inquiry(inquiry: Inquiry, why: str, *, by: Person) -> Inquiry:
    """Take it off the product's page, with a reason."""
    if by.duty != Duty.CATALOG:
        raise RuleBroken("R-PERM", "只有目录管理员可以隐藏咨询。")
    now = held(inquiry)
    now.hidden_at, now.hidden_why = timezone.now(), why
    now.save(update_fields=["hidden_at", "hidden_why"])
    write(now, "inquiry_hidden", by=by, text=why)
    return now
