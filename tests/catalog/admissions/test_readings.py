"""What the certificates of 入驻 say: offered in their rows, and shown to whoever reviews them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.admissions.on_papers import paper_lines
from catalog.models import Admission
from papers import work
from papers.models import Reading
from records.models import Document
from tests.factories import make_user
from tests.helpers import afresh
from tests.papers import certificates, pdfs, truth

pytestmark = pytest.mark.django_db
T = truth.certificate(4)  # CNAS
OTHER = truth.certificate(5)
MOST_QUERIES = 20


@pytest.fixture(autouse=True)
def _read(settings):
    settings.READ_PAPERS = True


@pytest.fixture
def admission(client, world):
    client.force_login(world.applicant)
    client.post(reverse("admission_start"))
    return Admission.objects.get()


def upload(t=T):
    return SimpleUploadedFile("证书.pdf", pdfs.pdf(certificates.printed(t)), "application/pdf")


def send(client, admission, act="save", **rows):
    told = {"rows": "1", "act": act, "seen": afresh(admission).version, **rows}
    return client.post(reverse("admission_edit", args=[admission.number]), told)


def dropped(client, admission, **rows):
    """The page after a file alone was chosen in a row, and the paper that waits in it."""
    page = send(client, admission, **{"row0-file": upload(), **rows})
    return page, Document.objects.latest("created_at")


def read_all():
    for paper in Reading.objects.filter(stage="reading").values_list("document", flat=True):
        assert work.read_paper(paper)


def says(page):
    return {name: hint.says for name, hint in page.context["rows"].forms[0].reads.items()}


def test_a_certificate_that_was_chosen_alone_is_read_and_fills_its_row(client, admission):
    page, paper = dropped(client, admission)
    assert "正在读取…" in page.content.decode()
    read_all()
    kept = {"row0-kept": paper.pk}
    page = send(client, admission, **kept)
    assert says(page) == {
        "kind": "offered",
        "name": "",
        "number": "offered",
        "valid_from": "offered",
        "valid_until": "offered",
        "permanent": "",
    }
    assert 'name="act" value="read-0"' in page.content.decode()
    answer = send(client, admission, "read-0", **kept)
    assert answer["Location"].endswith("#rows")
    row = admission.qualifications.get()
    assert (row.kind, row.number, str(row.valid_from), str(row.valid_until), row.document) == (
        "cnas",
        T["number"],
        T["granted_on"],
        T["valid_until"],
        paper,
    )
    words = client.get(answer["Location"]).content.decode()
    assert "已读取证书，填入了资质类型、证书编号、有效期自、有效期至，并保存。" in words


def test_what_was_typed_stays_and_a_difference_is_marked(client, admission):
    _, paper = dropped(client, admission)
    read_all()
    typed = {"row0-kept": paper.pk, "row0-number": "CNAS L00001", "row0-permanent": "on"}
    page = send(client, admission, **typed)
    assert (says(page)["number"], says(page)["permanent"], says(page)["valid_until"]) == ("differs", "", "differs")
    send(client, admission, "read-0", **typed)
    row = admission.qualifications.get()
    assert (row.number, row.valid_until) == ("CNAS L00001", None)


def test_a_certificate_of_another_kind_offers_its_name(client, admission):
    _, paper = dropped(client, admission, **{"row0-file": upload(OTHER)})
    read_all()
    send(client, admission, "read-0", **{"row0-kept": paper.pk})
    row = admission.qualifications.get()
    assert (row.kind, row.name) == ("other", OTHER["title"])


def test_while_it_is_read_the_part_asks_with_the_fields_of_its_row(client, admission):
    _, paper = dropped(client, admission)
    address = reverse("admission_read", args=[paper.pk])
    part = client.get(address, {"slot": "3"}).content.decode()
    assert f'hx-get="{address}?slot=3"' in part
    assert "#id_row3-number" in part
    read_all()
    part = client.get(address, {"slot": "3", "row3-number": "CNAS L00001"}).content.decode()
    assert 'id="id_row3-number_read" hx-swap-oob="true"' in part
    assert f"证书上是“{T['number']}”（请核对），与填写的不一致" in part
    assert "row0-" in client.get(address, {"slot": "x"}).content.decode()


def test_a_certificate_of_somebody_else_is_not_told(client, admission):
    _, paper = dropped(client, admission)
    client.force_login(make_user("other"))
    assert client.get(reverse("admission_read", args=[paper.pk])).status_code == 404


def test_a_slot_that_has_no_paper_fills_nothing(client, admission):
    assert send(client, admission, "read-7").status_code == 302
    assert admission.qualifications.count() == 0


def test_many_rows_are_read_in_one_question(client, admission, django_assert_max_num_queries):
    papers = [dropped(client, admission)[1] for _ in range(4)]
    for place, paper in enumerate(papers):
        held = {"valid_from": "2025-01-01", "permanent": True, "document": paper}
        admission.qualifications.create(kind="cnas", number=f"L{place}", **held)
    read_all()
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("admission_edit", args=[admission.number]))
    assert [form.offering.stage for form in page.context["rows"]] == ["read"] * 4


def lines(admission, t, **typed):
    """What stands to be reviewed of one certificate, its tone and words."""
    admission.qualifications.all().delete()
    whole = {"number": t["number"], "valid_until": t["valid_until"], **typed}
    document = Document.objects.latest("created_at")
    admission.qualifications.create(kind="cnas", valid_from="2024-01-01", document=document, **whole)
    return [line["text"] for line in paper_lines(Admission.objects.get(pk=admission.pk)) if line["tone"] == "warn"]


def test_the_reviewer_sees_who_holds_it_what_differs_and_what_has_ended(client, admission):
    past = T | {"name": "别家检测有限公司", "valid_until": "2026-01-15"}
    dropped(client, admission, **{"row0-file": upload(past)})
    read_all()
    row = f"CNAS {T['number']}"
    assert lines(admission, past) == [
        f"{row}：证书写明的单位是“别家检测有限公司”，不是申请单位“{admission.unit.name}”",
        f"{row}：证书上的有效期至 2026-01-15，已经过期",
    ]
    assert f"{row}：有效期至填写的是 2031-01-15，材料上是 2026-01-15" in lines(
        admission, past, valid_until="2031-01-15"
    )


def test_a_certificate_of_the_unit_that_still_counts_gives_no_warning(client, admission):
    mine = T | {"name": admission.unit.name, "valid_until": "2031-01-15"}
    dropped(client, admission, **{"row0-file": upload(mine)})
    read_all()
    assert lines(admission, mine) == []
