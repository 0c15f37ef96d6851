"""The demo accounts: one table for the login page, the README and `manage.py demo`."""

from typing import NamedTuple

PASSWORD = "tten-demo-2026"  # noqa: S105 - printed on the login page of a demo, nowhere else


class DemoAccount(NamedTuple):
    """One person of the demo."""

    username: str
    phone: str
    name: str
    role: str
    what: str  # what to try with it


DEMO_ACCOUNTS = (
    DemoAccount("unit_admin", "13900000001", "安演示", "企业管理员", "下单、申请创新券、办理兑现"),
    DemoAccount("handler", "13900000002", "金演示", "企业经办人", "与管理员同属一家企业，接着办"),
    DemoAccount("reader", "13900000020", "阅演示", "企业只读成员", "查看同一家企业的全部事项和材料，不能办理"),
    DemoAccount("newcomer", "13900000003", "辛演示", "未认证帐号", "填写安全认证，等待平台审核"),
    DemoAccount("provider", "13900000004", "傅演示", "服务机构", "维护产品，确认和完成订单"),
    DemoAccount("platform", "13900000005", "平演示", "平台审核（负责人）", "审核单位认证，邀请审核人员"),
    DemoAccount("district_nankai", "13900000006", "南演示", "区科技主管部门（南开区）", "创新券和兑现的区初审"),
    DemoAccount("district_binhai", "13900000007", "滨演示", "区科技主管部门（滨海新区）", "创新券和兑现的区初审"),
    DemoAccount("body_a", "13900000008", "甲演示", "专业机构", "复审、形式审查"),
    DemoAccount("body_b", "13900000009", "乙演示", "专业机构（同一机构另一人）", "组织专家评审，记录结果"),
    DemoAccount("expert_1", "13900000011", "评演示一", "评审专家（财务）", "填写评审意见"),
    DemoAccount("expert_2", "13900000012", "评演示二", "评审专家", "填写评审意见"),
    DemoAccount("expert_3", "13900000013", "评演示三", "评审专家", "填写评审意见"),
    DemoAccount("expert_4", "13900000014", "评演示四", "评审专家", "填写评审意见"),
    DemoAccount("expert_5", "13900000015", "评演示五", "评审专家", "声明回避后由他接替"),
    DemoAccount(
        "municipal", "13900000016", "史演示", "市科技局（负责人）", "查看全部事项，维护政策版本，管理单位与人员"
    ),
    DemoAccount("admin", "13900000017", "管演示", "帐号管理员", "后台管理：用户、登录和短信记录"),
    DemoAccount("curator", "13900000018", "目演示", "目录管理员", "后台管理：产品、服务机构、实验室"),
    DemoAccount("auditor", "13900000019", "审演示", "审计员", "操作留痕、登录记录，只读"),
)
