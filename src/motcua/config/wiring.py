"""What follows what: the one visible list of events, reactions, projectors and inspections."""

from functools import partial
from typing import Any

from motcua.agencies.events import EVENTS as AGENCY_EVENTS
from motcua.calendars.events import CalendarPublished
from motcua.catalogue import inspection as catalogue_inspection, local_inspection
from motcua.catalogue.events import EVENTS as CATALOGUE_EVENTS, ProcedureVersionPublished
from motcua.certification import inspection as certification_inspection, projector as certification
from motcua.certification.events import EVENTS as CERTIFICATION_EVENTS
from motcua.dossiers import (
    inspection as dossier_inspection,
    pad_inspection as sheet_inspection,
    projector as dossiers,
)
from motcua.dossiers.events import (
    EVENTS as DOSSIER_EVENTS,
    ChildReceived,
    DossierClosedAsDuplicate,
    DossierPaid,
    DossierReceived,
    DossierRefused,
    DossierStopped,
    DossierWaived,
    DossierWithdrawn,
    FeeAdded,
    FeeRecounted,
    FeeSet,
    PaymentUndone,
    ReceiptVoided,
    TransferAccepted,
)
from motcua.dossiers.news import TOLD
from motcua.eforms.events import EformPublished
from motcua.files.ports import SCANNER
from motcua.flows.calendar import MOVING
from motcua.flows.installation import EVENTS as INSTALLATION_EVENTS
from motcua.interop.clamd import from_settings as clamd
from motcua.interop.population.adapter import from_settings as population_register
from motcua.kernel.registry import Inspection, Projector, Reaction, Wiring
from motcua.ledger import inspection as ledger_inspection
from motcua.pads import inspection as pad_inspection
from motcua.pads.events import LateEntryAllowed, PadIssued, PadSheetVoided
from motcua.parties.ports import POPULATION
from motcua.payments import inspection as payment_inspection, projector as payments
from motcua.payments.events import EVENTS as PAYMENT_EVENTS
from motcua.postings import inspection as posting_inspection
from motcua.postings.events import ProceduresPosted
from motcua.processes import inspection as process_inspection, projector as processes
from motcua.processes.events import ProcessImported, ProcessVersionPublished
from motcua.reactions.absences import NOTED, tell_absent
from motcua.reactions.calendar import keep_to_calendar, move_open_dossiers
from motcua.reactions.catalogue import come_into_force
from motcua.reactions.certification import let_papers_go
from motcua.reactions.children import (
    BEGINNING,
    CALLING_OFF,
    ENDING,
    begin_children,
    call_off_children,
    settle_child,
)
from motcua.reactions.consultations import let_lapse
from motcua.reactions.mergers import pass_merged_on
from motcua.reactions.messages import erase_old_texts, tell_in_time, tell_people
from motcua.reactions.online_money import end_orders, follow_the_debt
from motcua.reactions.online_platform import ask_platform
from motcua.reactions.reception import close_guidance, remember_reception
from motcua.reactions.registers import ask_again
from motcua.reactions.reminders import PLANS, plan_reminders, remind_of_steps
from motcua.reactions.scanning import scan_held
from motcua.reactions.settlements import SETTLED, tell_second
from motcua.reactions.statements import take_confirmed_in
from motcua.reactions.transfers import end_the_silent
from motcua.reactions.words import WORTH_A_WORD, tell_officers
from motcua.reception import inspection as reception_inspection, projector as reception
from motcua.reception.events import EVENTS as RECEPTION_EVENTS

_EVENTS: tuple[type[Any], ...] = (
    *AGENCY_EVENTS,
    CalendarPublished,
    *CATALOGUE_EVENTS,
    EformPublished,
    ProcessVersionPublished,
    ProcessImported,
    PadIssued,
    PadSheetVoided,
    LateEntryAllowed,
    ProceduresPosted,
    *INSTALLATION_EVENTS,
    *PAYMENT_EVENTS,
    *DOSSIER_EVENTS,
    *CERTIFICATION_EVENTS,
    *RECEPTION_EVENTS,
)

