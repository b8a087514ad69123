"""Personal text of a dossier, as the kernel seals it."""

from motcua.kernel.contents import (
    NewContent as NewContent,
    digest_of as digest_of,
    open_body as open_body,
    snapshot as snapshot,
    text as text,
)
