"""消息设置 as one table: by which channels each group of kinds goes, which a person may turn off, and why not the others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from notifications.models import Channel

MATTERS: dict[str, "Matter"] = {}  # by name, in the order of the page


class Use(StrEnum):
    """How a channel stands for a group, where the person has said nothing."""

    FORCED = "forced"  # it may not be turned off
    ON = "on"
    OFF = "off"


class Side(StrEnum):
    """Who is sent such messages."""

    FIRM = "firm"
    STAFF = "staff"
    BOTH = "both"


@dataclass(frozen=True)
class Matter:
    """A group of kinds of notices; each stands in 消息 of the portal, whatever its channels."""

    name: str
    label: str
    says: str  # what belongs to it, for the page
    ways: Mapping[Channel, Use] = field(default_factory=dict)
    side: Side = Side.FIRM
    why: str = ""  # why its forced channels are
    in_digest: bool = False  # only work that arrives: the digest of the morning tells it

    def __post_init__(self) -> None:
        MATTERS.setdefault(self.name, self)

    def may_turn(self, channel: str) -> bool:
        """Whether the person decides about the channel."""
        return self.use_of(channel) in {Use.ON, Use.OFF}

    def use_of(self, channel: str) -> Use | None:
        """How the channel stands; None where nothing of the group goes by it."""
        return self.ways.get(Channel(channel))

    def takes(self, channel: str, chosen: Mapping[str, bool]) -> bool:
        """Whether it goes by the channel. chosen: what the person has turned, by `key`."""
        use = self.use_of(channel)
        return use == Use.FORCED or (use is not None and chosen.get(self.key(channel), use == Use.ON))

    def key(self, channel: str) -> str:
        """The name under which a person's choice is kept."""
        return f"{self.name}.{channel}"


def every(use: Use) -> dict[Channel, Use]:
    """The same for all channels."""
    return dict.fromkeys(Channel, use)


def mail(use: Use) -> dict[Channel, Use]:
    """Mail alone."""
    return {Channel.MAIL: use}


VERDICTS = Matter(
    "verdicts",
    "审核结果、退回和询问",
    "通过、不通过、退回修改、受理、作废和逾期结束，审核单位的询问和更正建议",
    every(Use.FORCED),
    why="补正、答复和申请复核的期限从送达开始计算，不能关闭",
)
DEADLINES = Matter("deadlines", "期限提醒", "补正、使用、兑现、证照和入驻快到期的提醒", every(Use.ON))
PROGRESS = Matter("progress", "办理进展", "提交成功、进入下一环节、转办、超过承诺日期、对您询问的答复", every(Use.ON))
ORDERS = Matter("orders", "订单和产品", "订单的确认、完成、取消，产品移出科淘", mail(Use.ON))
PEOPLE = Matter("people", "单位和成员", "加入单位的申请和答复，邀请，成员变化", mail(Use.ON), Side.BOTH)
ARRIVALS = Matter(
    "arrivals",
    "新到事项和到期待办",
    "新到和转来的事项、企业的询问和答复、到期提醒；收每日汇总的，不再逐件发邮件",
    mail(Use.ON),
    Side.STAFF,
    in_digest=True,
)
EXPERTS = Matter(
    "experts",
    "请您评审",
    "评审邀请、指派和评审意见的期限",
    mail(Use.FORCED),
    Side.STAFF,
    why="评审期限从通知开始计算，不能关闭",
)
DAILY = Matter(
    "daily",
    "每日待办汇总",
    "每个工作日早上一封邮件：新到的、今天和即将到期的、超期的和企业询问；没有内容时不发",
    mail(Use.ON),
    Side.STAFF,
)
WORK = Matter("work", "审核工作", "代理和复核签，专家接受、回避和提交意见，没有生效的决定", mail(Use.ON), Side.STAFF)
OVERSIGHT = Matter(
    "oversight",
    "超期和人员异常",
    "发给负责人和市科技局的超期、无人办理和每周情况",
    mail(Use.FORCED),
    Side.STAFF,
    why="超期和无人办理的事项须有人知道，不能关闭",
)
SECURITY = Matter(
    "security",
    "帐号和权限",
    "帐号的暂停、退出和角色、职责变化",
    mail(Use.FORCED),
    Side.BOTH,
    why="关系到帐号安全，不能关闭",
)
NEWS = Matter("news", "通知公告", "主管部门和科服网发布的通知公告，政策变化", every(Use.ON), Side.BOTH)
MADE = Matter("made", "导出和批量办理", "导出、批量办理和表格处理的结果", side=Side.BOTH)
OTHERS = Matter(
    "others", "其他通知", "不属于以上各项的通知", every(Use.FORCED), Side.BOTH, why="平台的重要通知，不能关闭"
)
