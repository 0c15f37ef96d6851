"""查询登记信息: what the register knows of the code is put where nothing was typed; the rest is shown beside what was."""

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import QueryDict

from accounts.certification.registered import ENDED, Compared, compare
from accounts.uscc import normalise
from records.people import PersonRequest
from records.rules import RuleBroken
from registers.kinds import Register, Status, is_connected
from registers.services import look_up
from registers.standing import Standing, standing_of
from ui.codes import LENGTH
from ui.names import same_name

ACT = "lookup"
FILLED = {"name": "单位名称", "legal_representative": "法定代表人", "address": "注册地址"}
AGREE, DIFFER, LOOK = "一致", "不一致，请对照证照核对", "请自行核对"
NOT_THERE = "还没有查到登记信息：{}您可以按证照填写，提交后会自动核验。"


@dataclass
class Lookup:
    """A form as it was typed, and what a look-up has done with it: refused, or filled boxes that were empty."""

    data: QueryDict | None
    refusal: RuleBroken | None = None
    words: str = ""

    def may_be_kept(self, form: BaseForm) -> bool:
        """Whether nothing was refused; a refusal stands in the form."""
        if self.refusal is not None:
            refuse: Any = form
            refuse.refuse(self.refusal)
        return self.refusal is None


def looked_up(request: PersonRequest) -> Lookup:
    """What was typed; after 查询登记信息 with the empty boxes filled. A code that is none is left to the form."""
    typed = request.POST if request.method == "POST" else None
    code = normalise(request.POST.get("uscc", ""))
    if typed is None or typed.get("act") != ACT or len(code) != LENGTH:
        return Lookup(typed)
    try:
        standing = look_up(Register.ENTERPRISE, code, by=request.user)
    except RuleBroken as refusal:
        return Lookup(typed, refusal)
    return fill(typed, standing)


def fill(typed: QueryDict, standing: Standing) -> Lookup:
    """The same with what the register says in the boxes that are empty; nothing that was typed is changed."""
    if standing.reply is None:
        return Lookup(typed, words=NOT_THERE.format(standing.waits))
    data = typed.copy()
    empty = [name for name in FILLED if not typed.get(name, "").strip() and standing.reply.facts.get(name)]
    for name in empty:
        data[name] = standing.reply.facts[name]
    labels = "、".join(FILLED[name] for name in empty)
    return Lookup(
        data, words=f"已查到登记信息，{f'填入了{labels}' if labels else '没有改动您填写的内容'}，并保存为草稿。"
    )


def registered_beside(form: BaseForm) -> dict[str, Any]:
    """What the page of the form shows of the register: the facts beside those that stand in the boxes, and a sentence."""
    code = normalise(str(form["uscc"].value() or ""))
    if not is_connected(Register.ENTERPRISE) or len(code) != LENGTH:
        return {}
    standing = standing_of(Register.ENTERPRISE, code)
    if standing.reply is None:
        return {"standing": standing} if standing.question else {}
    typed = {name: str(form[name].value() or "") for name in FILLED}
    rows = [row_of(one) for one in compare(typed, standing.reply)]
    return {"standing": standing, "rows": rows, "sentence": sentence_of(Status(standing.reply.status))}


def row_of(one: Compared) -> tuple[str, str, str, str, bool]:
    """(label, what was typed, what is registered, what follows, whether the two agree) of one fact."""
    agrees = same_name(one.typed, one.registered)
    follows = AGREE if agrees else LOOK if one.agrees is None else DIFFER
    return one.label, one.typed, one.registered, follows, agrees


def sentence_of(status: Status) -> str:
    """What the state at the register means for the unit."""
    if status in ENDED:
        return f"登记状态是“{status.label}”，不能认证。登记有误的，请先由登记机关更正。"
    if status == Status.ABSENT:
        return "登记信息里没有这个代码，请对照证照核对代码；代码无误的，按证照填写后可以提交。"
    return f"登记状态是“{status.label}”。"
