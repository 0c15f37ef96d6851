"""People and providers stand in the order of their pinyin, the same on every database."""

import pytest
from django.apps import apps
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import make_provider, make_user
from ui.pinyin import SURNAMES, SortedByName, sort_key

IN_ORDER = ["2", "阿", "黎", "李", "李一", "连", "鲁", "吕", "单", "曾", "𠮷"]
READ_AS = {
    "单雄信": "shan4 xiong2 xin4",
    "曾样例": "zeng1 yang4 li4",
    "解样例": "xie4 yang4 li4",
    "仇样例": "qiu2 yang4 li4",
    "尉迟样例": "yu4 chi2 yang4 li4",
    "𠮷样例": "~𠮷5 yang4 li4",
    "欧阳样例": "ou1 yang2 yang4 li4",
}


@pytest.mark.heavy
@pytest.mark.parametrize("name", READ_AS)
def test_a_person_is_read_by_the_surname(name):
    assert sort_key(name, person=True) == READ_AS[name]


@pytest.mark.heavy
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("单县样例", "shan4 xian4 yang4 li4"),
        ("大城县样例", "dai4 cheng2 xian4 yang4 li4"),
        ("重庆单元检测", "chong2 qing4 dan1 yuan2 jian3 ce4"),
        ("ＡＢ检测", "a b jian3 ce4"),
        ("吕", "lv3"),
        ("", ""),
    ],
)
def test_a_firm_is_read_by_its_words(name, key):
    assert sort_key(name) == key


@pytest.mark.heavy
@settings(deadline=None, max_examples=40)  # its tables are read with the first
@given(st.text(max_size=20))
def test_every_name_has_a_key(name):
    assert sort_key(name) == sort_key(name)
    assert all(sort_key(sign + name, person=True) for sign in SURNAMES)


@pytest.mark.django_db
def test_the_database_sorts_by_syllables_then_tones_and_by_bytes():
    people = [make_user(name=f"{sign}样例") for sign in sorted(IN_ORDER)]
    found = type(people[0]).objects.filter(pk__in=[person.pk for person in people]).order_by("name_key")
    assert [person.name for person in found] == [f"{sign}样例" for sign in IN_ORDER]


@pytest.mark.django_db
def test_the_key_follows_the_name():
    person, provider = make_user(name="张样例"), make_provider(name="解样例中心")
    assert (person.name_key, provider.name_key) == ("zhang1 yang4 li4", "jie3 yang4 li4 zhong1 xin1")
    person.name = "曾样例"
    person.save(update_fields=["name"])
    person.refresh_from_db()
    assert person.name_key == "zeng1 yang4 li4"


@pytest.mark.bare
def test_whoever_has_a_key_keeps_it_in_one_way():
    keyed = {model for model in apps.get_models() if any(field.name == "name_key" for field in model._meta.fields)}
    assert keyed == {model for model in apps.get_models() if issubclass(model, SortedByName)}
