"""Pages of this room: the welcome by a link, one's own account, and the accounts of the mission."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from rohnamo.core.errors import Refused, RohnamoError, WrongData
from rohnamo.staff import actions, door, forms, queries, rules
from rohnamo.staff.middleware import mark_factor_proved
from rohnamo.staff.models import Invitation, SecondFactorReset, User
from rohnamo.ui import spelling


class AddApp(ActivateTOTPView):  # type: ignore[misc]
    """An authenticator app is added; the code that was typed for it proves it in this session."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return _factor_added(self.request, response)


class AddPasskey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        return _factor_added(self.request, response)


class RemoveApp(DeactivateTOTPView):  # type: ignore[misc]
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        actions.note_factor_removed(self.request.user)
        return response


class RemovePasskey(RemoveWebAuthnView):  # type: ignore[misc]
    """allauth asks nobody before it removes a passkey; here the last factor stays."""

    def form_valid(self, form: Form) -> HttpResponse:
        if queries.is_last_factor(self.object):
            messages.error(self.request, _("This is your only second factor. Add another one first."))
            return HttpResponseRedirect(reverse("mfa_list_webauthn"))
        response: HttpResponse = super().form_valid(form)
        actions.note_factor_removed(self.request.user)
        return response


add_app = AddApp.as_view()
add_passkey = AddPasskey.as_view()
remove_app = RemoveApp.as_view()
remove_passkey = RemovePasskey.as_view()


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Where a link leads: a new account, or a new password for one. A link that does not work says only that."""
    invitation = queries.invitation_of(token)
    language = invitation.language if invitation else get_language() or "ru"
    with translation.override(language):
        if invitation is None:
            return render(request, "staff/link_gone.html", status=404)
        return (
            _welcome_renewal(request, token) if invitation.renews else _welcome_new(request, token, language)
        )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """The reader's own account: language, password, second factors."""
    user = door.reader(request)
    form = forms.LanguageForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        actions.set_language(user, form.cleaned_data["language"])
        with translation.override(user.language):
            messages.success(request, _("The workspace speaks this language with you now."))
        return redirect("staff:me")
    facts = [
        {"name": _("User name"), "value": user.username},
        {"name": _("Role"), "value": user.get_role_display()},
    ]
    return render(request, "staff/me.html", {"page_title": _("My account"), "form": form, "facts": facts})


@never_cache
@login_required
@require_http_methods(["GET"])
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts, open invitations, and wishes that wait for the second person."""
    door.allow(may=rules.may_see_accounts(request.user))
    rows = [_account_cells(account) for account in queries.accounts_visible_to(request.user)]
    context = {
        "page_title": _("Accounts"),
        "columns": [{"name": name} for name in _account_columns()],
        "rows": rows,
        "invitations": queries.open_invitations(request.user),
        "resets": _resets_with_rights(request, queries.open_resets(request.user)),
        "may_invite": rules.may_invite(request.user),
    }
    return render(request, "staff/accounts.html", context)


@never_cache
@login_required
@require_http_methods(["GET"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account and what the reader may do with it."""
    found = _account_or_404(request, pk)
    return _account_page(request, found)


