"""WeChat (website application, OAuth2): addresses are settings, a person is known by his unionid, little is kept."""

import json
from typing import Any

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.weixin.client import WeixinOAuth2Client
from allauth.socialaccount.providers.weixin.provider import WeixinAccount, WeixinProvider
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest

ID = "weixin"
LONGEST_ID, LONGEST_NAME = 128, 60


class WechatClient(WeixinOAuth2Client):
    """Asks for a token; the answer is JSON under text/plain, errors come with HTTP 200."""

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        """The token's data; OAuth2Error with WeChat's own number for a code that is used, old or forged."""
        query = {
            "appid": self.consumer_key,
            "secret": self.consumer_secret,
            "code": code,
            "grant_type": "authorization_code",
        }
        data = answer_of(self.access_token_url, query)
        if not data.get("access_token") or not data.get("openid"):
            raise OAuth2Error("no token")
        return data


class WechatOAuth2Adapter(WeixinOAuth2Adapter):
    """The three addresses come from the settings; the profile is read as UTF-8, whatever its type says."""

    client_class = WechatClient

    @property
    def authorize_url(self) -> str:
        """Where the person scans."""
        return str(settings.WECHAT_AUTHORIZE_URL)

    @property
    def access_token_url(self) -> str:
        """Where the code becomes a token."""
        return str(settings.WECHAT_TOKEN_URL)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Read who scanned; the token is forgotten."""
        openid = kwargs["response"]["openid"]
        data = answer_of(settings.WECHAT_PROFILE_URL, {"access_token": token.token, "openid": openid, "lang": "zh_CN"})
        return self.get_provider().sociallogin_from_response(request, {**data, "openid": openid})


def answer_of(url: str, query: dict[str, str]) -> dict[str, Any]:
    """What WeChat answers; OAuth2Error for its errors and for anything unreadable, RequestException for the line's."""
    with get_adapter().get_requests_session() as session:
        answer = session.get(url, params=query, allow_redirects=False)
    try:
        data = json.loads(answer.content.decode())
    except ValueError as trouble:
        raise OAuth2Error("unreadable answer") from trouble
    if answer.status_code != requests.codes.ok or not isinstance(data, dict) or data.get("errcode"):
        raise OAuth2Error(f"error {data.get('errcode') if isinstance(data, dict) else answer.status_code}")
    return data


class WechatProvider(WeixinProvider):
    """allauth's provider, keyed on unionid; of the profile only the nickname is kept."""

    id = ID
    name = "微信"
    account_class = WeixinAccount
    oauth2_adapter_class = WechatOAuth2Adapter

    def extract_uid(self, data: dict[str, Any]) -> str:
        """The unionid, which is the same in all applications of one owner; the openid where there is none."""
        uid = data.get("unionid") or data.get("openid")
        if not isinstance(uid, str) or not 0 < len(uid) <= LONGEST_ID:
            raise OAuth2Error("no id")
        return uid

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """What 我的帐号 shows."""
        return {"nickname": str(data.get("nickname") or "")[:LONGEST_NAME]}

    def extract_common_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """A nickname is neither a name nor a user name."""
        return {}

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        """The link on the page may change nothing."""
        return {}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        """The link on the page may change nothing."""
        return self.get_default_scope()


provider_classes = [WechatProvider]
