"""外部核验 is a page that shows what it is for."""

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_page_names_each_register_and_what_waits(world):
    client = Client()
    client.force_login(world.municipal)
    page = client.get(reverse("register_overview")).content.decode()
    for word in ("<h1>外部核验</h1>", "企业登记信息", "信用信息", "发票查验", "未接入"):
        assert word in page
