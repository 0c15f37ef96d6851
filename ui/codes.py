"""The check digit of a 统一社会信用代码 (GB 32100-2015): for whoever asks only whether a code can be one."""

from stdnum.cn import uscc

from ui.figures import are_figures

LENGTH = 18
ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
REGION = slice(2, 8)  # the registering authority of its day, always digits


def is_credit_code(code: str) -> bool:
    """Whether the code, in its normal form, has its length, its signs, a region and the right check digit."""
    return len(code) == LENGTH and set(code) <= ALPHABET and are_figures(code[REGION]) and has_right_check(code)


def has_right_check(code: str) -> bool:
    """Whether the last of eighteen known signs is the one that the others ask for."""
    return bool(uscc.calc_check_digit(code[:-1]) == code[-1])
