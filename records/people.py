"""How a person is written in a signature, on every floor; the model itself stands in `accounts`.

`Person` is somebody with an account, `Visitor` may be nobody yet, and `PersonRequest` is a request that has come
through the login: a view takes it unless it is open to visitors.
"""

from typing import TYPE_CHECKING, TypeAlias

from django.http import HttpRequest

if TYPE_CHECKING:  # an import upwards: a type is read by people and by mypy, and never run
    from django.contrib.auth.models import AnonymousUser
    from django_htmx.middleware import HtmxDetails

    from accounts.models import User

    Person = User
    Visitor: TypeAlias = User | AnonymousUser

    class PersonRequest(HttpRequest):
        """A request of somebody who has signed in."""

        user: Person
        htmx: HtmxDetails  # whether a part of the page is asked for
        menu_at: str  # the address that the menu shows as the place where the person is
        part: str  # in what part he reads the page, where its first readers are others: provider, office, returned

else:
    from django.contrib.auth.base_user import AbstractBaseUser as Person

    Visitor, PersonRequest = Person, HttpRequest

__all__ = ["Person", "PersonRequest", "Visitor"]
