"""What the administration shows of other people's tables."""

import importlib

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)

from records.admin import ReadOnlyAdmin
from ui.figures import are_figures

STRANGE = ("allauth.account", "allauth.mfa", "allauth.socialaccount", "allauth.usersessions", "django_celery_beat")
NOT_FOR_PEOPLE = (
    EmailAddress,
    Authenticator,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)
TASKS = {  # what runs by the clock, in words
    "accounts.members.joining.tasks.put_off_promises": "工作日历变化后顺延承诺期限",
    "vouchers.tasks.lapse": "创新券申请和创新券到期",
    "redemption.tasks.lapse": "兑现申请到期",
    "vouchers.tasks.remind": "创新券期限提醒",
    "redemption.tasks.remind": "兑现期限提醒",
    "orders.tasks.expire_needs": "企业需求到期",
    "orders.tasks.tell_of_suspensions": "告知买方服务机构入驻已暂停",
    "reviews.tasks.count_months": "统计各单位的办结和用时",
    "reviews.tasks.look_at_all": "重新核对全部待办事项",
    "reviews.tasks.look_at_new": "核对新到的事项",
    "reviews.tasks.remind_of_questions": "询问和更正建议答复提醒",
    "accounts.messages.tasks.send_daily_digests": "每日待办汇总",
    "reviews.watch.tasks.watch_offices": "审核单位到期和超期提醒",
    "reviews.watch.tasks.watch_seats": "评审专家到期提醒",
    "reviews.watch.tasks.tell_the_city": "每周向市科技局汇总超期情况",
    "reviews.pace.tasks.renew_usual_times": "统计各环节的通常用时",
    "help.tasks.count_fill_times": "统计各种申请的填写用时",
    "catalog.tasks.check_shelf": "核对在架服务",
    "catalog.tasks.write_seen_counts": "写入服务浏览次数",
    "catalog.tasks.renew_search": "更新检索文本和检索词表",
    "catalog.tasks.expire": "服务机构资格到期",
    "catalog.tasks.remind": "服务机构资格到期提醒",
    "accounts.keeper.tasks.tell_undelivered": "告知帐号管理员没有送达的消息",
    "accounts.own_data.tasks.tidy_data": "清理过期的个人数据导出",
    "accounts.own_data.tasks.delete_accounts": "注销反悔期已过的帐号",
    "accounts.certification.tasks.expire_licences": "证照到期",
    "accounts.certification.tasks.remind_of_licences": "证照到期提醒",
    "accounts.sms.tasks.sweep_texts": "补发没有发出的短信",
    "accounts.security.tasks.forget_forms": "清理过期的未提交内容",
    "accounts.login.tasks.sweep_account_mails": "补发没有发出的验证邮件",
    "accounts.login.tasks.forget_account_mails": "清理过期的验证邮件记录",
    "accounts.own_data.tasks.sweep_exports": "补做没有完成的个人数据导出",
    "redemption.form.tasks.sweep_claim_forms": "补做没有生成的兑现申请表",
    "accounts.exports.tasks.sweep_lists": "补做没有完成的列表导出",
    "accounts.exports.tasks.tidy_lists": "清理过期的列表导出",
    "catalog.sheets.tasks.sweep_sheets": "补做没有完成的表格导入",
    "catalog.sheets.tasks.tidy_sheets": "清理过期的导入文件",
    "catalog.gallery.tasks.sweep_pictures": "补做没有生成的产品图片",
    "news.tasks.sweep_article_pictures": "补做没有生成的文章图片",
    "catalog.desk.tasks.sweep_acts": "补做没有完成的批量操作",
    "reviews.bulk.tasks.sweep_bulk": "补做没有完成的批量办理",
    "tten.announcing.tasks.sweep_announcements": "发送到时间的通知公告",
    "tten.announcing.tasks.announce_policies": "告知企业政策版本的变化",
    "papers.tasks.sweep_readings": "补读没有读完的材料",
    "accounts.history.tasks.forget_sign_ins": "清理过期的登录记录",
    "accounts.sms.tasks.forget_texts": "清理过期的短信记录",
    "records.tasks.remove_papers": "清理没有事项使用的材料",
    "seals.tasks.seal_all": "封存留痕、额度流水和意见",
    "backups.tasks.back_up": "备份数据库和材料",
    "backups.tasks.look_at_backups": "检查备份是否失败或过期",
    "seals.tasks.stamp_latest": "为最近的检查点请求时间戳",
    "seals.tasks.audit_all": "核对留痕、额度、材料和封存的记录",
    "records.tasks.forget_answers": "清理过期的重复提交记录",
    "notifications.tasks.sweep": "发送还没有发出的消息",
    "reviews.rests.tasks.sweep_rests": "让已到生效时间的审核决定生效",
    "registers.tasks.sweep_questions": "重新查询没有得到结果的外部核验",
    "registers.tasks.forget_questions": "清理过期的外部核验记录",
    "celery.backend_cleanup": "清理过期的任务结果",
}
HOURLY = "*"


for _app in STRANGE:  # they register themselves on being read: read them now, to take off what is not for people
    importlib.import_module(f"{_app}.admin")
for _model in NOT_FOR_PEOPLE:
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


@admin.register(PeriodicTask)
class PeriodicTaskAdmin(ReadOnlyAdmin):
    """定时任务: what runs when, and when it last ran; the plan itself is in the settings."""

    duties = frozenset({"accounts", "audit"})
    list_display = ["what", "time", "last_run_at", "runs", "enabled"]
    list_display_links = None
    list_select_related = ["crontab", "interval"]
    fields = ["what", "time", "last_run_at", "runs", "enabled"]
    ordering = ["-last_run_at", "task"]

    @admin.display(description="任务")
    def what(self, row: PeriodicTask) -> str:
        return TASKS.get(row.task, str(row.name))

    @admin.display(description="时间")
    def time(self, row: PeriodicTask) -> str:
        return plan_words(row.crontab) if row.crontab else str(row.interval or "—")

    @admin.display(description="运行次数", ordering="total_run_count")
    def runs(self, row: PeriodicTask) -> int:
        return int(row.total_run_count)


def plan_words(plan: CrontabSchedule) -> str:
    """The times of a plan: 每天 00:10, 每 5 分钟; as it is written where it is neither."""
    others = {plan.day_of_week, plan.day_of_month, plan.month_of_year}
    if others != {HOURLY}:
        return f"{plan.minute} {plan.hour} {plan.day_of_month} {plan.month_of_year} {plan.day_of_week}"
    if plan.minute == plan.hour == HOURLY:
        return "每分钟"
    if plan.minute.startswith("*/") and plan.hour == HOURLY:
        return f"每 {plan.minute[2:]} 分钟"
    if are_figures(plan.minute) and are_figures(plan.hour):
        return f"每天 {int(plan.hour):02}:{int(plan.minute):02}"
    return f"每小时第 {plan.minute} 分钟" if plan.hour == HOURLY else f"{plan.minute} {plan.hour}"
