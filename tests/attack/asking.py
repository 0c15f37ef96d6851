"""Thousands of questions of one person: he is recognised without the database, and nothing of what he writes stays."""

import copy
from contextlib import contextmanager, suppress
from functools import cached_property
from unittest.mock import patch

from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.urls import resolve, reverse

from accounts.allauth_internal import record_authentication
from accounts.offices.duties.services import may_enter_administration
from tests import watch

ASIDE = watch.BOOKS | {"accounts_signinevent", "accounts_keptform", "records_answer"}  # what is refused is written down
READS = {"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW"}


class Book:
    """What one request writes: the tables, and whether anything at all."""

    def __init__(self):
        self.tables, self.is_clean = set(), True

    def __call__(self, execute, sql, params, many, context):
        self.tables.update(watch.WRITE.findall(sql))
        self.is_clean &= sql.lstrip(" \n(").partition(" ")[0] in READS
        return execute(sql, params, many, context)


class Asker:
    """One person who has just proved who he is; a savepoint of his own to which the database goes back when he has written."""

    def __init__(self, person):
        self.person, self.client = person, Client(raise_request_exception=False)
        if person is not None:
            self.client.force_login(person)
            request = RequestFactory().get("/")
            request.session = self.client.session
            record_authentication(request, person, "password", reauthenticated=True)
            request.session.save()
            self.client.get(reverse("user_center"))  # the session remembers who he is
        self.cookies, self.savepoint = copy.deepcopy(self.client.cookies), transaction.savepoint()

    @cached_property
    def enters(self):
        return may_enter_administration(self.person)

    @contextmanager
    def recognised(self):
        """Session and user are what they were when he signed in, whatever was done since; no question is asked for it."""
        if self.person is None:
            yield
            return
        session, key = dict(self.client.session.items()), self.client.session.session_key
        names = [field.attname for field in self.person._meta.concrete_fields]
        user = type(self.person)._base_manager.filter(pk=self.person.pk).values_list(*names).get()

        def load(store):
            return copy.deepcopy(session) if store.session_key == key else {}

        def get_user(backend, pk):
            return type(self.person).from_db("default", names, user)

        with patch.object(SessionStore, "load", load), patch.object(ModelBackend, "get_user", get_user):
            yield

    def ask(self, method, address, sent=None):
        """(the answer, the tables that were written)."""
        book = Book()
        with connection.execute_wrapper(book):
            page = getattr(self.client, method.lower())(address, sent or {})
        if getattr(page, "streaming", False):
            list(page)  # a file is closed when it was read
        self.forget(page, book, method)
        return page, book.tables

    def call(self, method, address):
        """The answer of the view alone, with nothing around it that knows sessions or refuses."""
        request, match = RequestFactory().generic(method, address), resolve(address)
        request.user, request._dont_enforce_csrf_checks = self.person, True
        return match.func(request, *match.args, **match.kwargs)

    def forget(self, page, book, method):
        """Everything is as it was before the request."""
        if not book.is_clean or page.status_code >= 500:
            connection.needs_rollback = False
            transaction.savepoint_rollback(self.savepoint)
        if page.cookies:
            self.client.cookies = copy.deepcopy(self.cookies)
        if method == "POST" and page.status_code < 404:
            cache.clear()


def refuses(method, address):
    """Whether nobody at all may ask in this way: the view says so before it looks at who asks, of what."""
    request, match = RequestFactory().generic(method, address), resolve(address)  # of nobody: it has no user
    savepoint, answer = transaction.savepoint(), None
    with suppress(Exception):  # whatever it misses, it has looked
        answer = match.func(request, *match.args, **match.kwargs)
        answer.file_to_stream.close()  # of a paper for everybody
    connection.needs_rollback = False
    transaction.savepoint_rollback(savepoint)
    return getattr(answer, "status_code", 0) == 405
