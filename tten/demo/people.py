"""The people and offices of the demo: those of the table, and one reviewer for each further district."""

import datetime as dt

from django.conf import settings
from django.db.models import Value
from django.db.models.functions import Concat, Replace
from django.utils import timezone

from accounts.login.consent import TERMS_VERSION
from accounts.models import Consent, Duty, Unit, UnitKind, UnitMember, User
from catalog.models import Provider
from reviews.experts.services import keep_profile
from reviews.models import District, ExpertProfile, Office, OfficeMember
from reviews.stand_ins import add_stand_in
from tten.demo import names
from tten.demo.accounts import DEMO_ACCOUNTS, PASSWORD, DemoAccount

DESKS = ("provider", *(f"provider_{number}" for number in range(2, 9)))
DUTIES = {"admin": Duty.ACCOUNTS, "curator": Duty.CATALOG, "auditor": Duty.AUDIT}
EARLY = (
    "unit_admin"  # whose year of mails leaves when the demo is loaded; all others have their addresses from that day on
)
EXPERTS = (
    ("演示会计师事务所", "注册会计师", "services"),
    ("演示理工大学", "教授", "materials", "manufacturing"),
    ("演示医学研究所", "研究员", "biomedicine"),
    ("演示电子工程学院", "教授", "electronics", "manufacturing"),
    ("演示能源研究院", "正高级工程师", "energy", "environment"),
)
LEADS = ("municipal", "platform")
LEAVE = dt.timedelta(days=14)
PINNED = {"120104": "district_nankai", "120116": "district_binhai"}


def make_people() -> dict[str, User]:
    """Every account of the table, by user name; all share one password."""
    pattern = User(username="pattern")
    pattern.set_password(PASSWORD)
    people = [named(row, pattern.password) for row in DEMO_ACCOUNTS]
    people += [
        User(username=f"district_{code.lower()}", name=names.person(index), password=pattern.password)
        for index, code in enumerate(District.objects.values_list("code", flat=True))
        if code not in PINNED
    ]
    people += [User(username=username, name="傅演示", password=pattern.password) for username in DESKS[1:]]
    User.objects.bulk_create(people)
    Consent.objects.bulk_create(Consent(user=person, version=TERMS_VERSION) for person in people)
    return {person.username: person for person in people}


def named(row: DemoAccount, password: str) -> User:
    """A person of the table, not stored yet; what he is reached by is proved."""
    now = timezone.now()
    return User(
        username=row.username,
        phone=row.phone,
        phone_verified_at=now,
        name=row.name,
        password=password,
        email=mail_of(row.username) if row.username == EARLY else "",
        email_verified_at=now if row.username == EARLY else None,
        is_staff=row.username in DUTIES,
        duty=DUTIES.get(row.username, ""),
    )


def mail_of(username: str) -> str:
    """An address that nobody has (RFC 2606), at a domain of the person's own: who shares one is asked about."""
    return f"{username}@{username.replace('_', '-')}.example"


def give_addresses() -> None:
    """Everybody has a proved address: what is done from now on is seen as mail, and a forgotten password set anew by it."""
    people = User.objects.filter(email="").exclude(pk=User.objects.clock().pk)
    domain = Concat(Replace("username", Value("_"), Value("-")), Value(".example"))
    people.update(email=Concat("username", Value("@"), domain), email_verified_at=timezone.now())


def phone_of(place: int) -> str:
    """The number of the office at this place, marked as none; see `names.phone`."""
    return f"{names.phone('022', 100 + place)}（演示）"


def make_offices(people: dict[str, User]) -> None:
    """The platform, twenty-one districts, two bodies, the experts and the city."""
    office_with("platform", "天津科服网平台", people["platform"], phone=settings.POLICY_PHONE)
    for place, district in enumerate(District.objects.all()):
        username = PINNED.get(district.code, f"district_{district.code.lower()}")
        office_with(
            "district", f"{district.name}科技主管部门", people[username], district=district, phone=phone_of(place)
        )
    office_with("body", "天津科技评估（演示）中心", people["body_a"], people["body_b"], phone=phone_of(50))
    office_with("expert", "天津市科技专家库", *(people[f"expert_{number}"] for number in range(1, 6)))
    office_with("municipal", "天津市科学技术局", people["municipal"], phone=phone_of(51))
    OfficeMember.objects.filter(user=people["expert_1"]).update(is_financial=True)
    describe_experts(people)
    OfficeMember.objects.filter(user__username__in=LEADS).update(role=OfficeMember.Role.LEAD)
    lend(people["district_binhai"], people["district_120116-teda"])


def describe_experts(people: dict[str, User]) -> None:
    """What the experts know, and where they work: nowhere that takes part in a case."""
    for number, (employer, title, *specialties) in enumerate(EXPERTS, start=1):
        profile = ExpertProfile(employer=employer, title=title, specialties=specialties)
        keep_profile(profile, by=people[f"expert_{number}"])


def lend(absent: User, deputy: User) -> None:
    """A leave of two weeks, for which a reviewer of another office stands in."""
    place, today = OfficeMember.objects.get(user=absent), timezone.localdate()
    add_stand_in(place, deputy, today, today + LEAVE, by=User.objects.get(username="municipal"))


def office_with(kind: str, name: str, *members: User, **fields: object) -> Office:
    """One office with its members."""
    office = Office.objects.create(kind=kind, name=name, **fields)
    OfficeMember.objects.bulk_create(OfficeMember(office=office, user=member) for member in members)
    return office


def give_desks(providers: list[Provider], people: dict[str, User]) -> None:
    """Behind the first providers stand units, each with an account that keeps its desk."""
    for provider, username in zip(providers, DESKS, strict=False):
        unit = Unit.objects.create(
            name=provider.name,
            uscc=provider.uscc,
            kind=UnitKind.INSTITUTION,
            district_id="120104",
            address=provider.address,
            legal_representative=provider.legal_representative,
        )
        UnitMember.objects.create(unit=unit, user=people[username], role=UnitMember.Role.ADMIN)
        provider.unit = unit
        provider.save(update_fields=["unit"])
