"""How a text message leaves the house: SMS_BACKEND names a function by its path, one of these or a gateway's."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.models import TextMessage
from accounts.sms.words import message_words

logger = logging.getLogger(__name__)


class NotSent(Exception):
    """The message has not left, as far as is known; `again` says whether another try is safe.

    nobody: the gateway says that the number is none, which its owner is asked about at the next sign-in.
    """

    def __init__(self, words: str, *, again: bool, nobody: bool = False) -> None:
        super().__init__(words)
        self.again, self.nobody = again, nobody


def to_console(text: TextMessage) -> str:
    """Write the message to the log of the process: for development."""
    logger.warning("SMS %s %s", text.phone, message_words(text.template, text.params))
    return "console"


def to_file(text: TextMessage) -> str:
    """Add a line to SMS_FILE: for the demo and for tests."""
    path = Path(settings.SMS_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    words = message_words(text.template, text.params)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{timezone.localtime():%Y-%m-%d %H:%M:%S}\t{text.phone}\t【{settings.SMS_SIGN}】{words}\n")
    return "file"


def gateway() -> Callable[[TextMessage], str]:
    """The function that SMS_BACKEND names: it sends one message and gives the receipt, or raises NotSent."""
    return named(settings.SMS_BACKEND)


def named(path: str) -> Callable[[TextMessage], str]:
    """The gateway of this path; ImportError where it leads nowhere."""
    return cast("Callable[[TextMessage], str]", import_string(path))
