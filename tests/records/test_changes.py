"""One version covers what people type: who was first is named, and nothing that was typed is lost."""

import datetime as dt

import pytest

from accounts.certification.services import save_certification
from catalog.admissions.services import save_admission
from records.changes import changes_since, told
from records.rules import Overtaken, StaleCase
from tests.factories import World, drive_application, make_unit, make_user
from tests.helpers import afresh, constrained
from vouchers.services import save_application


@pytest.fixture
def world(db):
    return World()


def test_a_change_says_who_and_what(world):
    application = world.make_application()
    seen = application.version
    application.contact = "李四"
    save_application(application, by=world.applicant, seen=seen)
    (change,) = changes_since(application, seen)
    assert (change.by, change.what) == (world.applicant, {"contact": "修改了联系人"})
    assert told([change]).startswith(world.applicant.name)


def test_two_who_answer_different_questions_both_keep_theirs(world):
    application = world.make_application()
    theirs, seen = afresh(application), application.version
    theirs.contact = "李四"
    save_application(theirs, by=world.applicant, seen=seen)
    mine = afresh(application)
    mine.project_name = "另一个名称"
    save_application(mine, by=world.applicant, seen=seen)
    now = afresh(application)
    assert (now.contact, now.project_name, now.version) == ("李四", "另一个名称", seen + 2)


def test_an_old_answer_that_a_form_brings_along_does_not_undo_the_colleague_s(world):
    application = world.make_application()
    mine, theirs, seen = afresh(application), afresh(application), application.version
    theirs.contact, theirs.contract_amount = "李四", theirs.contract_amount + 1
    save_application(theirs, by=world.applicant, seen=seen)
    mine.project_name = "另一个名称"  # the rest of its form is as it was
    save_application(mine, by=world.applicant, seen=seen)
    now = afresh(application)
    assert (now.contact, now.contract_amount, now.project_name) == ("李四", theirs.contract_amount, "另一个名称")
    assert [list(change.what) for change in changes_since(now, seen + 1)] == [["project_name"]]


def test_one_new_answer_to_the_same_question_and_the_person_chooses_all(world):
    application = world.make_application()
    mine, theirs, seen = afresh(application), afresh(application), application.version
    theirs.contact, theirs.project_name, mine.contact = "李四", "先到的名称", "王五"
    save_application(theirs, by=world.applicant, seen=seen)
    with pytest.raises(Overtaken) as refusal:
        save_application(mine, by=world.applicant, seen=seen)
    assert set(refusal.value.fields) == {"contact", "project_name"}


def test_answers_that_do_not_go_together_are_left_to_the_person(world):
    by = make_user("some_admin")
    unit = make_unit(by, "91120222MA00000312", "雍阳样例工贸有限公司", "120114", licence_permanent=False)
    mine, theirs, seen = afresh(unit), afresh(unit), unit.version
    theirs.licence_permanent, mine.licence_until = True, dt.date(2030, 1, 1)
    save_certification(theirs, by=by, seen=seen)
    with pytest.raises(Overtaken, match="证照长期有效"):
        save_certification(mine, by=by, seen=seen)
    assert afresh(unit).licence_until is None


def test_two_who_answer_one_question_learn_of_it(world):
    application = world.make_application()
    mine, theirs, seen = afresh(application), afresh(application), application.version
    theirs.contact, mine.contact = "李四", "王五"
    save_application(theirs, by=world.applicant, seen=seen)
    with pytest.raises(Overtaken, match="修改了联系人") as refusal:
        save_application(mine, by=world.applicant, seen=seen)
    assert "李四" in refusal.value.fields["contact"]
    assert refusal.value.version == seen + 1
    save_application(mine, by=world.applicant, seen=refusal.value.version)
    assert afresh(application).contact == "王五"


def test_a_step_in_between_is_no_colleague(world):
    application = world.make_application()
    seen = application.version
    moved = drive_application(application, "district_returned", world)
    moved.contact = "李四"
    with pytest.raises(StaleCase) as refusal:
        save_application(moved, by=world.applicant, seen=seen)
    assert not isinstance(refusal.value, Overtaken)


def test_a_colleague_s_certification_is_not_overwritten(world):
    by = make_user("some_admin")
    unit = make_unit(by, "91120222MA00000312", "雍阳样例工贸有限公司", "120114")
    mine, theirs, seen = afresh(unit), afresh(unit), unit.version
    theirs.address, mine.address = "先到的地址", "后到的地址"
    save_certification(theirs, by=by, seen=seen)
    with pytest.raises(Overtaken, match="修改了"):
        save_certification(mine, by=by, seen=seen)
    assert afresh(unit).address == "先到的地址"


def test_a_colleague_s_certificates_are_not_taken_out(world):
    admission = world.make_admission()
    seen, scope, rows = admission.version, list(admission.scope.all()), list(admission.qualifications.all())
    save_admission(afresh(admission), by=world.applicant, scope=scope, rows=[], seen=seen)
    with pytest.raises(Overtaken, match="修改了资质证书"):
        save_admission(afresh(admission), by=world.applicant, scope=scope, rows=rows, seen=seen)
    assert not admission.qualifications.exists()


def test_each_version_of_a_case_is_written_down_once(world):
    application = world.make_application()
    change = application_change(application)
    change.pk = None
    with constrained("change_one_per_version"):
        change.save()


def application_change(application):
    return changes_since(application, 0)[0]
