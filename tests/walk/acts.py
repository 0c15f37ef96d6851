"""What people try at the portal: each act takes one thing at random and does it, as far as the portal lets it."""

from notifications.tasks import sweep
from orders.models import Order
from redemption import tasks as claims
from redemption.models import Claim
from reviews.forms import verdicts_for
from reviews.kinds import kind_of_review
from reviews.models import Opinion, PanelSeat, Turn
from tests.journeys.person import CONTENT
from tests.walk.appeals import drop_appeal, file_appeal
from tests.walk.choice import now_and_then, one_of, seen, some_buyer
from tests.walk.claims import end_claim, fill_claim, save_row, start_claim, submit_claim, upload_form
from tests.walk.stage import FAULTS, TAKEN
from vouchers import tasks as vouchers
from vouchers.models import Application

CHANCES = ("pass_review",) * 6 + ("send_back", "reject")
PATIENCE = 0.9
WORDS = "经核对，请按意见办理；理由写在这里。"
SAID = {"agree": {}, "cut": {"text": WORDS, "amount": "500"}, "refuse": {"text": WORDS}}  # by an expert
SUMS = {12_000: 20, 20_000: 10, 100_000: 2, 300_000: 1}  # yuan, of a contract: mostly small, so that the quota lasts
ORDER_STEPS = {"confirm": "provider", "decline": "provider", "complete": "provider", "cancel": "applicant"}


def place_order(stage):
    typed = {
        "requirement": f"需要检测第 {stage.rng.randrange(10**9)} 批新材料的力学性能，用于改进设计。",
        "budget": "20000",
        "wanted_on": stage.day(30),
        "contact": "贾经办",
        "phone": "13800000000",
    }
    answer = stage.post(some_buyer(stage), "order_place", [stage.world.product.number], **typed)
    stage.placed += answer.status_code == TAKEN


def move_order(stage, step=None, order=None):
    step = step or stage.rng.choices(list(ORDER_STEPS), weights=(10, 1, 3, 1))[0]
    state = "serving" if step == "complete" else "placed"
    order = order or one_of(stage, Order.objects.filter(state=state))
    if order is None:
        return
    role = "provider" if ORDER_STEPS[step] == "provider" else some_buyer(stage, order.unit)
    stage.post(role, "order_move", [order.number, step], words=WORDS, seen=seen(stage, order))


def start_application(stage):
    order = one_of(stage, Order.objects.filter(state__in=["placed", "serving"]))
    if order:
        stage.post(some_buyer(stage, order.unit), "application_start", [order.number])


def fill_application(stage):
    application = one_of(stage, Application.objects.filter(state__in=Application.EDITABLE))
    if application is None:
        return
    amount = stage.rng.choices(list(SUMS), weights=list(SUMS.values()))[0]
    typed = {
        "project_name": "新材料力学性能研究",
        "content": CONTENT,
        "planned_from": stage.day(),
        "planned_to": stage.day(90),
        "district": stage.rng.choice(("120104", "120116")),
        "contract_amount": f"{amount}",
        "applied_amount": f"{stage.rng.choice((amount // 2, amount // 4))}",
        "declares_unrelated": "on",
        "declares_no_other_funds": "on",
        "declares_not_statutory": "on",
        "pledge": "on",
        "contact": "贾经办",
        "phone": "13800000000",
        "act": stage.rng.choice(("save", "submit", "submit")),
        "seen": seen(stage, application),
    }
    stage.post(some_buyer(stage, application.unit), "application_edit", [application.number], **typed)


def submit_application(stage):
    application = one_of(
        stage, Application.objects.filter(state__in=Application.EDITABLE).exclude(contract_amount=None)
    )
    if application:
        role = some_buyer(stage, application.unit)
        stage.post(role, "application_submit", [application.number], seen=seen(stage, application))


def end_application(stage, application=None):
    """Withdrawn, or given back."""
    application = application or now_and_then(stage, Application.objects.live())
    if application:
        step = "give_back" if application.is_voucher else "withdraw"
        role = some_buyer(stage, application.unit)
        stage.post(role, "application_end", [application.number, step], seen=seen(stage, application))


