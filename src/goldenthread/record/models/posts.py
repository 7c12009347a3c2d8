"""Posts and bodies, the people in them over time, and who answers for what."""

from __future__ import annotations

from django.db import models

from goldenthread.record.models.owned import CouncilOwned


class PostKind(models.TextChoices):
    """Whether a post is an officer's or a councillor's."""

    OFFICER = "officer", "officer’s post"
    PORTFOLIO = "portfolio", "Cabinet portfolio"


class PostRecord(CouncilOwned):
    """A post of the council. It is accountable, not the person who holds it.

    Plans name it as a lead by words whose slug is this one's, or that of a row that is `same_as` it: another name of
    the same post, which nobody holds. `reports_to` is the post above, to which a question goes when this one does not
    answer. `ends_on` is the last day on which the council has the post, None while it has it.
    """

    slug = models.SlugField(max_length=120)
    name = models.TextField()
    kind = models.CharField(max_length=20, choices=PostKind.choices, default=PostKind.OFFICER)
    reports_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reports")
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="other_names")
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "post"
        constraints = [models.UniqueConstraint(fields=["council_id", "slug"], name="post_once")]

    def __str__(self) -> str:
        return self.name


class Officer(CouncilOwned):
    """A person known to the council: who holds posts, gets mail and sits on bodies. `user` is their account, if any."""

    name = models.TextField()
    email = models.EmailField(blank=True, default="")
    user = models.UUIDField(null=True)

    class Meta:
        db_table = "officer"

    def __str__(self) -> str:
        return self.name


class Capacity(models.TextChoices):
    """In what way somebody has a post or belongs to a body."""

    HOLDER = "holder", "holds the post"
    INTERIM = "interim", "holds the post for the time being"
    DEPUTY = "deputy", "stands in for the holder"
    CHAIR = "chair", "chairs it"
    MEMBER = "member", "member"
    OBSERVER = "observer", "observes"
    ACCOUNTABLE = "accountable", "answers for it"


IN_A_POST = (Capacity.HOLDER, Capacity.INTERIM, Capacity.DEPUTY)
ON_A_BODY = (Capacity.CHAIR, Capacity.MEMBER, Capacity.OBSERVER, Capacity.ACCOUNTABLE)


class Holding(CouncilOwned):
    """Somebody in a post from one day to another; `ends_on` is the last day, None while it lasts."""

    post = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="holdings")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="holdings")
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.HOLDER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "holding"

    def __str__(self) -> str:
        return f"{self.officer_id} in {self.post_id} from {self.starts_on}"


class BodyRecord(CouncilOwned):
    """A group that acts together. The post that it has named to answer for it is among its memberships."""

    slug = models.SlugField(max_length=120)
    name = models.TextField()
    cadence = models.TextField(blank=True, default="")

    class Meta:
        db_table = "body"
        constraints = [models.UniqueConstraint(fields=["council_id", "slug"], name="body_once")]

    def __str__(self) -> str:
        return self.name


class BodyMembership(CouncilOwned):
    """A post that sits on a body, or answers for it, from one day to another."""

    body = models.ForeignKey(BodyRecord, on_delete=models.PROTECT, related_name="members")
    post = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="seats")
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.MEMBER)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "body_membership"

    def __str__(self) -> str:
        return f"{self.post_id} on {self.body_id} from {self.starts_on}"


class Ownership(CouncilOwned):
    """One cell of the ownership matrix: an officer's post and a Cabinet portfolio, with the peer who challenges."""

    post = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="owned_with")
    portfolio = models.ForeignKey(PostRecord, on_delete=models.PROTECT, related_name="owns_with")
    challenger = models.ForeignKey(PostRecord, on_delete=models.PROTECT, null=True, related_name="challenges")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        db_table = "ownership"

    def __str__(self) -> str:
        return f"{self.post_id} with {self.portfolio_id} from {self.starts_on}"


class ChallengeNote(CouncilOwned):
    """What a peer challenger asked or found, on a day. Rows are only added."""

    ownership = models.ForeignKey(Ownership, on_delete=models.PROTECT, related_name="notes")
    noted_on = models.DateField()
    by = models.TextField()
    text = models.TextField()

    class Meta:
        db_table = "challenge_note"

    def __str__(self) -> str:
        return f"{self.noted_on}: {self.text[:60]}"
