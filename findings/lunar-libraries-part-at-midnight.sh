#!/bin/sh
# Version:   lunar_python 1.4.8, lunardate 0.3.0, zhdate 0.1, LunarCalendar 0.0.9.
# Belief:    the libraries of the Chinese calendar name every day of this century alike, as one standard (GB/T 33661-2017) rules it.
# Behaviour: they do but for three months, whose new moon falls within minutes of midnight in Beijing: in 2057 two of them begin the
#            ninth month on 28 September and two on the 29th; LunarCalendar alone begins a month of 2089 and of 2097 a day late,
#            and so has 中秋 of 2089, a statutory holiday, on another day than the others.
# Whom:      whoever reckons working days, terms or interest over decades and compares two systems.
# Way out:   take statutory days from a table, checked once against several libraries and then against each year's published notice.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lunar_python==1.4.8 lunardate==0.3.0 zhdate==0.1 LunarCalendar==0.0.9
"$work/venv/bin/python" - <<'END'
import datetime as dt

from lunar_python import Solar
from lunarcalendar import Converter
from lunarcalendar import Solar as Day
from lunardate import LunarDate
from zhdate import ZhDate


def lunar_python(day):
    found = Solar.fromYmd(day.year, day.month, day.day).getLunar()
    return abs(found.getMonth()), found.getDay()


def lunardate(day):
    found = LunarDate.from_solar_date(day.year, day.month, day.day)
    return found.month, found.day


def zhdate(day):
    found = ZhDate.from_datetime(dt.datetime(day.year, day.month, day.day))
    return found.lunar_month, found.lunar_day


def lunarcalendar(day):
    found = Converter.Solar2Lunar(Day(day.year, day.month, day.day))
    return found.month, found.day


READERS = (lunar_python, lunardate, zhdate, lunarcalendar)
parted, day, last = {}, dt.date(2020, 1, 1), dt.date(2099, 12, 31)
while day <= last:
    told = [reader(day) for reader in READERS]
    if len(set(told)) > 1 and told[0][1] == 15:
        parted[day] = told
    day += dt.timedelta(days=1)
for day, told in parted.items():
    print(day, ", ".join(f"{reader.__name__} {month}-{number}" for reader, (month, number) in zip(READERS, told)))
raise SystemExit(parted != {
    dt.date(2057, 10, 13): [(9, 15), (9, 16), (9, 16), (9, 15)],
    dt.date(2089, 9, 18): [(8, 15), (8, 15), (8, 15), (8, 14)],
    dt.date(2097, 8, 21): [(7, 15), (7, 15), (7, 15), (7, 14)],
})
END
# Output seen:
# 2057-10-13 lunar_python 9-15, lunardate 9-16, zhdate 9-16, lunarcalendar 9-15
# 2089-09-18 lunar_python 8-15, lunardate 8-15, zhdate 8-15, lunarcalendar 8-14
# 2097-08-21 lunar_python 7-15, lunardate 7-15, zhdate 7-15, lunarcalendar 7-14
