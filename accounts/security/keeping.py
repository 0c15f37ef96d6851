"""What a person had typed when he was asked who he is: kept for him in this browser until he sends it himself."""

import re
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.apps import apps
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from accounts.models import KeptForm, User
from accounts.security.browser import digest_of, known_in
from policy.arithmetic import yuan
from records.people import PersonRequest
from records.receiving import unreceived
from reviews.models import ExpertWord, Turn, Verdict
from reviews.reasons import Reason
from ui.autosave import NotYetSent
from ui.figures import NUMBER, half_width

KEY = "kept"  # in the session: the key of what waits
JUST_KEPT = "tten.kept"  # of request.META: this request was not let through
NEVER = re.compile(r"csrfmiddlewaretoken|^once$|password|credential", re.IGNORECASE)
PRIVATE = ("accounts.login", "accounts.security", "allauth")  # rooms whose forms hold secrets: nothing of them is kept
FRAME = re.compile(r"^(seen|acting|act|corrections|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS|.*-id)$")
SAFE = {"GET", "HEAD", "OPTIONS"}
SENT = {302, 303}  # answers to a form that was taken
MOST_FORMS = 20  # kept for one person
MOST_ROOM = 400_000  # characters of one form
CHOSEN = {  # what is chosen of a list is shown by its label
    "verdict": {choice.value: f"审核结果：{choice.label}" for choice in Verdict},
    "word": {choice.value: f"意见：{choice.label}" for choice in ExpertWord},
    "reason": {choice.value: f"原因：{choice.label}" for choice in Reason},
}
HAN = re.compile(r"[\u3400-\u9fff]")


class Typed(NamedTuple):
    """What a POST brought, but no secret: [[name, value], …], and the names of its files."""

    fields: list[list[str]]
    files: list[str]
    app: str = ""  # whose form it is: it knows what its fields are called

    @property
    def shown(self) -> list[str]:
        """The words among the fields, as the person reads them again."""
        return shown(self.fields, self.app)


def typed_in(request: HttpRequest) -> Typed:
    """What was typed into the form that this request sends; of a page that asks for secrets, nothing."""
    match = request.resolver_match
    if request.method != "POST" or match is None or match.func.__module__.startswith(PRIVATE):
        return Typed([], [])
    fields = [[name, value] for name, values in request.POST.lists() if not NEVER.search(name) for value in values]
    files = [str(file.name) for name in request.FILES for file in request.FILES.getlist(name)]
    return Typed(fields, files + unreceived(request), app_of(match))


def keep_typed(request: HttpRequest) -> str:
    """Keep what was typed; return where it waits, or "" if nothing was typed or nobody is known whose it is."""
    typed = typed_in(request)
    has_words = any(not FRAME.match(name) and value for name, value in typed.fields) or typed.files
    user = owner_of(request) if has_words and len(str(typed)) <= MOST_ROOM else None
    if user is None:
        return ""
    kept = KeptForm.objects.create(
        user=user,
        browser=digest_of(request),
        path=request.get_full_path(),
        back=page_above(request.path),
        fields=typed.fields,
        files=typed.files,
    )
    KeptForm.objects.filter(pk__in=user.kept_forms.values("pk")[MOST_FORMS:]).delete()
    request.META[JUST_KEPT] = kept.key
    if request.user.is_authenticated:
        request.session[KEY] = kept.key
    return reverse("kept_form", args=[kept.key])


def owner_of(request: HttpRequest) -> User | None:
    """Whose words these are: of who is signed in, else of who was last, in this browser."""
    if request.user.is_authenticated:
        return request.user
    known = known_in(request)
    return User.objects.filter(pk=known.user, is_active=True).first() if known else None


def kept_in(request: PersonRequest, key: str) -> KeptForm | None:
    """What waits under the key for this person in this browser."""
    waiting = KeptForm.objects.filter(user=request.user, browser=digest_of(request), at__gt=KeptForm.oldest())
    return waiting.filter(key=key).first()


def waiting_at(request: PersonRequest) -> str:
    """Where what the person typed waits, as his session remembers it; "" where nothing does."""
    key = request.session.get(KEY)
    return reverse("kept_form", args=[key]) if key else ""


def find_waiting(request: PersonRequest) -> None:
    """After a sign-in: remember what waits for the person, so that 用户中心 tells him."""
    waiting = KeptForm.objects.filter(user=request.user, browser=digest_of(request), at__gt=KeptForm.oldest())
    newest = waiting.first()
    if newest is not None:
        request.session[KEY] = newest.key


