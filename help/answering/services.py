"""Verbs of what readers say of the manual: said once a session, dealt with by whoever keeps the texts."""

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from catalog.mall.seeing import is_robot
from help.book import Article
from help.models import ManualAnswer
from news.permissions import check_writer
from records.doors import door
from records.locks import hold_row
from records.people import Person

SESSION = "help_said"  # what the session has answered: {role/step@version: whether it was of use}
MOST = 100  # answers that a session remembers
ADD = """
INSERT INTO help_manualcount (article, version, useful, useless, last_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (article, version) DO UPDATE SET useful = help_manualcount.useful + excluded.useful,
       useless = help_manualcount.useless + excluded.useless, last_at = excluded.last_at
"""


def said_of(article: Article) -> str:
    """How a session names its answer to the article as it reads now."""
    return f"{article.key}@{article.version}"


def answer_in(request: HttpRequest, article: Article) -> bool | None:
    """What this session has said of it; None while nothing."""
    said: dict[str, bool] = request.session.get(SESSION, {})
    return said.get(said_of(article))


def note_answer(request: HttpRequest, article: Article, *, useful: bool, reason: str) -> bool:
    """Keep what was said and remember in the session that it was; False where it had said so before. Robots say nothing."""
    if answer_in(request, article) is not None:
        return False
    if not is_robot(request):
        keep_answer(article, useful=useful, reason=reason)
    said: dict[str, bool] = request.session.get(SESSION, {}) | {said_of(article): useful}
    request.session[SESSION] = dict(list(said.items())[-MOST:])
    return True


@door
def keep_answer(article: Article, *, useful: bool, reason: str) -> None:
    """Count it for the version that is read now; 没用 is kept by itself, with its reason."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(ADD, [article.key, article.version, int(useful), int(not useful), now])
    if not useful:
        ManualAnswer.objects.create(article=article.key, version=article.version, reason=reason, given_at=now)


@door
def handle_answer(answer: ManualAnswer, *, done: bool, by: Person) -> ManualAnswer:
    """Mark it as dealt with, or as open again; the second time nothing changes."""
    check_writer(by)
    held: ManualAnswer = hold_row(ManualAnswer.objects.all(), answer.pk)
    if bool(held.handled_at) != done:
        held.handled_at, held.handled_by = (timezone.now(), by) if done else (None, None)
        held.save(update_fields=["handled_at", "handled_by"])
    return held
