"""Papers: whoever may see the case may read them, nobody else finds them; and how they are served."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from records.services import attach
from records.views import may_read
from reviews.panel import form_panel, recuse
from tests.factories import World, drive_application, drive_claim, make_document, make_user
from tests.helpers import by_owner
from vouchers.services import save_application

pytestmark = pytest.mark.django_db
OFFICES = {"district", "body", "body_second", "municipal"}
SCOPE = {  # paper → who may read it
    "licence": {"applicant", "colleague", "reader", "platform", "municipal"},
    "order": {"applicant", "colleague", "reader", "provider_member", "municipal"},
    "contract draft": {"applicant", "colleague", "reader", *OFFICES},
    "invoice": {"applicant", "colleague", "reader", "expert_1", "expert_2", "expert_3", *OFFICES},
    "stamped form": {"applicant", "colleague", "reader", "expert_1", "expert_2", "expert_3", *OFFICES},
    "not handed in yet": {"applicant"},
}


@pytest.fixture
def world():
    return World()


def papers_of(world):
    """A paper of each kind of case; the applicant's draft is on its way to the experts."""
    order = world.make_order()
    order_paper = make_document(world.applicant, "图纸.pdf")
    attach(order, [order_paper], "订单附件")
    application = world.make_application(order=order)
    application.contract_draft = make_document(world.applicant, "合同草案.pdf")
    save_application(application, by=world.applicant)
    application = drive_application(application, "approved", world)
    claim = drive_claim(world.make_claim(application), "experts", world)
    world.hear_experts(claim)
    return {
        "licence": world.unit.licence,
        "order": order_paper,
        "contract draft": application.contract_draft,
        "invoice": claim.invoices.get().document,
        "stamped form": claim.stamped_form,
        "not handed in yet": make_document(world.applicant, "还没有提交.pdf"),
    }


def test_every_role_reads_the_papers_of_its_own_cases_and_finds_no_other(client, world):
    papers = papers_of(world)
    colleague = make_user("colleague")
    world.unit.memberships.create(user=colleague)
    people = {**world.people, "colleague": colleague}
    found = {name: set() for name in papers}
    for role, person in people.items():
        if not person.is_active:
            continue
        client.force_login(person)
        for name, paper in papers.items():
            response = client.get(reverse("document", args=[paper.pk]))
            assert response.status_code in {200, 404}, (role, name)
            if response.status_code == 200:
                assert b"".join(response.streaming_content).startswith(b"%PDF")
                found[name].add(role)
    assert found == SCOPE


def test_a_visitor_is_asked_to_sign_in(client, world):
    response = client.get(reverse("document", args=[world.unit.licence.pk]))
    assert (response.status_code, response.url.split("?")[0]) == (302, reverse("account_login"))


def test_an_expert_who_stepped_aside_reads_nothing_more(world):
    claim = drive_claim(world.make_claim(), "experts", world)
    seat = form_panel(claim.turns.get(closed_at=None), world.experts, by=world.body)[0]
    paper = claim.invoices.get().document
    assert may_read(paper, world.expert_1)
    recuse(seat, by=world.expert_1)
    assert not may_read(paper, world.expert_1)


def test_a_draft_s_papers_are_the_unit_s_alone(world):
    claim = world.make_claim()
    paper = claim.invoices.get().document
    assert [role for role, person in world.people.items() if may_read(paper, person)] == ["applicant", "reader"]


@pytest.mark.parametrize("kind", ["application/pdf", "image/png", "application/xml", "application/ofd", "text/html"])
def test_a_paper_is_taken_away_and_never_run(client, world, kind):
    paper = make_document(world.applicant, "发票", b"<script>1</script>")
    with by_owner():
        type(paper).objects.filter(pk=paper.pk).update(content_type=kind)
    client.force_login(world.applicant)
    response = client.get(reverse("document", args=[paper.pk]))
    assert b"".join(response.streaming_content) == b"<script>1</script>"
    assert response["Content-Disposition"].startswith("attachment")
    assert {name: response[name] for name in ("X-Content-Type-Options", "Cache-Control", "X-Frame-Options")} == {
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "X-Frame-Options": "DENY",
    }
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_attaching_says_whose_the_paper_is_and_what_for(world):
    paper = make_document(world.applicant)
    attach(world.unit, [None, paper], "营业执照或法人证书")
    paper.refresh_from_db()
    assert (paper.case, paper.purpose, paper.case_type) == (
        world.unit,
        "营业执照或法人证书",
        ContentType.objects.get_for_model(world.unit),
    )


@pytest.mark.parametrize("name", ["invoice", "licence"])
def test_a_lost_file_has_its_sentence(client, world, name):
    document = papers_of(world)[name]
    document.file.storage.delete(document.file.name)
    client.force_login(world.applicant)
    answer = client.get(reverse("document", args=[document.pk]))
    assert answer.status_code == 410
    assert f"文件“{document.name}”现在打不开" in answer.content.decode()
