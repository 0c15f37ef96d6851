"""What tests need not pay for: coverage's tracer in code that is not ours, and a chain of middleware for each client.

The tracer makes Python about twice as slow, whosever code runs. It rests in calls into libraries that never call us
back; what stands in `[tool.coverage.run] source` is traced as before.
"""

import contextlib
import functools
import gc
import importlib
import sys
from unittest.mock import patch

from _pytest.assertion import rewrite
from django.conf import UserSettingsHolder, settings
from django.db.models.sql.compiler import SQLCompiler
from django.template import Template
from django.test.client import ClientHandler
from django.test.utils import _TestState

from tests import recording

CHAIN = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")


def untraced(function):
    """The same function, with the tracer at rest until it returns."""

    @functools.wraps(function)
    def call(*args, **kwargs):
        tracer = sys.gettrace()
        if tracer is None:
            return function(*args, **kwargs)
        sys.settrace(None)
        try:
            return function(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return call


def shared(load_middleware, built=None):
    """Clients have one chain, as the requests of a server have; where a test has other settings, it gets its own."""
    built = {} if built is None else built

    @functools.wraps(load_middleware)
    def load(handler, *args, **kwargs):
        if isinstance(settings._wrapped, UserSettingsHolder):
            return load_middleware(handler, *args, **kwargs)
        if not built:
            first = ClientHandler()
            load_middleware(first, *args, **kwargs)
            built.update({name: getattr(first, name) for name in CHAIN})
        return vars(handler).update(built)

    return load


def begin():
    """At the start of a process of pytest, when Django is set up."""
    ClientHandler.load_middleware = shared(ClientHandler.load_middleware)
    SQLCompiler.as_sql = untraced(SQLCompiler.as_sql)
    recording.put_back = untraced(recording.put_back)
    rewrite._rewrite_test = untraced(rewrite._rewrite_test)


@functools.cache
def print_untraced():
    """WeasyPrint is imported by those alone who print."""
    html = importlib.import_module("weasyprint").HTML
    html.write_pdf = untraced(html.write_pdf)


@contextlib.contextmanager
def for_thousands_of_requests():
    """Nobody asks what a template was given, so nothing is copied for it; the collector passes by what is there already."""
    gc.collect()
    gc.freeze()
    try:
        with patch.object(Template, "_render", _TestState.saved_data.template_render):
            yield
    finally:
        gc.unfreeze()
