"""How certificates look: as an authority prints them, and as a body attests."""

from tests.papers.layouts import Item, in_chinese

HEADS = {"资质认定证书": "检验检测机构", "认可证书": "实验室", "质量管理体系认证证书": ""}


def printed(t):
    """资质认定: labels with a colon, the days below in two lines."""
    yield Item(180, 60, HEADS[t["title"]] + t["title"], 20)
    rows = (
        f"证书编号：{t['number']}",
        f"名称：{t['name']}",
        "地址：天津市南开区样例路1号",
        "经审查，你机构已具备国家有关法律、行政法规规定的基本条件和能力，现予批准。",
        f"发证日期：{in_chinese(t['granted_on'])}",
        f"有效期至：{in_chinese(t['valid_until'])}",
        "发证机关：样例市场监督管理委员会",
    )
    for row, text in enumerate(rows):
        yield Item(80, 120 + 28 * row, text, 11)


def attested(t):
    """认可: a number in brackets below the title, 兹证明 and whom, the days in two columns."""
    yield Item(150, 50, "样例合格评定委员会", 14)
    yield Item(200, 80, HEADS[t["title"]] + t["title"], 18)
    yield Item(220, 104, f"（注册号：{t['number']}）", 11)
    yield Item(80, 150, "兹证明：", 11)
    yield Item(80, 176, t["name"], 12)
    yield Item(80, 202, "（天津市南开区样例路1号）", 11)
    yield Item(80, 228, "符合样例准则的要求，具备承担本证书附件所列服务的能力，予以认可。", 11)
    yield Item(80, 280, f"生效日期：{t['granted_on']}", 10)
    yield Item(320, 280, f"截止日期：{t['valid_until']}", 10)
