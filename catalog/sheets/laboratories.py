"""What a spreadsheet says of open laboratories: its columns, and what each cell must be (domain.md §8)."""

from django import forms

from accounts.uscc import UsccField
from catalog.laboratories.places import AREAS
from catalog.models import LabField, Laboratory, LabType, Region
from catalog.sheets.columns import Column
from catalog.sheets.fields import BatchField, WordField, WordsField
from ui.fields import DateField, LandlineField, NameField
from ui.forms import SayingMixin

OTHER_TYPES = {
    "国家重点实验室": LabType.NATIONAL,
    "全国重点实验室": LabType.NATIONAL,
    "省重点实验室": LabType.PROVINCIAL,
    "市重点实验室": LabType.PROVINCIAL,
    "部级重点实验室": LabType.PROVINCIAL,
    "工程技术研究中心": LabType.ENGINEERING,
    "产业技术研究院": LabType.INDUSTRY,
    "新型研发机构": LabType.NEW_RESEARCH,
}
OTHER_REGIONS = {
    "北京市": Region.BEIJING,
    "天津市": Region.TIANJIN,
    "河北省": Region.HEBEI,
    **AREAS,
    **{f"{name}市": region for name, region in AREAS.items() if region == Region.HEBEI},
}
OTHER_STATES = {
    "正常": Laboratory.Status.LISTED,
    "已暂停": Laboratory.Status.PAUSED,
    "已退出": Laboratory.Status.REMOVED,
}
NUMBER = 20  # characters
COLUMNS = (
    Column("number", "编号", ("实验室编号", "平台编号"), hint="已在平台上的实验室填平台编号；新的留空，发布时编号。"),
    Column(
        "name", "实验室名称", ("名称", "开放实验室名称", "实验室", "机构名称", "平台名称"), needed=True, hint="必填。"
    ),
    Column(
        "host_name",
        "依托单位",
        ("依托单位名称", "依托机构", "所属单位", "建设单位", "承担单位"),
        needed=True,
        hint="必填，签合同、开发票的法人单位全称。",
    ),
    Column(
        "host_uscc",
        "依托单位统一社会信用代码",
        ("统一社会信用代码", "依托单位代码", "依托单位信用代码", "社会信用代码", "信用代码", "组织机构代码"),
        needed=True,
        hint="必填，18 位，单元格设为文本。",
    ),
    Column("region", "地区", ("省市", "所在地区", "所属地区", "省份", "所在地"), hint="北京、天津或河北。"),
    Column("city", "城市", ("所在城市", "地市", "市区"), hint="河北填地市。"),
    Column("kind", "类型", ("实验室类型", "类别", "平台类型", "级别"), hint="、".join(LabType.labels)),
    Column(
        "areas",
        "领域",
        ("技术领域", "所属领域", "学科领域", "研究领域"),
        hint="可以有几个，用顿号分开：" + "、".join(LabField.labels),
    ),
    Column("instruments", "仪器设备", ("主要仪器设备", "大型仪器", "仪器", "设备"), hint="用顿号分开。"),
    Column("address", "地址", ("详细地址", "通讯地址", "联系地址")),
    Column("contact", "联系人", ("联系人姓名", "联络人", "负责人")),
    Column("phone", "联系电话", ("电话", "联系方式", "手机", "手机号", "办公电话")),
    Column("summary", "简介", ("实验室简介", "机构简介", "介绍", "研究方向")),
    Column("batch", "批次", ("所属批次", "第几批", "发布批次"), hint="例如 3 或 第3批；留空为本次导入的批次。"),
    Column(
        "published_on",
        "发布日期",
        ("公布日期", "发布时间", "公布时间", "日期"),
        is_day=True,
        hint="例如 2026-11-24；留空为本次导入的日期。",
    ),
    Column("status", "状态", ("在册状态", "目前状态"), hint="、".join(Laboratory.Status.labels) + "；留空为在册。"),
)


class LaboratoryRow(SayingMixin, forms.Form):
    """One laboratory as a row says it; what is empty leaves a known laboratory as it is."""

    number = forms.CharField(label="编号", max_length=NUMBER, required=False)
    name = NameField(label="实验室名称")
    host_name = NameField(label="依托单位")
    host_uscc = UsccField(label="依托单位统一社会信用代码")
    region = WordField(Region, OTHER_REGIONS, label="地区", required=False)
    city = forms.CharField(label="城市", max_length=20, required=False)
    kind = WordField(LabType, OTHER_TYPES, label="类型", required=False)
    areas = WordsField(LabField, label="领域", required=False)
    instruments = forms.CharField(label="仪器设备", max_length=5000, required=False)
    address = forms.CharField(label="地址", max_length=200, required=False)
    contact = forms.CharField(label="联系人", max_length=60, required=False)
    phone = LandlineField(label="联系电话", required=False)
    summary = forms.CharField(label="简介", max_length=5000, required=False)
    batch = BatchField(label="批次", required=False)
    published_on = DateField(label="发布日期", required=False)
    status = WordField(Laboratory.Status, OTHER_STATES, label="状态", required=False)
