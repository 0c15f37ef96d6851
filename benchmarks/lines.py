"""The lines of a bench, and where each of them finds its page in the data: `python -m benchmarks.lines pages`.

Prints the lines as JSON, made with the models of the tree that it is run in; a line whose row or address that tree
does not know says why under `missing`.
"""

import importlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from tten.local.say import say

NO_FORM = "-"


@dataclass(frozen=True)
class Row:
    """The first row of a model that fits, and what of it is wanted; {role} in a value is the user name of the role."""

    model: str  # "vouchers.Application"
    want: str  # a field, or a path to one
    fits: Mapping[str, Any] = field(default_factory=dict)  # as in .filter()
    take: int = 1  # of the first rows that many, in a list

    def found_for(self, role: str) -> Any:
        """The value; LookupError where no row fits."""
        from django.apps import apps  # noqa: PLC0415 - where the lines are only listed there is no Django

        said = {name: value.format(role=role) if isinstance(value, str) else value for name, value in self.fits.items()}
        rows = apps.get_model(self.model)._default_manager.filter(**said).order_by("pk").distinct()
        values = [str(value) for value in rows.values_list(self.want, flat=True)[: self.take]]
        if len(values) < self.take:
            raise LookupError(f"no {self.model} with {said}")
        return values if self.take > 1 else values[0]


@dataclass(frozen=True)
class Line:
    """One request that is measured."""

    name: str
    role: str  # user name of a demo account; "" for a stranger
    url: str  # name of the address
    args: tuple[str | Row, ...] = ()
    query: str = ""
    method: str = "GET"
    status: int = 200
    form_on: str = ""  # name of the page that holds the form, with the first of the same args; NO_FORM: a bare button
    form_args: int = 1
    form_query: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)  # typed over what the form holds already
    files: Mapping[str, Row] = field(default_factory=dict)  # field → a paper that is sent once more
    proved: bool = False  # who sends it has proved himself in the last minutes

    def resolved(self) -> dict[str, Any]:
        """The line as the client needs it, or why there is none in this tree."""
        known = {"name": self.name, "role": self.role, "method": self.method}
        try:
            return known | self.sent()
        except Exception as why:  # noqa: BLE001 - another commit may lack the model, the field, the row or the address
            return known | {"missing": f"{type(why).__name__}: {why}"}

    def sent(self) -> dict[str, Any]:
        """What goes to the portal, and what must come back."""
        from django.urls import reverse  # noqa: PLC0415

        args = [value_of(arg, self.role) for arg in self.args]
        address = page = reverse(self.url, args=args)
        if self.form_on and self.form_on != NO_FORM:
            page = reverse(self.form_on, args=args[: self.form_args])
        return {
            "address": address + quote(self.query, safe="?=&"),
            "page": "" if self.form_on == NO_FORM else page + self.form_query.format(*args),
            "status": self.status,
            "fields": {name: value_of(value, self.role) for name, value in self.fields.items()},
            "files": {name: value_of(row, self.role) for name, row in self.files.items()},
            "proved": self.proved,
        }


def value_of(value: Any, role: str) -> Any:
    """The value itself, or what its row holds."""
    return value.found_for(role) if isinstance(value, Row) else value


def forget_sign_ins() -> None:
    """Take away what earlier runs have left: who had signed in, which no trigger lets go, and all that the cache counts."""
    from django.apps import apps  # noqa: PLC0415
    from django.core.cache import cache  # noqa: PLC0415
    from django.db import connection, transaction  # noqa: PLC0415

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for model in ("sessions.Session", "usersessions.UserSession", "accounts.SignInEvent"):
            apps.get_model(model)._default_manager.all().delete()
    cache.clear()


def main() -> None:
    """Print the lines of the named bench as this tree's data have them."""
    import django  # noqa: PLC0415

    django.setup()
    forget_sign_ins()
    bench = importlib.import_module(f"benchmarks.{sys.argv[1]}")
    say(json.dumps([line.resolved() for line in bench.LINES]))


if __name__ == "__main__":
    main()
