"""A registered capital as a licence writes it, in 万元."""

import re
from decimal import Decimal

from ui.figures import half_width

TEN_THOUSAND, FEN = Decimal(10_000), Decimal("0.01")
NOISE = re.compile(r"人民币|[()]|整|正|,|\s")
PLAIN = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)(万|亿)?元?")
SPELLED = re.compile(r"([零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖十百千拾佰仟万亿]{1,20})元?")
MYRIAD = "万"
TIMES = {"": 1, MYRIAD: 10**4, "亿": 10**8}
DIGITS = {sign: value for signs in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖") for value, sign in enumerate(signs)}
UNITS = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


def ten_thousands(text: str) -> str:
    """伍佰万元整 and 500万元人民币 as 500.00; "" where it is no amount of 人民币, or none in whole hundreds of yuan."""
    plain = NOISE.sub("", half_width(text)).replace("圆", "元")
    figures, words = PLAIN.fullmatch(plain), SPELLED.fullmatch(plain)
    if figures:
        yuan = Decimal(figures[1]) * TIMES[figures[2] or ""]
    elif words:
        yuan = Decimal(_spelled(words[1]))
    else:
        return ""
    amount = yuan / TEN_THOUSAND
    return f"{amount:.2f}" if amount and amount == amount.quantize(FEN) else ""


def _spelled(words: str) -> int:
    whole, section, digit = 0, 0, 0
    for sign in words:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in UNITS:
            section, digit = section + (digit or 1) * UNITS[sign], 0
        elif sign == MYRIAD:
            whole, section, digit = whole + (section + digit) * TIMES[sign], 0, 0
        else:  # everything before 亿 counts so much
            whole, section, digit = (whole + section + digit) * TIMES[sign], 0, 0
    return whole + section + digit
