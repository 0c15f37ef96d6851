"""What a person had typed when he was asked who he is: kept on the server, in his session, until he sends it again."""

import re
from typing import Any

from records.people import PersonRequest
from reviews.models import ExpertWord, Verdict
from reviews.reasons import Reason

KEY = "kept"
NEVER = re.compile(r"csrfmiddlewaretoken|password|credential", re.IGNORECASE)
CHOSEN = {  # what is chosen of a list is shown by its label
    "verdict": {choice.value: f"审核结果：{choice.label}" for choice in Verdict},
    "word": {choice.value: f"意见：{choice.label}" for choice in ExpertWord},
    "reason": {choice.value: f"原因：{choice.label}" for choice in Reason},
}
HAN = re.compile(r"[\u3400-\u9fff]")


def keep_fields(request: PersonRequest) -> None:
    """Keep the fields of a POST, but no password and no file; of files, their names."""
    fields = [[name, value] for name, values in request.POST.lists() if not NEVER.search(name) for value in values]
    files = [file.name for name in request.FILES for file in request.FILES.getlist(name)]
    request.session[KEY] = {"path": request.get_full_path(), "fields": fields, "files": files}


def kept_in(request: PersonRequest) -> dict[str, Any] | None:
    """{path, fields, files, shown} of what is kept, or None; `shown` are the words among the fields."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    return {**kept, "shown": [words for name, value in kept["fields"] if (words := in_words(name, value))]}


def in_words(name: str, value: str) -> str:
    """What the person sees of a field again: his words, his verdict, his amount; "" for what only the form needs."""
    if name in CHOSEN:
        return CHOSEN[name].get(value, "")
    if name == "amount" and value:
        return f"金额：{value} 元"
    return value if HAN.search(value) else ""


def let_go(request: PersonRequest) -> None:
    """Forget what was kept, now that it is sent again to the very same address."""
    kept = request.session.get(KEY)
    if kept and request.method == "POST" and kept["path"] == request.get_full_path():
        del request.session[KEY]
