"""The words that stand before a fact on a paper, by kind of paper; as they are printed, without blanks, in half width."""

import re
from dataclasses import dataclass

from papers.facts import Kind

NAMED_CONTRACT = "合同名称"
TRANSLATED = re.compile(  # a label that is repeated in English behind it
    r"\(?(?:(?:trans(?:action)?|payer|payee|remitter|beneficiary|payment|buyer|seller|invoice|contract|party|name|account|acct|a/c|numbers?|no"
    r"|bank|amount|amt|date|time|serial|currency|figures|words|reference|ref|in|of|the)[./']*)+\)?(?![0-9A-Za-z])",
    re.IGNORECASE,
)
UNTIL = "until"  # the end of a term that stands behind a label of its own
TERM = "term"  # two facts in one: from when until when
NAME, TAX_ID, ACCOUNT = "名称", "税号", "账号"  # labels that do not say whose: the side of the page does
CODE_OF_FIRM = r"(?:统一社会信用代码[/及和]?)?(?:纳税人识别号|税务登记号|识别号|税号)|统一社会信用代码"
OF_BUYER, OF_SELLER = r"(?:购买方|购货方|购货单位|购方|受票方)", r"(?:销售方|销货方|销货单位|销方|开票方)"
OF_PAYER = r"(?:付款人|付款方|付款单位|汇款人|付方)"
OF_PAYEE = r"(?:收款人|收款方|收款单位|收方)"
NAMED, NUMBERED = r"(?:户名|名称|全称|账户名称|帐户名称|账户名)", r"(?:账号|帐号|账户|帐户|卡号)"
Side = tuple[str, str]  # the fact of the first side, of the second
SIDES = {  # what is set beside or above the facts of one side → which side
    **dict.fromkeys(
        ("购买方信息", "购买方", "购货方", "购货单位", "付款人", "付款方", "付款单位", "付款方信息", "付款人信息"), 0
    ),
    **dict.fromkeys(
        ("销售方信息", "销售方", "销货方", "销货单位", "收款人", "收款方", "收款单位", "收款方信息", "收款人信息"), 1
    ),
}
OTHERS = ("密码区", "备注", "附言", "合计")  # set vertically, too: they belong to no line
FACTS_OF_SIDES: dict[Kind, dict[str, Side]] = {
    Kind.DIGITAL: {NAME: ("buyer", "seller"), TAX_ID: ("buyer_tax_id", "seller_tax_id")},
    Kind.VAT: {NAME: ("buyer", "seller"), TAX_ID: ("buyer_tax_id", "seller_tax_id")},
    Kind.RECEIPT: {NAME: ("payer", "payee"), ACCOUNT: ("payer_account", "payee_account")},
}


@dataclass(frozen=True)
class Label:
    """One way to announce a fact.

    marked: only with a colon behind it; such words stand in running text, too.
    """

    pattern: str
    fact: str
    marked: bool = False


