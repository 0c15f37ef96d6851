"""A walk through the desks of the catalog, the provider's own and the curator's, and through the box of a firm."""

import datetime as dt

from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.box.services import put_in
from accounts.models import BoxPaper
from catalog.asking.services import answer_inquiry, ask_about
from catalog.models import DeskAct, Picture, Rating
from catalog.ratings.services import rate_service
from news.services import publish
from notifications.models import Delivery, Notice
from orders.models import Booking, ClosedDay, Timetable
from policy.calendar import today
from policy.working_days import add_working_days
from reviews.bulk.services import choose
from reviews.claims import services
from reviews.models import BulkDecision, Office, Phrase, Rest
from reviews.picture.counting import renew
from reviews.questions.services import answer
from seals.models import Audit
from tests import factories as f
from tests.accounts.guarding import sign_in
from tests.catalog.gallery.photos import added
from tests.news.writing import drafted as drafted_article
from tests.news.writing import shown, withdrawn
from tests.reviews.asking import asked, proposed
from tests.reviews.desk import open_turn
from tests.tour_of_help import manual
from tests.tour_of_payments import payments
from tests.tten.announcing import confirmed, drafted, sent

NOTHING = "?q=没有这样的材料"


def at(name, *args):
    return reverse(name, args=args)


def all_at(names):
    return [reverse(name) for name in names]


def box(world, rows):
    """What a firm keeps once: a paper that ends soon, one that has ended, an account; what an earlier case lends."""
    soon, ended, proof = (
        put_in(world.unit, f.make_document(world.applicant), "licence", by=world.applicant) for _ in "abc"
    )
    BoxPaper.objects.filter(pk=soon.pk).update(valid_until=today() + dt.timedelta(days=9))
    BoxPaper.objects.filter(pk=ended.pk).update(valid_until=today() - dt.timedelta(days=9))
    facts = {"kind": "account", "account_name": world.unit.name, "account_number": "6222000000001234"}
    BoxPaper.objects.filter(pk=proof.pk).update(bank_name="样例银行天津支行", **facts)
    application, claim = rows.applications["draft"], rows.claims["draft"]
    pages = [*all_at(("box_list", "box_add")), at("box_list") + NOTHING]
    pages += [*(at("box_edit", paper.pk) for paper in (soon, proof)), at("box_remove", ended.pk)]
    pages += [at("application_copy", application.number) + f"?from={rows.applications['body'].number}"]
    pages += [at("claim_copy", claim.number) + f"?from={rows.claims['formal'].number}"]
    return [(sign_in(world.applicant), page) for page in pages] + [(sign_in(world.reader), at("box_edit", soon.pk))]


def appeals(world, _rows):
    """申请复核 of an application and of a redemption: a case that may ask for it, the form, and a case that has asked."""
    others = Office.objects.filter(pk=world.other_body_office.pk)
    others.update(is_active=False)  # every case goes to the body whose people decide here
    refused = f.drive_application(world.make_application(10_000, 5_000), "district_rejected", world)
    small = [f.drive_application(world.make_application(6000, 3000), "approved", world) for _ in "ab"]
    asked_again, denied = (
        f.drive_claim(world.make_claim(voucher, 6000), state, world)
        for voucher, state in zip(small, ("appeal", "formal_rejected"), strict=True)
    )
    others.update(is_active=True)
    forms = [at("application_appeal", refused.number), at("claim_appeal", denied.number)]
    pages = [*forms, *(case.get_absolute_url() for case in (refused, denied, asked_again))]
    return [(sign_in(world.applicant), page) for page in pages]


def photographs(world):
    """One of the product that is shown, one that waits for the worker, one that cannot be read; a mark of the institution."""
    made, _, broken = added(world, "一.jpg", "二.jpg", "三.jpg", size=(400, 300))
    Picture.objects.filter(product=world.product).exclude(pk=made.pk).update(made_at=None)
    Picture.objects.filter(pk=broken.pk).update(trouble="broken")
    added(world, owner=world.provider, role="logo", size=(200, 200))


