"""What each duty may do in 后台管理; rights follow from what a person is, no row grants them."""

from collections.abc import Mapping

from django.contrib.auth.backends import BaseBackend

from accounts.models import Duty
from records.people import Visitor
from reviews.permissions import is_municipal

CHANGE, ADD, VIEW = "change", "add", "view"
KEEP = (VIEW, CHANGE, ADD)
Grants = Mapping[Duty, Mapping[str, tuple[str, ...]]]
GRANTS: Grants = {  # duty → model → what may be done with its rows; pages that are only read name their duties themselves
    Duty.ACCOUNTS: {
        "accounts.user": KEEP,
        "reviews.office": KEEP,
        "reviews.district": (VIEW, CHANGE),
    },
    Duty.CATALOG: {
        f"catalog.{model}": KEEP for model in ("category", "provider", "product", "laboratory", "labbatch", "synonym")
    },
    Duty.AUDIT: {"accounts.user": (VIEW,), "reviews.office": (VIEW,), "reviews.district": (VIEW,)},
}
MUNICIPAL: Mapping[str, tuple[str, ...]] = {
    "policy.policyversion": (*KEEP, "delete"),
    "policy.calendarday": (*KEEP, "delete"),
}


def named(grants: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The permissions as Django names them."""
    return frozenset(
        f"{app}.{verb}_{name}" for model, verbs in grants.items() for app, name in [model.split(".")] for verb in verbs
    )


BY_DUTY = {duty.value: named(grants) for duty, grants in GRANTS.items()}
OF_THE_CITY = named(MUNICIPAL)


class DutyBackend(BaseBackend):
    """Signs nobody in; says what a duty, or a place at 市科技局, opens in 后台管理."""

    def get_user_permissions(self, user_obj: Visitor, obj: object = None) -> set[str]:
        """The permissions of one person, asked once for each request."""
        if obj is not None or not user_obj.is_active or user_obj.is_anonymous:
            return set()
        if "duty" not in user_obj.memory:
            city = OF_THE_CITY if is_municipal(user_obj) else frozenset()
            user_obj.memory["duty"] = set(BY_DUTY.get(user_obj.duty, ())) | city
        kept: set[str] = user_obj.memory["duty"]
        return kept

    def has_perm(self, user_obj: Visitor, perm: str, obj: object = None) -> bool:
        """Whether the permission is among them."""
        return perm in self.get_user_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Visitor, app_label: str) -> bool:
        """Whether anything of the app is open."""
        return any(name.startswith(f"{app_label}.") for name in self.get_user_permissions(user_obj))
