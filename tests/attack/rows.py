"""The numbers and keys that the attack tries: two firms, A and B, each with one of whatever has an address."""

import copy
import datetime as dt
import uuid

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.box.services import put_in
from accounts.exports.services import take_list
from accounts.models import DataExport, KeptForm, UnitMember
from catalog.models import Inquiry, Picture, Rating
from help.models import ManualAnswer
from news.models import ArticlePicture, Attachment
from orders.models import Booking, ClosedDay, Order, Timetable
from redemption.models import Claim, Payment
from reviews.bulk.services import choose
from reviews.models import Office, Panel, Phrase, Rest, SavedView
from tests import factories as f
from tests.attack.passkey import credential
from tests.catalog.sheets import ugly
from tests.catalog.sheets.brought import brought
from tests.helpers import other_side
from tests.news.writing import drafted, shown
from tests.orders.wanting import offered
from tests.reviews.asking import asked, proposed
from tests.reviews.desk import open_turn
from tests.reviews.pool import expert, formed, more_turns, tie_of
from tests.test_scope import address_book
from tests.tten.announcing import sent

SHELF = ("order_place", "product_ask", "product_detail", "product_favour", "product_pictures", "product_seen")
PAPERS = ("document", "paper", "paper_part", "paper_wait", "certification_read", "admission_read")
ARTICLE = ("edit", "detail", "publish", "hold_back", "drop", "pin", "withdraw", "add_files", "add_picture")
TURNS = ("question_propose",)


def people(world):
    """Who tries, by what he is called in the table: everybody of the world, and some more."""
    handler = f.make_user("handler")
    world.unit.memberships.create(user=handler, role=UnitMember.Role.HANDLER)
    more = {"nobody": None, "handler": handler, "other_expert": expert(world, "other_expert").user}
    left_out = {"clock", "expert_3", "body_second"}  # as expert_2, as body
    return {name: person for name, person in world.people.items() if name not in left_out} | more


def sides(world):
    """{"A": {name: address}, "B": …}: the same addresses with the numbers of two firms."""
    other = other_side(copy.copy(world))
    other.reader = f.make_user("other_reader")
    other.unit.memberships.create(user=other.reader, role=UnitMember.Role.READER)
    others = Office.objects.filter(pk=world.other_body_office.pk)
    others.update(is_active=False)  # every case goes to the body whose people are asked here
    books = {
        "A": book(world, world.expert_1, world.body, "13700000001"),
        "B": book(other, world.expert_2, world.other_district, "13700000002"),
    }
    others.update(is_active=True)
    return books


def needs(world):
    """A need of the firm's that everybody reads, and an offer for it."""
    made = offered(world)
    need = {"number": made.wanted.number}
    return {
        "wanted_detail": need,
        "wanted_edit": need,
        "wanted_offer": need,
        "wanted_move": need | {"step": "close"},
        "wanted_take": need | {"pk": made.pk},
        "wanted_offer_withdraw": {"pk": made.pk},
    }


def book(world, expert_of_it, writer, phone):
    """Every address of one side: those of the cases, and what belongs to its people alone."""
    found = address_book(world, phone)
    kept = {name: {"pk": row} for name, row in (own(world, expert_of_it, writer) | desks(world)).items()}
    more = {
        "kept_form": {"key": KeptForm.objects.create(**kept_form(world)).key},
        "keeper_session_end": {"pk": world.applicant.pk, "session": kept["session_end"]["pk"]},
        "list_columns": {"name": "turn_list"},
        "article_picture": {"size": "page", "key": uuid.uuid4().hex},
        "paper_picture": {"pk": world.unit.licence_id, "number": 1},
        "seal_consistency": {"old": 1, "new": 2},
        "seal_proof": {"number": world.unit.number},
        **{key: {"pk": world.provider.pk} for key in ("provider_detail", "provider_pictures")},
        **photograph(world),
        **needs(world),
        "sitemap_file": {"kind": "products", "behind": 0},
        **{key: {"number": world.product.number} for key in SHELF},
        **{key: {"pk": world.unit.licence_id} for key in PAPERS},
        **{key: {"kind": "laboratories"} for key in ("sheet_new", "sheet_template")},
        **{key: {"role": "firm", "step": "claim"} for key in ("manual_article", "manual_answer")},
        "manual_handled": {"pk": ManualAnswer.objects.create(article="firm/claim", version="0").pk},
        **{key: {"matter": "claim"} for key in ("guide_read", "form_blank")},
        **labs(),
    }
    more |= hours(world)
    return found | {name: reverse(name, kwargs=given) for name, given in (kept | more).items()}


def hours(world):
    """An instrument's hours, a day on which it is closed, and an order of the firm that takes time."""
    product, day = {"number": world.product.number}, timezone.localdate() + dt.timedelta(days=30)
    table, _ = Timetable.objects.get_or_create(product=world.product, defaults={"places": 5})
    closed, _ = ClosedDay.objects.get_or_create(timetable=table, day=day)
    order = Order.objects.filter(unit=world.unit).latest("pk")
    start = timezone.now() + dt.timedelta(days=3)
    Booking.objects.create(order=order, product=world.product, starts_at=start, ends_at=start + dt.timedelta(hours=1))
    return {
        **dict.fromkeys(("provider_hours", "provider_hours_close"), product),
        "provider_hours_open": product | {"pk": closed.pk},
        **{key: {"number": order.number} for key in ("booking_move", "booking_add", "booking_calendar")},
    }


