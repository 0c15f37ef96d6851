"""What the portal holds of a person beside his cases, for the copy that he may take with him."""

from typing import Any

from allauth.mfa.models import Authenticator

from accounts.cases.acts import Rows, act
from accounts.history.browsers import in_words
from accounts.models import BoxPaper, Invitation, JoinRequest, SignInEvent, User
from notifications.matters import MATTERS
from notifications.models import Channel, Notice
from notifications.quiet import night_of
from notifications.ways import wishes_for
from records.models import Document
from reviews.lists.columns import labels_of as labels_of_columns
from reviews.lists.forms import LISTS
from reviews.models import (
    ExpertProfile,
    ExpertTie,
    ListColumns,
    OfficeMember,
    Opinion,
    PanelMember,
    PanelSeat,
    Phrase,
    SavedView,
)


def account_of(user: User) -> dict[str, Any]:
    """The person himself; the password is a digest that says nothing, and is left out."""
    return {
        "用户名": user.username,
        "姓名": user.name,
        "手机号": user.phone,
        "手机号验证时间": user.phone_verified_at,
        "电子邮箱": user.email,
        "邮箱验证时间": user.email_verified_at,
        "注册时间": user.date_joined,
        "上次登录": user.last_login,
        "管理职责": user.get_duty_display(),
        "申请注销时间": user.deletion_asked_at,
        "第二重验证": list(Authenticator.objects.filter(user=user).values_list("type", flat=True)),
        "操作留痕": [act(event) for event in user.events.order_by("sequence")],
    }


def consents_of(user: User) -> Rows:
    """What the person agreed to."""
    return [{"版本": consent.version, "时间": consent.at} for consent in user.consents.all()]


def memberships_of(user: User) -> dict[str, Rows]:
    """Where the person belongs, asked to belong, or was invited to."""
    requests = JoinRequest.objects.filter(user=user).select_related("unit")
    posts = OfficeMember.objects.filter(user=user).select_related("office")
    invitations = Invitation.objects.filter(phone=user.phone).select_related("unit", "office") if user.phone else ()
    return {
        "所属单位": [
            {"单位": membership.unit.name, "角色": membership.get_role_display(), "加入时间": membership.since}
            for membership in user.unit_memberships.select_related("unit")
        ],
        "加入申请": [
            {"单位": asked.unit.name, "说明": asked.words, "时间": asked.at, "结果": asked.get_answer_display()}
            for asked in requests
        ],
        "收到的邀请": [{"单位": str(invitation.organisation), "时间": invitation.at} for invitation in invitations],
        "审核岗位": [
            {
                "单位": post.office.name,
                "角色": post.get_role_display(),
                "加入时间": post.since,
                "停用时间": post.ended_at,
            }
            for post in posts
        ],
    }


def sign_ins_of(user: User) -> Rows:
    """The login history."""
    return [
        {
            "时间": event.at,
            "事项": event.get_kind_display(),
            "方式": event.method,
            "来源地址": event.address,
            "浏览器": in_words(event.agent),
        }
        for event in SignInEvent.objects.filter(user=user)
    ]


def notices_of(user: User) -> Rows:
    """What the person was told."""
    rows = Notice.objects.filter(recipient=user)
    return [
        {"时间": notice.at, "标题": notice.subject, "内容": notice.body, "阅读时间": notice.read_at} for notice in rows
    ]


def message_settings_of(user: User) -> dict[str, Any]:
    """What the person has turned in 消息设置, group by group, and his quiet hours."""
    wishes, said = wishes_for(user.pk), {True: "发", False: "不发"}
    chosen, night = wishes.chosen, night_of(wishes)
    turned = {
        f"{matter.label}：{channel.label}": said[chosen[matter.key(channel)]]
        for matter in MATTERS.values()
        for channel in Channel
        if matter.key(channel) in chosen
    }
    return turned | {"免打扰时间": f"{night.begins % 24:02d}:00 至 {night.ends:02d}:00"}


