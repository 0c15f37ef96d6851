"""The tasks of the rooms by name: celery looks for them in this file."""

from tten.announcing.tasks import announce_policies, carry_on, sweep_announcements

__all__ = ["announce_policies", "carry_on", "sweep_announcements"]