def asked_before(world):
    """Questions that wait, and that are answered."""
    first, second = (ask_about(world.product, f"试样最小多大，第 {n} 问？", by=world.applicant) for n in "12")
    answer_inquiry(second, "十毫米见方。", public=True, by=world.provider_member)
    return [at("inquiry_list"), at("inquiry_list") + "?show=all", at("inquiry", first.pk), at("inquiry", second.pk)]


def provider(world, rows):
    """A provider, and one that has nothing yet."""
    other = f.make_user("other_provider")
    f.make_provider(other, f.CODES[6], "空样例中心")
    client, nothing = sign_in(world.provider_member), sign_in(other)
    lists = all_at(("provider_product_list", "provider_order_list"))
    pages = [*lists, at("provider_product_new"), at("provider_product_edit", world.product.number)]
    pages += [at("order_detail", rows.placed.number), at("order_move", rows.placed.number, "decline")]
    table = Timetable.objects.create(product=world.product)
    ClosedDay.objects.create(timetable=table, day=timezone.localdate() + dt.timedelta(days=3), why="检修")
    start = timezone.now() + dt.timedelta(days=2)
    Booking.objects.create(
        order=rows.placed, product=world.product, starts_at=start, ends_at=start + dt.timedelta(hours=2)
    )
    pages += [at("provider_hours", world.product.number), at("booking_move", rows.placed.number)]
    photographs(world)
    pages += [at("product_pictures", world.product.number), at("provider_pictures", world.provider.pk)]
    ratings = [rate_service(rows.placed, f"DX{number}", number) or number for number in (2, 4, 5)]
    told = Rating.objects.get(claim_number=f"DX{ratings[0]}")
    pages += [at("rating_list"), at("rating_answer", told.pk), *asked_before(world)]
    pages += [at("number_open"), at("provider_product_list_act") + f"?act=withdraw&row={world.product.number}"]
    pages.append(at("product_detail", world.product.number))
    asking = (sign_in(world.applicant), at("product_ask", world.product.number))
    return [asking, *((client, page) for page in pages), *((nothing, page) for page in lists)]


def questions(world, _rows):
    """What was asked and proposed: open and answered, by the firm, its office and the city; the forms of both sides."""
    case = f.drive_application(world.make_application(10_000, 5_000), "district", world)
    turn, firm, office = open_turn(case), sign_in(world.applicant), sign_in(world.district)
    answered, proposal = asked(world, turn), proposed(world, turn)
    answer(answered, by=world.applicant, text="是同一个项目，合同用了简称。")
    both = [at("question_ask", turn.pk), *(row.get_absolute_url() for row in (answered, proposal, asked(world, turn)))]
    pages = [(client, page) for client in (firm, office) for page in both]
    pages += [(firm, case.get_absolute_url()), (office, turn.get_absolute_url()), (office, at("turn_list"))]
    proposing = [(office, at("question_propose", turn.pk) + f"?field={name}") for name in ("planned_to", "content")]
    return [*pages, *proposing, (sign_in(world.municipal), answered.get_absolute_url())]


