"""Plainly fictional names, and credit codes whose check digit is right; the same ones at every run."""

import random

from stdnum.cn import uscc

WORDS = (
    "星野",
    "澄川",
    "云岫",
    "霁光",
    "砚池",
    "栖谷",
    "望舒",
    "青岚",
    "鹿鸣",
    "松间",
    "听澜",
    "知微",
    "拾光",
    "远岫",
    "临渊",
    "怀瑾",
    "抱朴",
    "观澜",
    "载物",
    "行健",
    "朝露",
    "晚晴",
    "映雪",
    "扶摇",
    "沐风",
    "凌波",
    "织云",
    "采薇",
    "流萤",
    "鸣泉",
)
TRADES = (
    "智能装备",
    "新材料",
    "生物科技",
    "精密制造",
    "软件",
    "环保科技",
    "新能源",
    "仪器仪表",
    "食品科技",
    "航空部件",
)
INSTITUTES = (
    "检测技术",
    "材料研究",
    "计量测试",
    "仿真计算",
    "生物检测",
    "知识产权",
    "科技情报",
    "工业设计",
    "算力服务",
    "中试",
)


def chance_of(seed: int) -> random.Random:
    """Accidents that are the same at every run: the same demo every time is the point."""
    return random.Random(seed)  # noqa: S311 - nothing secret hangs on it


def firm(index: int) -> str:
    """The name of firm number so-and-so."""
    again = index // len(WORDS)  # a word comes again with another trade
    return f"{WORDS[index % len(WORDS)]}{TRADES[(index + again) % len(TRADES)]}（演示）有限公司"


def address(place: str, index: int) -> str:
    """A street that no town has, in the place."""
    way = ("道", "路", "大街")[index % 3]
    return f"{place}{WORDS[(index * 7) % len(WORDS)]}{way} {2 + index * 37 % 197} 号"


def phone(area: str, index: int) -> str:
    """A number of the usual length that nobody has: none begins with 1 behind an area code."""
    return f"{area}-1{(index * 7_368_787 + 2_345_678) % 10_000_000:07d}"


def person(index: int) -> str:
    """The name of person number so-and-so."""
    return "甄贾殷史安金辛傅平南滨"[index % 11] + "演示" + "一二三四五六七八九十"[index % 10]


def code(index: int, head: str = "91", region: str = "120104") -> str:
    """A credit code of no real unit: registering class, region, a running number, the check digit."""
    number = f"{head}{region}{'DEM'}{index:06d}"
    return number + uscc.calc_check_digit(number)
