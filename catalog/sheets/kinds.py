"""Which lists can come in."""

from typing import Any

from catalog.models import SheetImport
from catalog.sheets.kind import SheetKind
from catalog.sheets.listed import LaboratoryKind
from catalog.sheets.offered import ProductKind

KINDS: dict[str, type[SheetKind[Any]]] = {
    SheetImport.Kind.LABORATORIES: LaboratoryKind,
    SheetImport.Kind.PRODUCTS: ProductKind,
}
