"""Notices by text: the gateway has one template for them, whose one field says what has happened."""

from accounts.models import TextMessage
from accounts.sms.gateways import NotSent
from accounts.sms.switch import by_gateway
from accounts.sms.words import check_fields, fitted
from notifications.lines import Away, Mark, Refused
from notifications.models import Delivery

TEMPLATE = "notice"


class TextLine:
    """A gateway keeps no line: each message is a request of its own."""

    def open(self) -> None:
        """Nothing to connect to."""

    def close(self) -> None:
        """Nothing to let go of."""

    def send(self, message: Delivery, mark: Mark) -> None:
        """Hand one text over; a gateway that does not say whether it took it is not asked again."""
        params = {"matter": fitted(message.notice.subject)}
        try:
            check_fields(TEMPLATE, params)
        except ValueError as trouble:
            raise Refused(str(trouble), for_good=True) from trouble
        mark()
        try:
            by_gateway(TextMessage(phone=message.address, template=TEMPLATE, params=params))
        except NotSent as trouble:
            if trouble.again:
                raise Away(str(trouble)) from trouble
            raise Refused(str(trouble), for_good=True, nobody=trouble.nobody) from trouble
