"""Many times the demo, for load work: the rows of the first demo copied by the database, numbers moved by a stride.

Copy k of row i is row i + k × STRIDE, and so is whatever points to it. Reviewers, offices and laboratories stay single.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models

from accounts.models import Unit, UnitMember, UnitSnapshot, User
from catalog.models import Admission, Product, Provider, Qualification
from notifications.models import Notice
from orders.models import Order
from records.models import Document, Event
from redemption.models import Claim, Contract, Invoice, Receipt
from reviews.models import Opinion, PanelSeat, Turn
from tten.demo import names
from vouchers.models import Application, LedgerEntry, QuotaAccount

STRIDE = 10_000_000
CHOSEN = {  # only these rows are copied; of other tables all
    User: "id IN (SELECT user_id FROM accounts_unitmember)",
    Provider: "id NOT IN (SELECT provider_id FROM catalog_laboratory)",
    Product: "provider_id NOT IN (SELECT provider_id FROM catalog_laboratory)",
}
COPIED = (
    User,
    Unit,
    UnitMember,
    UnitSnapshot,
    Provider,
    Provider.scope.through,
    Product,
    Admission,
    Admission.scope.through,
    Qualification,
    Order,
    QuotaAccount,
    Application,
    LedgerEntry,
    Claim,
    Invoice,
    Receipt,
    Contract,
    Claim.result_papers.through,
    Turn,
    Opinion,
    PanelSeat,
    Notice,
    Document,
)
SUFFIXED = {"number", "username", "voucher_number", "form_number", "code", "serial", "account_number"}
IN_ORDER = "ORDER BY k, row.id"  # the ledger takes its entries as they came
EMPTY_AT_FIRST = {(QuotaAccount, "reserved"), (QuotaAccount, "approved"), (QuotaAccount, "used")}  # entries fill it


def multiply(size: int) -> None:
    """Make the demo `size` times as large; every row and every hash is as true as in the first one."""
    if size <= 1:
        return
    with connection.cursor() as cursor:
        for model, condition in CHOSEN.items():
            table = model._meta.db_table
            cursor.execute(f"CREATE TEMPORARY TABLE chosen_{table} AS SELECT id FROM {table} WHERE {condition}")
            cursor.execute(f"CREATE UNIQUE INDEX ON chosen_{table} (id)")
        for model in COPIED:
            if model is not UnitSnapshot:
                cursor.execute(copy_of(model), [size - 1])
    copy_events(size)
    recode(Unit.objects.filter(pk__gte=STRIDE))
    recode(Provider.objects.filter(pk__gte=STRIDE))
    with connection.cursor() as cursor:
        cursor.execute(copy_of(UnitSnapshot), [size - 1])  # last: it keeps the new code, and nobody changes it later
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [*COPIED, Event]):
            cursor.execute(statement)


def copy_of(model: type[models.Model]) -> str:
    """One INSERT … SELECT that makes all copies of a table; its parameter is their number."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(value_of(model, field) for field in fields)
    table = model._meta.db_table
    chosen = f"WHERE row.id IN (SELECT id FROM chosen_{table})" if model in CHOSEN else ""
    return f'INSERT INTO "{table}" ({columns}) SELECT {values} FROM "{table}" row, generate_series(1, %s) k {chosen} {IN_ORDER}'


def value_of(model: type[models.Model], field: "models.Field[Any, Any]") -> str:
    """What stands in one column of copy k."""
    if (model, field.name) == (UnitSnapshot, "uscc"):
        return f"(SELECT uscc FROM accounts_unit unit WHERE unit.id = row.unit_id + k * {STRIDE}::bigint)"
    if (model, field.name) in EMPTY_AT_FIRST:
        return "0"
    return moved(model, field) or renamed(field) or f'row."{field.column}"'


def moved(model: type[models.Model], field: "models.Field[Any, Any]") -> str:
    """A key, or a pointer to a copied row; empty if the column is neither."""
    column = f'row."{field.column}"'
    further = f"{column} + k * {STRIDE}::bigint"
    target = model if field.primary_key else field.remote_field.model if field.remote_field else None
    if target is Document:
        return f"md5({column}::text || k)::uuid"
    if target in CHOSEN and not field.primary_key:
        chosen = f"SELECT id FROM chosen_{target._meta.db_table}"
        return f"CASE WHEN {column} IN ({chosen}) THEN {further} ELSE {column} END"
    return further if target in COPIED or field.name == "case_id" else ""


def renamed(field: Any) -> str:
    """Text that no two rows may share; empty if the column is none of these."""
    column = f'row."{field.column}"'
    if field.name == "phone" and field.unique:
        return "NULL"
    if field.name in SUFFIXED and isinstance(field, models.CharField):
        return f"CASE WHEN {column} = '' THEN '' ELSE left({column}, {(field.max_length or 0) - 5}) || '-' || to_hex(k) END"
    return {
        "invoice_number": f"left({column}, 2) || lpad((right({column}, 9)::bigint + k * 1000000)::text, 18, '0')",
        "uscc": f"left({column}, 10) || lpad(to_hex(row.id * 4096 + k), 8, '0')",
    }.get(field.name, "")


def copy_events(size: int) -> None:
    """The trails, with their chains computed for each copy."""
    types = {
        kind.pk for kind in ContentType.objects.get_for_models(Unit, Admission, Order, Application, Claim).values()
    }
    chosen = set(UnitMember.objects.filter(pk__lt=STRIDE).values_list("user_id", flat=True))
    first = list(Event.objects.filter(case_type__in=types).order_by("case_type", "case_id", "sequence"))
    for k in range(1, size):
        Event.objects.bulk_create(chained(first, k, chosen), batch_size=2000)


def chained(events: Iterable[Event], k: int, chosen: set[int]) -> Iterator[Event]:
    """Copy k of all trails."""
    previous = ""
    for event in events:
        copy = Event(
            case_type_id=event.case_type_id,
            case_id=event.case_id + k * STRIDE,
            sequence=event.sequence,
            step=event.step,
            from_state=event.from_state,
            to_state=event.to_state,
            office=event.office,
            text=event.text,
            at=event.at,
            attachments=event.attachments,
            previous_hash=previous if event.sequence > 1 else "",
            actor_id=event.actor_id + k * STRIDE if event.actor_id in chosen else event.actor_id,
        )
        copy.hash = previous = copy.digest()
        yield copy


def recode(rows: models.QuerySet[Any]) -> None:
    """Give the copies credit codes whose check digit is right."""
    copies = list(rows.only("pk", "uscc").order_by("pk"))
    for index, row in enumerate(copies, start=1000):
        row.uscc = names.code(index, row.uscc[:2], row.uscc[2:8])
    rows.model.objects.bulk_update(copies, ["uscc"], batch_size=1000)
