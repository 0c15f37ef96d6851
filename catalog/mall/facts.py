"""What a service costs item by item: typed as lines, read as rows."""

import re
from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from ui.fields import MoneyField
from ui.figures import half_width
from ui.templatetags.ui import money

FACTS = ("standards", "instruments", "samples", "price_items")  # what a product says beside what makes it that product
MOST = 20  # lines
LINE = re.compile(
    r"^(?P<name>\S.*?)[\s：:，]+(?P<price>[¥￥]?[0-9０-９][0-9０-９,，.．]*)\s*元?\s*(?:[/／]\s*(?P<unit>\S{1,10}))?$"
)
EXAMPLE = "室温拉伸 300/样"
WRONG = "第 {number} 行“{line}”没有读懂，请写成“{example}”这样：项目、空格、价格，可以加“/单位”。"
TOO_MANY = f"最多写 {MOST} 行，请合并或只写常用的项目。"


class Item(NamedTuple):
    """One thing that is charged for."""

    name: str
    price: str
    unit: str

    @property
    def words(self) -> str:
        """The price with its unit."""
        amount = money(Decimal(self.price))
        return f"{amount}/{self.unit}" if self.unit else amount


class PriceItemsField(forms.CharField):
    """Lines of a name and a price; cleaned to the same lines, each written in one way."""

    def clean(self, value: object) -> str:
        """Each line as it is kept; raises ValidationError naming the first that is none."""
        lines = [line.strip() for line in str(super().clean(value)).splitlines() if line.strip()]
        if len(lines) > MOST:
            raise ValidationError(TOO_MANY, code="max_lines")
        return "\n".join(kept_line(number, line) for number, line in enumerate(lines, 1))


def kept_line(number: int, line: str) -> str:
    """One line with its amount in two places."""
    found = LINE.match(line)
    try:
        price = MoneyField().clean(half_width(found["price"])) if found else None
    except ValidationError:
        price = None
    if found is None or price is None:
        raise ValidationError(WRONG.format(number=number, line=line[:40], example=EXAMPLE), code="invalid")
    return f"{found['name']} {price}{'/' + found['unit'] if found['unit'] else ''}"


def items_of(text: str) -> list[Item]:
    """The rows of what is kept."""
    found = (LINE.match(line) for line in text.splitlines())
    return [Item(one["name"], one["price"], one["unit"] or "") for one in found if one]
