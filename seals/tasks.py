"""Sealing every fifteen minutes, stamps by setting, 核对 every night; all safe twice."""

import logging

from celery import shared_task

from seals.auditing import audit, sealed
from seals.stamping import NotStamped, stamp_due

logger = logging.getLogger(__name__)


@shared_task
def seal_all() -> None:
    """Seal what was committed; where the past does not hold, say so and sign nothing."""
    for trouble in sealed(everything=False):
        logger.error("not sealed: %s", trouble)


@shared_task
def stamp_latest() -> None:
    """Let the latest checkpoint be stamped where that is due; what the authority does not answer is asked again by the clock."""
    try:
        stamp_due()
    except NotStamped as trouble:
        logger.warning("not stamped: %s", trouble)


@shared_task
def audit_all() -> None:
    """Prove everything; what does not hold is on the page, with the keepers and in the log."""
    for finding in audit().findings:
        logger.error("audit: %s", finding)
