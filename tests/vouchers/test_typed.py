"""The application's form as far as it reads what was typed: none of these applications was ever saved.

The district is looked up, and so is what is left of the year: both in test_forms.
"""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import User
from policy.models import PolicyVersion
from tests.unsaved import an_application
from vouchers.forms import ApplicationForm

TYPED = {
    "project_name": "新型复合材料力学性能研究",
    "content": "委托检测新材料的力学性能，用于确定配方。" * 4,
    "planned_from": "2026-12-01",
    "planned_to": "2026-12-01",
    "contract_amount": "20,000.00",
    "applied_amount": "10000",
    "declares_unrelated": "on",
    "declares_no_other_funds": "on",
    "declares_not_statutory": "on",
    "pledge": "on",
    "contact": "贾经办",
    "phone": "13800000000",
}


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel("2026-11-24 12:00 +0800", tick=False):
        yield


def draft(application=None, **changes):
    return ApplicationForm(TYPED | changes, instance=application or an_application())


def test_a_draft_asks_for_nothing_and_a_final_form_for_everything():
    form = ApplicationForm({}, instance=an_application())
    assert form.errors == {}
    assert form.fields["content"].required
    final = ApplicationForm({}, instance=an_application(), final=True)
    assert set(final.errors) == {name for name in form.fields if name != "contract_draft"}


@pytest.mark.parametrize("name", sorted(TYPED))
def test_a_final_form_asks_for_each_thing_by_itself(name):
    money = {"contract_amount": "", "applied_amount": ""}  # what is left of the year is not asked
    lacking = ApplicationForm(TYPED | money | {name: ""}, instance=an_application(), final=True)
    assert set(lacking.errors) == {"district", *money, name}


@pytest.mark.parametrize(
    ("length", "errors"),
    [
        (2, ["至少 50 字，现在是 2 字，请补充。"]),
        (49, ["至少 50 字，现在是 49 字，请补充。"]),
        (50, None),
    ],
)
def test_a_short_content_is_not_handed_in(length, errors):
    typed = TYPED | {"content": "检" * length, "applied_amount": ""}
    assert ApplicationForm(typed, instance=an_application(), final=True).errors.get("content") == errors


@pytest.mark.parametrize("length", [2, 49, 50])
def test_a_short_content_may_be_saved(length):
    typed = TYPED | {"content": "检" * length, "applied_amount": ""}
    assert ApplicationForm(typed, instance=an_application()).errors == {}


@pytest.mark.parametrize(
    ("until", "errors"), [("2026-11-30", ["计划结束日期不能早于开始日期，请改正。"]), ("2026-12-01", None)]
)
def test_the_end_must_not_precede_the_beginning(until, errors):
    assert draft(planned_to=until).errors.get("planned_to") == errors


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phone", "12"),
        ("contract_amount", "-1"),
        ("contract_amount", "0"),
        ("contract_amount", "一万"),
        ("applied_amount", "1.234"),
        ("planned_from", "2026-02-30"),
        ("project_name", "长" * 101),
        ("content", "长" * 2001),
        ("contact", "长" * 61),
    ],
)
def test_what_is_no_answer_is_told_by_its_field_also_in_a_draft(name, value):
    assert set(draft(**{name: value}).errors) == {name}


def test_the_pledge_is_kept_with_its_version_and_time():
    application = an_application(pledge_version="", pledged_at=None)
    form = draft(application)
    assert form.is_valid()
    form.fill(by=User(pk=1))
    assert (application.pledge_version, application.pledged_at) == (PolicyVersion().pledge_version, timezone.now())


def test_a_pledge_that_is_withdrawn_leaves_no_version():
    application = an_application(pledge_version=PolicyVersion().pledge_version, pledged_at="once")
    withdrawn = draft(application, pledge="")
    assert withdrawn.is_valid()
    withdrawn.fill(by=User(pk=1))
    assert (application.pledge_version, application.pledged_at) == ("", None)


def test_a_pledge_of_the_same_version_keeps_its_time():
    application = an_application(pledge_version=PolicyVersion().pledge_version, pledged_at="once")
    form = draft(application)
    assert form.is_valid()
    assert form.fill(by=User(pk=1)).pledged_at == "once"


def test_a_paper_that_is_none_is_refused_with_its_reason():
    paper = SimpleUploadedFile("合同.pdf", b"hello")
    form = ApplicationForm(TYPED, {"contract_draft": paper}, instance=an_application())
    assert "此处只接收" in form.errors["contract_draft"][0]


def test_fields_that_a_return_names_are_marked():
    form = ApplicationForm(instance=an_application(), corrections=["content", "受理区"])
    assert set(form.to_correct) == {"content", "district"}
