"""A page with several deeds: each is a form of its own, and the button says which is meant."""

from collections.abc import Callable, Collection, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from motcua.kernel.errors import Invalid, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.web.cashier.forms import MoneyForm


def tried(
    request: HttpRequest,
    *,
    deed: str,
    forms: Mapping[str, MoneyForm],
    do: Callable[[MoneyForm | None], HttpResponse],
    back: str,
    bare: Collection[str] = (),
) -> HttpResponse | Refusal | None:
    """Do the `deed` that a POST names: its answer, or why not; None where none is named or its form says what is
    wrong. `bare` deeds have no form; a deed that was done before leads `back`."""
    if request.method != "POST":
        return None
    form = forms.get(deed)
    if form is None and deed not in bare:
        return Invalid("Hãy chọn việc cần làm.", "Choose what to do.")
    if form is not None and not form.is_valid():
        return None
    try:
        return do(form)
    except AlreadyDone:
        return HttpResponseRedirect(back)
    except Refusal as said:
        if form is not None:
            form.refuse(said, str(request.locale))  # type: ignore[attr-defined]
        return said
