"""What the page of a turn shows of 内部备注."""

from django.contrib.contenttypes.models import ContentType

from reviews.models import Remark, ReviewedCase


def remarks_of(case: ReviewedCase) -> list[Remark]:
    """The notes beside the case, the oldest first; for reviewers alone: no page of an applicant asks for them."""
    kind = ContentType.objects.get_for_model(case)
    return list(Remark.objects.filter(case_type=kind, case_id=case.pk).select_related("author", "office"))
