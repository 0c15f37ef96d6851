"""A small world: people of every role; `tten.demo.drive` brings its cases to every state."""

import datetime as dt
import itertools
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.certification.services import save_certification
from accounts.login.consent import consent
from accounts.models import Unit, UnitKind, UnitMember, User
from catalog.models import Category, LabBatch, Laboratory, Product, Provider
from records.models import Document
from reviews.models import District, Office, OfficeMember
from tests.recording import recorded
from tten.demo import admissions, drive
from tten.demo.drive import Cast

drive_admission = recorded(admissions.drive_admission)
drive_application = recorded(drive.drive_application)
drive_claim = recorded(drive.drive_claim)
drive_order = recorded(drive.drive_order)
drive_unit = recorded(drive.drive_unit)

CODES = (  # plainly fictional, all pass the check digit (domain.md §6.2)
    "91120104000000019E",
    "91120116000000027M",
    "91120222MA00000312",
    "121200000000000510",
    "9111010800000006X7",
    "91130100000000078U",
    "52120000000000086E",
)
FIRM, OTHER_FIRM, PROVIDER, BEIJING = CODES[0], CODES[1], CODES[3], CODES[4]
counter = itertools.count(1)


@recorded
def make_user(username="", **fields):
    username = username or f"user{next(counter)}"
    proved = {"phone_verified_at": timezone.now()} if fields.get("phone") else {}
    if fields.get("email"):
        proved["email_verified_at"] = timezone.now()
    user = User.objects.create_user(
        username, password="tten-test-2026", **{"name": f"测试{username}", **proved, **fields}
    )
    consent(user)
    return user


@recorded
def make_document(by, name="材料.pdf", content=b"%PDF-1.4\n%%EOF\n"):
    return Document.objects.create(
        file=ContentFile(content, name),
        name=name,
        content_type="application/pdf",
        size=len(content),
        sha256=f"{next(counter):064x}",
        created_by=by,
    )


@recorded
def make_office(kind, name="", *people, district=None, financial=()):
    office = Office.objects.create(kind=kind, name=name or f"单位{next(counter)}", district=district)
    for person in people:
        OfficeMember.objects.create(office=office, user=person, is_financial=person in financial)
    return office


@recorded
def make_unit(admin, uscc=FIRM, name="海河样例科技有限公司", district="120104", **fields):
    """A unit at 未认证 with everything filled in."""
    unit = Unit(
        name=name,
        uscc=uscc,
        district=District.objects.get(code=district),
        licence=make_document(admin),
        **{
            "kind": UnitKind.ENTERPRISE,
            "address": "样例路 1 号",
            "founded_on": dt.date(2018, 5, 1),
            "legal_representative": "甄样例",
            "handler_name": "贾经办",
            "handler_phone": "13800000000",
            "licence_permanent": "licence_until" not in fields,
            **fields,
        },
    )
    return save_certification(unit, by=admin)


@recorded
def make_category(**fields):
    number = next(counter)
    return Category.objects.create(**{"code": f"c{number}", "name": f"类别{number}", "may_be_marked": True, **fields})


@recorded
def make_provider(member=None, uscc=PROVIDER, name="样例检测服务中心", **fields):
    unit = None
    if member is not None:
        unit = Unit.objects.create(name=name, uscc=uscc, kind=UnitKind.INSTITUTION)
        UnitMember.objects.create(unit=unit, user=member, role=UnitMember.Role.ADMIN)
    return Provider.objects.create(**{"name": name, "uscc": uscc, "unit": unit, "is_admitted": True, **fields})


@recorded
def make_laboratory(batch=None, **fields):
    number = next(counter)
    batch = batch or LabBatch.objects.get_or_create(number=1, defaults={"published_on": dt.date(2025, 1, 1)})[0]
    provider = make_provider(name=f"样例实验室{number}", uscc=BEIJING, region="beijing")
    return Laboratory.objects.create(
        **{
            "provider": provider,
            "number": f"JJJ{number:05d}",
            "host_name": "北京样例研究院",
            "host_uscc": BEIJING,
            "kind": "national",
            "fields": ["materials"],
            "batch": batch,
            **fields,
        }
    )


