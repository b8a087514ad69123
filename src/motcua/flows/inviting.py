"""Who is asked to confirm a draft is told so, and its writer what they answered: before there is a dossier (ADR 0043).
Without a message their accounts show both."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from motcua.catalogue.selectors import titles
from motcua.dossiers.notified import Notified
from motcua.eforms.confirming import Named
from motcua.flows.reception import Intake
from motcua.flows.telling import letter, reachable, unfiled_facts, wishing
from motcua.notifications.addresses import mobile
from motcua.notifications.operations import NewLetter, NewNotice, make
from motcua.notifications.outlets import offered
from motcua.notifications.rules import LEAVES_THE_HOUSE, SMS
from motcua.notifications.writing import Facts
from motcua.parties.operations import Particulars, proven_by
from motcua.parties.selectors import particulars_of
from motcua.submissions.confirmations import asked_as
from motcua.submissions.invitations import let_out
from motcua.submissions.operations import Kept

_ASKED = "asked_to_confirm"
_ANSWERED = {"confirmed": "was_confirmed", "declined": "was_declined"}


def invite(*, named: Named, confirmation: UUID, kept: Kept, intake: Intake, at: datetime) -> None:
    """Tell somebody that they are asked to confirm the draft `kept`: by their account's addresses, as they want to be
    told, and at the telephone that its writer typed, whatever the account wants, unless it is the account's own. The
    writer learns nothing of accounts from it. What is beyond a day's bound does not go out. Eight statements at
    most."""
    facts = _facts(intake, name=intake.people[0][1].name)
    account = _account_of(named)
    letters: list[NewLetter] = []
    own: Collection[str] = ()
    if account is not None:
        letters, own = _to(account, particulars_of(account), _ASKED, facts)
    typed = mobile(named.phone) if SMS in offered() else ""
    if typed and typed not in own:
        letters += [letter(about=_ASKED, facts=facts, channel=SMS, to=typed, language="vi", addressee=None)]
    let = let_out({one.letter.to for one in letters}, asked=confirmation, sender=kept.owner, at=at)
    _make(kept.id, str(confirmation), _ASKED, intake, [one for one in letters if one.letter.to in let], at)


def tell_writer(
    *, draft: UUID, confirmation: UUID, by: UUID, answer: str, intake: Intake, at: datetime
) -> None:
    """Tell the writer of `draft` what `by` answered: of each answer once. Five statements."""
    if intake.party is None:
        return
    about = _ANSWERED[answer]
    facts = _facts(intake, name=particulars_of(by).name)
    letters, _own = _to(intake.party, intake.people[0][1], about, facts)
    _make(draft, f"{confirmation}/{answer}", about, intake, letters, at)


def _account_of(named: Named) -> UUID | None:
    """Whose account it is that is asked, by number and name; None for who has none."""
    account = proven_by(Particulars(name=named.name, paper="citizen_id", number=named.number))
    if account is None:
        return None
    told = particulars_of(account)
    same = asked_as(name=told.name, number=told.number) == asked_as(name=named.name, number=named.number)
    return account if same else None


def _facts(intake: Intake, *, name: str) -> Facts:
    title = titles({intake.procedure})[intake.procedure]
    return unfiled_facts(intake.competent_agency, title, name=name)


def _to(party: UUID, told: Particulars, about: str, facts: Facts) -> tuple[list[NewLetter], Collection[str]]:
    """What leaves the house for somebody, as they want it, and all their addresses."""
    (one,) = wishing("", [Notified(party, told.kind, told.email, told.phone)])
    wanted = one.wish.channels & set(LEAVES_THE_HOUSE)
    places = reachable(one.whom)
    return [
        letter(about=about, facts=facts, channel=channel, to=to, language=one.wish.language, addressee=party)
        for channel, to in places.items()
        if channel in wanted
    ], places.values()


def _make(
    draft: UUID, cause: str, about: str, intake: Intake, letters: Sequence[NewLetter], at: datetime
) -> None:
    make(
        NewNotice(
            reference=f"draft/{draft}",
            cause=cause,
            as_of=0,
            about=about,
            agency=intake.competent_agency,
            asked_for=False,
            letters=letters,
        ),
        at=at,
    )
