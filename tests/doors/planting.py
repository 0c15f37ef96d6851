"""Marks in every text that people may fill in, each with a number of its own, and what tells whether one came out as it went in."""

import itertools
import re

from django.apps import apps
from django.db import DatabaseError, models, transaction

from tests.helpers import unguarded

MARK = "\"'><zz9 {}>"
RAW = re.compile(r"<zz9 (\d+)", re.IGNORECASE)
ESCAPED = re.compile(r"&lt;zz9 (\d+)|\\u003Czz9 (\d+)")
OURS = re.compile(r"accounts|catalog|orders|vouchers|redemption|reviews|notifications|records|policy|registers|papers")
WORDS = re.compile(  # what a person types, of whatever model
    r"name|title|text|words|reply|note|summary|description|content|contact|address|reason|requirement|budget_words|"
    r"closing_words|product_name|category_name|price_unit|deliverable|duration|project_name|effect|account_name|bank_name|"
    r"kind_reason|seller|buyer|payer|payee|serial|party_a|party_b|legal_representative|handler_name|industry|host_name|"
    r"instruments|qualifications|code_admitted_words|aside_words|second_text|value|before|after|subject|body|sentence|said|"
    r"outcome_words|unit_name|unit|label|sender|employer|agent|problem|city|word|means|office|following|was|now|pledge_text"
)
LEFT_OUT = {  # a name that a program reads
    *("accounts.User.name", "reviews.District.name", "registers.Question.subject", "registers.Reply.subject"),
    *("registers.DayCount.subject", "records.Event.office", "reviews.Question.label"),
}


def fields():
    """Every field of ours that holds words of people."""
    for model in apps.get_models():
        if not OURS.fullmatch(model._meta.app_label) or model._meta.proxy or not model._meta.managed:
            continue
        for field in model._meta.concrete_fields:
            is_text = type(field) in {models.CharField, models.TextField} and not field.choices
            if is_text and WORDS.fullmatch(field.name) and f"{model._meta.label}.{field.name}" not in LEFT_OUT:
                yield model, field


def plant():
    """{number: field} of the marks that stand in the database now; what its rules do not take is left as it was."""
    planted, numbers = {}, itertools.count(100)
    for model, field in fields():
        mark = MARK.format(next(numbers))
        rows = model._base_manager.exclude(**{field.name: ""})
        try:
            with transaction.atomic(), unguarded():
                many = rows.update(**{field.name: mark[: field.max_length]})
        except DatabaseError:
            many = one_by_one(rows, field, mark)
        if many and len(mark) <= (field.max_length or 1000):
            planted[int(RAW.search(mark)[1])] = f"{model._meta.label}.{field.name}"
    return planted


def one_by_one(rows, field, mark):
    """The same, where no two rows may say the same, or not every row may say it."""
    many = 0
    for row in rows.order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic(), unguarded():
                many += rows.model._base_manager.filter(pk=row).update(**{field.name: f"{mark} {row}"})
        except DatabaseError:
            continue
    return many


def broken_in(page):
    """What of the marks came out as it went in."""
    return sorted(set(RAW.findall(page.decode("utf-8", "replace"))))


def shown_in(page):
    """The numbers of the marks that the page shows."""
    return {int(a or b) for a, b in ESCAPED.findall(page.decode("utf-8", "replace"))}
