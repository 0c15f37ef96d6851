import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.factories import World


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def licence():
    """A picture that passes the checks of uploads."""

    def make(name="营业执照.png"):
        file = io.BytesIO()
        Image.new("RGB", (60, 80), "white").save(file, "PNG")
        return SimpleUploadedFile(name, file.getvalue(), "image/png")

    return make


@pytest.fixture
def typed(licence):
    """Everything that 安全认证 asks for."""

    def make(**changes):
        whole = {
            "name": "渤海样例（天津）新材料有限公司",
            "uscc": "91120222MA00000312",
            "kind": "enterprise",
            "licence": licence(),
            "district": "120114",
            "address": "武清区样例路 8 号",
            "founded_on": "2019-03-04",
            "legal_representative": "𬭚䶮",
            "licence_permanent": "on",
            "capital": "1,200.5",
            "honours": ["high_tech"],
            "revenue": "0",
            "handler_name": "岳·样例",
            "handler_phone": "+86 138-0000-0003",
            "act": "submit",
        }
        return {name: value for name, value in (whole | changes).items() if value is not None}

    return make
