"""What is asked of photographs."""

from typing import Any

from django import forms

from catalog.gallery.services import KINDS, MOST, Role
from catalog.models import Picture
from records.uploads import MultipleUploadField, UploadField, accept, rule_of_upload
from ui.forms import SayingMixin
from ui.widgets import UploadInput

ALT = "写明拍的是什么，例如“万能试验机和夹具”。看不到图片的人会听到或读到它。"


class AddForm(SayingMixin, forms.Form):
    """New photographs of one role."""

    def __init__(self, *args: Any, role: str, **kwargs: Any) -> None:
        """Take as many as there may be."""
        super().__init__(*args, prefix=role, **kwargs)
        most, label = MOST[Role(role)], Role(role).label
        hint = f"{rule_of_upload(KINDS)}，最多 {most} 张。"
        box = UploadInput({"accept": accept(KINDS)}, several=True, hint=hint)
        self.fields["pictures"] = MultipleUploadField(
            label=f"添加{label}",
            kinds=KINDS,
            max_count=most,
            widget=box,
            help_text="",
            error_messages={"required": f"请选择要添加的{label}。"},
        )


class PictureForm(SayingMixin, forms.Form):
    """The words of one, and another photograph in its place."""

    alt = forms.CharField(
        label="图片说明", max_length=60, required=False, widget=forms.TextInput({"class": "form-control"})
    )
    file = UploadField(
        label="换一张", kinds=KINDS, required=False, help_text="", widget=forms.FileInput({"class": "form-control"})
    )

    def __init__(self, *args: Any, picture: Picture, **kwargs: Any) -> None:
        """Several of them stand on one page."""
        super().__init__(*args, prefix=f"picture-{picture.pk}", initial={"alt": picture.alt}, **kwargs)
        self.picture = picture
