"""Who may bring lists in."""

from accounts.models import Duty, Unit
from accounts.permissions import can_write_for
from catalog.models import Provider, SheetImport
from records.people import Person

NOT_ANY_MORE = "导入人现在没有维护这份名单的权限，没有继续。需要继续的，请由有权限的人重新上传。"


def may_import(kind: str, user: Person, unit: Unit | None) -> bool:
    """Whoever keeps the catalog both lists; whoever writes for a provider its products."""
    if user.duty == Duty.CATALOG:
        return True
    if kind != SheetImport.Kind.PRODUCTS or unit is None:
        return False
    return can_write_for(unit, user) and Provider.objects.filter(unit=unit).exists()


def may_keep(sheet: SheetImport, user: Person) -> bool:
    """Who publishes a file or takes it back: whoever may bring such a one in now."""
    if sheet.unit is None and user.duty != Duty.CATALOG:
        return False
    return may_import(sheet.kind, user, sheet.unit)


def refusal_of(sheet: SheetImport, user: Person) -> str:
    """Why the work stops; "" where it goes on."""
    return "" if user.is_active and may_keep(sheet, user) else NOT_ANY_MORE
