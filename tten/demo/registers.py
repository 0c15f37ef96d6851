"""What the registers answer in a demo: made-up data, the same at every run. Of the demo's own units nothing that stops them.

Any other code that one types is a firm made up for it; the last sign but one says how it stands: 0 is 注销, 1 is 吊销, 2 has
a record of bad credit.
"""

import hashlib

from accounts.models import Unit
from registers.gateways import Answered, NotAnswered, Terms
from registers.kinds import Register, Status, Trouble
from tten.demo import names

SOURCE = "演示数据"
RARE = 7  # one of so many firms of the demo has another legal representative on the register
ENDED = {"0": Status.CANCELLED, "1": Status.REVOKED}
BAD = "2"
BY_LAST_SIGN = {  # of an invoice's number, the rest agrees
    "3": Status.DIFFERS,
    "5": Status.UNKNOWN,
}
LATER = "7"
OURS = "DEM"  # in every code of the demo


def ask(register: str, subject: str, _terms: Terms) -> Answered:
    """Answer as the register would; NotAnswered for the invoices that have to be asked about later."""
    if register == Register.INVOICE:
        return of_invoice(subject)
    if register == Register.CREDIT:
        return of_credit(subject)
    unit = Unit.objects.filter(uscc=subject).order_by("pk").first() if OURS in subject else None
    return of_unit(unit) if unit is not None else of_stranger(subject)


def of_invoice(subject: str) -> Answered:
    """一致 of most; the last sign of the number decides."""
    if subject.endswith(LATER):
        raise NotAnswered(Trouble.LATER)
    return Answered(BY_LAST_SIGN.get(subject[-1], Status.MATCHES), {}, SOURCE)


def of_credit(code: str) -> Answered:
    """A record of bad credit for some codes that are not the demo's own."""
    if code[-2] == BAD and OURS not in code:
        return Answered(Status.HIT, {"record": "严重违法失信名单（演示）"}, SOURCE)
    return Answered(Status.CLEAN, {}, SOURCE)


def of_unit(unit: Unit) -> Answered:
    """What the unit says of itself; the person differs for one of RARE."""
    number = number_of(unit.uscc)
    person = unit.legal_representative if number % RARE else names.person(number % 90)
    facts = {"name": unit.name, "legal_representative": person, "address": unit.address}
    return Answered(Status.ACTIVE, facts | {"district": str(unit.district or "")}, SOURCE)


def of_stranger(code: str) -> Answered:
    """A firm that is made up for the code."""
    number = number_of(code) % 900
    facts = {
        "name": names.firm(number),
        "legal_representative": names.person(number),
        "address": names.address("天津市南开区", number),
        "district": "南开区",
    }
    return Answered(ENDED.get(code[-2], Status.ACTIVE), facts, SOURCE)


def number_of(code: str) -> int:
    """A number that is always the same for the code."""
    return int(hashlib.sha256(code.encode()).hexdigest()[:8], 16)
