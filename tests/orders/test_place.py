import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.certification.services import set_frozen
from catalog.models import Product
from notifications.models import Notice
from orders.models import Order
from records.models import Document
from records.uploads import store_upload
from tests.factories import make_laboratory, make_product, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyer(client, world):
    client.force_login(world.applicant)
    return world.applicant


def address(product):
    return reverse("order_place", args=[product.number])


def paper(name="图纸.png", content=b""):
    picture = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(picture, "PNG")
    return SimpleUploadedFile(name, content or picture.getvalue())


def test_the_order_copies_the_terms_and_tells_the_provider(client, world, buyer, typed):
    response = client.post(address(world.product), typed(), follow=True)
    order = Order.objects.get()
    assert response.redirect_chain[-1][0] == order.get_absolute_url()
    assert (order.unit, order.provider, order.price, order.is_marked) == (world.unit, world.provider, 1000, True)
    assert "订单已提交，等待服务机构确认。" in response.content.decode()
    assert "申请创新券" in response.content.decode()
    notice = Notice.objects.get(recipient=world.provider_member, kind="order_placed")
    assert (notice.subject, notice.url) == (f"新订单待确认：{order.product_name}", order.get_absolute_url())
    assert "海河样例科技有限公司" in notice.body


def test_contact_and_phone_are_known(client, world, buyer):
    form = client.get(address(world.product)).context["form"]
    assert form.initial == {"contact": buyer.name, "phone": "13800000000"}
    client.force_login(make_user("nobody", phone="13900000001"))
    assert client.get(address(world.product)).context["form"].initial["phone"] == "13900000001"
    client.force_login(make_user("no_phone"))
    assert client.get(address(world.product)).context["form"].initial["phone"] == ""


