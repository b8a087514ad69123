"""Who may do which act in which situation, and what everybody else gets."""

from collections.abc import Mapping

from motcua.dossiers.states import Act
from tests.support.matrix_people import (
    ABSENT,
    BEYOND,
    CASHIER,
    CLERK,
    DESK,
    FINDERS,
    JUSTICE,
    LEADERS,
    NEXT_DESK,
    POST,
    POSTED,
    READERS,
    REPRESENTED,
    SHARED,
)

# In which situation, who: everybody else who sees the dossier is refused, nobody else sees it.
ACTS: Mapping[Act, tuple[tuple[str, frozenset[str]], ...]] = {
    Act.RECEIVE: (("submitted", DESK),),
    Act.REFUSE: (("submitted", DESK),),
    Act.REQUEST_SUPPLEMENT: (("submitted", DESK), ("in_process", JUSTICE), ("supplied", LEADERS)),
    Act.SUPPLY: (("supplement_requested", DESK),),
    Act.REQUEST_PAYMENT: (("submitted", DESK), ("received", DESK | JUSTICE), ("in_process", DESK | JUSTICE)),
    Act.CHARGE_AT_RETURN: (("decided", DESK),),
    Act.PAY: (
        ("received", CASHIER),
        ("in_process", CASHIER),
        ("payment_requested", CASHIER),
        ("charged", CASHIER),
        ("suspended", CASHIER),
    ),
    Act.WAIVE: (("received", LEADERS), ("payment_requested", LEADERS), ("charged", LEADERS)),
    Act.SET_FEE: (("fee_unknown", LEADERS | {"desk_manager"}),),
    Act.BACKFILL: (("degraded", DESK | JUSTICE),),
    Act.START: (("received", JUSTICE),),
    Act.STEP: (("in_process", JUSTICE), ("examined", LEADERS)),
    Act.RETURN_STEP: (("examined", LEADERS), ("approved", CLERK)),
    Act.ASSIGN: (("received", LEADERS), ("in_process", LEADERS), ("approved", LEADERS)),
    Act.CLAIM: (("received", JUSTICE), ("examined", LEADERS)),
    Act.PUT_BACK: (("in_process", JUSTICE),),
    Act.DECLARE_INTEREST: (
        ("received", JUSTICE | LEADERS),
        ("in_process", JUSTICE | LEADERS),
        ("approved", CLERK | LEADERS),
    ),
    Act.LIFT_INTEREST: (("barred", LEADERS),),
    Act.RECALL: (("sent_on", JUSTICE), ("signed_on", frozenset({"chair"}))),
    Act.TRANSFER: (
        ("submitted", DESK | LEADERS),
        ("received", DESK | LEADERS),
        ("in_process", DESK | LEADERS),
        ("for_next", DESK | POSTED),
    ),
    Act.ACCEPT_TRANSFER: (("transferred", NEXT_DESK),),
    Act.DECLINE_TRANSFER: (("transferred", NEXT_DESK),),
    Act.SUSPEND: (("in_process", LEADERS), ("examined", LEADERS)),
    Act.RESUME: (("suspended", LEADERS),),
    Act.EXTEND: (("received", LEADERS), ("in_process", LEADERS), ("suspended", LEADERS)),
    Act.NOTIFY_DELAY: (
        ("received", LEADERS),
        ("in_process", LEADERS),
        ("supplement_requested", LEADERS),
        ("suspended", LEADERS),
    ),
    Act.PREPARE_DELAY: (("received", JUSTICE), ("in_process", JUSTICE), ("examined", LEADERS)),
    Act.SEND_BACK_DELAY: (("apologising", LEADERS),),
    Act.CONSULT: (("in_process", JUSTICE | LEADERS), ("consulting", JUSTICE | LEADERS)),
    Act.REMIND_CONSULTED: (("consulting", JUSTICE | LEADERS),),
    Act.TAKE_BACK_CONSULTATION: (("consulting", JUSTICE | LEADERS),),
    # the opinion of a body outside is entered by who leads where it was asked for
    Act.ANSWER_CONSULTATION: (("consulting", JUSTICE | LEADERS),),
    Act.HAND_ON_CONSULTATION: (("consulting", JUSTICE | LEADERS),),
    Act.DECIDE: (("approved", CLERK),),
    Act.MAKE_AVAILABLE: (("decided", DESK),),
    Act.NOTIFY_READY: (("ready", DESK), ("for_next_ready", DESK | POSTED)),
    Act.MOVE_PAPERS: (
        ("submitted", DESK),
        ("received", DESK),
        ("in_process", DESK),
        ("supplement_requested", DESK),
        ("suspended", DESK),
        ("decided", DESK),
        ("ready", DESK),
        ("in_post", DESK | POST),
        ("for_next", DESK),
        ("for_next_ready", DESK),
    ),
    Act.GIVE_BACK_PAPERS: (("withdrawn", DESK), ("stopped", DESK), ("refused", DESK)),
    Act.HAND_OVER: (
        ("decided", DESK),
        ("ready", DESK),
        ("in_post", DESK),  # the post notes deliveries on its manifest
        ("for_next_ready", DESK | POSTED),
    ),
    Act.WITHDRAW: (
        ("for_next", DESK),
        ("submitted", DESK),
        ("received", DESK),
        ("in_process", DESK),
        ("supplement_requested", DESK),
        ("suspended", DESK),
        ("transferred", DESK),
    ),
    Act.VOID_RECEIPT: (("received", DESK),),
    Act.CLOSE_AS_DUPLICATE: (("submitted", DESK), ("received", DESK), ("in_process", DESK)),
    Act.CORRECT_RECEPTION: (("received", DESK), ("in_process", DESK)),
    Act.REOPEN_FOR_CORRECTION: (("decided", FINDERS), ("returned", FINDERS), ("revoked", FINDERS)),
    Act.REVOKE_RESULT: (("decided", LEADERS), ("returned", LEADERS)),
    Act.STOP: (("in_process", LEADERS), ("supplement_requested", LEADERS), ("suspended", LEADERS)),
}


# Who may do these does them on the page of the consultation.
ON_ANOTHER_PAGE = frozenset({Act.ANSWER_CONSULTATION, Act.HAND_ON_CONSULTATION})


def expected(kind: str, what: Act, who: frozenset[str], situation: str) -> int:
    """What a person of `kind` gets on the page of the act `what`, that `who` may do in a situation."""
    if kind in who:
        return 409 if what in ON_ANOTHER_PAGE else 200
    beyond = (
        (BEYOND, situation in SHARED),
        (POSTED, situation in REPRESENTED),
        (POST, situation == "in_post"),
    )
    readers = READERS.union(*(kinds for kinds, there in beyond if there))
    return 403 if kind in readers else ABSENT
