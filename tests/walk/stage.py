"""Eight people at the portal, each with a browser, and what goes wrong between them and the database."""

import datetime as dt
import random
from contextlib import contextmanager, nullcontext
from unittest.mock import patch

import time_machine
from celery.app.task import Task
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import UnitMember
from policy.feasts import statutory
from policy.models import CalendarDay
from policy.working_days import PACKAGE_UNTIL
from tests.factories import World, make_user

TAKEN = 302
FAULTS = ("cut_before", "cut_after", "killed")
SPOILT = {409, 503}  # what an interrupted request may answer; it is sent again


YEARS = 8  # that a walk may reach beyond those that are known


class Wrong(AssertionError):
    """The portal has done what it must never do."""


@contextmanager
def cut(*, after, nth):
    """The connection to the database breaks at the nth commit: before it is taken, or before its answer arrives."""
    count, commit = iter(range(nth)), BaseDatabaseWrapper._commit

    def breaking(self):
        if next(count, None) != nth - 1:
            return commit(self)
        if after:
            commit(self)
        self.connection.close()
        raise OperationalError("server closed the connection unexpectedly")

    with patch.object(BaseDatabaseWrapper, "_commit", breaking):
        yield
    connection.close_if_unusable_or_obsolete()


def killed():
    """The worker dies between the step and what the step has set off."""
    return patch.object(Task, "apply_async", lambda *_args, **_kwargs: None)


def publish_years():
    """市科技局 enters each year in time: by the days of one that is not entered nothing ends (ADR 0156)."""
    days = [day for year in range(PACKAGE_UNTIL + 1, PACKAGE_UNTIL + 1 + YEARS) for day in sorted(statutory(year))]
    CalendarDay.objects.bulk_create((CalendarDay(date=day, is_working=False) for day in days), ignore_conflicts=True)


class Stage:
    """The world of one walk; `step` counts, `seed` makes it the same again."""

    def __init__(self):
        self.world = World()
        publish_years()
        colleague = make_user("colleague")
        UnitMember.objects.create(unit=self.world.unit, user=colleague, role=UnitMember.Role.HANDLER)
        world = self.world
        more = [make_user(f"expert_{number}") for number in (4, 5)]
        spare = [world.expert_office.memberships.create(user=user, is_financial=True) for user in more]
        self.experts = [*world.experts, *spare]
        self.roles = {
            "applicant": self.world.applicant,
            "colleague": colleague,
            "stranger": self.world.stranger,
            "provider": self.world.provider_member,
            "platform": self.world.platform,
            "district": self.world.district,
            "body": self.world.body,
            "body_second": self.world.body_second,
            "other_district": self.world.other_district,
            "other_body": self.world.other_body,
            "municipal": self.world.municipal,
            **{f"expert_{member.pk}": member.user for member in self.experts},
        }
        self.clients, self.days, self.placed, self.fault = {}, 0, 0, None
        self.clock = None  # (days ahead, the traveller)
        self.lines = 0  # of the trail: the last one whose hash was counted
        self.rng, self.tally = random.Random(0), {}

    def appoint(self, office):
        """One more comes to work at the office, as when an invitation of 单位和岗位 is taken."""
        user = make_user(f"appointed_{len(self.roles)}")
        office.memberships.create(user=user)
        self.roles[user.username] = user

    def client(self, role):
        """The person's browser, signed in; a sign-in that time has ended is made anew."""
        key = (role, self.days)
        if key not in self.clients:
            self.clients = {known: client for known, client in self.clients.items() if known[0] != role}
            self.clients[key] = Client(raise_request_exception=False)
            self.clients[key].force_login(self.roles[role])
        return self.clients[key]

    @contextmanager
    def now(self):
        """The portal's clock, as far ahead as the walk has moved it; it goes on between two acts of one day."""
        if self.clock is None or self.clock[0] != self.days:
            self.rest()
            ahead = time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=self.days), tick=True)
            ahead.start()
            self.clock = self.days, ahead
        yield

    def rest(self):
        """Back to the clock on the wall."""
        if self.clock is not None:
            self.clock[1].stop()
            self.clock = None

    def day(self, ahead=0):
        """A day as a date box sends it."""
        return f"{timezone.localdate() + dt.timedelta(ahead):%Y-%m-%d}"

    def get(self, role, name, *args):
        """A page; Wrong if it is an error."""
        return self.checked(self.client(role).get(reverse(name, args=args)), f"GET {name}")

    def post(self, role, name, args, /, **data):
        """Send a form as a browser does, perhaps into a fault, perhaps twice; the answer that the person sees at last."""
        data["once"] = f"{self.rng.getrandbits(64):x}"
        address, fault, self.fault, client = reverse(name, args=args), self.fault, None, self.client(role)
        if fault:
            with self.spoilt(fault):
                first = client.post(address, data)
            if first.status_code >= 400 and first.status_code not in SPOILT:
                self.checked(first, f"POST {name} ({fault})")
        answer = client.post(address, rewound(data))
        self.checked(answer, f"POST {name}")
        if fault and answer.status_code == 409 and "R-AGAIN" in answer.content.decode():
            answer.status_code = TAKEN  # carried out, and its answer lost
            return self.counted(name, answer)
        if answer.status_code == TAKEN and self.rng.random() < 0.15:
            second = client.post(address, rewound(data))
            if (second.status_code, second.headers.get("Location")) != (TAKEN, answer.headers["Location"]):
                raise Wrong(f"POST {name} 第二次回答不同：{second.status_code} {second.headers.get('Location')}")
        return self.counted(name, answer)

    def counted(self, name, answer):
        """The answer, in the tally of the walk."""
        key = f"{name} {answer.status_code}"
        self.tally[key] = self.tally.get(key, 0) + 1
        return answer

    def told(self):
        """The tally in a few words: each address with its answers."""
        return ", ".join(f"{what}: {count}" for what, count in sorted(self.tally.items()))

    def spoilt(self, fault):
        """What goes wrong with the next request."""
        if fault == "killed":
            return killed()
        return cut(after=fault == "cut_after", nth=self.rng.choice((1, 1, 1, 2, 3))) if fault else nullcontext()

    def checked(self, response, what):
        """The answer, unless it is an error of the portal's."""
        if response.status_code >= 500:
            raise Wrong(f"{what} → {response.status_code}")
        return response


def rewound(data):
    """The same form again: files are read from their beginning."""
    for value in data.values():
        if hasattr(value, "seek"):
            value.seek(0)
    return data
