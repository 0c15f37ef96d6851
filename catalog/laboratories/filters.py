"""How the laboratory list is narrowed. Values that make no sense narrow nothing."""

import django_filters as df

from catalog.mall.filters import LONGEST
from catalog.models import LabBatch, LabField, Laboratory, LabType, Region
from catalog.querysets import LaboratoryQuerySet

CITIES = (
    "石家庄",
    "唐山",
    "秦皇岛",
    "邯郸",
    "邢台",
    "保定",
    "张家口",
    "承德",
    "沧州",
    "廊坊",
    "衡水",
    "雄安新区",
)
WAYS = (("", "全部"), ("institution", "按机构"), ("service", "按服务"))


class LabFilter(df.FilterSet):
    """Laboratories by words, region, city, type, field and batch."""

    q = df.CharFilter(label="关键词", method="by_words", max_length=LONGEST)
    by = df.ChoiceFilter(label="查找方式", method="as_it_is", choices=WAYS[1:])
    region = df.ChoiceFilter(label="地区", field_name="provider__region", choices=Region.choices)
    city = df.CharFilter(label="城市", field_name="provider__city", lookup_expr="startswith", max_length=20)
    kind = df.ChoiceFilter(label="类型", choices=LabType.choices)
    field = df.ChoiceFilter(label="领域", method="by_field", choices=LabField.choices)
    batch = df.ModelChoiceFilter(label="批次", queryset=LabBatch.objects.all(), to_field_name="number")

    class Meta:
        model = Laboratory
        fields = ()

    def by_words(self, laboratories: LaboratoryQuerySet, _name: str, words: str) -> LaboratoryQuerySet:
        """By institution, by service, or by all that is known."""
        way = self.form.cleaned_data.get("by")
        if way == "institution":
            return laboratories.by_institution(words)
        return laboratories.by_service(words) if way == "service" else laboratories.search(words)

    def as_it_is(self, laboratories: LaboratoryQuerySet, _name: str, _value: str) -> LaboratoryQuerySet:
        """The way of searching narrows nothing by itself."""
        return laboratories

    def by_field(self, laboratories: LaboratoryQuerySet, _name: str, field: str) -> LaboratoryQuerySet:
        """Laboratories of the technical field."""
        return laboratories.filter(fields__contains=[field])