def let_go(request: PersonRequest, response: HttpResponse) -> None:
    """Forget what waits for this very address, now that it was sent again and taken."""
    if KEY not in request.session or request.method != "POST" or response.status_code not in SENT:
        return
    if JUST_KEPT in request.META or isinstance(response, NotYetSent):
        return
    for key in KeptForm.objects.filter(user=request.user, path=request.get_full_path()).values_list("key", flat=True):
        forget(request, key)


def forget(request: PersonRequest, key: str) -> None:
    """Forget what waits under the key."""
    KeptForm.objects.filter(user=request.user, key=key).delete()
    tell_no_more(request, key)


def tell_no_more(request: PersonRequest, key: str) -> None:
    """Nothing waits under the key any more."""
    if request.session.get(KEY) == key:
        del request.session[KEY]


def forget_old() -> None:
    """Forget what nobody came back for in time."""
    KeptForm.objects.filter(at__lte=KeptForm.oldest()).delete()


def page_above(path: str) -> str:
    """The page of the case that an address acts on; where it names none, the list above it. Always to be read by GET."""
    lists = []
    while path := path.rstrip("/").rpartition("/")[0]:
        try:
            match = resolve(f"{path}/")
        except Resolver404:
            continue
        if set(match.kwargs) in ({"number"}, {"pk"}) and path.endswith(f"/{next(iter(match.kwargs.values()))}"):
            return f"{path}/"
        if not match.kwargs:
            lists.append(f"{path}/")
    return next(iter(lists), reverse("user_center"))


def app_of(match: ResolverMatch) -> str:
    """The app whose view answers there."""
    return str(match.func.__module__).partition(".")[0]


def typed_for(kept: KeptForm) -> Typed:
    """What was kept, as the person reads it again."""
    return Typed(kept.fields, kept.files, app_of(resolve(urlsplit(kept.path).path)))


def matter_of(path: str) -> str:
    """The number of the case that an address acts on, at the desk that of the case of the turn; "" where it names none."""
    match = resolve(urlsplit(path).path)
    room, key = str(match.url_name).partition("_")[0], match.kwargs.get("pk", 0)
    turns = {
        "turn": Turn.objects.filter(pk=key),
        "panel": Turn.objects.filter(pk=key),
        "seat": Turn.objects.filter(seats=key),
    }
    found = turns[room].values_list("number", flat=True).first() if room in turns else match.kwargs.get("number")
    return found or ""


def shown(fields: list[list[str]], app: str = "") -> list[str]:
    """The words among the fields of a form."""
    return [words for name, value in fields if (words := in_words(name, value, app))]


def in_words(name: str, value: str, app: str = "") -> str:
    """What the person sees of a field again: 标签：值; "" for what only the form needs."""
    if name in CHOSEN:
        return CHOSEN[name].get(value, "")
    if FRAME.match(name) or not value.strip():
        return ""
    if name == "amount":
        return f"金额：{in_sentence(value)}"
    field = name.rpartition("-")[2]
    column = columns(app).get(field) or columns().get(field)
    return read(column, value) if column else value if HAN.search(value) else ""


def in_sentence(typed: str) -> str:
    """An amount that was typed, as sentences write it; what is none stays as it was typed."""
    text = re.sub(r"[,¥元]", "", half_width(typed))
    return yuan(Decimal(text)) if NUMBER.fullmatch(text) else typed


def read(column: "Column", value: str) -> str:
    """标签：值 of a column, a choice by its label; "" for a row of another table."""
    said = "已勾选" if isinstance(column.field, models.BooleanField) else column.choices.get(value, value)
    if column.field.is_relation:
        return ""
    return f"{column.label}：{said}" if column.label else said


class Column(NamedTuple):
    """What the tables keep under one name, and what all of them call it; "" where they call it differently."""

    field: "models.Field[Any, Any]"
    label: str

    @property
    def choices(self) -> dict[str, str]:
        """Code → words."""
        return {str(code): str(label) for code, label in self.field.flatchoices}


@cache
def columns(app: str = "") -> dict[str, Column]:
    """Name → what is kept under it in the tables of the app, or in any table of the portal."""
    found: dict[str, Column] = {}
    models_of = apps.get_app_config(app).get_models() if apps.is_installed(app) else apps.get_models()
    for field in (field for model in models_of for field in model._meta.concrete_fields):
        if isinstance(field, models.JSONField):
            continue  # nobody types it
        label = str(field.verbose_name)
        known = found.get(field.name)
        is_row = known is not None and known.field.is_relation  # somewhere: then a number names a row to nobody
        found[field.name] = Column(
            known.field if known and is_row else field, label if known is None or known.label == label else ""
        )
    return found
