"""How allauth sees WeChat: set up by settings, no token kept, one WeChat for one account."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse

from accounts.login.wechat import binding
from accounts.login.wechat.provider import ID
from records.people import Person


class SocialAdapter(DefaultSocialAccountAdapter):
    """The one application comes from the settings, never from a table."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {"connected_other": binding.ELSEWHERE}

    def list_apps(
        self, request: HttpRequest | None, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """WeChat, where it is set up."""
        if not settings.WECHAT_APP_ID or provider not in {None, ID}:
            return []
        return [SocialApp(provider=ID, client_id=settings.WECHAT_APP_ID, secret=settings.WECHAT_SECRET)]

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """No token outlives the request, not even in the session; 绑定微信 keeps our own rules."""
        sociallogin.token = None
        if sociallogin.state.get("process") == AuthProcess.CONNECT and request.user.is_authenticated:
            account = sociallogin.account
            binding.bind_and_tell(request, request.user, account.uid, account.extra_data)
            raise ImmediateHttpResponse(redirect("account_home"))

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Person:
        """The person writes his name himself."""
        return sociallogin.user

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        """Binding begins and ends at 我的帐号."""
        return reverse("account_home")
