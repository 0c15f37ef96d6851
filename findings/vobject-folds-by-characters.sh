#!/bin/sh
# Version:   vobject 0.9.9, ics 0.7.3, icalendar 7.3.2.
# Belief:    libraries that write calendar files fold their lines at 75 octets, as RFC 5545 §3.1 asks.
# Behaviour: icalendar does; vobject counts characters only: sixty Chinese ones, 188 octets, stay on one line; ics never folds
#            at all, whatever the language.
# Whom:      whoever sends appointments with Chinese titles to calendars that hold lines to their length.
# Way out:   write them with icalendar.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check vobject==0.9.9 ics==0.7.3 icalendar==7.3.2
"$work/venv/bin/python" - <<'END'
import ics
import vobject
from icalendar import Event


def by_vobject(title):
    event = vobject.iCalendar().add("vevent")
    event.add("summary").value = title
    return event.serialize().encode()


def by_icalendar(title):
    event = Event()
    event.add("summary", title)
    return event.to_ical()


WAYS = {
    "vobject": by_vobject,
    "ics": lambda title: ics.Event(name=title, begin="2026-11-30 09:00:00").serialize().encode(),
    "icalendar": by_icalendar,
}
SEEN = {"vobject": (75, 188), "ics": (188, 188), "icalendar": (75, 75)}
told = {}
for name, write in WAYS.items():
    told[name] = tuple(max(len(line) for line in write(sign * count).split(b"\r\n")) for sign, count in (("a", 180), ("检", 60)))
    print(f"{name}: longest line {told[name][0]} octets for 180 Latin letters, {told[name][1]} for 60 Chinese characters")
raise SystemExit(any(most > 75 for most in told["icalendar"]) or told["vobject"][0] > 76 or min(told["vobject"][1], *told["ics"]) < 180)
END
# Output seen:
# vobject: longest line 75 octets for 180 Latin letters, 188 for 60 Chinese characters
# ics: longest line 188 octets for 180 Latin letters, 188 for 60 Chinese characters
# icalendar: longest line 75 octets for 180 Latin letters, 74 for 60 Chinese characters
