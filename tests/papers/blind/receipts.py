"""Four bank receipts as four banks print them."""

from tests.papers.blind.invoices import SHEET, UPRIGHT, WIDE
from tests.papers.blind.values import Receipt, chinese, grouped, padded, words


def city_bank(paper: Receipt) -> str:
    """电子回单 in a frame: payer left, payee right, heads upright; figures and words in one row."""
    return f"""{WIDE}<h2 class="c">样例银行　网上银行电子回单</h2><p>电子回单号码：{paper.serial[::-1]}　　　打印日期：2026-11-20</p>
<table><tr><td class="v" rowspan="3">付<br>款<br>人<td>户　名<td>{paper.payer}<td class="v" rowspan="3">收<br>款<br>人<td>户　名
<td>{paper.payee}
<tr><td>账　号<td>{paper.payer_account}<td>账　号<td>{paper.payee_account}<tr><td>开户银行<td>{paper.payer_bank}<td>开户银行
<td>{paper.payee_bank}
<tr><td colspan="2">金　额<td colspan="4">人民币（大写）：{words(paper.amount)}　　¥{grouped(paper.amount)}元
<tr><td colspan="2">摘　要<td>技术服务费<td colspan="2">业务（产品）种类<td>跨行汇款<tr><td colspan="2">用　途<td colspan="4">支付检测费
<tr><td colspan="2">交易流水号<td>{paper.serial}<td colspan="2">时间戳<td>{paper.day}-10.22.31.550127</table>
<p>记账网点：00302　记账柜员：00023　记账日期：{padded(paper.day)}</p>"""


def building_bank(paper: Receipt) -> str:
    """客户专用回单: 全称, 账号, 开户行 one below the other for each side; 币别 and serial in the head."""
    return f"""{WIDE}<h2 class="c">示例商业银行客户专用回单</h2><p>币别：人民币　　　{chinese(paper.day)}　　　流水号：{paper.serial}</p>
<table><tr><td class="v" rowspan="3">付款人<td>全称<td>{paper.payer}<td class="v" rowspan="3">收款人<td>全称<td>{paper.payee}
<tr><td>账号<td>{paper.payer_account}<td>账号<td>{paper.payee_account}<tr><td>开户行<td>{paper.payer_bank}<td>开户行<td>{paper.payee_bank}
<tr><td>金额<td colspan="3">(大写){words(paper.amount)}<td colspan="2">(小写)￥{grouped(paper.amount)}
<tr><td>凭证种类<td colspan="2">电子转账凭证<td>凭证号码<td colspan="2">100483<tr><td>结算方式<td colspan="2">转账<td>用途
<td colspan="2">服务费</table>"""


def merchant_bank(paper: Receipt) -> str:
    """出账回单 as a list: each line a label and its value."""
    lines = (
        ("交易日期", f"{paper.day:%Y%m%d}"),
        ("交易流水", paper.serial),
        ("付款户名", paper.payer),
        ("付款账号", paper.payer_account),
        ("付款开户行", paper.payer_bank),
        ("收款户名", paper.payee),
        ("收款账号", paper.payee_account),
        ("收款开户行", paper.payee_bank),
        ("交易金额(小写)", f"CNY {grouped(paper.amount)}"),
        ("交易金额(大写)", f"人民币{words(paper.amount)}"),
        ("手续费", "CNY 5.00"),
        ("交易摘要", "检测服务费"),
        ("经办", "N0012"),
        ("回单编号", "HD2026" + paper.payee_account[-6:]),
    )
    return f"""{UPRIGHT}<h2>出账回单</h2>{"".join(f"<div>{label}：{value}</div>" for label, value in lines)}
<p>提示：1.电子回单验证相同表示同一笔业务回单，请勿重复记账使用。</p>"""


def village_bank(paper: Receipt) -> str:
    """A counter's slip in two languages, narrow, values below their labels."""
    cells = (
        ("交易日期 Date", f"{paper.day:%Y/%m/%d}"),
        ("付款人名称 Payer", paper.payer),
        ("付款人账号 Payer A/C", " ".join(split(paper.payer_account))),
        ("收款人名称 Payee", paper.payee),
        ("收款人账号 Payee A/C", " ".join(split(paper.payee_account))),
        ("收款人开户行 Payee Bank", paper.payee_bank),
        ("金额 Amount", f"RMB{grouped(paper.amount)}"),
        ("大写金额 In words", words(paper.amount)),
        ("流水号 Serial No.", paper.serial),
    )
    body = "".join(f"<p style='margin:2pt 0'><small>{label}</small><br>{value}</p>" for label, value in cells)
    return f"""{SHEET % "100mm 160mm"}<h3>虚构农商银行 转账业务回单</h3>{body}"""


def split(account: str) -> list[str]:
    """The account in groups of four, as cards carry it."""
    return [account[place : place + 4] for place in range(0, len(account), 4)]
