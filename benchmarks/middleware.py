"""What a bench asks of the portal beside its pages: how many queries were asked, and that nothing stays of a POST."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.http import HttpRequest, HttpResponse

UNDO = "X-Bench-Undo"  # of the request: roll back whatever it writes
QUERIES = "X-Bench-Queries"  # of the answer
NOT_COUNTED = re.compile(r"^(SAVEPOINT|RELEASE|ROLLBACK|SET )")
KNOWN = re.compile(r'^SELECT "django_session"\."session_key"')  # the first: whose session it is (ADR 0077)


class Undone(transaction.Atomic):
    """A transaction around one that wants to be the outermost (`records.doors`), as Django's own test cases are one."""

    def __init__(self) -> None:
        super().__init__(DEFAULT_DB_ALIAS, savepoint=True, durable=False)
        self._from_testcase = True


class BenchMiddleware:
    """The outermost: one transaction around a request that is to be undone; its on_commit hooks never run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, and write the number of its queries into the answer."""
        asked, recognised = 0, False

        def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal asked, recognised
            is_first = not recognised and bool(KNOWN.match(sql))
            recognised = recognised or is_first
            asked += not (is_first or NOT_COUNTED.match(sql))
            return execute(sql, params, many, context)

        undone = UNDO in request.headers
        around: AbstractContextManager[Any] = Undone() if undone else nullcontext()
        with connection.execute_wrapper(count), around:
            response = self.get_response(request)
            if undone:
                transaction.set_rollback(True)
        response[QUERIES] = str(asked)
        return response
