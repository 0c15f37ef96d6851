"""What a backup or a restore is refused with."""


class Refused(Exception):
    """It cannot be done; the sentence says why and what helps."""


class Busy(Refused):
    """Another one is at work."""
