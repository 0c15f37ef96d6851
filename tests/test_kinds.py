"""Every kind of thing with a trail speaks for itself, whole, in every process."""

import os
import subprocess
import sys

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from records.kinds import KINDS, CaseKind, case_kinds, kind_for, kind_of
from records.models import Case
from reviews.kinds import ReviewedKind, reviewed_kinds
from reviews.models import ReviewedCase
from tests.test_house import MACHINES, arrows

ELSEWHERE = """
import django; django.setup()
from records.kinds import KINDS
print(sorted(f"{model.__name__} {type(kind).__name__}" for model, kind in KINDS.items()))
"""


def models_of(base):
    """Every table whose rows are such cases."""
    return [model for model in apps.get_models() if issubclass(model, base)]


@pytest.mark.parametrize("model", models_of(ReviewedCase))
def test_a_case_that_offices_review_has_a_reviewed_kind(model):
    assert isinstance(KINDS[model], ReviewedKind)


@pytest.mark.parametrize("model", models_of(Case))
def test_a_case_has_a_kind_of_case_that_names_every_step_of_its_machine(model):
    kind = kind_for(model())
    assert isinstance(kind, CaseKind)
    assert {arrow.name for arrow in arrows(model)} - set(kind.steps) == set()


@pytest.mark.parametrize("model", MACHINES)
def test_a_kind_announces_each_state_that_a_person_could_miss(model):
    silent = {state for state, row in model.STATES.items() if row.tone == "draft"}
    assert set(model.STATES) - set(kind_for(model()).notices) == silent


@pytest.mark.parametrize("kind", reviewed_kinds(), ids=lambda kind: kind.matter)
def test_an_end_that_the_applicant_chooses_is_a_step_of_the_machine(kind):
    assert set(kind.endings) <= {arrow.name for arrow in arrows(kind.model)}


def test_headings_and_matters_are_told_apart():
    for words in ([kind.matter for kind in case_kinds()], [kind.export_title for kind in case_kinds()]):
        assert len(words) == len(set(words))


def test_a_kind_that_lacks_a_part_fails_by_name():
    class Dumb(ReviewedKind):
        matter = export_title = "哑"
        notices, endings = {}, {}

        def sections(self, case, *, own):
            return []

    parts = "after_verdict, documents, export, facts, findings, keeps, next_words, warnings"
    with pytest.raises(ImproperlyConfigured, match=f"Dumb does not say: {parts}$"):
        kind_of(ReviewedCase)(Dumb)
    assert ReviewedCase not in KINDS


def test_a_process_of_its_own_knows_every_kind():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tten.settings"}
    told = subprocess.check_output([sys.executable, "-c", ELSEWHERE], env=environment, text=True)  # noqa: S603 - ours
    assert told.strip() == str(sorted(f"{model.__name__} {type(kind).__name__}" for model, kind in KINDS.items()))
    assert "'Claim ClaimKind'" in told
