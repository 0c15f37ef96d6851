"""Who gives which role at which kind of office: one table, asked of leads and places that were never saved."""

import pytest

from accounts.models import User
from reviews.models import Office, OfficeMember
from reviews.permissions import gives_in, kinds_kept_by, may_change_place, may_invite_to_office

KINDS, ROLES = Office.Kind.values, OfficeMember.Role.values
GIVEN = {  # who → kind of office → roles that he gives and takes
    "municipal": {kind: {"reviewer", "lead"} for kind in KINDS},
    "platform_lead": {
        "district": {"reviewer", "lead"}, "body": {"reviewer", "lead"}, "expert": {"reviewer"}, "platform": {"reviewer"},
    },
}  # fmt: skip
LEADING = {
    "municipal": {"municipal"},
    "platform_lead": {"platform"},
    "district_lead": {"district"},
    "body_lead": {"body"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("who", [*LEADING, "nobody"])
def test_who_invites_and_changes_whom(who, kind):
    leads, office, person = LEADING.get(who, set()), Office(kind=kind), User(pk=1)
    for role in ROLES:
        allowed = role in GIVEN.get(who, {}).get(kind, set())
        place = OfficeMember(office=office, user=User(pk=2), role=role)
        assert may_invite_to_office(office, person, role, leads) == allowed
        assert may_change_place(place, person, leads) == allowed
        assert not may_invite_to_office(Office(kind=kind, is_active=False), person, role, leads)
        assert not may_change_place(OfficeMember(office=office, user=person, role=role), person, leads)


@pytest.mark.parametrize(
    ("leads", "kept"),
    [({"municipal"}, KINDS), ({"platform"}, ["platform", "district", "body", "expert"]), ({"body"}, [])],
)
def test_whose_people_somebody_keeps_who_leads_there(leads, kept):
    assert kinds_kept_by(leads) == kept


def test_who_leads_at_two_offices_gives_what_either_gives():
    assert gives_in({"platform", "municipal"}, "municipal") == {"reviewer", "lead"}
    assert gives_in({"platform", "district"}, "expert") == {"reviewer"}
