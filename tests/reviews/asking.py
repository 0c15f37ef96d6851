"""Short words that the tests of 询问 and 更正建议 share."""

from notifications.models import Notice
from reviews.questions.services import ask, propose
from tests.factories import drive_application
from tests.reviews.desk import open_turn

WHY = "合同上写的是另一个名称，请核对。"
BETTER = "新材料力学性能与疲劳寿命研究"


def asked(world, turn, **more):
    return ask(turn, by=world.district, **{"text": WHY, **more})


def proposed(world, turn, field="project_name", value=BETTER):
    return propose(turn, by=world.district, field=field, value=value, text=WHY)


def trail(case):
    return list(case.events.order_by("sequence").values_list("step", "office", "text"))


def told(person):
    return list(Notice.objects.filter(recipient=person).order_by("pk").values_list("kind", flat=True))


def answer_due(world):
    """Until when the firm is to answer a question about a case that waits for 区初审."""
    return asked(world, open_turn(drive_application(world.make_application(), "district", world))).due_on
