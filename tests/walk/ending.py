"""Everything that was begun comes to an end: refused, given back, withdrawn, run out, or paid."""

from orders.models import Order
from redemption.models import Claim
from reviews.models import PanelSeat
from reviews.permissions import objection_to
from tests.helpers import afresh
from tests.walk import acts
from tests.walk.stage import Wrong
from vouchers.models import Application

ROUNDS = 60  # after each the clock moves on
DAYS = 20
OVER = ("passed", "redeemed")  # paid: what is left of a life that went well


def end_all(stage):
    """Try with each case that is not over what would end it, until none is left; Wrong, which names some that stay."""
    for number in range(ROUNDS):
        stage.rng.seed(number)
        with stage.now():
            for case in begun():
                END[type(case)](stage, case)
            acts.run_clock(stage)
            if not (left := begun()):
                return
        stage.days += DAYS
    raise Wrong(f"没有办完：{[(str(case), case.state) for case in left[:5]]}")


def begun():
    """What has not come to its end, in the order in which one rests on the other."""
    live = [case for model in (Claim, Application) for case in model.objects.live().exclude(state__in=OVER)]
    return live + list(Order.objects.filter(state__in=["placed", "serving"]))


def end_claim(stage, claim):
    if claim.state in Claim.AWAITS_FORM:
        if stage.rng.random() < 0.5:  # else the day passes
            acts.upload_form(stage, claim)
    elif (turn := claim.turns.filter(closed_at=None).first()) is None:
        acts.end_claim(stage, claim)
    elif claim.state == "appeal":
        look_again(stage, turn)
    elif claim.state == "experts":
        hear_group(stage, turn)
    else:
        acts.decide(stage, "reject", turn)


def hear_group(stage, turn):
    """The experts are asked, somebody else for who steps aside; when all have been heard, the office decides."""
    if not turn.seats.exists():
        acts.form_panel(stage, turn)
    if turn.seats.filter(recused_at__isnull=False).exists():
        acts.replace_expert(stage, turn)
    for seat in PanelSeat.objects.waiting().filter(turn=turn):
        acts.give_word(stage, seat)
    have_somebody(stage, turn)
    acts.decide(stage, "pass_review", afresh(turn))


def look_again(stage, turn):
    """The decision stands."""
    have_somebody(stage, turn)
    acts.decide(stage, "reject", turn)


def have_somebody(stage, turn):
    """Where everybody there has decided an earlier stage of this case one more comes to work there."""
    if all(objection_to(turn, turn.case, member.user) for member in turn.office.memberships.all()):
        stage.appoint(turn.office)


def end_application(stage, application):
    if turn := application.turns.filter(closed_at=None).first():
        look_again(stage, turn)
    elif not application.claims.live().exists():
        acts.end_application(stage, application)


def end_order(stage, order):
    acts.move_order(stage, "complete" if order.state == "serving" else "decline", order)


END = {Claim: end_claim, Application: end_application, Order: end_order}
