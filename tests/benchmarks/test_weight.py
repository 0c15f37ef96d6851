"""What the bench of first views makes of its figures."""

from benchmarks.weight import WAYS, View, missed, table

GOOD = View(own=90_000, picture=12_000), View(own=8_000)
SEEN = {(site, page): seconds for page in WAYS for site, seconds in (("now", 2.0), ("run", 4.0), ("packed", 2.2))}


def test_what_is_within_its_limits_is_not_named():
    assert missed(dict.fromkeys(WAYS, GOOD), SEEN) == []


def test_each_limit_is_held_for_each_page():
    now = dict.fromkeys(WAYS, GOOD) | {"科淘平台": (View(own=120_100, picture=25_100), View(own=15_100))}
    assert missed(now, SEEN | {("now", "首页"): 2.5}) == [
        "科淘平台: first view 120.1 > 120",
        "科淘平台: second 15.1 > 15",
        "科淘平台: picture 25.1 > 25",
        "首页: LCP 0.625 > 0.6",
    ]


def test_a_row_says_both_views_and_both_ways_of_the_earlier_commit():
    rows = table("76a9e59", {"服务": GOOD}, {"服务": View(own=455_000)}, SEEN).splitlines()
    assert rows[-1] == "| 服务 | 90.0 | 455.0 | 8.0 | 12.0 | 2.00 | 4.00 | 0.50 | 2.20 | 0.91 |"
