"""What holds whatever happens, asked of the database itself."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Max

from accounts.models import Unit
from catalog.models import Admission
from orders.models import Order
from records.models import Event
from records.steps import chain_holds
from redemption.models import Claim
from tests.walk.stage import Wrong
from vouchers.models import Application

DEAD_APPLICATION = "('" + "','".join(sorted(Application.DEAD)) + "')"
DEAD_CLAIM = "('" + "','".join(sorted(Claim.DEAD)) + "')"
DEAD_ORDER = "('" + "','".join(sorted(Order.DEAD)) + "')"
ALIVE = {"approved", "redeemed"}

BROKEN = {  # what must not be → the rows that are so
    "额度超出上限或为负": """SELECT id FROM vouchers_quotaaccount
        WHERE reserved < 0 OR approved < 0 OR used < 0 OR reserved + approved + used > cap""",
    "额度与流水不符": """SELECT account.id FROM vouchers_quotaaccount account LEFT JOIN vouchers_ledgerentry entry
        ON entry.account_id = account.id GROUP BY account.id
        HAVING (account.reserved, account.approved, account.used) IS DISTINCT FROM
        (coalesce(sum(entry.reserved), 0), coalesce(sum(entry.approved), 0), coalesce(sum(entry.used), 0))""",
    "申请占用的额度与状态不符": f"""SELECT application.id FROM vouchers_application application
        LEFT JOIN vouchers_ledgerentry entry ON entry.application_id = application.id
        GROUP BY application.id HAVING (coalesce(sum(entry.reserved), 0), coalesce(sum(entry.approved), 0))
        IS DISTINCT FROM (
        CASE WHEN application.state IN ('district', 'body', 'district_returned', 'body_returned')
             OR EXISTS (SELECT FROM redemption_claim claim WHERE claim.application_id = application.id
                        AND claim.state = 'appeal' AND claim.appealed_from = 'passed')
             THEN coalesce(sum(entry.reserved), 0)
             WHEN application.state = 'appeal' THEN application.applied_amount - coalesce(CASE
                 WHEN application.appealed_from = 'approved' THEN application.approved_amount END, 0)
             ELSE 0 END,
        CASE WHEN application.state = 'approved' OR (application.state, application.appealed_from) = ('appeal', 'approved')
             THEN application.approved_amount ELSE 0 END)
        OR (application.state IN {DEAD_APPLICATION} AND coalesce(sum(entry.used), 0) <> 0)
        OR (application.state IN ('district', 'body') AND coalesce(sum(entry.reserved), 0) <> application.applied_amount)""",
    "失效的创新券还在兑现": f"""SELECT claim.id FROM redemption_claim claim JOIN vouchers_application application
        ON application.id = claim.application_id
        WHERE claim.state NOT IN {DEAD_CLAIM} AND claim.state <> 'draft' AND application.state NOT IN ('approved', 'redeemed')""",
    "一个订单有两份申请": f"""SELECT order_id FROM vouchers_application WHERE state NOT IN {DEAD_APPLICATION}
        GROUP BY order_id HAVING count(*) > 1""",
    "一张券有两份兑现": f"""SELECT application_id FROM redemption_claim WHERE state NOT IN {DEAD_CLAIM}
        GROUP BY application_id HAVING count(*) > 1""",
    "失效的订单还有申请": f"""SELECT application.id FROM vouchers_application application JOIN orders_order placed
        ON placed.id = application.order_id WHERE placed.state IN {DEAD_ORDER}
        AND application.state NOT IN {DEAD_APPLICATION} AND application.state <> 'redeemed'""",
    "同一张发票用了两次": f"""SELECT code, invoice_number FROM redemption_invoice row JOIN redemption_claim claim
        ON claim.id = row.claim_id WHERE claim.state NOT IN {DEAD_CLAIM} AND claim.state <> 'draft'
        GROUP BY code, invoice_number HAVING count(*) > 1""",
    "占用的票据不在有效的兑现里": f"""SELECT row.id FROM redemption_invoice row JOIN redemption_claim claim
        ON claim.id = row.claim_id WHERE row.live AND claim.state IN {DEAD_CLAIM}""",
    "已提交的没有提交时间或政策": f"""SELECT id FROM vouchers_application
        WHERE state <> 'draft' AND state NOT IN {DEAD_APPLICATION} AND (submitted_at IS NULL OR policy_id IS NULL)
        UNION ALL SELECT id FROM redemption_claim
        WHERE state <> 'draft' AND state NOT IN {DEAD_CLAIM} AND (submitted_at IS NULL OR policy_id IS NULL)""",
    "一个事项同时在两处办理": """SELECT case_type_id, case_id FROM reviews_turn WHERE closed_at IS NULL
        GROUP BY case_type_id, case_id HAVING count(*) > 1""",
    "留痕不连续": """SELECT case_type_id, case_id FROM records_event GROUP BY case_type_id, case_id
        HAVING max(sequence) <> count(*) OR min(sequence) <> 1""",
    "两次兑现同一笔拨付": """SELECT entry.application_id FROM vouchers_ledgerentry entry WHERE used > 0
        AND NOT EXISTS (SELECT FROM redemption_claim claim
                        WHERE claim.application_id = entry.application_id AND claim.appealed_from = 'passed')
        GROUP BY entry.application_id HAVING count(*) > 1""",
}


KINDS = (Order, Application, Claim, Admission, Unit)  # what has a state and a trail
ENDS_ELSEWHERE = """SELECT kept.id, kept.state, last.to_state FROM {table} kept JOIN (
        SELECT DISTINCT ON (case_id) case_id, to_state FROM records_event
        WHERE case_type_id = {kind} AND to_state <> '' ORDER BY case_id, sequence DESC
    ) last ON last.case_id = kept.id WHERE last.to_state <> kept.state"""
ASKS_NOBODY = """SELECT kept.id, kept.state FROM {table} kept WHERE (kept.state = ANY (%s)) IS DISTINCT FROM EXISTS (
        SELECT FROM reviews_turn turn
        WHERE turn.case_type_id = {kind} AND turn.case_id = kept.id AND turn.closed_at IS NULL)"""


def check(stage, *, whole=False):
    """Raise Wrong, which names the first rule that does not hold, and the rows.

    All rules are asked of all rows. The hashes of a trail are counted anew where a line has come since the last look:
    lines are only added, by the database's own guard, which a whole look does not rely on.
    """
    with connection.cursor() as cursor:
        for what, rows in BROKEN.items():
            refuse(cursor, what, rows)
        for model in KINDS:
            agree(cursor, model)
    hold_chains(stage, whole=whole)
    if Order.objects.count() != stage.placed:
        raise Wrong(f"下单 {stage.placed} 次，有 {Order.objects.count()} 个订单")


def refuse(cursor, what, rows, *values):
    cursor.execute(rows, values or None)
    if found := cursor.fetchall():
        raise Wrong(f"{what}：{found[:5]}")


def agree(cursor, model):
    """The trail ends where the case stands; who must act is asked exactly where a turn is due."""
    kind, label = ContentType.objects.get_for_model(model).pk, model._meta.verbose_name
    names = {"table": model._meta.db_table, "kind": kind}
    refuse(cursor, f"{label}的状态与留痕不符", ENDS_ELSEWHERE.format(**names))
    if turns := getattr(model, "TURN", None):
        refuse(cursor, f"{label}的待办与状态不符", ASKS_NOBODY.format(**names), list(turns))


def hold_chains(stage, *, whole):
    """No line of a trail was changed, added between or taken away."""
    came = Event.objects.filter(pk__gt=0 if whole else stage.lines)
    for kind, key in came.order_by().values_list("case_type", "case_id").distinct():
        case = ContentType.objects.get_for_id(kind).model_class()._base_manager.get(pk=key)
        if not chain_holds(case):
            raise Wrong(f"{case} 的留痕被改动")
    stage.lines = Event.objects.aggregate(last=Max("pk"))["last"] or 0
