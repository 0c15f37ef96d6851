"""Amounts in Chinese capitals, as the 兑现申请表 prints them (domain.md §3; rules of 《票据法》 forms, ADR 0011)."""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")
GROUPS = ("亿", "万", "")
LIMIT = Decimal(10) ** 12


def capitals(amount: Decimal) -> str:
    """Write yuan in capitals: 整 after 元, never after 角 or 分.

    Raise ValueError below 0, from 10^12 on, or where there is a third decimal place.
    """
    if not amount.is_finite() or not 0 <= amount < LIMIT or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"cannot write {amount} in capitals")
    yuan, fen = divmod(int(amount * 100), 100)
    whole = _whole(yuan) + "元" if yuan else ""
    if not fen:
        return f"{whole or '零元'}整"
    return whole + _fraction(fen, after_yuan=bool(yuan))


def _fraction(fen: int, *, after_yuan: bool) -> str:
    jiao, rest = divmod(fen, 10)
    text = f"{DIGITS[jiao]}角" if jiao else "零" * after_yuan
    return text + (f"{DIGITS[rest]}分" if rest else "")


def _whole(yuan: int) -> str:
    """Write groups of four digits; one 零 stands for any run of zeros that a later digit of the group follows."""
    digits = f"{yuan:012d}"
    text, gap = "", False
    for group, start in zip(GROUPS, (0, 4, 8), strict=True):
        four = digits[start : start + 4]
        for digit, place in zip(four, PLACES, strict=True):
            if digit == "0":
                gap = bool(text)
                continue
            text += "零" * gap + DIGITS[int(digit)] + place
            gap = False
        if four != "0000":
            text += group
            gap = False
    return text