def curator(world, _rows):
    """The curator's desk: its lists, a row of each, and an act before and after it is done."""
    laboratory, product = f.make_laboratory(), world.product
    keys = {
        "products": product.number,
        "providers": world.provider.pk,
        "laboratories": laboratory.number,
        "batches": laboratory.batch.pk,
        "categories": product.category.pk,
    }
    done = DeskAct.objects.create(label="下架", matter="服务产品", by=world.curator, done=1, total=2, left=1)
    done.rows.create(key=product.number, name=product.name, was="已上架", now="已下架", done=True)
    done.rows.create(key="KT999999", name="样例检测", was="已下架", said="已经是“已下架”，不用改动。", done=False)
    client, acts = (
        sign_in(world.curator),
        {"products": "mark", "providers": "suspend", "laboratories": "pause", "batches": "hide"},
    )
    rating = Rating.objects.create(product=product, provider=world.provider, claim_number="DX9", stars=1)
    pages = [*all_at(("desk_act_list", "curator_categories_new")), at("desk_act_report", done.pk)]
    pages += [at("rating_list"), at("rating_hide", rating.pk)]
    for name, key in keys.items():
        pages += [at(f"curator_{name}"), at(f"curator_{name}_row", key)]
    pages += [at("curator_products_act") + "?act=withdraw&all=1"]
    pages += [at(f"curator_{name}_act") + f"?act={act}&row={keys[name]}" for name, act in acts.items()]
    return [(client, page) for page in pages]


def several(world, rows):
    """Two people of one body: what one has, has put aside and has handed over, as both read it; the head gives out the rest."""
    turns = [open_turn(rows.applications["body"]), open_turn(rows.claims["formal"])]
    world.body_office.memberships.filter(user=world.body).update(role="lead")
    services.claim(turns[0], by=world.body)
    services.put_aside(turns[1], add_working_days(today(), 2), words="等发票查验。", by=world.body)
    first, second = sign_in(world.body), sign_in(world.body_second)
    pages = [at(name, turns[0].pk) for name in ("turn_detail", "turn_news", "turn_hand_over", "turn_aside")]
    both = [turn.get_absolute_url() for turn in turns]
    return [*((first, page) for page in (*pages, at("turn_share"), *both)), *((second, page) for page in both)]


def signatures(world, _rows):
    """A decision that waits for its second person, as both of them and the city read it, with its message."""
    others = Office.objects.filter(pk=world.other_body_office.pk)
    others.update(is_active=False)  # the case goes to the body whose people sign here
    turn = open_turn(f.drive_application(world.make_application(10_000, 5_000), "body", world))
    others.update(is_active=True)
    words = {"verdict": "pass_review", "text": "材料齐全。", "seen": turn.case.version}
    rest = Rest.objects.create(turn=turn, reviewer=world.body, **words)
    pages = [turn.get_absolute_url(), at("rest_letter", rest.pk), at("turn_list") + "?tab=sign"]
    readers = [sign_in(person) for person in (world.body, world.body_second)]
    return [*((client, page) for client in readers for page in pages), (sign_in(world.municipal), pages[0])]


def firms(world, _rows):
    """Files of firms as each desk reads them: looked for, found, narrowed, and with nothing in them."""
    found = at("firm_detail", world.unit.number)
    pages = [
        at("firm_list"),
        at("firm_list") + "?q=样例",
        at("firm_list") + NOTHING,
        found,
        f"{found}?result=reject",
        f"{found}?year=2019",
    ]
    people = (world.platform, world.district, world.body, world.municipal, world.auditor)
    trail = [(sign_in(world.auditor), page) for page in (at("trail_list"), at("trail_list") + "?number=SQ20269999999")]
    return trail + [
        (sign_in(person), page) for person in people for page in (pages if person in people[3:] else pages[1:4])
    ]


def announcements(world, _rows):
    """通知公告: none, a draft, one that waits, one that was sent, as those who write and as a reader see them."""
    city, none = sign_in(world.municipal), at("announcement_list")
    made = [drafted(world), confirmed(world, {"side": "applicant"}), sent(world, {"districts": ["120104"]})]
    pages = [
        at("announcement_new"),
        at("announcement_edit", made[0].pk),
        *(at("announcement_detail", row.pk) for row in made),
    ]
    reader = (sign_in(world.applicant), at("announcement_read", made[2].pk))
    return [(city, none), *((city, page) for page in pages), (sign_in(world.platform), none), reader]


