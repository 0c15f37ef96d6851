"""A 更正建议 is judged by the case's own form: the field's sentence refuses it, and so does what two fields say together."""

from collections.abc import Mapping
from copy import copy
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from records.rules import RuleBroken
from reviews.kinds import ReviewedKind, kind_of_review
from reviews.models import ReviewedCase
from ui.forms import Row, read_row

NOT_OPEN = "R-FIELD", "这一项不能用更正建议修改：金额、双方信息、收款账户和文件有误的，请退回修改。"
SAME = "建议的内容和现在的一样，请改写，或改用询问。"


class Judged(NamedTuple):
    """What the form makes of a proposed value, with the field as people read it before and after."""

    value: object
    before: Row
    after: Row


def amendable(case: ReviewedCase) -> tuple[str, ...]:
    """The names of the fields for which a value may be proposed now."""
    kind = kind_of_review(case)
    return () if case.state in kind.frozen_in or kind.form is None else kind.amendable


def field_choices(case: ReviewedCase) -> list[tuple[str, str]]:
    """(name, label) of them; makes no form."""
    return [(name, row_of(case, name).label) for name in amendable(case)]


def row_of(case: ReviewedCase, name: str) -> Row:
    """The field as people read it."""
    return read_row(form_class(kind_of_review(case)), case, name)


def form_class(kind: ReviewedKind) -> Any:
    """The form in which cases of the kind are typed."""
    return kind.form


def form_over(case: ReviewedCase, data: Mapping[str, object] | None = None) -> forms.BaseForm:
    """That form over a copy of the case, with the fields alone for which a value may be proposed."""
    kind = kind_of_review(case)
    form: forms.BaseForm = form_class(kind)(data, instance=copy(case), **kind.form_given)
    for name in set(form.fields) - set(amendable(case)):
        del form.fields[name]
    return form


def field_of(case: ReviewedCase, name: str) -> forms.BoundField:
    """The field as the firm's form shows it, with what stands there now; RuleBroken for one that may not be proposed."""
    if name not in amendable(case):
        raise RuleBroken(*NOT_OPEN)
    return form_over(case)[name]


def judge(case: ReviewedCase, name: str, typed: str) -> Judged:
    """Judge what was typed for the field, beside what stands in the others.

    Raises ValidationError with the sentences of the form, RuleBroken for a field that may not be proposed.
    """
    if name not in amendable(case):
        raise RuleBroken(*NOT_OPEN)
    form = form_over(case, {other: getattr(case, other) for other in amendable(case)} | {name: typed})
    form.fields[name].required = True
    if form.errors:
        raise ValidationError([sentence for sentences in form.errors.values() for sentence in sentences])
    after = copy(case)
    setattr(after, name, form.cleaned_data[name])
    if getattr(case, name) == form.cleaned_data[name]:
        raise ValidationError(SAME, code="same")
    return Judged(form.cleaned_data[name], row_of(case, name), row_of(after, name))
