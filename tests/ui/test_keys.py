"""Keys that a person reads as the same are the same, in Python and in the database."""

import pytest
from django.db.models import CharField, Value
from hypothesis import given, settings
from hypothesis import strategies as st

from policy.models import PolicyVersion
from ui.keys import FROM, AsRead, as_read

SAME = [
    ("LS-0001", "ls 0001"),
    ("LS-0001", "ＬＳ－０００１"),
    ("LS-0001", "LS–OOO1"),
    ("LS-0001", "L\u200bS0OOl"),
    ("HT〔2026〕9号", "HT(2026) 9号"),
    ("KAB", "КАВ"),  # Cyrillic
    ("KAB", "κα\u0392"),  # Greek
]


@pytest.mark.bare
@pytest.mark.parametrize(("one", "other"), SAME)
def test_what_reads_as_one_is_one(one, other):
    assert as_read(one) == as_read(other)


@pytest.mark.bare
@pytest.mark.parametrize(("one", "other"), [("LS-0001", "LS-0002"), ("样例1号", "样例2号"), ("01", "1"), ("8", "B")])
def test_what_does_not_is_not(one, other):
    assert as_read(one) != as_read(other)


@pytest.mark.django_db
@settings(max_examples=60)
@given(st.text(st.sampled_from(FROM + "样例019XZ"), max_size=30))
def test_the_database_reads_as_python_does(key):
    read = AsRead(Value(key, output_field=CharField()))
    assert PolicyVersion.objects.values_list(read, flat=True)[0] == as_read(key)
