"""外部核验: which registers the portal is connected to, for whom it matters."""

import pytest
from django.urls import reverse

from registers.asking import attempt
from registers.services import ask_later, put
from tests.registers.stub import billed

pytestmark = pytest.mark.django_db
CODE = "91120104000000019E"


def cells(client):
    table = client.get(reverse("register_overview")).context["table"]
    return [[value for _, value, _ in line] for line in table["lines"]]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("municipal", 200),
        ("platform", 200),
        ("administrator", 200),
        ("auditor", 200),
        ("curator", 404),
        ("district", 404),
        ("applicant", 404),
        ("expert_1", 404),
    ],
)
def test_who_reads_the_page(client, world, role, status):
    client.force_login(world.people[role])
    assert client.get(reverse("register_overview")).status_code == status
    menu = reverse("register_overview") in client.get(reverse("user_center")).content.decode()
    assert menu == (status == 200 and role != "platform")


def test_a_portal_that_is_connected_to_nothing_says_so(client, world):
    client.force_login(world.municipal)
    off = ["未接入：没有配置接口，有关内容由人工核对", "—", "0 项", "—", "—"]
    assert cells(client) == [["企业登记信息", *off], ["信用信息", *off], ["发票查验", *off]]


def test_the_page_says_what_was_asked_and_what_waits(client, world, stub):
    stub.answers = [billed("稍后重试")]
    attempt(put("enterprise", CODE).pk)
    attempt(put("credit", CODE).pk)
    ask_later("invoice", "1")
    client.force_login(world.administrator)
    firms, credit, invoices = cells(client)
    assert firms[1:4] == [f"已接入：127.0.0.1:{stub.server_port}", "1 次，每日最多 2000 次", "1 项"]
    assert firms[5] == "请稍后重试 1 项"
    assert (credit[3], credit[4] != "—", invoices[3], invoices[5]) == ("0 项", True, "1 项", "—")


def test_the_page_asks_few_queries(client, world, stub, django_assert_max_num_queries):
    client.force_login(world.municipal)
    client.get(reverse("register_overview"))
    with django_assert_max_num_queries(15):
        client.get(reverse("register_overview"))
