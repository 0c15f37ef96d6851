"""The mall, the laboratories, and the admission of service institutions."""

from catalog.models.admission import Admission, Qualification, QualificationKind
from catalog.models.mall import Category, LabBatch, LabField, Laboratory, LabType, Product, Provider, Region

__all__ = [
    "Admission",
    "Category",
    "LabBatch",
    "LabField",
    "LabType",
    "Laboratory",
    "Product",
    "Provider",
    "Qualification",
    "QualificationKind",
    "Region",
]
