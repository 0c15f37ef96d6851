"""Spreadsheets that came in, as far as a worker has brought them."""

from django.core.files.base import ContentFile
from django.urls import reverse

from catalog.sheets import work
from catalog.sheets.kinds import KINDS
from catalog.sheets.services import ask_import, publish_import
from records.scans.sheets import kind_of_sheet
from tests.accounts.guarding import sign_in
from tests.catalog.sheets import ugly
from tests.catalog.sheets.test_products import HEADS, ONE
from tests.helpers import afresh


def brought(data, by, kind="laboratories", **options):
    """A file whose rows are judged."""
    sheet = ask_import(ContentFile(data, "名单.xlsx"), by=by, kind=kind, form=kind_of_sheet(data), **options)
    work.judge_sheet(sheet.pk)
    return afresh(sheet)


def published(sheet, by):
    """The same, written."""
    publish_import(sheet, by=by)
    work.publish_sheet(sheet.pk)
    return afresh(sheet)


def some(world):
    """(published, waiting, refused, of a provider): one file in each of these states."""
    own = world.provider.unit
    wrong = ugly.table(ugly.HEADS, ugly.ONE, (*ugly.TWO[:2], "123", *ugly.TWO[3:]), ("丙实验室", *ugly.TWO[1:]))
    done = published(brought(ugly.BOTH["plain"], world.curator, batch=3, published_on="2026-11-24"), world.curator)
    waits = brought(wrong, world.curator, batch=3)
    refused = brought(ugly.table(("甲", "乙")), world.curator, batch=3)
    return done, waits, refused, brought(ugly.table(HEADS, ONE), world.provider_member, "products", unit=own)


def lists(world, rows):
    """(browser, address) of the tour: where lists come in, their rows before and after, those of a provider."""
    done, waits, refused, own = some(world)
    curator, keeper, first = sign_in(world.curator), sign_in(world.provider_member), reverse("sheet_list")
    pages = [first, f"{first}?kind=products", *(reverse("sheet_new", args=[kind]) for kind in KINDS)]
    pages += [sheet.get_absolute_url() for sheet in (done, waits, refused)]
    pages += [f"{waits.get_absolute_url()}?show=same", reverse("sheet_undo", args=[done.pk])]
    owns = [reverse("export_list"), first, reverse("sheet_new", args=["products"]), own.get_absolute_url()]
    return [*((curator, page) for page in pages), *((keeper, page) for page in owns)]
