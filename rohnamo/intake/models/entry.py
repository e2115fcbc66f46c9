"""What each row of a register became: the way back when a register is taken back."""

from django.db import models

from rohnamo.intake.models.register import Import
from rohnamo.people.models import Precision, Sex


class Entry(models.Model):
    """A row of a register and the line of the ledger that stands for it.

    is_repeat: the line was there before; the row vouches for it all the same, should the first register be taken back.
    heir_to: the register whose taking back left the line to this row.
    is_new: the row made the record of its subject. batch: rows of one batch were registered together.
    person and what follows: what the row said, as far as the register of people keeps it; the digests are
    keyed hashes. trace: what identifies the row, whoever sent it. Of codes, officials and groups only the sex is kept;
    has_consent: the row agreed to a call back.
    """

    register = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="entries")
    batch = models.PositiveIntegerField()
    row = models.PositiveIntegerField()
    delivery = models.ForeignKey("deliveries.Delivery", on_delete=models.PROTECT, related_name="+")
    is_repeat = models.BooleanField(default=False)
    is_new = models.BooleanField(default=False)
    heir_to = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    is_taken_back = models.BooleanField(default=False)
    quantity = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    district = models.ForeignKey(
        "places.Place", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    has_consent = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_md = models.PositiveSmallIntegerField(null=True, blank=True)
    birth_precision = models.CharField(max_length=10, choices=Precision.choices, default=Precision.NONE)
    spelling_digest = models.BinaryField(max_length=16, default=b"")
    phone_digest = models.BinaryField(max_length=16, default=b"")
    document_digest = models.BinaryField(max_length=16, default=b"")
    trace = models.BinaryField(max_length=16, default=b"", db_index=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["register", "delivery"], name="intake_entry_once"),
        ]
