"""Signs of a tie between the applicant and the provider (domain.md §3): every reviewer sees them, nobody is stopped."""

import re
from collections.abc import Iterator

from django.contrib.auth import get_user_model

from accounts.cases.models import UnitCase
from accounts.models import Unit, UnitSnapshot
from catalog.models import Provider
from ui.figures import bare_phone
from ui.names import as_compared

PUBLIC_MAIL = frozenset(
    {
        "qq.com",
        "vip.qq.com",
        "foxmail.com",
        "163.com",
        "vip.163.com",
        "126.com",
        "yeah.net",
        "139.com",
        "189.cn",
        "wo.cn",
        "sina.com",
        "sina.cn",
        "sohu.com",
        "aliyun.com",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "gmail.com",
        "icloud.com",
        "yahoo.com",
        "tom.com",
        "21cn.com",
    }
)
ADDRESS_SIGNS = re.compile(r"[\s（）()，,。.\-—·]")


def tie_warnings(case: UnitCase, provider: Provider) -> list[str]:
    """A sentence for each thing that the applying unit, then or now, and the provider of its order share."""
    mail = [
        f"申请单位与服务机构使用同一个非公共邮箱域名“{domain}”，请核对是否存在关联关系。"
        for domain in shared_domains(case.unit, provider.unit)
    ]
    return list(dict.fromkeys([*ties(case.certified, provider), *ties(case.unit, provider), *mail]))


def ties(unit: Unit | UnitSnapshot, provider: Provider) -> Iterator[str]:
    """What the unit shares with the provider or with the unit behind it: the person, the phone, the address."""
    sides: list[Provider | Unit] = [provider, *([provider.unit] if provider.unit else [])]
    people = {as_compared(side.legal_representative) for side in sides if side.legal_representative}
    if unit.legal_representative and as_compared(unit.legal_representative) in people:
        yield f"申请单位与服务机构的法定代表人同为“{unit.legal_representative}”，请核对是否存在关联关系。"
    phones = {digits(phone) for phone in (provider.phone, getattr(provider.unit, "handler_phone", "")) if phone}
    if unit.handler_phone and digits(unit.handler_phone) in phones:
        yield "申请单位与服务机构的联系电话相同，请核对是否存在关联关系。"
    addresses = {bare_address(side.address) for side in sides if side.address}
    if unit.address and bare_address(unit.address) in addresses:
        yield "申请单位与服务机构的地址相同，请核对是否存在关联关系。"


def digits(text: str) -> str:
    """The figures of a phone number, without the country's code."""
    return re.sub(r"[^0-9]", "", bare_phone(text))


def bare_address(text: str) -> str:
    """An address without signs and spaces, as a reader compares it."""
    return ADDRESS_SIGNS.sub("", as_compared(text))


def shared_domains(unit: Unit, other: Unit | None) -> list[str]:
    """The domains of e-mail addresses that members of both have and that are no public mail service."""
    if other is None:
        return []
    people = get_user_model().objects.filter(units__in=(unit, other)).exclude(email="")
    found: dict[int, set[str]] = {unit.pk: set(), other.pk: set()}
    for side, address in people.values_list("units", "email"):
        found[side].add(address.rpartition("@")[2].lower())
    return sorted((found[unit.pk] & found[other.pk]) - PUBLIC_MAIL)
