"""What the trail calls the acts on people and on offices."""

from accounts.models import User
from records.kinds import Kind, kind_of
from reviews.models import Office


@kind_of(User)
class PersonKind(Kind):
    """An account."""

    steps = {
        "duty_changed": "调整管理职责",
        "account_made": "新建帐号",
        "account_changed": "修改帐号",
        "account_closed": "停用帐号",
        "account_opened": "启用帐号",
        "password_set": "代设密码",
        "unlock": "解除登录暂停",
        "signed_out": "结束登录",
        "phone_seen": "查看手机号",
        "mail_again": "重新发送邮件",
        "mail_given_up": "不再发送邮件",
        "reset_second_factor": "重置第二重验证",
        "ask_deletion": "申请注销",
        "withdraw_deletion": "撤回注销申请",
        "delete_account": "注销帐号",
    }


@kind_of(Office)
class OfficeKind(Kind):
    """A reviewing office: who works there."""

    page = "office_detail"
    steps = {
        "member_added": "加入审核单位",
        "member_role": "调整角色",
        "member_ended": "停用岗位",
        "member_returned": "恢复岗位",
        "stand_in_added": "安排代理",
        "shared_out": "分派",
        "stand_in_ended": "结束代理",
        "office_changed": "修改审核单位",
        "invited": "发出邀请",
        "invitation_accepted": "接受邀请",
        "invitation_declined": "谢绝邀请",
        "invitation_withdrawn": "撤回邀请",
    }