@recorded
def make_product(provider, category=None, **fields):
    return Product.objects.create(
        **{
            "provider": provider,
            "category": category or make_category(),
            "name": "材料力学性能检测",
            "price": Decimal(1000),
            "status": Product.Status.ON_SALE,
            "is_marked": True,
            **fields,
        }
    )


PEOPLE = (
    "applicant",
    "reader",
    "stranger",
    "provider_member",
    "platform",
    "district",
    "other_district",
    "body",
    "body_second",
    "other_body",
    "municipal",
    "administrator",
    "curator",
    "auditor",
    "expert_1",
    "expert_2",
    "expert_3",
)

DUTIES = {"administrator": "accounts", "curator": "catalog", "auditor": "audit"}


class World(Cast):
    """People of every role. `applicant` and `reader` (只读) belong to the certified firm `unit`, `stranger` to another."""

    @recorded
    def __init__(self):
        self.people = {name: make_user(name) for name in PEOPLE} | {"clock": User.objects.clock()}
        vars(self).update(self.people)
        for name, duty in DUTIES.items():
            User.objects.filter(username=name).update(duty=duty, is_staff=True)
            self.people[name].refresh_from_db()
        kinds, district = Office.Kind, District.objects.get
        self.platform_office = make_office(kinds.PLATFORM, "科服网平台", self.platform)
        self.district_office = make_office(
            kinds.DISTRICT, "南开区科技局", self.district, district=district(code="120104")
        )
        self.other_district_office = make_office(
            kinds.DISTRICT, "滨海新区科技局", self.other_district, district=district(code="120116")
        )
        self.body_office = make_office(kinds.BODY, "样例专业机构", self.body, self.body_second)
        self.municipal_office = make_office(kinds.MUNICIPAL, "市科技局", self.municipal)
        self.municipal_office.memberships.update(role=OfficeMember.Role.LEAD)
        experts = [self.expert_1, self.expert_2, self.expert_3]
        self.expert_office = make_office(kinds.EXPERT, "专家库", *experts, financial=[self.expert_1])
        self.experts = list(self.expert_office.memberships.order_by("pk"))
        self.unit = drive_unit(make_unit(self.applicant), "certified", self)
        self.unit.memberships.create(user=self.reader, role=UnitMember.Role.READER)
        self.other_unit = drive_unit(
            make_unit(self.stranger, OTHER_FIRM, "渤海样例制造有限公司", "120116"), "certified", self
        )
        self.other_body_office = make_office(kinds.BODY, "另一专业机构", self.other_body)
        self.provider = make_provider(self.provider_member)
        self.product = make_product(self.provider)

    make_order = recorded(Cast.make_order)
    make_application = recorded(Cast.make_application)
    make_claim = recorded(Cast.make_claim)
    hear_experts = recorded(Cast.hear_experts)
    decide = recorded(Cast.decide)

    @recorded
    def make_admission(self, unit=None, by=None, scope=None):
        """A complete draft of the firm's, for the category of the world's product; the provider's desk is another unit's."""
        return admissions.make_admission(
            self, unit or self.unit, scope or [self.product.category], by=by or self.applicant
        )

    @recorded
    def admit(self, state="admitted", **whose):
        """The firm's admission at the state."""
        return drive_admission(self.make_admission(**whose), state, self, by=whose.get("by") or self.applicant)

    def paper(self, by, kind, facts):
        return make_document(by, f"{kind}.pdf")

    @recorded
    def lend(self):
        """A stand-in at work for the district's only reviewer, from another district's office."""
        self.people["deputy"] = self.deputy = make_user("deputy")
        make_office(Office.Kind.DISTRICT, "河西区科技局", self.deputy, district=District.objects.get(code="120103"))
        today, place = timezone.localdate(), self.district_office.memberships.get()
        return OfficeMember.objects.create(
            office=self.district_office,
            user=self.deputy,
            stands_in_for=place,
            starts_on=today,
            ends_on=today + dt.timedelta(days=7),
        )
