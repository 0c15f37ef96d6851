"""Papers with text for the 材料箱, and a box that holds some."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.box.services import keep_paper, put_in
from papers import work
from policy.calendar import today
from records.uploads import store_upload
from tests.papers import layouts, more_layouts, pdfs, truth

LICENCE, CONTRACT, ACCOUNT = truth.licence(31), truth.contract(32), truth.account(33)
LAID = {
    "licence": more_layouts.licence_listed(LICENCE),
    "contract": more_layouts.contract_plain(CONTRACT),
    "account": more_layouts.account_permit(ACCOUNT),
    "certificate": [layouts.Item(220, 60, "资质认定证书", 18)],
    "result": [layouts.Item(220, 60, "检测报告", 18)],
}
MADE: dict[str, bytes] = {}


def content_of(kind):
    """The bytes of a PDF of this kind, drawn once."""
    if kind not in MADE:
        MADE[kind] = pdfs.pdf(list(LAID[kind]))
    return MADE[kind]


def upload(kind="licence", name="材料.pdf"):
    """A file that is chosen for a form."""
    return SimpleUploadedFile(name, content_of(kind), "application/pdf")


def boxed(unit, by, kind="licence", **facts):
    """A paper in the unit's box."""
    paper = put_in(unit, store_upload(upload(kind, facts.pop("file", f"{kind}.pdf")), by=by), kind, by=by)
    for name, value in facts.items():
        setattr(paper, name, value)
    return keep_paper(paper, by=by) if facts else paper


def account(unit, by, **facts):
    """The proof of the unit's account."""
    whole = {"account_name": unit.name, "bank_name": "样例银行天津支行", "account_number": "6222000000001234"}
    return boxed(unit, by, "account", **{**whole, **facts})


def read(document):
    """A worker has read the paper."""
    assert work.read_paper(document.pk)


def soon(days=10):
    """A day that is near."""
    return today() + dt.timedelta(days=days)
