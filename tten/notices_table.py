"""docs/notices.md, drawn from the kinds that the apps have listed: who is told what, and by which ways."""

import inspect
import re

from django.conf import settings
from django.template import Engine
from django.urls import get_resolver

from notifications.kinds import KINDS, Kind
from notifications.matters import MATTERS, Matter, Use
from notifications.models import Channel

HEAD = """# Notices

Drawn from `notices.py` of the apps by `make notices`; do not edit. Every notice stands in 消息 of the portal (站内).
One that leaves it takes the first of its ways that leads to the person, by an address that he has proved; where that
way fails for good, the next one by itself (ADR 0157). Nobody is told of his own act (ADR 0096).

A person chooses in 消息设置 by group and way; what stands in **bold** there may not be turned off (notifications/matters.py).

| group | 邮件 | 短信 | 微信 | why not to be turned off |
| --- | --- | --- | --- | --- |
"""
KINDS_HEAD = """
| kind | says | who is told | group | ways |
| --- | --- | --- | --- | --- |
"""
OTHERWISE = re.compile(r"\{% (else|elif [^%]*) %\}")
TAG = re.compile(r"{%.*?%}")
VALUE = re.compile(r"{{.*?}}")


def drawing() -> str:
    """Return the whole page."""
    groups = "".join(group(matter) for matter in MATTERS.values())
    return HEAD + groups + KINDS_HEAD + "".join(row(kind) for kind in listed())


def group(matter: Matter) -> str:
    """One group of the first table."""
    words = {Use.FORCED: "**always**", Use.ON: "on", Use.OFF: "off", None: "–"}
    return f"| {' | '.join((matter.label, *(words[matter.use_of(way)] for way in Channel), matter.why))} |\n"


def listed() -> list[Kind]:
    """The kinds of the apps, by name; those that stand beside their act come with the addresses."""
    list(get_resolver().url_patterns)
    apps = {name.partition(".")[0] for name in settings.INSTALLED_APPS}
    return [KINDS[name] for name in sorted(KINDS) if KINDS[name].recipients.__module__.partition(".")[0] in apps]


def row(kind: Kind) -> str:
    """One line of the table."""
    ways = " → ".join(("站内", *(Channel(way).label for way in kind.ways)))
    who = (inspect.getdoc(kind.recipients) or "").partition("\n")[0]
    return f"| `{kind.name}` | {subject(kind)} | {who} | {kind.matter.label} | {ways} |\n"


def subject(kind: Kind) -> str:
    """The first line of its words, with … for what differs from one to the next."""
    source = Engine.get_default().get_template(f"notices/{kind.name}.txt").source
    line = TAG.sub("", OTHERWISE.sub("｜", source)).strip().partition("\n")[0]
    return VALUE.sub("…", line).replace("|", "/").replace("｜", " / ")
