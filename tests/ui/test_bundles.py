"""What every page needs comes as one file each, and says what the parts say."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template

from ui.bundles import SHEETS, all_of, module_of, sheet_of

STATIC = Path(settings.BASE_DIR) / "static"
PARTS = {
    "js/a.js": 'import { one } from "./b.js";\n// a remark\nexport function two() { return one() + 1; }\nglobalThis.two = two;\n',
    "js/b.js": "const own = 1;\nexport function one() { return own; }\n",
}


def test_a_part_comes_before_whoever_imports_it_and_keeps_its_names_to_itself():
    joined = module_of("js/a.js", PARTS.__getitem__)
    assert joined.index("const $b") < joined.index("const $a")
    assert "const {one } = $b;" in joined.replace("{ one", "{one")
    assert "import" not in joined
    assert "export" not in joined
    assert "a remark" not in joined


@pytest.mark.parametrize("text", ['import all from "./b.js";\n', "export default 1;\n"])
def test_what_is_not_understood_stops_the_collecting(text):
    with pytest.raises(ValueError, match="not understood"):
        module_of("js/a.js", (PARTS | {"js/a.js": text}).__getitem__)


def test_the_sheets_stand_in_their_order_and_lie_where_their_pictures_are_found():
    text = sheet_of(lambda name: (STATIC / name).read_text())
    assert text.index("--bs-blue") < text.index("--ink") < text.index(".product-card")
    assert "/*" not in text


@pytest.fixture
def collected(tmp_path, settings):
    """Our own files as production serves them."""
    settings.STATIC_ROOT, settings.STATIC_FROM_SOURCE = tmp_path, False
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": settings.NAMED_ONCE}}
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


@pytest.mark.heavy
def test_collected_files_are_joined_named_and_packed(collected):
    named = json.loads((collected / "staticfiles.json").read_text())["paths"]
    for name in all_of(lambda source: (STATIC / source).read_text()):
        lying = collected / named[name]
        packed = lying.with_name(f"{lying.name}.br")
        assert packed.stat().st_size < lying.stat().st_size / 2
    assert 'from "./' not in (collected / named["js/tten.js"]).read_text()
    page = Template("{% load bundles %}{% sheets %}").render(Context())
    assert page == f'<link rel="stylesheet" href="/static/{named["css/site.css"]}">'


def test_a_page_names_each_sheet_where_they_lie_as_they_are_written():
    page = Template("{% load bundles %}{% sheets %}").render(Context())
    assert page.count("<link") == len(SHEETS)