def decide(stage, wished=None, turn=None):
    """One word of the turn's office: mostly at once, now and then after a look at its message."""
    turn = turn or one_of(stage, Turn.objects.filter(closed_at=None))
    role = turn and role_at(stage, turn)
    offered = [value for value, _ in verdicts_for(turn.case)] if role else None
    if not offered:
        return
    if not wished and "pass_review" not in offered and stage.rng.random() < PATIENCE:
        return  # the group has not been heard
    wished = wished or stage.rng.choice(CHANCES)
    said = {"verdict": wished if wished in offered else offered[-1], "text": WORDS, "seen": seen(stage, turn.case)}
    if "reject" in offered:
        said["reason"] = stage.rng.choice(kind_of_review(turn.case).reasons).value
    if stage.rng.random() < 0.2:
        shown = stage.post(role, "turn_letter", [turn.pk], **said)
        if shown.status_code != 302:
            return
    stage.post(role, "turn_opinion", [turn.pk], **said)


def role_at(stage, turn):
    """Who of the walk sits at the turn's office: mostly one who has not decided another stage of the case."""
    people = set(turn.office.memberships.values_list("user", flat=True))
    if stage.rng.random() < 0.9:
        earlier = Opinion.objects.filter(turn__case_type=turn.case_type_id, turn__case_id=turn.case_id)
        people -= set(earlier.exclude(turn__state=turn.state).values_list("reviewer", flat=True))
    roles = [role for role, user in stage.roles.items() if user.pk in people]
    return stage.rng.choice(roles) if roles else None


def form_panel(stage, turn=None):
    turn = turn or one_of(stage, Turn.objects.filter(closed_at=None, seats=None, state="experts"))
    if turn:
        experts = [member.pk for member in stage.world.experts]
        stage.post(role_at(stage, turn) or "body", "panel_form", [turn.pk], experts=experts)


def replace_expert(stage, turn=None):
    """The seat of who has stepped aside goes to another."""
    turn = turn or one_of(stage, Turn.objects.filter(closed_at=None, seats__recused_at__isnull=False))
    if turn:
        taken = set(turn.seats.values_list("expert", flat=True))
        free = [member.pk for member in stage.experts if member.user_id not in taken]
        if free:
            stage.post(role_at(stage, turn) or "body", "panel_replace", [turn.pk], expert=stage.rng.choice(free))


def give_word(stage, seat=None):
    seat = seat or one_of(stage, PanelSeat.objects.waiting())
    if seat is None:
        return
    role = next(role for role, user in stage.roles.items() if user == seat.expert)
    if stage.rng.random() < 0.05:
        stage.post(role, "seat_recuse", [seat.pk])
        return
    word = stage.rng.choices(list(SAID), weights=(6, 2, 1))[0]
    stage.post(role, "seat_word", [seat.pk], word=word, **SAID[word])


def freeze(stage):
    unit = stage.world.other_unit
    unit.refresh_from_db()
    if stage.rng.random() < 0.3 or unit.state == "frozen":
        act = "lift" if unit.state == "frozen" else "freeze"
        said = {"act": act, "text": WORDS, "seen": unit.version}
        stage.post("platform", "certification_freeze", [unit.number], **said)


def look(stage):
    """Anybody opens any case: found or not, never an error."""
    model = stage.rng.choice((Order, Application, Claim, Turn))
    case = one_of(stage, model.objects.all())
    if case:
        role = stage.rng.choice(list(stage.roles))
        if model is Turn and stage.rng.random() < 0.9:
            role = role_at(stage, case) or role
        stage.checked(stage.client(role).get(case.get_absolute_url()), f"GET {model.__name__}")


def move_clock(stage):
    if stage.rng.random() < 0.15:
        stage.days += stage.rng.choice((1, 3, 10, 20))
    run_clock(stage)


def run_clock(_stage):
    """What is due by the clock."""
    for task in (vouchers.lapse, claims.lapse, vouchers.remind, claims.remind, sweep):
        task()


def spoil(stage):
    """The next thing that is sent meets a fault."""
    stage.fault = stage.rng.choice(FAULTS)


ACTS = {
    place_order: 3,
    move_order: 4,
    start_application: 5,
    fill_application: 7,
    submit_application: 7,
    end_application: 1,
    start_claim: 4,
    save_row: 12,
    fill_claim: 5,
    submit_claim: 6,
    end_claim: 1,
    upload_form: 5,
    decide: 20,
    form_panel: 4,
    replace_expert: 2,
    give_word: 10,
    file_appeal: 4,
    drop_appeal: 1,
    freeze: 1,
    look: 6,
    move_clock: 1,
    spoil: 5,
}
