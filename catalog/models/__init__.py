"""The mall, the laboratories, and the admission of service institutions."""

from catalog.models.admission import Admission, Qualification, QualificationKind
from catalog.models.around import Favourite, SeenCount, SeenProduct
from catalog.models.asking import Inquiry
from catalog.models.desk import DeskAct, DeskLine
from catalog.models.gallery import Picture
from catalog.models.lab_shelf import LabCount, LabShelf
from catalog.models.laboratory import LabBatch, LabField, Laboratory, LabType
from catalog.models.mall import Category, Product, Provider, Region
from catalog.models.ratings import Rating
from catalog.models.sheets import SheetImport, SheetRow
from catalog.models.shelf import Shelf
from catalog.models.words import KnownWord, Synonym

__all__ = [
    "Admission",
    "Category",
    "DeskAct",
    "DeskLine",
    "Favourite",
    "Inquiry",
    "KnownWord",
    "LabBatch",
    "LabCount",
    "LabField",
    "LabShelf",
    "LabType",
    "Laboratory",
    "Picture",
    "Product",
    "Provider",
    "Qualification",
    "QualificationKind",
    "Rating",
    "Region",
    "SeenCount",
    "SeenProduct",
    "SheetImport",
    "SheetRow",
    "Shelf",
    "Synonym",
]