def test_htmx_gets_the_part_of_the_dialog_alone(client, world, buyer):
    page = client.get(address(world.product), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "确认申请" in page
    assert "autofocus" in page


@pytest.mark.usefixtures("buyer")
def test_bad_input_keeps_what_was_typed(client, world, typed):
    response = client.post(address(world.product), typed(phone="123"))
    assert set(response.context["form"].errors) == {"phone"}
    page = response.content.decode()
    assert all(word in page for name, word in typed().items() if name != "phone")
    assert not Order.objects.exists()


def test_today_is_not_past(client, world, buyer, typed):
    client.post(address(world.product), typed(wanted_on=f"{timezone.localdate():%Y-%m-%d}"))
    assert Order.objects.get().wanted_on == timezone.localdate()
    yesterday = timezone.localdate() - dt.timedelta(1)
    client.post(address(world.product), typed(wanted_on=f"{yesterday:%Y-%m-%d}"))
    assert Order.objects.count() == 1


def test_papers_belong_to_the_order_and_to_those_who_see_it(client, world, buyer, typed):
    client.post(address(world.product), typed(papers=[paper(), paper("样品清单.png")]))
    documents = list(Order.objects.get().documents.all())
    assert sorted(document.name for document in documents) == ["图纸.png", "样品清单.png"]
    url = reverse("document", args=[documents[0].pk])
    client.force_login(world.provider_member)
    response = client.get(url)
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    client.force_login(world.stranger)
    assert client.get(url).status_code == 404


def test_six_papers_or_a_false_one_are_refused(client, world, buyer, typed):
    many = client.post(address(world.product), typed(papers=[paper() for _ in range(6)]))
    assert "最多上传 5 个文件" in many.context["form"].errors["papers"][0]
    false = client.post(address(world.product), typed(papers=[paper(content=b"MZ not a picture")]))
    assert "papers" in false.context["form"].errors
    assert not Document.objects.filter(purpose="订单附件").exists()


def test_a_withdrawn_product_is_refused_and_the_words_stay(client, world, buyer, typed):
    Product.objects.update(status="withdrawn")
    assert client.get(address(world.product)).status_code == 409
    response = client.post(address(world.product), typed(papers=[paper()]))
    page = response.content.decode()
    assert "这个产品已经下架，不能再下单。" in page
    assert "需要检测一批新材料的力学性能。" in page
    assert [paper.case for paper in Document.objects.filter(name="图纸.png")] == [None]


@pytest.mark.parametrize("status", ["paused", "removed"])
def test_a_laboratory_off_the_list_takes_no_orders(client, buyer, typed, status):
    product = make_product(make_laboratory(status=status).provider)
    client.post(address(product), typed())
    assert not Order.objects.exists()


def test_a_laboratory_is_ordered_from_as_any_provider(client, buyer, typed):
    product = make_product(make_laboratory().provider)
    client.post(address(product), typed())
    assert Order.objects.get().provider == product.provider
    assert Order.objects.get().provider.legal_name == "北京样例研究院"


def test_nobody_orders_from_himself(client, world, typed):
    client.force_login(world.provider_member)
    assert "您属于这个产品的服务机构" in client.get(address(world.product)).content.decode()
    client.post(address(world.product), typed())
    assert not Order.objects.exists()


def test_an_uncertified_account_may_order(client, world, typed):
    client.force_login(make_user("newcomer"))
    client.post(address(world.product), typed())
    assert Order.objects.get().unit is None


def test_a_visitor_logs_in_first(client, world):
    assert client.get(address(world.product))["Location"].startswith(reverse("account_login"))


def test_the_dialog_says_why_nothing_can_be_ordered(client, world, buyer):
    set_frozen(world.unit, frozen=True, by=world.platform, text="样例：提交虚假材料。")
    response = client.get(address(world.product), headers={"HX-Request": "true"})
    assert (response.status_code, "您的单位已被冻结" in response.content.decode()) == (200, True)
    assert "<form" not in response.content.decode()
    assert client.get(address(world.product)).status_code == 409


def test_a_frozen_provider_s_product_says_why_it_has_no_button(client, world, buyer):
    type(world.unit).objects.filter(pk=world.product.provider.unit_id).update(state="frozen")
    page = client.get(world.product.get_absolute_url()).content.decode()
    assert "已被平台冻结，暂时不能接受新订单" in page
    assert address(world.product) not in page


def test_a_paper_waits_while_another_field_is_mended(client, world, buyer, typed):
    page = client.post(address(world.product), typed(phone="123", papers=[paper("图纸.png"), paper("清单.png")]))
    drawing, listing = page.context["form"].waiting
    assert str(drawing.pk) in page.content.decode()
    again = client.post(
        address(world.product), typed(phone="12", paper_kept=[drawing.pk, "no-key"], papers=[paper("三.png")])
    )
    assert [document.name for document in again.context["form"].waiting] == ["图纸.png", "三.png"]
    client.post(address(world.product), typed(paper_kept=[document.pk for document in again.context["form"].waiting]))
    assert [document.name for document in Order.objects.get().documents.all()] == ["图纸.png", "三.png"]
    listing.refresh_from_db()
    assert listing.case is None  # its box was cleared


def test_a_paper_waits_where_a_rule_refuses(client, world, buyer, typed):
    set_frozen(world.unit, frozen=True, by=world.platform, text="提供虚假材料。")
    page = client.post(address(world.product), typed(papers=[paper("图纸.png")]))
    assert [document.name for document in page.context["form"].waiting] == ["图纸.png"]


def test_nobody_takes_the_waiting_paper_of_another(client, world, buyer, typed):
    theirs = store_upload(paper("图纸.png"), by=world.provider_member)
    client.post(address(world.product), typed(paper_kept=[theirs.pk]))
    assert not Order.objects.get().documents.exists()


def test_waiting_papers_count(client, world, buyer, typed):
    kept = [store_upload(paper(f"{number}.png"), by=buyer).pk for number in range(5)]
    page = client.post(address(world.product), typed(paper_kept=kept, papers=[paper("六.png")]))
    assert page.context["form"].errors == {"papers": ["最多上传 5 个文件，连同已选的共 6 个，请减少后重选。"]}


def test_a_full_disk_is_told_and_keeps_what_was_typed(client, world, buyer, typed, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "full"
    settings.MEDIA_ROOT.write_text("no folder")
    page = client.post(address(world.product), typed(papers=[paper("图纸.png")]))
    assert "文件“图纸.png”没有保存成功" in page.context["form"].non_field_errors()[0]
    assert typed()["requirement"] in page.content.decode()
    assert not Order.objects.exists()
