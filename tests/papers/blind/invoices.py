"""Four invoices as four programs print them."""

from tests.papers.blind.values import Invoice, chinese, grouped, padded, words

SHEET = """<style>@page { size: %s; margin: 8mm } body { font: 9pt 'Noto Sans CJK SC'; margin: 0 }
table { border-collapse: collapse; width: 100%% } td, th { border: .4pt solid #933; padding: 2pt 3pt; font-weight: normal;
text-align: left }
.r { text-align: right } .c { text-align: center } .p td { border: 0 } .v { width: 5mm; text-align: center; line-height: 1.15 }
.at { position: absolute; white-space: nowrap } h1 { font: 15pt 'Noto Serif CJK SC'; text-align: center; color: #933; margin: 0 }</style>"""
WIDE = SHEET % "210mm 140mm"
UPRIGHT = SHEET % "A4"

LABELS = """
58 8 天津增值税电子普通发票
8 20 机器编号：
140 14 发票代码：
140 19 发票号码：
140 24 开票日期：
140 29 校 验 码：
8 38 购
8 43 买
8 48 方
14 37 名        称：
14 42 纳税人识别号：
14 47 地 址、电 话：
14 52 开户行及账号：
112 38 密
112 43 码
112 48 区
14 60 货物或应税劳务、服务名称
62 60 规格型号
82 60 单位
92 60 数 量
110 60 单 价
132 60 金 额
155 60 税率
175 60 税 额
22 84 合   计
16 91 价税合计（大写）
130 91 （小写）
8 99 销
8 104 售
8 109 方
14 98 名        称：
14 103 纳税人识别号：
14 108 地 址、电 话：
14 113 开户行及账号：
112 104 备注
8 121 收款人：
60 121 复核：
105 121 开票人：
150 121 销售方：（章）
"""
PRINTED = """25 20 661812345098
160 14 {p.code}
160 19 {p.number}
160 24 {day}
160 29 02418 56700 84274 71889
40 37 {p.buyer}
40 42 {p.buyer_id}
118 37 03*3&lt;5+62/-8>91&lt;27*4
118 42 7>1*+62-0/4&lt;889>31+5
118 47 05-24/78&lt;+9*1>663*20
14 66 *鉴证咨询服务*{p.service}
83 66 次
96 66 1
108 66 {p.net}
130 66 {p.net}
156 66 {p.rate}%
174 66 {p.tax}
129 84 ￥{p.net}
173 84 ￥{p.tax}
52 91 {words}
148 91 ￥{p.gross}
40 98 {p.seller}
40 103 {p.seller_id}
40 108 天津市虚构区样例路1号 022-00000000
40 113 样例银行天津支行 120501603500000441
20 121 样例乙
70 121 样例丙
118 121 样例丁
"""


def bureau_special(paper: Invoice) -> str:
    """电子发票（增值税专用发票） as the bureau's own platform draws it: heads set upright, parties side by side."""
    return f"""{WIDE}<h1>电子发票（增值税专用发票）</h1>
<p class="r">发票号码：{paper.number}<br>开票日期：{padded(paper.day)}</p>
<table><tr><td class="v">购<br>买<br>方<br>信<br>息<td>名称：{paper.buyer}<br><br>统一社会信用代码/纳税人识别号：{paper.buyer_id}
<td class="v">销<br>售<br>方<br>信<br>息<td>名称：{paper.seller}<br><br>统一社会信用代码/纳税人识别号：{paper.seller_id}</table>
<table><tr class="c"><th>项目名称<th>规格型号<th>单 位<th>数 量<th>单 价<th>金 额<th>税率/征收率<th>税 额
<tr><td>*研发和技术服务*{paper.service}<td><td>项<td class="r">1<td class="r">{paper.net}<td class="r">{paper.net}
<td class="r">{paper.rate}%<td class="r">{paper.tax}
<tr><td class="c">合 计<td><td><td><td><td class="r">¥{paper.net}<td><td class="r">¥{paper.tax}
<tr><td class="c">价税合计（大写）<td colspan="4">ⓧ {words(paper.gross)}<td colspan="3">（小写）¥{paper.gross}</table>
<table><tr><td class="v">备<br>注<td>购方开户银行:样例银行天津支行; 银行账号:0302710400938812;<br>合同编号：JS-2026-09</table>
<p>开票人：样例甲</p>"""


def old_electronic(paper: Invoice) -> str:
    """天津增值税电子普通发票 of before: every sign set at its own place, labels first, what was printed afterwards."""
    marks = PRINTED.format(p=paper, day=padded(paper.day), words=words(paper.gross))
    return WIDE + "".join(_placed(*line.split(" ", 2)) for line in (LABELS + marks).strip().splitlines())


def _placed(left: str, top: str, text: str) -> str:
    """One run of signs at its own place, in millimetres."""
    return f'<div class="at" style="left:{left}mm;top:{top}mm">{text}</div>'


def billing_cloud(paper: Invoice) -> str:
    """电子发票（普通发票） of a bookkeeping service: labels a column of their own, amounts with grouping, several lines and a rebate."""
    part = (paper.net / 2).quantize(paper.net)
    rebate = -(part / 10).quantize(paper.net)
    rest = paper.net - part - rebate
    rows = "".join(
        f"<tr><td>{name}<td class='r'>{grouped(value)}<td class='r'>{paper.rate}%<td class='r'>{grouped(value * int(paper.rate) / 100)}"
        for name, value in (
            (f"*技术服务*{paper.service}（一期）", part),
            (f"*技术服务*{paper.service}（一期）", rebate),
            ("*技术服务*报告编制费", rest),
        )
    )
    return f"""{UPRIGHT}<h1>电子发票（普通发票）</h1><table class="p"><tr><td style="width:24mm">发票号码:<td>{paper.number}
<td style="width:24mm">开票日期:<td>{paper.day}</table><h3>销售方信息</h3><table class="p"><tr><td style="width:60mm">名称
<td>{paper.seller}
<tr><td>统一社会信用代码/纳税人识别号<td>{paper.seller_id}</table><h3>购买方信息</h3><table class="p"><tr><td style="width:60mm">名称
<td>{paper.buyer}
<tr><td>统一社会信用代码/纳税人识别号<td>{paper.buyer_id}</table><table><tr><th>项目名称<th>金额<th>税率<th>税额{rows}</table>
<table class="p"><tr><td>金额合计<td class="r">CNY {grouped(paper.net)}<tr><td>税额合计<td class="r">CNY {grouped(paper.tax)}
<tr><td>价税合计（小写）<td class="r">CNY {grouped(paper.gross)}<tr><td>价税合计（大写）<td class="r">{words(paper.gross)}</table>"""


def taxi_desk(paper: Invoice) -> str:
    """增值税专用发票 printed from a till's software: one narrow column, labels and values run on, the day with short figures."""
    return f"""{SHEET % "90mm 240mm"}<h1>增值税电子专用发票</h1><p>发票代码 {paper.code}　发票号码 {paper.number}
<br>开票日期 {chinese(paper.day)}</p>
<p>购买方名称 {paper.buyer}<br>购买方识别号 {paper.buyer_id}<br>购买方地址电话 天津市样例区虚构道2号<br>销售方名称 {paper.seller}
<br>销售方识别号 {paper.seller_id}</p>
<hr><p>*检验检测服务*{paper.service}<br>数量 1　单价 {paper.net}　税率 {paper.rate}%</p><hr>
<p>合计金额 ¥{paper.net}　合计税额 ¥{paper.tax}<br>价税合计 ¥{paper.gross}<br>大写 {words(paper.gross)}</p>
<p>备注 此票可在税务网站查验</p>"""
