"""A walk through the pool of experts and their groups."""

from reviews.models import Office
from tests import factories as f
from tests.accounts.guarding import sign_in
from tests.reviews.pool import come, formed, more_turns, profile_of, speak, tie_of
from tests.tour_of_desks import DESKS as OTHERS
from tests.tour_of_desks import NOTHING, afresh, at

__all__ = ["DESKS", "afresh"]


def pool(world, _rows):
    """专家库 as it is read, and an expert's own entry, filled and empty."""
    profile_of(world.expert_2, is_resting=True, title="教授")
    tie_of(world.expert_2)
    body, city = sign_in(world.body), sign_in(world.municipal)
    readers = [(body, at("expert_list")), (body, at("expert_list") + NOTHING), (city, at("expert_list"))]
    return [*readers, *((sign_in(person), at("expert_mine")) for person in (world.expert_2, world.expert_3))]


def groups(world, _rows):
    """Cases to choose, and groups that ask, hear and have spoken: as their office and their experts read them."""
    turns = more_turns(world, 4)
    Office.objects.filter(pk=world.other_body_office.pk).update(is_active=True)
    asking, hearing, heard = (formed(world, [turn]) for turn in turns[1:])
    for group in (hearing, heard):
        come(group)
    for person in (world.expert_1, world.expert_2, world.expert_3):
        speak(heard, person)
    body, expert, other = sign_in(world.body), sign_in(world.expert_1), f.make_user("body_alone")
    f.make_office(Office.Kind.BODY, "第四专业机构", other)
    pages = [at("group_list"), at("group_new"), f"{at('group_propose')}?turn={turns[0].pk}&size=3"]
    pages += [group.get_absolute_url() for group in (asking, hearing, heard)]
    pages += [at("group_replace", hearing.members.get(expert=world.expert_2).pk)]
    own = [at("seat_list"), *(group.get_hearing_url() for group in (asking, hearing, heard))]
    nothing = [(sign_in(other), at(name)) for name in ("group_list", "group_new")]
    return [*nothing, *((body, page) for page in pages), *((expert, page) for page in own)]


DESKS = (*OTHERS, pool, groups)
