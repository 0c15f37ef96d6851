"""What a person sets up in a list: a view by its name, and the columns."""

from django import forms

from reviews.models import SavedView
from ui.forms import SayingMixin

LISTS = {"turn_list": "待办", "turn_done_list": "已办", "turn_all_list": "全部事项"}
TAKEN = "您已经有一个叫“{}”的视图，请换一个名称，或先删除原来的。"


class ViewForm(SayingMixin, forms.ModelForm):
    """A view's name; new ones bring the list and what it was narrowed by."""

    class Meta:
        model = SavedView
        fields = ("name",)
        labels = {"name": "视图名称"}

    def clean_name(self) -> str:
        """A name that the person has not given yet."""
        name: str = self.cleaned_data["name"]
        if SavedView.objects.filter(user=self.instance.user, name=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(TAKEN.format(name), code="taken")
        return name
