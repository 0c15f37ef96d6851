"""The texts that a person agrees to when he registers; a new text gets a new version and is asked again."""

from accounts.models import Consent, User

ARCHIVE_YEARS = 30  # that the papers of redeemed cases are kept
REPLY_DAYS = 15  # working days to answer who asks about his data
TERMS_VERSION = "2026-1"  # 服务协议 and 隐私声明 are published together under one version


def consent(user: User, version: str = TERMS_VERSION) -> Consent:
    """Keep that the person has agreed to a version of the texts, once for each version."""
    return Consent.objects.get_or_create(user=user, version=version)[0]


def has_consented(user: User) -> bool:
    """Whether the person has agreed to the present texts."""
    return user.consents.filter(version=TERMS_VERSION).exists()
