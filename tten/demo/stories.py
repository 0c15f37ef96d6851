"""What a firm wants of a service, and what came of it: the words of orders, applications and redemptions."""

import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from catalog.models import Product


@dataclass(frozen=True)
class Story:
    """The words of one case."""

    project: str = "{service}（新产品研发）"
    need: str = "需要对新产品样件做性能测试，用于改进设计，请提供方案和报价。"
    budget: Decimal = Decimal(20_000)  # yuan
    content: str = (
        "本单位正在研发新一代产品，需要委托检测关键零件的性能。检测数据用于确定材料配方和结构参数，支撑样机定型。"
        "检测内容包括力学性能、环境适应性和可靠性，结果写入研发记录。"
    )
    effect: str = (
        "服务机构按期完成全部检测项目，出具检测报告，数据已用于新产品的材料选型和结构改进，样机通过内部评审。"
        "与改进前相比，关键零件的疲劳寿命提高约两成，废品率下降，产品已进入小批试制，预计明年投放市场。"
        "研发人员同时掌握了相应的测试方法，为后续型号积累了数据。"
    )
    delivered: str = "报告已交付。"
    rating: int = 5

    def of(self, service: str) -> "Story":
        """The same words with the name of the service in its places."""
        texts: dict[str, Any] = {
            name: text.format(service=service) for name, text in vars(self).items() if isinstance(text, str)
        }
        return replace(self, **texts)


PLAIN = Story()  # where it does not matter what was ordered


@cache
def stories() -> dict[str, Story]:
    """By the name of a category of the first level."""
    rows = tomllib.loads(Path(__file__).with_suffix(".toml").read_text())
    return {name: Story(**row) for name, row in rows.items()}


def story_of(product: Product) -> Story:
    """What is told of a case on this product."""
    return stories().get(product.top_category.name, PLAIN).of(product.name)
