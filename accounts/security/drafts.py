"""Long forms and opinions are saved while somebody types: per person and form, beside the case and never into it."""

import datetime as dt
from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils import timezone

from accounts.models import FormDraft
from accounts.security.keeping import FRAME, JUST_KEPT, MOST_ROOM, NEVER, SENT
from records.people import PersonRequest
from ui.autosave import Given, NotYetSent, given_in
from ui.texts import said_at

CARRIED = "draft_token"  # what the page carries beside the fields
SAVED = "autosaved"  # what a form carries that was saved while it was typed
DAYS = 30  # for which an unsent draft is kept
FRESH = 600  # seconds since the page was opened within which it shows what colleagues type
MOST_OTHERS = 5
LATELY = dt.timedelta(days=2)  # a colleague's older draft is no work under way


def given_to(request: PersonRequest, token: str, **age: int) -> Given | None:
    """The form that the page of this very person carries; seconds: since it was opened, at most."""
    found = given_in(token, **age)
    return found if found is not None and found.user == request.user.pk else None


def save_draft(given: Given, data: QueryDict) -> dt.datetime | None:
    """Keep what is typed now in place of what was; return when. None for more than anybody types."""
    fields = [[name, value] for name, values in data.lists() if is_typed(name) for value in values]
    if len(str(fields)) > MOST_ROOM:
        return None
    draft = FormDraft(user_id=given.user, form=given.form[:200], fields=fields, at=timezone.now())
    FormDraft.objects.bulk_create(
        [draft], update_conflicts=True, unique_fields=["form", "user"], update_fields=["fields", "at"]
    )
    return draft.at


def is_typed(name: str) -> bool:
    """Whether a person types the field: no secret, and nothing that only the form needs, but the version seen.

    What a return asks to correct is named in the form's own words, so that a list of typed text leaves it out; it is ticked.
    """
    return name in {"seen", "corrections"} or not (NEVER.search(name) or FRAME.match(name) or name in {CARRIED, SAVED})


def drafts_for(given: Given, *, is_fresh: bool) -> dict[str, Any]:
    """{own, others}: what the person, and what colleagues have typed into this form and not sent.

    is_fresh: the page was opened just now, so that he may see the form now; else of colleagues only name and time.
    """
    rows = FormDraft.objects.filter(form=given.form).select_related("user")
    rows = rows if given.is_shared else rows.filter(user=given.user)
    found = list(rows[: MOST_OTHERS + 1])
    own = next((row for row in found if row.user_id == given.user), None)
    others = [row for row in found if row.user_id != given.user and row.at > timezone.now() - LATELY]
    return {
        "own": told(own, whole=True) if own else None,
        "others": [told(row, whole=is_fresh) for row in others],
    }


def told(draft: FormDraft, *, whole: bool) -> dict[str, Any]:
    """A draft as the page reads it."""
    fields = {"fields": draft.fields} if whole else {}
    return {"who": str(draft.user), "at": said_at(draft.at), **fields}


def drop_draft(given: Given) -> None:
    """Nothing is left to be sent: it was sent and taken, or the person has chosen another version."""
    FormDraft.objects.filter(user=given.user, form=given.form).delete()


def drop_sent(request: PersonRequest, response: HttpResponse) -> None:
    """Drop what was typed into the form that was just sent and taken."""
    is_sent = request.method == "POST" and response.status_code in SENT and not isinstance(response, NotYetSent)
    token = request.POST.get(SAVED, "") if is_sent else ""
    given = given_to(request, token) if token and JUST_KEPT not in request.META else None
    if given is not None:
        drop_draft(given)


def forget_drafts() -> None:
    """Forget drafts that nobody came back to."""
    FormDraft.objects.filter(at__lt=timezone.now() - dt.timedelta(days=DAYS)).delete()
