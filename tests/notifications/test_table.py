"""Who is told what is one table."""

import pytest

from notifications.kinds import kind_named
from notifications.models import Channel
from tests.chinese import ROOT
from tten.notices_table import drawing, listed


@pytest.mark.bare
def test_the_table_is_drawn_afresh():
    assert (ROOT / "docs" / "notices.md").read_text() == drawing()


@pytest.mark.bare
def test_what_a_right_may_be_lost_by_goes_by_three_ways():
    assert kind_named("application_approved").ways == (Channel.MAIL, Channel.SMS, Channel.WECHAT)
    assert kind_named("unit_left").ways == (Channel.MAIL,)
    assert kind_named("list_ready").ways == ()
    assert kind_named("trial") is None
    assert len(listed()) > 90


@pytest.mark.bare
def test_each_says_in_one_line_who_is_told():
    assert [kind.name for kind in listed() if not (kind.recipients.__doc__ or "").strip()] == []