@login_required
@require_POST
def disable(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account_or_404(request, pk)
    door.allow(may=rules.may_disable(request.user, found))
    reader = door.reader(request)
    return _with_reason(
        request,
        found,
        "disable_form",
        lambda reason: actions.disable_account(found, by=reader, reason=reason),
        done=_("The account is disabled and all its sessions are closed."),
    )


@login_required
@require_POST
def enable(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account_or_404(request, pk)
    door.allow(may=rules.may_enable(request.user, found))
    reader = door.reader(request)
    _try(request, lambda: actions.enable_account(found, by=reader), done=_("The account is enabled."))
    return redirect("staff:account", pk=pk)


@never_cache
@login_required
@require_POST
def password_link(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account_or_404(request, pk)
    door.allow(may=rules.may_invite(request.user))
    try:
        link = actions.renew_password(found, by=door.reader(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("staff:account", pk=pk)
    return _link_page(request, link)


@login_required
@require_POST
def ask_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    found = _account_or_404(request, pk)
    door.allow(may=rules.may_ask_factor_reset(request.user, found))
    reader = door.reader(request)
    return _with_reason(
        request,
        found,
        "reset_form",
        lambda reason: actions.ask_factor_reset(found, by=reader, reason=reason),
        done=_("Noted. A second person must confirm it before the second factor is removed."),
    )


@login_required
@require_POST
def confirm_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    reset = get_object_or_404(queries.open_resets(request.user), pk=pk)
    door.allow(may=rules.may_confirm_factor_reset(request.user, reset))
    done = _("The second factor is removed. The owner adds a new one at the next sign-in.")
    reader = door.reader(request)
    _try(request, lambda: actions.confirm_factor_reset(reset, by=reader), done=done)
    return redirect("staff:accounts")


@login_required
@require_POST
def refuse_factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    reset = get_object_or_404(queries.open_resets(request.user), pk=pk)
    door.allow(may=rules.may_refuse_factor_reset(request.user, reset))
    reader = door.reader(request)
    done = _("The second factor stays as it is.")
    _try(request, lambda: actions.refuse_factor_reset(reset, by=reader), done=done)
    return redirect("staff:accounts")


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """A new invitation. The answer to the sending shows the link: it is kept nowhere and not shown again."""
    door.allow(may=rules.may_invite(request.user))
    form = forms.InvitationForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        return _link_page(request, actions.invite(by=door.reader(request), **form.cleaned_data))
    context = {"page_title": _("Invite somebody"), "form": form, "trail": _trail(_("Invite somebody"))}
    return render(request, "staff/invite.html", context)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation: Invitation = get_object_or_404(queries.open_invitations(request.user), pk=pk)
    reader = door.reader(request)
    done = _("The link does not work any more.")
    _try(request, lambda: actions.withdraw_invitation(invitation, by=reader), done=done)
    return redirect("staff:accounts")


def _factor_added(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    mark_factor_proved(request)
    actions.note_factor_added(door.reader(request))
    return response


def _welcome_new(request: HttpRequest, token: str, language: str) -> HttpResponse:
    form = forms.WelcomeForm(request.POST or None, initial={"language": language})
    if request.method == "POST" and form.is_valid():
        words = {key: value for key, value in form.cleaned_data.items() if key != "password_again"}
        if _tried_by_link(form, lambda: actions.accept_invitation(token, **words)):
            return _welcomed(request, _("Your account is ready. Sign in, then add a second factor."))
    return render(request, "staff/welcome.html", {"form": form})


def _welcome_renewal(request: HttpRequest, token: str) -> HttpResponse:
    form = forms.NewPasswordByLinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        password = form.cleaned_data["password"]
        if _tried_by_link(form, lambda: actions.accept_renewal(token, password=password)):
            return _welcomed(request, _("Your new password is set. Sign in with it."))
    return render(request, "staff/new_password.html", {"form": form})


def _tried_by_link(form: Form, deed: Callable[[], object]) -> bool:
    try:
        deed()
    except (Refused, WrongData) as error:
        form.add_error(None, str(error))
        return False
    return True


def _welcomed(request: HttpRequest, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("account_login")


def _account_or_404(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(queries.accounts_visible_to(request.user), pk=pk)


def _account_page(request: HttpRequest, found: User, **forms_to_mend: Form) -> HttpResponse:
    may_invite = rules.may_invite(request.user)
    context = {
        "page_title": str(found),
        "trail": _trail(str(found)),
        "account": found,
        "facts": _account_facts(found),
        "no_fields": django_forms.Form(),
        **{name: _reason_form(name) for name in ("reset_form", "disable_form")},
        "may_disable": found.is_active and rules.may_disable(request.user, found),
        "may_enable": not found.is_active and rules.may_enable(request.user, found),
        "may_renew": found.is_active and may_invite,
        "may_ask_reset": _has_factor(found) and rules.may_ask_factor_reset(request.user, found),
    }
    return render(request, "staff/account.html", {**context, **forms_to_mend})


def _reason_form(name: str, data: QueryDict | None = None) -> forms.ReasonForm:
    return forms.ReasonForm(data, auto_id=f"id_{name}_%s")


def _with_reason(
    request: HttpRequest, found: User, name: str, deed: Callable[[str], object], *, done: str
) -> HttpResponse:
    form = _reason_form(name, request.POST)
    if form.is_valid() and _try(request, lambda: deed(form.cleaned_data["reason"]), done=done):
        return redirect("staff:account", pk=found.pk)
    return _account_page(request, found, **{name: form})


def _try(request: HttpRequest, deed: Callable[[], object], *, done: str) -> bool:
    """Do it and leave word of how it went for the next page."""
    try:
        deed()
    except RohnamoError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True


def _link_page(request: HttpRequest, link: str) -> HttpResponse:
    context = {
        "page_title": _("The link"),
        "link": request.build_absolute_uri(link),
        "trail": _trail(_("The link")),
    }
    return render(request, "staff/link.html", context)


def _trail(here: str) -> list[dict[str, str]]:
    return [{"href": reverse("staff:accounts"), "text": _("Accounts")}, {"href": "", "text": here}]


def _account_columns() -> tuple[str, ...]:
    return (
        pgettext("of an account", "Name"),
        _("User name"),
        _("Role"),
        _("Organisation"),
        pgettext("of an account", "State"),
        _("Second factor"),
        _("Last sign-in"),
    )


def _account_cells(account: User) -> list[dict[str, Any]]:
    name = {"text": str(account), "href": reverse("staff:account", args=[account.pk])}
    return [name, *({"text": text} for text in _account_texts(account))]


def _account_facts(account: User) -> list[dict[str, str]]:
    values = (str(account), *_account_texts(account))
    pairs = zip(_account_columns(), values, strict=True)
    return [{"name": name, "value": value} for name, value in pairs if value]


def _account_texts(account: User) -> tuple[str, ...]:
    return (
        account.username,
        str(account.get_role_display()),
        account.partner,
        pgettext("an account", "Active") if account.is_active else pgettext("an account", "Disabled"),
        pgettext("a second factor", "Added")
        if _has_factor(account)
        else pgettext("a second factor", "Not added yet"),
        _day(account),
    )


def _day(account: User) -> str:
    if account.last_login is None:
        return pgettext("the last sign-in", "Never")
    return spelling.day(timezone.localdate(account.last_login), get_language() or "ru")


def _has_factor(account: User) -> bool:
    """What `queries.accounts_visible_to` counted along."""
    return bool(getattr(account, "has_factor", False))


def _resets_with_rights(request: HttpRequest, resets: QuerySet[SecondFactorReset]) -> list[dict[str, Any]]:
    return [
        {"reset": reset, "may_confirm": rules.may_confirm_factor_reset(request.user, reset)}
        for reset in resets
    ]