def kept_form(world):
    return {"user": world.applicant, "browser": "x", "path": "/orders/", "back": "/orders/", "fields": [], "files": []}


def photograph(world):
    """A picture of the product, whose sizes nobody has made, and what was said of it."""
    key, paper = uuid.uuid4().hex, f.make_document(world.provider_member)
    row = Picture.objects.create(product=world.product, role="product", place=0, key=key, paper=paper)
    rating = Rating.objects.create(product=world.product, provider=world.provider, claim_number=key[:20], stars=4).pk
    ratings = {name: {"pk": rating} for name in ("rating_answer", "rating_hide")}
    ratings["inquiry"] = {"pk": Inquiry.objects.create(product=world.product, asker=world.applicant, text="多大？").pk}
    return ratings | {"picture_act": {"pk": row.pk}, "mall_picture": {"size": "card", "key": key}}


def labs():
    laboratory = f.make_laboratory()
    return {"lab_detail": {"number": laboratory.number}, "lab_batch": {"number": laboratory.batch.number}}


def own(world, expert_of_it, writer):
    """What belongs to one person, or to the people of one firm: {name: its key}."""
    person = world.applicant
    until = timezone.now() + dt.timedelta(days=3)
    data = DataExport.objects.create(user=person, ready_at=timezone.now(), expires_at=until)
    data.file.save("data.zip", ContentFile(b"x"))
    taken, _ = take_list("/orders/", "", by=person)
    taken.expires_at = until
    taken.file.save("orders.xlsx", ContentFile(b"x"))
    session = UserSession.objects.create(user=person, ip="127.0.0.1", session_key=uuid.uuid4().hex, user_agent="x")
    passkey = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "钥匙", "credential": credential()}
    )
    view = SavedView.objects.create(user=world.district, name="样例", page="turn_list").pk
    paper = put_in(world.unit, f.make_document(person), "licence", by=person).pk
    phrase = Phrase.objects.create(owner=writer, title="缺合同", text="请补充合同。").pk
    letter = sent(world, {"districts": [world.unit.district_id]}).pk
    acts = ("edit", "detail", "send", "drop", "stop", "progress", "read")
    return articles(world) | {
        "payment_strike": paid_claim(world),
        "data_export_download": data.pk,
        "export_download": taken.pk,
        "session_end": session.pk,
        "mfa_remove_webauthn": passkey.pk,
        "expert_tie_end": tie_of(expert_of_it).pk,
        **dict.fromkeys(("view_open", "view_rename", "view_delete"), view),
        **dict.fromkeys(("box_edit", "box_read", "box_remove"), paper),
        **dict.fromkeys(("phrase_edit", "phrase_delete"), phrase),
        **dict.fromkeys((f"announcement_{act}" for act in acts), letter),
    }


def paid_claim(world):
    """The key of a redemption of the firm, of which it stands written that it was paid."""
    claim = Claim.objects.filter(unit=world.unit).latest("pk")
    day = timezone.localdate()
    Payment.objects.create(claim=claim, amount=1, paid_on=day, reference="样例", by=world.municipal)
    return claim.pk


def articles(world):
    """A draft, and an article that is shown with its paper: {name: its key}."""
    article, paper = shown(world), f.make_document(world.municipal)
    Attachment.objects.create(article=article, paper=paper)
    picture = drawing(drafted(world), world.municipal)
    return {
        "article_read": article.pk,
        "article_keep_picture": picture.pk,
        **dict.fromkeys((f"article_{act}" for act in ARTICLE), drafted(world).pk),
        **dict.fromkeys(("article_file", "article_remove_file"), paper.pk),
    }


def drawing(article, writer):
    """A picture of the article, whose sizes nobody has made."""
    paper = f.make_document(writer)
    return ArticlePicture.objects.create(article=article, number=1, paper=paper, key=uuid.uuid4().hex, alt="流程图")


def desks(world):
    """What offices do with the cases of the firm: {name: its key}."""
    turn = open_turn(f.drive_application(world.make_application(10_000, 5_000), "district", world))
    question = proposed(world, turn).pk
    asked(world, turn)
    rest = resting(world)
    bulk = choose([turn], by=world.district).pk
    group = formed(world, more_turns(world, 1))
    sheet = brought(ugly.BOTH["plain"], world.curator, batch=3).pk
    acts = ("detail", "answer", "words", "leave")
    return {
        "question_propose": turn.pk,
        "group_replace": Panel.objects.get(pk=group.pk).members.latest("pk").pk,
        **dict.fromkeys(("question_accept", "question_decline"), question),
        **dict.fromkeys((f"rest_{act}" for act in ("back", "take", "letter", "sign", "return")), rest),
        **dict.fromkeys((f"bulk_{act}" for act in ("detail", "letter", "start", "progress")), bulk),
        **dict.fromkeys((f"group_{act}" for act in ("detail", "dissolve", "close")), group.pk),
        **dict.fromkeys((f"hearing_{act}" for act in acts), group.pk),
        **dict.fromkeys((f"sheet_{page}" for page in ("progress", "undo", "publish", "rows")), sheet),
    }


def resting(world):
    """A decision of the body that waits for its second person."""
    turn = open_turn(f.drive_application(world.make_application(10_000, 5_000), "body", world))
    words = {"verdict": "pass_review", "text": "材料齐全。", "seen": turn.case.version}
    return Rest.objects.create(turn=turn, reviewer=world.body, **words).pk
