"""What is asked of a picture in an article."""

from typing import Any

from django import forms

from news.models import LONGEST_ALT, ArticlePicture
from news.pictures.services import KINDS
from records.uploads import UploadField, accept, rule_of_upload
from ui.forms import SayingMixin
from ui.widgets import UploadInput

ALT = "写明图上有什么，图里的文字也写上，供看不到图片的人听或读。"


def alt_field() -> forms.CharField:
    """The words that stand for the picture."""
    return forms.CharField(label="图片说明", max_length=LONGEST_ALT, help_text=ALT)


class PictureForm(SayingMixin, forms.Form):
    """A new one."""

    picture = UploadField(
        label="图片",
        kinds=KINDS,
        widget=UploadInput({"accept": accept(KINDS)}, hint=rule_of_upload(KINDS)),
        help_text="",
    )
    alt = alt_field()


class AltForm(SayingMixin, forms.Form):
    """Other words for one that is there."""

    alt = alt_field()

    def __init__(self, *args: Any, picture: ArticlePicture, **kwargs: Any) -> None:
        """Several of them stand on one page."""
        super().__init__(*args, prefix=f"picture-{picture.pk}", initial={"alt": picture.alt}, **kwargs)
        self.picture = picture