INVOICE = (
    Label("电子发票号码", "invoice_number"),
    Label("发票代码", "code"),
    Label("发票号码", "invoice_number"),
    Label("开票日期", "issued_on"),
    Label("校验码", "check_code"),
    Label(f"{OF_BUYER}名称", "buyer"),
    Label(f"{OF_SELLER}名称", "seller"),
    Label(f"{OF_BUYER}(?:{CODE_OF_FIRM})", "buyer_tax_id"),
    Label(f"{OF_SELLER}(?:{CODE_OF_FIRM})", "seller_tax_id"),
    Label("金额合计|合计金额", "net"),
    Label("税额合计|合计税额", "tax"),
    Label("名称", NAME),
    Label(CODE_OF_FIRM, TAX_ID),
    Label(
        r"地址、?电话|开户行及账号|开户银行|银行账号|项目名称|规格型号|收款人|复核人?|开票人|销售方:?\(章\)|备注|密码区|机器编号",
        "",
    ),
)
RECEIPT = (
    Label(f"(?:{OF_PAYER}|付款){NUMBERED}", "payer_account"),
    Label(f"(?:{OF_PAYEE}|收款){NUMBERED}", "payee_account"),
    Label(f"(?:{OF_PAYER}|付款){NAMED}", "payer"),
    Label(f"(?:{OF_PAYEE}|收款){NAMED}", "payee"),
    Label(f"{OF_PAYER}(?:开户行|开户银行)|{OF_PAYEE}(?:开户行|开户银行)|开户行名?|开户银行", ""),
    Label(OF_PAYER, "payer", marked=True),
    Label(OF_PAYEE, "payee", marked=True),
    Label(r"(?:交易|付款|转账|记账|记帐|入账|支付|回单|汇款)日期|交易时间|日期", "paid_on"),
    Label(r"(?:交易|核心|业务|银行|主机)?流水号|交易流水", "serial"),
    Label(r"(?:电子)?回单(?:编号|号码|号)|凭证号", "serial"),
    Label(r"(?:交易|转账|付款|汇款)?金额(?:\(?小写\)?)?|小写(?:金额)?|\(小写\)", "amount"),
    Label(r"(?:交易|转账|付款|汇款)?金额\(?大写\)?|大写(?:金额)?|\(大写\)", ""),
    Label(NAMED, NAME),
    Label(NUMBERED, ACCOUNT),
    Label(
        r"币种|用途|摘要|附言|备注|打印日期|打印时间|验证码|交易渠道|交易机构|手续费|余额|记账柜员|业务类型|交易类型",
        "",
    ),
)
CONTRACT = (
    Label(NAMED_CONTRACT, "name", marked=True),
    Label("项目名称", "name", marked=True),
    Label("合同编号|合同号|编号", "number", marked=True),
    Label(r"甲方(?:\(.{1,8}?\))?|委托方(?:\(甲方\))?|委托人", "party_a", marked=True),
    Label(r"乙方(?:\(.{1,8}?\))?|受托方(?:\(乙方\))?|受托人", "party_b", marked=True),
    Label("签订日期|签订时间|签署日期|签约日期", "signed_on"),
    Label("(?:合同|履行|服务)(?:期限|有效期限?)|有效期限?", TERM, marked=True),
    Label(r"(?:合同|履行|服务|协议)(?:有效)?期限?[自从为]+", TERM),
    Label(r"合同总?(?:金额|价款?|额)|服务(?:费用?|金额)|费用总额|总金额", "amount"),
    Label(
        r"(?:签订|签署)地点|法定代表人|联系人|联系电话|电话|地址|开户银行|开户行|账号|统一社会信用代码|盖章|授权代表|邮编",
        "",
        marked=True,
    ),
)
LICENCE = (
    Label("统一社会信用代码", "uscc"),
    Label("名称", "name"),
    Label("法定代表人|负责人|经营者|执行事务合伙人", "legal_representative"),
    Label("成立日期|注册日期", "founded_on"),
    Label("住所|营业场所|经营场所|主要经营场所", "address"),
    Label("注册资本|出资额|开办资金", "capital"),
    Label("营业期限|有效期限?", TERM),
    Label("类型|经营范围|登记机关|组成形式|证照编号|编号|举办单位|宗旨和业务范围|经费来源", ""),
)
PROOF_OF_ACCOUNT = (
    Label("账户名称|帐户名称|户名|存款人名称|存款人", "account_name"),
    Label("开户银行(?:名称)?|开户行(?:名称)?|开户机构", "bank_name"),
    Label("(?:基本存款账户|银行|账户)?[账帐]号", "account_number"),
    Label("法定代表人|单位负责人|基本存款账户编号|核准号|开户日期|账户性质|账户状态|编号|盖章", ""),
)
CERTIFICATE = (
    Label("(?:证书|认可|许可证|资质)(?:编号|号码?)|注册编?号|编号", "number"),
    Label("(?:机构|单位|企业|组织|获证组织|实验室|持证单位|持证人|申请人)?名称|持证单位|获证组织|兹证明", "name"),
    Label("统一社会信用代码(?:/组织机构代码)?|组织机构代码", "uscc"),
    Label("(?:发证|颁发|颁证|签发|批准|生效|换证)(?:日期|时间)", "granted_on"),
    Label("有效期限?至|有效日期至?|有效截止日期|(?:截止|到期|失效)日期", UNTIL),
    Label("有效期限?", TERM),
    Label(
        "(?:发证|批准|颁发|认可|发证)(?:机关|机构|单位)|法定代表人|法人|(?:注册|检验检测|单位)?地址|初次(?:认可|发证|获证)日期|许可使用标志",
        "",
    ),
)
LABELS_OF: dict[Kind, tuple[Label, ...]] = {
    Kind.DIGITAL: INVOICE,
    Kind.VAT: INVOICE,
    Kind.RECEIPT: RECEIPT,
    Kind.CONTRACT: CONTRACT,
    Kind.LICENCE: LICENCE,
    Kind.ACCOUNT: PROOF_OF_ACCOUNT,
    Kind.CERTIFICATE: CERTIFICATE,
}
SIGNS_OF_KINDS = (  # what a paper says of itself, asked in this order
    (Kind.LICENCE, re.compile(r"营业执照|事业单位法人证书|民办非企业单位登记证书")),
    (Kind.ACCOUNT, re.compile(r"开户许可证|基本存款账户信息|银行账户证明|开户证明")),
    (  # by its title alone: contracts speak of certificates, too
        Kind.CERTIFICATE,
        re.compile(
            r"^(?!.{0,40}(?:合同|协议|回单|发票|报告)).{0,60}?"
            r"(?:资质认定证书|认可证书|高新技术企业证书|认证证书|资质证书|等级证书|注册证书|[^开户]{4}许可证)"
        ),
    ),
    (Kind.RECEIPT, re.compile(r"回单|电子回执|付款凭证|转账凭证|客户专用回执|汇款凭证")),
    (Kind.DIGITAL, re.compile(r"电子发票\((?:普通|增值税专用|铁路|航空)|发票号码:?[0-9]{20}")),
    (Kind.VAT, re.compile(r"增值税.{0,6}发票|发票代码")),
    (Kind.DIGITAL, re.compile(r"电子发票")),
    (Kind.CONTRACT, re.compile(r"合同|协议")),
)
HEAD = 400  # signs in which a paper says what it is
