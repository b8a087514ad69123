"""The tables of dossiers."""

from motcua.dossiers.models.consultation import Consultation as Consultation
from motcua.dossiers.models.kept import (
    Attachment as Attachment,
    Content as Content,
    Label as Label,
    MessageSeen as MessageSeen,
    Number as Number,
    Opening as Opening,
    PinAttempt as PinAttempt,
    Sight as Sight,
)
from motcua.dossiers.models.row import (
    Custody as Custody,
    Dossier as Dossier,
    Holding as Holding,
    Transfer as Transfer,
)
from motcua.dossiers.models.travel import Travel as Travel
