"""The arguments of the addresses of some desks, for the tests of who finds what."""

from catalog.models import DeskAct
from notifications.models import Delivery
from tests.factories import make_laboratory

OF_THE_MALL = {  # address → where it is shown who finds it
    **{f"wanted_{act}": "tests/orders/test_wanted_reading.py" for act in ("detail", "take")},
    "wanted_edit": "tests/orders/test_wanted_mending.py",
    **{f"wanted_{act}": "tests/orders/test_wanted.py" for act in ("move", "offer", "offer_withdraw")},
    "sitemap_file": "tests/tten/test_crawled.py",
    "product_seen": "tests/catalog/test_seeing.py",
    "product_favour": "tests/catalog/test_favouring.py",
}


def of_catalog(world):
    """The arguments of the curator's pages."""
    laboratory, act = make_laboratory(), DeskAct.objects.create(by=world.curator)
    category = {"key": world.product.category.pk}
    return {
        "curator_products_row": {"key": world.product.number},
        "curator_providers_row": {"key": world.provider.pk},
        "curator_laboratories_row": {"key": laboratory.number},
        "curator_batches_row": {"key": laboratory.batch.pk},
        "curator_categories_row": category,
        "curator_categories_move": category,
        "desk_act_report": {"pk": act.pk},
        "desk_act_progress": {"pk": act.pk},
    }


def of_keepers(world, notice):
    """The arguments of the pages of whoever keeps the accounts, and of the file of the firm."""
    mail, person = Delivery.objects.create(notice=notice, address="a@example.com"), {"pk": world.applicant.pk}
    pages = dict.fromkeys(("keeper_person", "keeper_sign_out", "keeper_unlock", "keeper_phone"), person)
    ended = {"keeper_session_end": person | {"session": 1}, "keeper_mail_act": {"pk": mail.pk, "step": "drop"}}
    return pages | ended | {"firm_detail": {"number": world.unit.number}}
