"""The row, who held it, where its papers are. The row is wide on purpose: lists read it alone, acts lock it once."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.json import KT

from motcua.dossiers.states import ENDED, OPEN, RUNNING, State
from motcua.kernel.tables import Kind


class Dossier(models.Model):
    """Where a dossier stands now: rebuilt from its stream at any time. No personal data stands here.

    `elsewhere` names the competent agency, or the one it is in transfer to, when it is not the desk's own, so that
    lists find those few; `gave` the last that gave it on, when it is not the desk's own either. `earlier` keeps
    which process ran until which event, for agencies that gave it on. `numbered_by`: who gave the code, where that
    agency was merged into another since.
    """

    kind = Kind.PROJECTION

    id = models.UUIDField(primary_key=True)
    code = models.TextField(unique=True)
    procedure = models.TextField()
    procedure_version = models.UUIDField()
    variant = models.TextField()
    process_version = models.UUIDField(null=True)
    channel = models.TextField()
    assisted = models.BooleanField(default=False)
    # who handed it in for the applicant, and how that one agreed
    filing = models.JSONField(null=True)
    express = models.BooleanField(default=False)
    origin = models.TextField()
    desk_agency = models.TextField()
    competent_agency = models.TextField()
    elsewhere = models.TextField(default="")
    visit = models.UUIDField(null=True)
    # Of a child dossier: the one the applicant has, which part of its process, and whose desk hands over; of that one
    # the children, as its own stream tells of them.
    parent = models.UUIDField(null=True)
    child = models.TextField(default="")
    lead_agency = models.TextField(default="")
    children = models.JSONField(default=list)
    tracking_version = models.IntegerField(default=1)
    token_digest = models.BinaryField(unique=True)

    stage = models.TextField()
    state = models.TextField()
    national = models.SmallIntegerField()
    suspended = models.BooleanField(default=False)
    paused = models.BooleanField(default=False)

    submitted_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    received_on = models.DateField(null=True)
    clock_from = models.DateTimeField(null=True)
    limit_value = models.TextField(default="")
    limit_unit = models.TextField(default="none")
    promise_value = models.TextField(default="")
    promise_unit = models.TextField(default="none")
    calendar_edition = models.TextField(default="")
    pauses = models.JSONField(default=list)
    extensions = models.JSONField(default=list)
    due_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    limit_due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)
    apology_date = models.DateField(null=True)
    # the letter of apology (form 04), prepared or signed
    delay = models.JSONField(null=True)
    # from when on it is likely late, unless something is done (dossiers.delays)
    late_from = models.DateTimeField(null=True)

    holder_kind = models.TextField(default="none")
    holder_agency = models.TextField(default="")
    holder_unit = models.UUIDField(null=True)
    holder_account = models.UUIDField(null=True)
    holder_since = models.DateTimeField(null=True)
    queue = models.TextField(default="")
    # the steps that were sent on and may be taken back (dossiers.recalls)
    sent = models.JSONField(default=list)
    # who takes no part because of a conflict of interest
    barred = models.JSONField(default=list)
    step = models.IntegerField(null=True)
    step_kinds = models.JSONField(default=list)
    step_due_at = models.DateTimeField(null=True)
    last_step = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    # the steps of other branches that are open too (dossiers.open_steps)
    beside = models.JSONField(default=list)

    supplement_count = models.SmallIntegerField(default=0)
    supplement = models.JSONField(null=True)
    suspension = models.JSONField(null=True)
    proposal = models.JSONField(null=True)
    approval = models.JSONField(null=True)

    expected_at = models.DateTimeField(null=True)
    transfer = models.JSONField(null=True)
    earlier = models.JSONField(default=list)
    gave = models.TextField(default="")
    numbered_by = models.TextField(default="")
    to_tell = models.JSONField(null=True)

    decided_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    outcome = models.TextField(default="")
    result_number = models.TextField(default="")
    available_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)

    return_way = models.TextField(default="desk")
    sets = models.SmallIntegerField(default=1)
    shelf = models.TextField(default="")
    manifest = models.TextField(default="")
    notified_at = models.DateTimeField(null=True)
    reminders = models.SmallIntegerField(default=0)
    originals_at = models.TextField(default="")
    papers_owed = models.BooleanField(default=False)
    pending = models.JSONField(null=True)
    untouched = models.BooleanField(default=False)
    answers = models.JSONField(default=dict)
    quantities = models.JSONField(default=dict)
    corrections = models.SmallIntegerField(default=0)
    stop_ground = models.TextField(default="")
    reopened = models.JSONField(null=True)
    result_revoked = models.BooleanField(default=False)

    fee_total = models.BigIntegerField(null=True)
    fees = models.JSONField(default=list)
    fee_open = models.BooleanField(default=False)
    payment = models.JSONField(null=True)
    components = models.JSONField(default=list)
    parties = models.JSONField(default=list)
    degraded = models.JSONField(null=True)
    filled = models.JSONField(default=list)
    claims = models.JSONField(default=list)
    consultations = models.JSONField(default=list)
    consulting = models.JSONField(null=True)
    travels = models.JSONField(default=list)

    head_seq = models.IntegerField()
    head_hash = models.BinaryField()
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="dossiers_state_known", condition=Q(state__in=[s.value for s in State])
            ),
            models.CheckConstraint(
                name="dossiers_channel_known", condition=Q(channel__in=["counter", "online", "post"])
            ),
            models.CheckConstraint(
                name="dossiers_running_has_clock",
                condition=~Q(
                    state__in=sorted(s.value for s in RUNNING - {State.TRANSFERRED}), submitted_at=None
                )
                | Q(received_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_decided_has_outcome",
                condition=~Q(state__in=["decided", "returned"])
                | Q(decided_at__isnull=False, outcome__in=["granted", "partly", "refused"]),
            ),
            models.CheckConstraint(
                name="dossiers_ended_has_time",
                condition=Q(state__in=sorted(s.value for s in ENDED), ended_at__isnull=False)
                | Q(state__in=sorted(s.value for s in OPEN), ended_at=None),
            ),
            models.CheckConstraint(
                name="dossiers_ended_has_no_holder",
                condition=Q(state__in=sorted(s.value for s in ENDED), holder_kind="none")
                | (Q(state__in=sorted(s.value for s in OPEN)) & ~Q(holder_kind="none")),
            ),
            models.CheckConstraint(
                name="dossiers_supplement_matches_state",
                condition=~Q(state="supplement_requested") | Q(supplement__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_payment_matches_state",
                condition=~Q(state="payment_requested") | Q(payment__isnull=False),
            ),
            models.CheckConstraint(
                name="dossiers_transfer_matches_state",
                condition=Q(state="transferred", transfer__isnull=False)
                | (~Q(state="transferred") & Q(transfer__isnull=True)),
            ),
            models.CheckConstraint(
                name="dossiers_beside_a_step", condition=Q(beside=[]) | Q(step__isnull=False)
            ),
            # A part is begun once.
            models.UniqueConstraint(
                fields=["parent", "child"], name="dossiers_child_once", condition=Q(parent__isnull=False)
            ),
            models.CheckConstraint(
                name="dossiers_child_whole",
                condition=Q(parent=None, child="", lead_agency="")
                | (Q(parent__isnull=False) & ~Q(child="") & ~Q(lead_agency="")),
            ),
            models.CheckConstraint(name="dossiers_two_supplements", condition=Q(supplement_count__lte=2)),
            models.CheckConstraint(
                name="dossiers_promise_not_longer",
                condition=Q(due_at=None) | Q(limit_due_at=None) | Q(due_at__lte=F("limit_due_at")),
            ),
        ]
        indexes = [
            # The work lists by slack are indexed in migration 0021: an expression Django can't write.
            models.Index(
                fields=["holder_account", "step_due_at", "id"],
                name="dossiers_mine",
                condition=Q(holder_account__isnull=False),
            ),
            models.Index(fields=["desk_agency", "id"], name="dossiers_desk_agency"),
            models.Index(fields=["desk_agency", "state", "id"], name="dossiers_desk_state"),
            models.Index(fields=["desk_agency", "id"], name="dossiers_desk_open", condition=Q(ended_at=None)),
            models.Index(
                fields=["desk_agency", "id"], name="dossiers_desk_suspended", condition=Q(suspended=True)
            ),
            # The register book, and what is late, of one desk.
            models.Index(fields=["desk_agency", "received_on", "id"], name="dossiers_register"),
            models.Index(
                fields=["desk_agency", "received_on"], name="dossiers_filed", condition=Q(assisted=True)
            ),
            models.Index(
                fields=["desk_agency", "due_at", "id"],
                name="dossiers_desk_due",
                condition=Q(ended_at=None, decided_at=None),
            ),
            # Results that wait to be collected, the longest wait first.
            models.Index(
                fields=["desk_agency", "decided_at", "id"],
                name="dossiers_desk_ready",
                condition=Q(state="decided"),
            ),
            models.Index(
                fields=["desk_agency", "ended_at", "id"],
                name="dossiers_desk_papers",
                condition=Q(papers_owed=True),
            ),
            models.Index(
                fields=["desk_agency", "id"], name="dossiers_to_collect", condition=Q(fee_open=True)
            ),
            models.Index(fields=["elsewhere", "id"], name="dossiers_elsewhere", condition=~Q(elsewhere="")),
            models.Index(fields=["visit", "id"], name="dossiers_visit", condition=Q(visit__isnull=False)),
            models.Index(fields=["gave", "id"], name="dossiers_gave", condition=~Q(gave="")),
            # What waits at a receiving desk, and what falls to it by silence: few at any time.
            models.Index(
                KT("transfer__to"), F("id"), name="dossiers_in_transfer", condition=Q(state="transferred")
            ),
            models.Index(
                fields=["desk_agency", "id"], name="dossiers_to_tell", condition=Q(to_tell__isnull=False)
            ),
            models.Index(fields=["id"], name="dossiers_degraded", condition=Q(degraded__isnull=False)),
            # Reactions walk the running dossiers of a competent agency.
            models.Index(
                fields=["competent_agency", "id"], name="dossiers_running", condition=Q(ended_at=None)
            ),
            # What a version that comes into force may move.
            models.Index(
                fields=["procedure", "id"], name="dossiers_running_under", condition=Q(ended_at=None)
            ),
            # What another version of a process would change.
            models.Index(fields=["process_version", "received_on", "id"], name="dossiers_by_process"),
            # What of an agency is likely late, without a letter of apology, with one, with one that waits.
            models.Index(
                fields=["competent_agency", "due_at", "id", "late_from"],
                name="dossiers_no_letter",
                condition=Q(late_from__isnull=False, delay__isnull=True),
            ),
            models.Index(
                fields=["competent_agency", "due_at", "id", "late_from"],
                name="dossiers_apologised",
                condition=Q(late_from__isnull=False, delay__signed=True),
            ),
            models.Index(
                fields=["competent_agency", "due_at", "id"],
                name="dossiers_to_apologise",
                condition=Q(delay__signed=False),
            ),
            # Work lists: what stands beside the leading step; few at any time.
            GinIndex(
                fields=["beside"],
                name="dossiers_beside",
                opclasses=["jsonb_path_ops"],
                condition=~Q(beside=[]),
            ),
            # A citizen's own dossiers.
            GinIndex(fields=["parties"], name="dossiers_parties", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return self.code


class Holding(models.Model):
    """Who held the dossier from when to when. Exactly one row is open while it is not ended."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("dossier", "seq")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    holder_kind = models.TextField()
    agency = models.TextField(default="")
    unit = models.UUIDField(null=True)
    account = models.UUIDField(null=True)
    queue = models.TextField(default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(until=None), name="dossiers_one_holder"),
            models.CheckConstraint(
                name="dossiers_holding_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.holder_kind}"


class Custody(models.Model):
    """Where papers went: one link of the chain. `what`: result or originals. The open link says where they are."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("dossier", "seq")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    agency = models.TextField()
    what = models.TextField()
    to_kind = models.TextField()
    place = models.TextField(default="")
    manifest = models.TextField(default="")
    tracking_number = models.TextField(default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    outcome = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "what"], condition=Q(until=None), name="dossiers_one_place"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "manifest", "dossier"],
                name="dossiers_manifest",
                condition=~Q(manifest=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.what} {self.to_kind}"


class Transfer(models.Model):
    """One transfer between agencies: the giver has it from `sent_at` until `delivered_at`, the receiver until
    `answered_at`. `outcome`: accepted, silent, declined, returned (silent, and unable to take it over), or ended (it
    came to nothing on the way)."""

    kind = Kind.PROJECTION

    pk = models.CompositePrimaryKey("dossier", "seq")
    dossier = models.UUIDField()
    seq = models.IntegerField()
    giver = models.TextField()
    to = models.TextField()
    sent_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(answered_at=None), name="dossiers_one_transfer"
            ),
            models.CheckConstraint(
                name="dossiers_transfer_answered",
                condition=Q(answered_at=None, outcome="") | (Q(answered_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["giver", "sent_at"], name="dossiers_transfer_given"),
            models.Index(fields=["to", "sent_at"], name="dossiers_transfer_taken"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} {self.giver} to {self.to}"