def articles(world, _rows):
    """政策与通知: none, a draft, one that waits, one that is shown and one that was taken back, as writers and readers see them."""
    city, visitor, desk = sign_in(world.municipal), Client(), at("article_desk")
    soon = timezone.now() + dt.timedelta(hours=1)
    waiting = publish(drafted_article(world), at=soon, by=world.municipal)
    made = [drafted_article(world), waiting, shown(world, sort="policy"), withdrawn(world)]
    reading = shown(world, sort="reading", explains_id=made[2].pk)
    pages = [desk, desk + NOTHING, at("article_new"), at("article_edit", made[0].pk)]
    pages += [at("article_detail", row.pk) for row in made]
    read = [at("article_list"), at("article_list") + NOTHING]
    read += [row.get_absolute_url() for row in (made[2], reading)]  # one that was taken back is no page: 410
    return [*((city, page) for page in pages), *((visitor, page) for page in read), (sign_in(world.platform), desk)]


def keepers(world, _rows):
    """帐号管理: somebody found and nobody, an account, the question before all sessions end, mails that did not arrive and none."""
    client, notice = sign_in(world.administrator), Notice.objects.filter(recipient=world.applicant).latest("pk")
    Delivery.objects.create(notice=notice, address="jia@example.com", tries=1, problem="SMTPRecipientsRefused 550 样例")
    pages = [at("keeper_list"), at("keeper_list") + "?q=测试", at("keeper_list") + NOTHING, at("keeper_mail_list")]
    Audit.objects.create(findings=["操作留痕 1（封存第 0 条）：封存之后被改动。"])
    Audit.objects.create(lines=12, papers=3)
    seals = [
        (sign_in(world.municipal), at("seal_page")),
        (sign_in(world.auditor), at("seal_page") + "?number=SQ20269999999"),
        (client, at("watch_page")),
    ]
    return seals + [
        (client, page)
        for page in (*pages, *(at(name, world.applicant.pk) for name in ("keeper_person", "keeper_sign_out")))
    ]


def decisions(world, rows):
    """What a reviewer keeps of words: none, then his own and his office's; a decision for many before and after it."""
    client, nothing = sign_in(world.body), sign_in(world.platform)
    own = Phrase.objects.create(owner=world.body, title="缺合同", text="请补充{缺少的材料}。", verdict="send_back")
    Phrase.objects.create(office=world.body_office, title="齐全", text="{单位}的材料齐全。", is_default=True)
    pages = [*all_at(("phrase_list", "phrase_new")), at("phrase_edit", own.pk)]
    chosen, done = (choose([open_turn(rows.applications["body"])], by=world.body) for _ in "ab")
    BulkDecision.objects.filter(pk=done.pk).update(stage="working", verdict="pass_review")
    done.lines.update(done=False, said="这个事项已经变动，没有办理。")
    pages += [one.get_absolute_url() for one in (chosen, done)]
    return [(nothing, at("phrase_list")), *((client, page) for page in pages)]


def afresh(walk, world, rows):
    """The stops of a walk; how often somebody has signed in from here is counted in the cache."""
    cache.clear()
    return walk(world, rows)


def pictures(world, _rows):
    """工作情况 of all offices, of a head's own and of one that did nothing; each table by itself."""
    world.body_office.memberships.filter(user=world.body).update(role="lead")
    renew()
    pages = all_at(("picture", *(f"picture_{name}" for name in ("open", "months", "reasons", "people"))))
    idle = f"?office={f.make_office(Office.Kind.BODY, '新设专业机构').pk}"
    seen = [(world.municipal, page) for page in (*pages, *(page + idle for page in pages))]
    return [(sign_in(who), page) for who, page in (*seen, *((world.body, page) for page in pages))]


DESKS = (
    box,
    appeals,
    provider,
    curator,
    firms,
    announcements,
    articles,
    payments,
    keepers,
    several,
    signatures,
    questions,
    decisions,
    pictures,
    manual,
)
