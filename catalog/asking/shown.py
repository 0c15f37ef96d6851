"""What the page of a product shows of its questions."""

from catalog.models import Inquiry, Product
from ui.reading import aside

LATEST = 5  # on a product's page


def asked_about(product: Product) -> list[Inquiry]:
    """The latest ones that were answered in public."""
    return list(aside(Inquiry.objects.shown()).filter(product=product).order_by("-answered_at")[:LATEST])
