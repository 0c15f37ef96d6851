"""The app's name; it has no models: allauth's SocialAccount keeps which WeChat belongs to whom."""

from django.apps import AppConfig


class WechatConfig(AppConfig):
    """Name and label of the app; allauth finds the provider in it."""

    name = "accounts.login.wechat"
    label = "wechat"
    verbose_name = "微信登录"
