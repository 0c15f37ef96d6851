"""Plainly fictional names in any number, from the lists of the small demo; the same for the same place in a list."""

import random
from collections.abc import Sequence

from tten.demo import names
from ui.pinyin import sort_key

TOWNS = ("天津", "海河", "渤海", "滨海", "运河", "蓟北", "武清", "宝坻", "静海", "东丽")
ENDINGS = ("（演示）有限公司", "（演示）股份有限公司", "科技（演示）有限公司", "实业（演示）有限公司")
HOUSES = ("中心（演示）", "研究院（演示）")
THINGS = (  # what a service of a mass demo is meant for
    "金属结构件 复合材料件 动力电池 医用耗材 控制软件 传感器 食品配料 防护涂层 驱动电机 水处理膜 轴承 芯片模组 光学镜片 催化剂 "
    "密封件 无人机 减速器 疫苗佐剂 功能纤维 激光器"
)
FIRST_CODE = 10_000  # the codes below belong to the small demo
HONOURS = ("{tech_sme}", "{high_tech,tech_sme}", "{}", "{specialised,tech_sme}", "{eagle}", "{gazelle,high_tech}")


def spread(index: int, *lists: Sequence[str]) -> list[str]:
    """One word of each list: different for each index until all ways to join them are used, then with a number."""
    words = []
    for words_of_place in lists:
        words.append(words_of_place[index % len(words_of_place)])
        index //= len(words_of_place)
    return [*words[:-1], f"{index}号{words[-1]}" if index else words[-1]]


def firm(index: int) -> str:
    """The name of firm number so-and-so: no two are alike."""
    word, trade, other, town, ending = spread(index, names.WORDS, names.TRADES, names.WORDS[::-1], TOWNS, ENDINGS)
    return f"{town}{word}{other}{trade}{ending}"


def institute(index: int) -> str:
    """The name of service institution number so-and-so: no two are alike."""
    word, field, other, town, ending = spread(index, names.WORDS[::-1], names.INSTITUTES, names.WORDS, TOWNS, HOUSES)
    return f"{town}{word}{other}{field}{ending}"


def facts(index: int, name: str, code: str, district: str, chance: random.Random) -> tuple[object, ...]:
    """The person who keeps the unit, and what is known of it, in the order of `units.FAMILY`."""
    return (
        names.person(index),
        name,
        code,
        district,
        names.address("天津市", index),
        f"{2001 + chance.randrange(22)}-{1 + index % 12:02d}-{1 + index % 28:02d}",
        names.person(index + 3),
        50 + int(40 / (1.02 - chance.random())),
        names.TRADES[index % len(names.TRADES)],
        HONOURS[chance.randrange(len(HONOURS))],
        8 + int(12 / (1.01 - chance.random())),
        100 + int(150 / (1.01 - chance.random())),
        10 + int(15 / (1.01 - chance.random())),
        names.person(index + 7),
        f"1398{index % 10_000_000:07d}",
        sort_key(names.person(index), person=True),
        sort_key(name),
    )
