"""What is typed in 申请复核."""

from typing import Any

from django.core.validators import MinLengthValidator

from reviews.appeals.services import LEAST_GROUNDS
from reviews.models import ReviewedCase
from reviews.questions.forms import TalkForm


class AppealForm(TalkForm):
    """Reasons, and papers that the reviewers have not seen."""

    def __init__(self, *args: Any, case: ReviewedCase, **kwargs: Any) -> None:
        super().__init__(*args, case=case, says="复核理由", **kwargs)
        self.fields["text"].help_text = f"写明原决定哪里与事实或政策不符，依据是什么；不少于 {LEAST_GROUNDS} 个字。"
        self.fields["text"].widget.least = LEAST_GROUNDS
        self.fields["text"].validators.append(MinLengthValidator(LEAST_GROUNDS))
        self.fields["papers"].label = "补充材料"
        self.fields["papers"].help_text = "可以不传；请上传审核单位还没有看过的材料。"
