"""What a list says where it cannot look for the typed words: a sentence, with the words kept in the box."""

import django_filters
import pytest
from django.urls import reverse

from ui.filters import WordsFilter

LISTS = {  # who reads it → the lists with a box for words
    "applicant": ("order_list", "application_list", "claim_list"),
    "district": ("turn_list", "turn_done_list"),
    "municipal": ("turn_all_list", "office_list", "certification_list"),
    "platform": ("join_desk", "admission_list"),
    None: ("product_list", "lab_list"),
}
PAIRS = [(who, name) for who, names in LISTS.items() for name in names]


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "name"), PAIRS)
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("检" * 300, "现在有 300 个"),
        ("'", "里没有文字或数字可以查找"),
        ("一 二 三 四 五 六 七 八 九", "最多 8 个词，现在有 9 个"),
    ],
)
def test_words_that_cannot_be_looked_for_stay_in_the_box_with_a_sentence(client, world, who, name, typed, said):
    if who:
        client.force_login(getattr(world, who))
    page = client.get(reverse(name), {"q": typed}).content.decode()
    assert page.count(said) == 1
    assert f'value="{typed.replace(chr(39), "&#x27;")}"' in page
    assert "去掉这个条件" not in page


def test_every_box_for_words_is_this_one():
    boxes = [sets.base_filters["q"] for sets in django_filters.FilterSet.__subclasses__() if "q" in sets.base_filters]
    assert boxes
    assert all(isinstance(box, WordsFilter) for box in boxes)


@pytest.mark.parametrize(
    ("typed", "said"), [("'", "里没有文字或数字可以查找"), ("样 " * 9, "最多 8 个词，现在有 9 个")]
)
def test_the_administration_says_so_too(client, world, typed, said):
    client.force_login(world.administrator)
    page = client.get(reverse("admin:accounts_user_changelist"), {"q": typed}).content.decode()
    assert said in page
