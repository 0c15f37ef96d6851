"""The administration as a whole: its words, and its door, which is the portal's own with its limit on failed logins."""

import allauth.account.admin  # noqa: F401 - registers what is taken off below
from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin

admin.site.site_header = "天津市科技创新券服务系统 · 后台管理"
admin.site.site_title = "后台管理"
admin.site.index_title = "业务与帐号管理"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.unregister(EmailAddress)  # addresses are kept with the user
