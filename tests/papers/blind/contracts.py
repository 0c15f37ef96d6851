"""Two contracts as two firms write them."""

from tests.papers.blind.invoices import UPRIGHT
from tests.papers.blind.values import Contract, chinese, grouped, padded, words

PROSE = (
    "甲乙双方依据《中华人民共和国民法典》，就本项目的技术服务事宜，经平等协商，"
    "在真实、充分地表达各自意愿的基础上，达成如下协议，并由双方共同恪守。"
)


def with_cover(paper: Contract) -> str:
    """技术服务合同 on the model text's pattern: a cover with ruled lines, articles, a page to sign."""
    return f"""{UPRIGHT}<p class="r">合同编号：{paper.number}</p><h1 style="margin:40mm 0">{paper.name}</h1>
<p>项目名称：{paper.name.removesuffix("技术服务合同")}</p><p>委托方（甲方）：{paper.party_a}</p><p>受托方（乙方）：{paper.party_b}</p>
<p>签订时间：{chinese(paper.day)}</p><p>签订地点：天津市</p><p>有效期限：{chinese(paper.starts)}至{chinese(paper.ends)}</p>
<p style="break-before:page">{PROSE}</p>
<p>第一条　服务内容：乙方按照甲方要求提供{paper.name.removesuffix("技术服务合同")}服务并出具报告。</p>
<p>第二条　技术服务报酬及支付方式：1.技术服务费总额为：人民币{words(paper.amount)}（¥{grouped(paper.amount)}），含税。</p>
<p>2.合同签订后5个工作日内支付30%，计¥{grouped(paper.amount * 3 / 10)}；余款于{chinese(paper.ends)}前付清。</p>
<p>第三条　逾期违约金每日为合同总额的0.5‰，最高不超过10000.00元。</p>
<p style="margin-top:20mm">甲方（盖章）：　　　　　　　　乙方（盖章）：</p><p>法定代表人：　　　　　　　　　法定代表人：</p>"""


def short_form(paper: Contract) -> str:
    """A two-page agreement without a cover: parties in the first lines, the sum in the article, the day below the seals."""
    return f"""{UPRIGHT}<h2 class="c">{paper.name}</h2><table class="p"><tr><td>甲方（委托单位）：{paper.party_a}
<td class="r">编号：{paper.number}
<tr><td>乙方（检测单位）：{paper.party_b}<td></table><p>{PROSE}</p><p>一、检测项目见附件。</p>
<p>二、本合同总价款（含税）为 {paper.amount} 元（大写：{words(paper.amount)}），甲方于收到报告后30日内一次付清。</p>
<p>三、服务期限自{padded(paper.starts)}起至{padded(paper.ends)}止。</p><p>四、本合同一式肆份，自双方签字盖章之日起生效。</p>
<table class="p" style="margin-top:15mm"><tr><td>甲方（公章）：{paper.party_a}<td>乙方（公章）：{paper.party_b}<tr><td>授权代表：样例甲
<td>授权代表：样例乙
<tr><td>开户行：样例银行<td>开户行：示例银行<tr><td>签订日期：{chinese(paper.day)}<td>签订日期：{chinese(paper.day)}</table>"""
