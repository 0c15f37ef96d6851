"""The page 开始之前: what the answers come to, and what to have at hand for each matter."""

from typing import Any

from django.http import QueryDict

from help.guides import guides
from help.pages import crumbs
from help.start import asked, terms_told, verdict_of
from help.telling import REMEMBERED, fill_minutes, returned_for
from policy.models import PolicyVersion


def start_context(data: QueryDict) -> dict[str, Any]:
    """data: what the address carries; nothing of it is kept."""
    policy, form = PolicyVersion.objects.remembered(), asked(data)
    minutes, reasons = fill_minutes(), returned_for()
    return {
        "form": form,
        "verdict": verdict_of(form.cleaned_data, policy) if form.is_bound and form.is_valid() else None,
        "words": list(terms_told(policy)),
        "policy": policy,
        "prepare": [
            {
                "guide": guide,
                "minutes": minutes.get(key),
                "reasons": reasons.get(key, []),
                "days": REMEMBERED.days,
            }
            for key, guide in guides().items()
        ],
        "crumbs": crumbs("开始之前"),
    }
