"""What the page of an act is made of."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from motcua.dossiers.operations import Recorded
from motcua.kernel.say import Say
from motcua.web.desk import bars
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms.base import ActForm

Bar = Callable[[Facts, datetime], Say | None]
Foresight = Callable[[Facts, datetime], object | None]


@dataclass(frozen=True, slots=True)
class ActPage:
    """The page of one act. `flow` takes code, actor, at, paper and the form's arguments; `about` says what the
    act does, `preview` what becomes of the due date or is likely to; `part` is the template of what is to be decided
    upon, `fields` that of the fields."""

    form: type[ActForm]
    flow: Callable[..., Recorded]
    about: Promise
    bar: Bar = bars.nothing
    preview: Foresight = bars.nothing
    part: str = ""
    fields: str = "desk/parts/fields.html"
