"""Everything that lower floors ask of a need."""

from typing import Any

from django.db.models import QuerySet

from accounts.cases.acts import acts_on
from accounts.models import Unit, User
from orders.wanted.models import Wanted, WantedOffer
from orders.wanted.notices import ON_REACHING
from orders.wanted.workflow import State
from records.kinds import CaseKind, kind_of
from records.people import Person

WORDS = {
    State.PENDING: "等待平台审核；审核通过后公布，单位名称和联系方式不公开。",
    State.OPEN: "服务机构正在报价；选定一份报价就可以下单。",
    State.REFUSED: "平台没有公布，原因见说明。照原因修改后可以重新提交；不再需要的请关闭。",
    State.ORDERED: "已经下单，请在【我买到的产品】里继续办理。",
}


@kind_of(Wanted)
class WantedKind(CaseKind):
    """What a firm looks for."""

    matter = export_title = "企业需求"
    notices = ON_REACHING
    steps = {
        "place": "提交需求",
        "submit": "修改后重新提交",
        "publish": "公布",
        "refuse": "不公布",
        "close": "关闭",
        "order": "选定报价并下单",
        "expire": "到期结束",
    }

    def next_words(self, case: Wanted, *, own: bool) -> str:
        """What comes next for the firm; "" leaves it to the common words."""
        return WORDS.get(State(case.state), "") if own else ""

    def export(self, user: User) -> dict[str, Any]:
        """What the person published and offered, and what he did with any."""
        published = Wanted.objects.filter(author=user).order_by("pk")
        offered = WantedOffer.objects.filter(by=user).select_related("wanted").order_by("pk")
        return {
            "我发布的需求": [
                {"编号": one.number, "需求": one.title, "状态": one.get_state_display(), "需求描述": one.requirement}
                for one in published
            ],
            "我的报价": [{"需求": made.wanted.title, "产品": str(made), "说明": made.words} for made in offered],
            "我的操作": acts_on(Wanted, user),
        }

    def of(self, user: Person) -> QuerySet[Any]:
        """The needs of the person's units."""
        return Wanted.objects.of(user)

    def keeps(self, unit: Unit) -> bool:
        """A need that waits or is shown."""
        return Wanted.objects.filter(unit=unit, state__in=(State.PENDING, State.OPEN)).exists()
