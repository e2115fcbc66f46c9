"""Addresses of this room.

`urlpatterns` stands below /work/staff/. `ACCOUNT` stands below /work/account/ in place of allauth.urls: of
allauth's pages only those this house uses. Sign-up, e-mail addresses and passwords by mail have no address here.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkey
from django.urls import URLPattern, path

from rohnamo.staff import views

app_name = "staff"

urlpatterns: list[URLPattern] = [
    path("welcome/<str:token>/", views.welcome, name="welcome"),
    path("me/", views.me, name="me"),
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/disable/", views.disable, name="disable"),
    path("accounts/<int:pk>/enable/", views.enable, name="enable"),
    path("accounts/<int:pk>/password-link/", views.password_link, name="password_link"),
    path("accounts/<int:pk>/ask-factor-reset/", views.ask_factor_reset, name="ask_factor_reset"),
    path("factor-resets/<int:pk>/confirm/", views.confirm_factor_reset, name="confirm_factor_reset"),
    path("factor-resets/<int:pk>/refuse/", views.refuse_factor_reset, name="refuse_factor_reset"),
    path("invite/", views.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
]

ACCOUNT: list[URLPattern] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("2fa/", factor.index, name="mfa_index"),
    path("2fa/authenticate/", factor.authenticate, name="mfa_authenticate"),
    path("2fa/reauthenticate/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("2fa/totp/activate/", views.add_app, name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", views.remove_app, name="mfa_deactivate_totp"),
    path("2fa/webauthn/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", views.add_passkey, name="mfa_add_webauthn"),
    path("2fa/webauthn/login/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("2fa/webauthn/reauthenticate/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
    path("2fa/webauthn/keys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "2fa/recovery-codes/generate/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/download/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
]
