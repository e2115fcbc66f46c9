"""Django's handle on this room of the house."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "rohnamo.staff"
    label = "staff"

    def ready(self) -> None:
        from rohnamo.core import personal  # noqa: PLC0415 -- models exist only now

        # No erase here: erasure walks by the id of a person served, and these are people who work here.
        personal.register(
            personal.Holder("staff.user", "names, user name, e-mail address of those who work here"),
            personal.Holder("staff.invitation", "e-mail address, until the link is used or withdrawn"),
            personal.Holder(
                "staff.secondfactorreset", "who lost a second factor, and the reason written for it"
            ),
            personal.Holder("mfa.authenticator", "names of passkeys; secrets, sealed"),
            personal.Holder("sessions.session", "user name of those who signed in with a password"),
            personal.Holder(
                "account.emailaddress", "nothing in this house: addresses are not confirmed by mail"
            ),
            personal.Holder("account.emailconfirmation", "nothing in this house, as above"),
        )
        personal.declare_impersonal("staff.post", "auth.permission", "auth.group")
