"""Plainly fictional names in any number, from the lists of the small demo; the same for the same place in a list."""

import random
from collections.abc import Sequence

from tten.demo import mall, names

TOWNS = ("津", "海河", "渤海", "滨海", "运河", "蓟北", "武清", "宝坻", "静海", "东丽")
ENDINGS = ("（演示）有限公司", "（演示）股份有限公司", "科技（演示）有限公司", "实业（演示）有限公司")
MORE_ABOUT = (
    "高强度",
    "轻量化",
    "耐腐蚀",
    "低功耗",
    "微型",
    "车载",
    "船用",
    "医用",
    "农用",
    "工业级",
    "户外",
    "可降解",
)
OBJECTS = (
    *mall.OBJECTS,
    "轴承",
    "芯片模组",
    "光学镜片",
    "催化剂",
    "密封件",
    "无人机",
    "减速器",
    "疫苗佐剂",
    "功能纤维",
    "激光器",
)
FIRST_CODE = 10_000  # the codes below belong to the small demo
HONOURS = ("{tech_sme}", "{high_tech,tech_sme}", "{}", "{specialised,tech_sme}", "{eagle}", "{gazelle,high_tech}")


def spread(index: int, *lists: Sequence[str]) -> str:
    """One word of each list: different for each index until all ways to join them are used."""
    words = []
    for words_of_place in lists:
        words.append(words_of_place[index % len(words_of_place)])
        index //= len(words_of_place)
    return "".join(words) if not index else f"{''.join(words[:-1])}{index}号{words[-1]}"


def firm(index: int) -> str:
    """The name of firm number so-and-so: no two are alike."""
    return spread(index, names.WORDS, names.TRADES, names.WORDS[::-1], TOWNS, ENDINGS)


def institute(index: int) -> str:
    """The name of service institution number so-and-so: no two are alike."""
    return spread(index, names.WORDS[::-1], names.INSTITUTES, names.WORDS, TOWNS, ("（演示）中心", "（演示）研究院"))


def facts(index: int, name: str, code: str, district: str, chance: random.Random) -> tuple[object, ...]:
    """The person who keeps the unit, and what is known of it, in the order of `units.FAMILY`."""
    return (
        names.person(index),
        name,
        code,
        district,
        f"天津市演示路 {index + 1} 号",
        f"{2001 + chance.randrange(22)}-{1 + index % 12:02d}-{1 + index % 28:02d}",
        names.person(index + 3),
        50 + int(40 / (1.02 - chance.random())),
        names.TRADES[index % len(names.TRADES)],
        HONOURS[chance.randrange(len(HONOURS))],
        8 + int(12 / (1.01 - chance.random())),
        100 + int(150 / (1.01 - chance.random())),
        10 + int(15 / (1.01 - chance.random())),
        names.person(index + 7),
        f"1380000{index % 10_000:04d}",
    )