def papers_of(user: User) -> Rows:
    """What the person uploaded, numbered as the files are."""
    papers = Document.objects.filter(created_by=user).order_by("created_at", "pk")
    return [
        {
            "编号": f"{number:03d}",
            "文件名": paper.name,
            "用途": paper.purpose,
            "上传时间": paper.created_at,
            "SHA-256": paper.sha256,
        }
        for number, paper in enumerate(papers, start=1)
    ]


def box_of(user: User) -> Rows:
    """What the person has put into the 材料箱 of his units; the papers are among those that he uploaded."""
    papers = BoxPaper.objects.filter(added_by=user).select_related("unit").order_by("added_at", "pk")
    return [{"单位": paper.unit.name, "种类": paper.get_kind_display(), "放入时间": paper.added_at} for paper in papers]


def desk_words_of(user: User) -> dict[str, Rows]:
    """The person's own words on the review desk."""
    opinions = Opinion.objects.filter(reviewer=user).select_related("turn")
    signed = Opinion.objects.filter(second=user).select_related("turn")
    seats = PanelSeat.objects.filter(expert=user).select_related("turn")
    return {
        "审核意见": [opinion_row(said) for said in opinions],
        "复核签": [opinion_row(said) for said in signed],
        "评审意见": [seat_row(seat) for seat in seats],
    }


def expert_words_of(user: User) -> dict[str, Rows]:
    """What the person was asked and has said of himself as an expert."""
    asked = PanelMember.objects.filter(expert=user).select_related("panel")
    return {
        "评审邀请": [
            {"评审组": row.panel.name, "邀请时间": row.invited_at, "答复": row.get_answer_display(), "说明": row.words}
            for row in asked
        ],
        "专家资料": [
            {"领域": row.specialty_words, "工作单位": row.employer, "职称或职务": row.title}
            for row in ExpertProfile.objects.filter(user=user)
        ],
        "利害关系": [
            {"单位": row.name, "关系": row.get_kind_display(), "声明时间": row.declared_at, "结束时间": row.ended_at}
            for row in ExpertTie.objects.filter(expert=user)
        ],
    }


def desk_set_up_of(user: User) -> dict[str, Rows]:
    """How the person has set up the lists of the review desk, and the phrases that he keeps for himself."""
    views = SavedView.objects.filter(user=user)
    columns = ListColumns.objects.filter(user=user)
    phrases = Phrase.objects.filter(owner=user).order_by("pk")
    return {
        "我的视图": [
            {"名称": view.name, "列表": LISTS[view.page], "条件": view.query, "保存时间": view.created_at}
            for view in views
        ],
        "列表的列": [{"列表": LISTS[kept.page], "列": labels_of_columns(kept.columns)} for kept in columns],
        "常用语": [{"名称": phrase.title, "内容": phrase.text} for phrase in phrases],
    }


def opinion_row(said: Opinion) -> dict[str, Any]:
    """One word on one turn."""
    return {
        "编号": said.turn.number,
        "环节": said.turn.stage,
        "结果": said.result,
        "意见": said.text,
        "核定金额": said.amount,
        "时间": said.at,
    }


def seat_row(seat: PanelSeat) -> dict[str, Any]:
    """One seat of an expert, with his word."""
    return {
        "编号": seat.turn.number,
        "意见": seat.get_word_display(),
        "建议金额": seat.amount,
        "说明": seat.text,
        "逐项得分": "；".join(f"{name} {points}" for name, points in seat.points),
        "加权得分": seat.score,
        "指派时间": seat.assigned_at,
        "回避时间": seat.recused_at,
        "提交时间": seat.given_at,
    }


ACCOUNT = {  # heading in the copy → what it holds
    "帐号": account_of,
    "同意记录": consents_of,
    "单位与审核岗位": memberships_of,
    "登录记录": sign_ins_of,
    "消息": notices_of,
    "消息设置": message_settings_of,
    "材料": papers_of,
    "材料箱": box_of,
    "审核与评审意见": desk_words_of,
    "评审专家": expert_words_of,
    "审核工作台的设置": desk_set_up_of,
}
