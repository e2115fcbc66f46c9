"""Who works on which project."""

from django.db import models

from rohnamo.projects.models.project import Project


class Membership(models.Model):
    """A user's place in a project.

    role: what the user does in it, one of staff's roles. districts: codes; an empty list means all districts of
    the project.
    """

    user = models.ForeignKey("staff.User", on_delete=models.CASCADE, related_name="memberships")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=40)
    districts = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "project"], name="projects_member_once")]
