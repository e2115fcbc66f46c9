"""A person served: one row, whatever the number of spellings."""

from django.db import models

from rohnamo.core.fields import EncryptedText


class Sex(models.TextChoices):
    """Recorded sex. Unknown is a category of its own and is printed."""

    FEMALE = "f"
    MALE = "m"
    UNKNOWN = "u"


class Precision(models.TextChoices):
    """How well a birth date is known. Estimated: written as 1 January, only the year is believed."""

    DAY = "day"
    ESTIMATED = "estimated"
    YEAR = "year"
    NONE = "none"


class Person(models.Model):
    """Somebody the mission served under their name.

    root: the person this one was judged to be; itself while nobody judged. Counting goes by root, so a merge
    moves nothing and can be undone. birth_md: month × 100 + day, empty when only the year is known.
    """

    root = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="same_persons")
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_md = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.NONE)
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"person {self.pk}"


class PersonName(models.Model):
    """A name as somebody wrote it, in its script: which source, for which project. Never corrected.

    It is shown to those who work on that project and to nobody else, even if they may see the person: two names of
    one person side by side are what this register must not hand out.
    full_name: where the source wrote it in one column; then the three parts are empty.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="names")
    source = models.ForeignKey("projects.Source", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    full_name = EncryptedText(default="")
    family = EncryptedText(default="")
    given = EncryptedText(default="")
    patronymic = EncryptedText(default="")
    script = models.CharField(max_length=10, blank=True)
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source", "project", "digest"], name="people_spelling_once"
            ),
        ]


class NameKey(models.Model):
    """A keyed hash of a part of the name that is the same in every script: how a person is found."""

    key = models.BigIntegerField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="name_keys", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "person"], name="people_name_key")]
        indexes = [models.Index(fields=["person"], name="people_key_person")]


class Phone(models.Model):
    """A number as it was given to a project, and shown to that project only. Households share phones: it is weak evidence."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="phones")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    number = EncryptedText()
    digest = models.BinaryField(max_length=16, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "project", "digest"], name="people_phone_once"),
        ]


class Document(models.Model):
    """An identity document as shown to a project: its keyed hash and last characters, never the whole number."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="documents")
    project = models.ForeignKey("projects.Project", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, default="passport")
    digest = models.BinaryField(max_length=16, db_index=True)
    ending = EncryptedText(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "project", "kind", "digest"], name="people_document_once"
            ),
        ]
