"""What somebody reads who comes back to a turn that is over, or sends once more what he had decided."""

from typing import Any

from django.http import QueryDict
from django.utils import timezone

from records.people import Person
from reviews.models import Turn
from reviews.worklist import following, way_of

NOT_AGAIN = "您这次提交的没有再办理，结果没有改变。"


def ended_context(turn: Turn, user: Person, query: QueryDict, *, is_sent: bool) -> dict[str, Any]:
    """{tone, ended, coming}: how the turn ended, and the address of the next case of the list; is_sent: something was sent to it."""
    coming = following(turn, user, query)
    return {
        "tone": "warning" if is_sent else "success",
        "ended": ending_of(turn) + (NOT_AGAIN if is_sent else ""),
        "coming": f"{coming.get_absolute_url()}{way_of(query)}#content" if coming else "",
    }


def ending_of(turn: Turn) -> str:
    """By whom, when and with what result the turn was closed; of one that no opinion closed (转办, 撤回), only when."""
    said = turn.opinions.select_related("reviewer", "second", "turn__case_type").order_by("-at", "-pk").first()
    by, result = (f"由{said.reviewer}", f"，结果：{said.result}") if said else ("", "")
    result += f"，复核签：{said.second}" if said and said.second else ""
    at = timezone.localtime(turn.closed_at)
    return f"这个环节已于 {at:%Y-%m-%d %H:%M} {by}办结{result}。"
