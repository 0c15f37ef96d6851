"""Papers that WeasyPrint prints: tables, embedded fonts, cells that wrap. Written after the reader, read once before anything
was changed for them: 105 of 108 facts were right, the code of a licence behind a single blank was not.
"""

import os
import subprocess
import sys
from decimal import Decimal

from tests.papers import more_layouts, truth
from tests.papers.corpus import Paper
from tests.papers.layouts import in_chinese, words
from ui.fonts import VARIABLE, configuration_file

STYLE = """<style>@page{size:A4;margin:1.2cm}body{font:9pt TTEN Song}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #833;padding:2pt 4pt}.down{width:1em;word-break:break-all;text-align:center}.right{text-align:right}
h1{text-align:center;letter-spacing:.3em}</style>"""


def table(*rows):
    """Rows of cells; a cell that begins with > spans the rest of six columns, with | it goes down three rows."""
    out = ""
    for row in rows:
        out += "<tr>"
        for cell in row:
            attributes = {">": " colspan=4", "|": " rowspan=3 class=down"}.get(cell[:1], "")
            out += f"<td{attributes}>{cell.lstrip('>|')}</td>"
        out += "</tr>"
    return f"<table>{out}</table>"


def price(value):
    return f"{Decimal(value):,.2f}"


def invoice(t):
    title = "增值税专用发票" if t["type"] == "专用" else "普通发票"
    side = "<td class=down>{}</td><td>名称：{}<br><br>统一社会信用代码/纳税人识别号：{}</td>"
    sides = side.format("购买方信息", t["buyer"], t["buyer_tax_id"]) + side.format(
        "销售方信息", t["seller"], t["seller_tax_id"]
    )
    goods = table(
        ("项目名称", "规格型号", "单位", "数量", "单价", "金额", "税率/征收率", "税额"),
        ("*研发服务*检测费", "", "项", "1", t["net"], t["net"], "6%", t["tax"]),
    )
    sums = f"<tr><td colspan=5>合　　计<td>¥{t['net']}<td><td>¥{t['tax']}</tr>"
    whole = f"<tr><td>价税合计（大写）<td colspan=4>{words(t['gross'])}<td colspan=3>（小写）¥{t['gross']}</tr>"
    top = f"<h1>电子发票（{title}）</h1><p class=right>发票号码：{t['invoice_number']}<br>开票日期：{in_chinese(t['issued_on'])}</p>"
    return top + f"<table><tr>{sides}</tr></table>" + goods.replace("</table>", sums + whole + "</table>")


def receipt_of_sides(t):
    return (
        f"<h1>中国样例银行 电子回单</h1><p>回单编号：{t['serial']}　　　　日期：{in_chinese(t['paid_on'])}</p>"
        + table(
            ("|付款人", "户名", t["payer"], "|收款人", "户名", t["payee"]),
            ("账号", t["payer_account"], "账号", t["payee_account"]),
            ("开户行", "样例银行南开支行", "开户行", "虚构银行滨海支行"),
            ("金额", f">人民币（大写）{words(t['amount'])}　　¥{price(t['amount'])}"),
            ("摘要", ">检测费"),
        )
    )


def receipt_of_cells(t):
    return "<h1>网银付款凭证</h1>" + table(
        ("付款方户名", t["payer"], "收款方户名", t["payee"]),
        ("付款方账号", t["payer_account"], "收款方账号", t["payee_account"]),
        ("交易金额", f"{price(t['amount'])} 元", "大写金额", words(t["amount"])),
        ("交易日期", t["paid_on"], "交易流水号", t["serial"]),
    )


def contract(t):
    return f"""<p>合同编号：{t["number"]}</p><h1>{t["name"]}</h1><p>合同名称：{t["name"]}</p>
<p>委托方（甲方）：{t["party_a"]}<br>受托方（乙方）：{t["party_b"]}</p><p>签订时间：{in_chinese(t["signed_on"])}</p>
<p>第一条　技术服务的内容按附件执行。第二条　服务费由甲方分期支付给乙方。合同金额：{t["amount"]}元（大写：{words(t["amount"])}）</p>"""


def licence(t):
    return f"<h1>营业执照</h1><p>统一社会信用代码 {t['uscc']}</p>" + table(
        ("名　　称", t["name"], "注册资本", t["capital"]),
        ("类　　型", "有限责任公司", "成立日期", in_chinese(t["founded_on"])),
        ("法定代表人", t["legal_representative"], "住　　所", t["address"]),
        ("营业期限", more_layouts.term(t), "登记机关", "样例市场监督管理局"),
    )


PRINTS = "import sys, weasyprint; sys.stdout.buffer.write(weasyprint.HTML(string=sys.stdin.read()).write_pdf())"


def printed(html):
    """The page as PDF with the portal's faces, by a process that has printed nothing before: what was printed there may own a glyph."""
    command = [sys.executable, "-X", "utf8", "-c", PRINTS]
    faces = os.environ | {VARIABLE: str(configuration_file())}
    return subprocess.run(command, input=html.encode(), env=faces, capture_output=True, check=True).stdout


PRINTED = (
    (invoice, truth.invoice, "digital"),
    (receipt_of_sides, truth.receipt, "receipt"),
    (receipt_of_cells, truth.receipt, "receipt"),
    (contract, truth.contract, "contract"),
    (licence, truth.licence, "licence"),
)


def papers(many=3):
    """So many of each layout."""
    for write, facts, kind in PRINTED:
        for seed in range(many):
            t = facts(900 + seed)
            yield Paper("printed", write.__name__, kind, "pdf", t, t, lambda t=t, w=write: printed(STYLE + w(t)))
