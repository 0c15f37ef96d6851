"""What the demo has not: a claim whose experts are still to be chosen, and one that an expert has left."""

import django

from tten.local.say import say


def main() -> None:
    """Carry on two cases of the demo, by the services that people use."""
    from redemption.models import Claim  # noqa: PLC0415 - Django stands now
    from redemption.services import upload_stamped_form  # noqa: PLC0415
    from reviews.models import PanelSeat  # noqa: PLC0415
    from reviews.panel import recuse  # noqa: PLC0415

    others = Claim.objects.filter(state="accepted").exclude(unit__memberships__user__username="unit_admin")
    claim = others.earliest("pk")
    paper = claim.contracts.earliest("pk").document
    upload_stamped_form(claim, paper, by=claim.unit.memberships.get(role="admin").user)
    seat = PanelSeat.objects.filter(given_at=None, recused_at=None).exclude(expert__username="expert_1").latest("pk")
    recuse(seat, by=seat.expert)
    say(f"{claim.number}, {seat.turn.number}")


if __name__ == "__main__":
    django.setup()
    main()
