"""The statutory days of a year by rule: what holds before the State Council has said which days are exchanged for which.

全国年节及纪念日放假办法, as in force since 2025-01-01: thirteen days (第二条), and a statutory day that falls on a Saturday or
Sunday is made up on a working day (第六条), here the next one after the feast.
"""

import datetime as dt
from functools import cache

SATURDAY = 5
FIRST_YEAR = 2027
LUNAR = (  # 春节, 端午 and 中秋 as month and day, five years a line; two libraries of the lunar calendar agree on them
    "0206 0609 0915, 0126 0528 1003, 0213 0616 0922, 0203 0605 0912, 0123 0624 1001, "  # 2027
    "0211 0612 0919, 0131 0601 0908, 0219 0620 0927, 0208 0610 0916, 0128 0530 1004, "  # 2032
    "0215 0618 0924, 0204 0607 0913, 0124 0527 1002, 0212 0614 0920, 0201 0603 0910, "  # 2037
    "0122 0622 0928, 0210 0611 0917, 0130 0531 1005, 0217 0619 0925, 0206 0608 0915, "  # 2042
    "0126 0529 1004, 0214 0615 0922, 0202 0604 0911, 0123 0623 0930, 0211 0613 0919, "  # 2047
    "0201 0601 0907, 0219 0620 0926, 0208 0610 0916, 0128 0530 1005, 0215 0617 0924, "  # 2052
    "0204 0606 0913, 0124 0625 1002, 0212 0614 0921, 0202 0603 0909, 0121 0622 0928, "  # 2057
    "0209 0611 0917, 0129 0601 1006, 0217 0619 0925, 0205 0608 0915, 0126 0528 1003, "  # 2062
    "0214 0616 0923, 0203 0604 0911, 0123 0623 0929, 0211 0613 0919, 0131 0602 0908, "  # 2067
    "0219 0620 0926, 0207 0610 0916, 0127 0530 1005, 0215 0617 0924, 0205 0606 0912, "  # 2072
    "0124 0624 1001, 0212 0614 0920, 0202 0604 0910, 0122 0622 0928, 0209 0611 0917, "  # 2077
    "0129 0601 1006, 0217 0619 0926, 0206 0607 0914, 0126 0527 1003, 0214 0615 0922, "  # 2082
    "0203 0605 0911, 0124 0623 0929, 0210 0613 0918, 0130 0602 0908, 0218 0621 0927, "  # 2087
    "0207 0609 0916, 0127 0529 1005, 0215 0617 0924, 0205 0606 0913, 0125 0624 0930, "  # 2092
    "0212 0614 0920, 0201 0604 0909, 0121 0623 0929, 0209 0612 0918, "  # 2097
)
BY_YEAR = dict(enumerate("".join(LUNAR).rstrip(", ").split(", "), start=FIRST_YEAR))


def feasts(year: int) -> list[list[dt.date]]:
    """The statutory days of each feast, in the order of the year; the lunar ones up to 2100."""
    found = [[dt.date(year, 1, 1)], [_clear_and_bright(year)], _days(dt.date(year, 5, 1), 2)]
    if year in BY_YEAR:
        spring, boat, moon = (dt.date(year, int(text[:2]), int(text[2:])) for text in BY_YEAR[year].split())
        found += [_days(spring - dt.timedelta(days=1), 4), [boat], [moon]]
    return sorted([*found, _days(dt.date(year, 10, 1), 3)])


@cache
def statutory(year: int) -> frozenset[dt.date]:
    """The thirteen days, or fewer where two feasts meet."""
    return frozenset(day for feast in feasts(year) for day in feast)


@cache
def days_off(year: int) -> frozenset[dt.date]:
    """The days on which by rule no office works beside Saturdays and Sundays: the statutory ones and what makes them up."""
    off: set[dt.date] = set()
    for feast in feasts(year):
        owed = sum(day.weekday() >= SATURDAY or day in off for day in feast)
        off.update(feast)
        day = feast[-1]
        while owed:
            day += dt.timedelta(days=1)
            if day.weekday() < SATURDAY and day not in off:
                off.add(day)
                owed -= 1
    return frozenset(off)


def _days(first: dt.date, number: int) -> list[dt.date]:
    return [first + dt.timedelta(days=n) for n in range(number)]


def _clear_and_bright(year: int) -> dt.date:
    """清明, by the usual formula of this century and the leap years since 2000."""
    since = year - 2000
    return dt.date(year, 4, int(since * 0.2422 + 4.81) - since // 4 + since // 100)
