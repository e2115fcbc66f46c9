"""Django's handle on this room of the house."""

from django.apps import AppConfig

from rohnamo.core.personal import Holder, register


class PeopleConfig(AppConfig):
    name = "rohnamo.people"
    label = "people"

    def ready(self) -> None:
        register(
            Holder("people.person", "sex, birth date, district"),
            Holder("people.personname", "names as written, encrypted; which source wrote them"),
            Holder("people.namekey", "keyed hashes of names"),
            Holder("people.phone", "phone numbers, encrypted; keyed hashes of them"),
            Holder("people.document", "keyed hashes and last characters of documents"),
            Holder("people.access", "which project knows a person"),
            Holder("people.consent", "what a person agreed to, and when"),
            Holder("people.household", "district and size of a household"),
            Holder("people.householdmember", "who lives in which household"),
            Holder("people.judgement", "which two records are, or are not, one person"),
            Holder("people.codedperson", "sex, birth year and district behind a code"),
            Holder(
                "people.callback", "name and phone of those who agreed to be called back, under their own key"
            ),
            Holder("people.official", "names of trained officials, encrypted; agency and post"),
            Holder("people.officialkey", "keyed hashes of officials' names"),
        )
