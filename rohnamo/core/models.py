"""What the lowest floor keeps: who did what, what changed, which files there are."""

from django.db import models


class AuditEntry(models.Model):
    """One deed or one read. It outlives the record: ids and field names only, never a personal value.

    The actor is kept as text, because staff stands on a higher floor.
    """

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.CharField(max_length=40, blank=True)
    actor = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=80, blank=True)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="core_audit_subject"),
            models.Index(fields=["actor_id", "at"], name="core_audit_actor"),
        ]


class Change(models.Model):
    """A line left for one reader on a higher floor. The reader deletes it when it is worked off.

    Never read by "id greater than the last one": ids of concurrent transactions commit out of order.
    """

    reader = models.CharField(max_length=40)
    topic = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["reader", "topic"], name="core_change_reader")]


class StoredFile(models.Model):
    """A private file, named by a keyed hash of its content, sealed with the data key.

    kept_until: the day after which the clock deletes it; empty means that its owner decides.
    """

    digest = models.CharField(max_length=64, unique=True)
    size_bytes = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(auto_now_add=True)
    kept_until = models.DateField(null=True, blank=True)


class ClockRound(models.Model):
    """When a piece of periodic work was last done."""

    work = models.CharField(max_length=60, unique=True)
    done_at = models.DateTimeField()
