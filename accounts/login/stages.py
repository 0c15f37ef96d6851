"""What a sign-in passes through beside the second factor: a number to verify, texts to agree to."""

from typing import Any

from allauth.account.stages import LoginStage
from django.http import HttpResponseRedirect
from django.urls import reverse

from accounts.login import codes
from accounts.login.consent import has_consented


class PhoneStage(LoginStage):
    """A number that an administrator wrote down is verified at the first sign-in; accounts without one pass."""

    key = "verify_own_phone"
    urlname = "account_code"

    def handle(self) -> tuple[Any, bool]:
        """Send a code where the number waits for one."""
        user = self.login.user
        if user is None or not user.phone or user.phone_verified_at:
            return None, True
        code = codes.current(self.request)
        if code is None or (code.purpose, code.user) != ("verify", user.pk):
            codes.start(self.request, "verify", user.phone, user=user)
        return HttpResponseRedirect(reverse("account_code")), True


class ConsentStage(LoginStage):
    """Whoever has not agreed to the present texts is asked once, after he has proved who he is."""

    key = "consent"
    urlname = "account_consent"

    def handle(self) -> tuple[Any, bool]:
        """Ask, where there is something to ask."""
        if self.login.user is None or has_consented(self.login.user):
            return None, True
        return HttpResponseRedirect(reverse("account_consent")), True