WIRING = Wiring(
    events={event.TYPE: event for event in _EVENTS},
    reactions=(
        Reaction(
            name=MOVING,
            types=frozenset({CalendarPublished.TYPE}),
            run=move_open_dossiers,
        ),
        Reaction(
            name="keep_to_calendar",
            types=frozenset({DossierReceived.TYPE, TransferAccepted.TYPE, ChildReceived.TYPE}),
            run=keep_to_calendar,
        ),
        Reaction(
            name="remember_reception",
            types=frozenset({DossierReceived.TYPE}),
            run=remember_reception,
        ),
        Reaction(
            name="close_guidance",
            types=frozenset({DossierReceived.TYPE}),
            run=close_guidance,
        ),
        Reaction(
            name="let_papers_go",
            types=frozenset(
                kind.TYPE
                for kind in (DossierClosedAsDuplicate, DossierStopped, DossierWithdrawn, ReceiptVoided)
            ),
            run=let_papers_go,
        ),
        Reaction(name="begin_children", types=frozenset(kind.TYPE for kind in BEGINNING), run=begin_children),
        Reaction(name="settle_child", types=frozenset(kind.TYPE for kind in ENDING), run=settle_child),
        Reaction(
            name="call_off_children",
            types=frozenset(kind.TYPE for kind in CALLING_OFF),
            run=call_off_children,
        ),
        Reaction(name="tell_people", types=TOLD, run=tell_people),
        Reaction(name="plan_reminders", types=PLANS, run=plan_reminders),
        Reaction(name="tell_officers", types=WORTH_A_WORD, run=tell_officers),
        Reaction(name="tell_absent", types=NOTED, run=tell_absent),
        Reaction(name="tell_second", types=SETTLED, run=tell_second),
        Reaction(
            name="follow_the_debt",
            types=frozenset(
                kind.TYPE
                for kind in (
                    DossierClosedAsDuplicate,
                    DossierPaid,
                    DossierReceived,
                    DossierRefused,
                    DossierStopped,
                    DossierWaived,
                    DossierWithdrawn,
                    FeeAdded,
                    FeeRecounted,
                    FeeSet,
                    PaymentUndone,
                    ReceiptVoided,
                )
            ),
            run=follow_the_debt,
        ),
    ),
    duties={
        "ask_platform": ask_platform,
        "end_orders": end_orders,
        "erase_old_texts": erase_old_texts,
        "end_the_silent": end_the_silent,
        "ask_again": ask_again,
        "come_into_force": come_into_force,
        "let_consultations_lapse": let_lapse,
        "remind_of_steps": remind_of_steps,
        "scan_held": scan_held,
        "take_confirmed_in": take_confirmed_in,
        "pass_merged_on": pass_merged_on,
        "tell_in_time": tell_in_time,
    },
    adapters={POPULATION: population_register, SCANNER: clamd},
    projectors=(
        Projector(
            name="dossiers",
            tables=(
                "dossiers_dossier",
                "dossiers_holding",
                "dossiers_custody",
                "dossiers_transfer",
                "dossiers_travel",
                "dossiers_consultation",
            ),
            types=frozenset(dossiers.TYPES),
            replay=dossiers.replay,
        ),
        Projector(
            name="payments",
            tables=(
                "payments_book",
                "payments_receipt",
                "payments_line",
                "payments_refund",
                "payments_order",
                "payments_credit",
                "payments_match",
                "payments_settlement",
                "payments_settledline",
            ),
            types=frozenset(payments.TYPES),
            replay=payments.replay,
        ),
        Projector(
            name="processes",
            tables=("processes_runningstep",),
            types=processes.FOLLOWED,
            replay=processes.replay,
        ),
        Projector(
            name="certification",
            tables=certification.TABLES,
            types=frozenset(certification.TYPES),
            replay=certification.replay,
        ),
        Projector(
            name="reception",
            tables=(reception.TABLE,),
            types=frozenset(reception.TYPES),
            replay=reception.replay,
        ),
    ),
    inspections=(
        Inspection(name="contents", run=dossier_inspection.contents),
        Inspection(name="attachments", run=dossier_inspection.attachments),
        Inspection(name="certification_texts", run=certification_inspection.texts),
        Inspection(name="payment contents", run=payment_inspection.contents),
        Inspection(name="decisions on findings", run=catalogue_inspection.decisions),
        Inspection(name="what agencies set", run=local_inspection.localities),
        Inspection(name="pads", run=pad_inspection.pads),
        Inspection(name="pad sheets", run=sheet_inspection.sheets),
        Inspection(name="prints", run=posting_inspection.prints),
        Inspection(name="guidance contents", run=reception_inspection.contents),
        *(
            Inspection(
                name=table,
                run=partial(ledger_inspection.published, table=table, event_type=event.TYPE, repeats=repeats),
            )
            for table, event, repeats in (
                ("catalogue_version", ProcedureVersionPublished, ("number", "decision", "effective_from")),
                ("eforms_version", EformPublished, ("number", "code", "valid_from")),
                ("processes_version", ProcessVersionPublished, ("number", "code", "procedure")),
                ("calendars_publishededition", CalendarPublished, ("agency", "basis")),
            )
        ),
    ),
    surveys=(
        ledger_inspection.guards,
        dossier_inspection.numbers,
        payment_inspection.numbers,
        certification_inspection.numbers,
        payment_inspection.strays,
        payment_inspection.accounts,
        process_inspection.sights,
        certification_inspection.strays,
        catalogue_inspection.strays,
        pad_inspection.strays,
        sheet_inspection.strays,
        posting_inspection.strays,
    ),
)
