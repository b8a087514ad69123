"""What happened to a dossier. Each type is frozen: a change is a new version, never an edit.

Personal text stands in content; events carry ids and salted digests.
"""

from typing import Any

from motcua.dossiers.events import (
    backfilling,
    children,
    confirming,
    consulting,
    delays,
    endings,
    express,
    interests,
    mends,
    money,
    moves,
    notes,
    passing,
    pauses,
    reception,
    steps,
    travels,
    versions,
)
from motcua.dossiers.events.backfilling import (
    FieldBackfilled as FieldBackfilled,
    FieldsBackfilled as FieldsBackfilled,
)
from motcua.dossiers.events.children import (
    ChildCalledOff as ChildCalledOff,
    ChildEnded as ChildEnded,
    ChildOpened as ChildOpened,
    ChildReceived as ChildReceived,
    ChildReturned as ChildReturned,
)
from motcua.dossiers.events.confirming import (
    DossierConfirmed as DossierConfirmed,
    WithdrawalAgreed as WithdrawalAgreed,
)
from motcua.dossiers.events.consulting import (
    AskedBody as AskedBody,
    BodyFact as BodyFact,
    ConsultationAnswered as ConsultationAnswered,
    ConsultationAsked as ConsultationAsked,
    ConsultationHandedOn as ConsultationHandedOn,
    ConsultationLapsed as ConsultationLapsed,
    ConsultationReminded as ConsultationReminded,
    ConsultationTakenBack as ConsultationTakenBack,
)
from motcua.dossiers.events.delays import (
    DelayNotified as DelayNotified,
    DelayPrepared as DelayPrepared,
    DelaySentBack as DelaySentBack,
)
from motcua.dossiers.events.endings import (
    DossierHandedOver as DossierHandedOver,
    DossierStopped as DossierStopped,
    DossierWithdrawn as DossierWithdrawn,
    PapersGivenBack as PapersGivenBack,
    PapersMoved as PapersMoved,
    ReadyNotified as ReadyNotified,
    ResultAvailable as ResultAvailable,
)
from motcua.dossiers.events.express import DossierExpress as DossierExpress
from motcua.dossiers.events.interests import (
    InterestDeclared as InterestDeclared,
    InterestLifted as InterestLifted,
)
from motcua.dossiers.events.mends import (
    DossierClosedAsDuplicate as DossierClosedAsDuplicate,
    DossierProposed as DossierProposed,
    DossierReopened as DossierReopened,
    ProposalDeclined as ProposalDeclined,
    ProposalWithdrawn as ProposalWithdrawn,
    Proposer as Proposer,
    ReceiptVoided as ReceiptVoided,
    ReceptionCorrected as ReceptionCorrected,
    ResultRevoked as ResultRevoked,
    SealedTerms as SealedTerms,
)
from motcua.dossiers.events.money import (
    ChargedAtReturn as ChargedAtReturn,
    ChargedAtSubmission as ChargedAtSubmission,
    ChargeFact as ChargeFact,
    DossierPaid as DossierPaid,
    DossierWaived as DossierWaived,
    FeeAdded as FeeAdded,
    FeeRecounted as FeeRecounted,
    FeeSet as FeeSet,
    OverpaymentReturned as OverpaymentReturned,
    PaymentRequested as PaymentRequested,
    PaymentUndone as PaymentUndone,
)
from motcua.dossiers.events.moves import (
    ApplicantNotReached as ApplicantNotReached,
    ApplicantTold as ApplicantTold,
    DossierAssigned as DossierAssigned,
    DossierClaimed as DossierClaimed,
    DossierPutBack as DossierPutBack,
    DossierTransferred as DossierTransferred,
    TransferAccepted as TransferAccepted,
    TransferDeclined as TransferDeclined,
    TransferDelivered as TransferDelivered,
)
from motcua.dossiers.events.notes import (
    AddresseeFact as AddresseeFact,
    MessageWritten as MessageWritten,
    NoteWritten as NoteWritten,
    PlaceFact as PlaceFact,
)
from motcua.dossiers.events.passing import (
    BackFact as BackFact,
    DossierHandedOn as DossierHandedOn,
    DossierPassedOn as DossierPassedOn,
    UnitFact as UnitFact,
)
from motcua.dossiers.events.pauses import (
    ApplicantWrote as ApplicantWrote,
    CalendarApplied as CalendarApplied,
    DossierExtended as DossierExtended,
    DossierResumed as DossierResumed,
    DossierSuspended as DossierSuspended,
    SupplementItem as SupplementItem,
    SupplementRequested as SupplementRequested,
    Supplied as Supplied,
)
from motcua.dossiers.events.reception import (
    DossierReceived as DossierReceived,
    DossierRefused as DossierRefused,
    DossierSubmitted as DossierSubmitted,
    FilingObjected as FilingObjected,
)
from motcua.dossiers.events.steps import (
    DossierDecided as DossierDecided,
    DossierStarted as DossierStarted,
    ResultPaper as ResultPaper,
    Signer as Signer,
    StepRecalled as StepRecalled,
    StepReturned as StepReturned,
    StepTaken as StepTaken,
)
from motcua.dossiers.events.travels import (
    PapersSent as PapersSent,
    PapersSettled as PapersSettled,
    PapersSigned as PapersSigned,
)
from motcua.dossiers.events.versions import (
    MovedStepFact as MovedStepFact,
    ProcessMoved as ProcessMoved,
    RowFact as RowFact,
    VersionMoved as VersionMoved,
)
from motcua.dossiers.facts import (
    BesideFact as BesideFact,
    ClaimFact as ClaimFact,
    ComponentFact as ComponentFact,
    DueFact as DueFact,
    FeeFact as FeeFact,
    FieldFact as FieldFact,
    FilesFact as FilesFact,
    FilingFact as FilingFact,
    FormFact as FormFact,
    GivenFact as GivenFact,
    HolderFact as HolderFact,
    LimitFact as LimitFact,
    PaperMark as PaperMark,
    PartyFact as PartyFact,
    ReplyFact as ReplyFact,
    SaidFact as SaidFact,
    StepDueFact as StepDueFact,
    StepFact as StepFact,
    TextRef as TextRef,
)

EVENTS: tuple[type[Any], ...] = (
    *reception.EVENTS,
    *steps.EVENTS,
    *pauses.EVENTS,
    *delays.EVENTS,
    *money.EVENTS,
    *moves.EVENTS,
    *endings.EVENTS,
    *express.EVENTS,
    *mends.EVENTS,
    *interests.EVENTS,
    *versions.EVENTS,
    *passing.EVENTS,
    *backfilling.EVENTS,
    *confirming.EVENTS,
    *children.EVENTS,
    *consulting.EVENTS,
    *notes.EVENTS,
    *travels.EVENTS,
)
