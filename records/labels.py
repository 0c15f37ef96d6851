"""What the steps and notes of a trail are called: each kind names its own."""

from django.contrib.contenttypes.models import ContentType

from records.kinds import KINDS
from records.models import Event


def label_of(event: Event) -> str:
    """The line's act in words, as the kind of its case calls it."""
    model = ContentType.objects.get_for_id(event.case_type_id).model_class()  # asks no database
    return KINDS[model].steps.get(event.step, event.step) if model in KINDS else event.step


def every_label() -> dict[str, str]:
    """Step or note → words, over all kinds; where two kinds name one act, the first counts."""
    return {step: words for kind in reversed(KINDS.values()) for step, words in kind.steps.items()}
