"""What people type: sign-in and its second factor in our words, invitations, reasons."""

from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReenterCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rohnamo.staff import rules
from rohnamo.staff.models import Role

Words = Mapping[str, str | Promise]

PASSWORD_HINT = _("At least 12 characters. A few words in a row are easy to keep in mind.")


class InOurWords:
    """allauth's forms with labels and hints of our catalogue, which Tajik has and allauth has not."""

    fields: dict[str, forms.Field]
    labels: ClassVar[Words] = {}
    hints: ClassVar[Words] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = str(self.labels.get(name, field.label or ""))
            field.help_text = str(self.hints.get(name, ""))


class SignInForm(InOurWords, LoginForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"login": _("User name"), "password": _("Password")}


class PasswordAgainForm(InOurWords, ReauthenticateForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"password": _("Password")}


class NewPasswordForm(InOurWords, ChangePasswordForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password once more"),
    }
    hints: ClassVar[Words] = {"password1": PASSWORD_HINT}


class CodeForm(InOurWords, AuthenticateForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"code": _("Code from the app, or a recovery code")}


class CodeAgainForm(InOurWords, ReenterCodeForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"code": _("Code from the app, or a recovery code")}


class AddAppForm(InOurWords, ActivateTOTPForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"code": _("Code that the app shows now")}


class AddPasskeyForm(InOurWords, AddWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {
        "name": _("Name of the key, for yourself"),
        "passwordless": _("Sign in with this key alone, without a password"),
    }
    hints: ClassVar[Words] = {
        "passwordless": _("The key then asks for its own PIN, a fingerprint or your face each time."),
    }


class RenamePasskeyForm(InOurWords, EditWebAuthnForm):  # type: ignore[misc]
    labels: ClassVar[Words] = {"name": _("Name of the key, for yourself")}


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the workspace"), choices=settings.LANGUAGES)


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("To tell invitations apart. No mail is sent: you give the link to the person yourself."),
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    partner = forms.SlugField(
        label=_("Code of the organisation"),
        required=False,
        max_length=40,
        help_text=_("For partner reporters and donor readers."),
    )
    language = forms.ChoiceField(label=_("Language of the workspace"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") in rules.NEEDS_PARTNER and not cleaned.get("partner"):
            self.add_error("partner", _("This role needs the code of the organisation."))
        return cleaned


class NewPasswordByLinkForm(forms.Form):
    """The same password twice. Whether it is strong enough the action says."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("Password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("password") != cleaned.get("password_again") and "password" in cleaned:
            self.add_error("password_again", _("The two passwords are not the same."))
        return cleaned


class WelcomeForm(NewPasswordByLinkForm):
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        help_text=_("Letters, digits and @ . + - _ without spaces. You sign in with it."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    first_name = forms.CharField(label=_("First name"), max_length=150)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    language = forms.ChoiceField(label=_("Language of the workspace"), choices=settings.LANGUAGES)
    field_order = ["username", "first_name", "last_name", "language", "password", "password_again"]


class ReasonForm(forms.Form):
    """Stands twice on the page of an account: each has ids of its own (`auto_id`)."""

    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("One sentence without the person's name: the log is kept longer than the account."),
    )
