"""The fields of a phrase: a closed list, each replaced by what it stands for; no text that somebody typed is a format."""

import re
from collections.abc import Mapping
from decimal import Decimal

from policy.arithmetic import yuan
from reviews.models import ReviewedCase, Turn, Verdict

FIELD = re.compile(r"\{([^{}\n]{1,12})\}")
MARKED, CAUSE = "需修改的内容", "不通过的原因"  # what the page knows while somebody decides: static/js/phrases.js
LACKING = "缺少的材料"  # the same marks, in other words
OF_CASE = ("单位", "编号", "事项", "环节", "金额")
FIELDS = (*OF_CASE, MARKED, LACKING, CAUSE)
DEFAULTS = {  # verdict → the words that are offered where nobody has chosen others
    Verdict.PASS: "经审核，材料齐全，符合要求，同意通过。",
    Verdict.RETURN: f"经审核，以下内容需要修改：{{{MARKED}}}。请修改后重新提交。",
    Verdict.REJECT: f"经审核，{{{CAUSE}}}，不予通过。",
}
AT_APPEAL = {  # the same where a decision is looked at once more
    Verdict.PASS: "经复核，原决定应当撤销，同意继续办理。",
    Verdict.REJECT: f"经复核，{{{CAUSE}}}，维持原决定。",
}


def unknown_fields(text: str) -> list[str]:
    """The fields in the text that are none."""
    return [name for name in FIELD.findall(text) if name not in FIELDS]


def open_fields(text: str) -> list[str]:
    """The fields that nobody has filled in yet, as they stand in the text."""
    return [f"{{{name}}}" for name in FIELD.findall(text) if name in FIELDS]


def common_words(turn: Turn) -> dict[Verdict, str]:
    """Verdict → the words that are offered at the turn where nobody has chosen others."""
    return AT_APPEAL if turn.is_appeal else DEFAULTS


def values_of(turn: Turn, case: ReviewedCase) -> dict[str, str]:
    """What the fields of the case stand for; a sum only where one is asked for."""
    asked: Decimal = getattr(case, "asked_amount", Decimal(0))
    values = {"单位": case.unit_name, "编号": case.number, "事项": case.title, "环节": turn.stage}
    return values | ({"金额": yuan(asked)} if asked else {})


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with its fields replaced; what is not known stands as it is, to be written by hand."""
    return FIELD.sub(lambda found: values.get(found[1], found[0]), text)
