"""What is wrong in an electronic form: named by the officer, mended in the form itself. Order here, rules in eforms."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from motcua.dossiers.answered import form_of
from motcua.dossiers.operations import FormAnswers, MissingPaper, Replies
from motcua.dossiers.row import Row
from motcua.eforms.answers import Fault
from motcua.eforms.confirming import confirming, party_of
from motcua.eforms.mending import Mended, answer_at, leaves, mended, nameable, named
from motcua.eforms.selectors import form as form_version
from motcua.eforms.shapes import FieldType, Form
from motcua.files.references import read_reference
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.parties.selectors import particulars_of


@dataclass(frozen=True, slots=True)
class Reopened:
    """The form of a dossier with the topic and the fields that an item of the open request names, and the fields that
    other open items name: what is wrong there is answered with them."""

    form: Form
    answers: Mapping[str, Any]
    topic: str
    named: frozenset[str]
    elsewhere: frozenset[str]

    def mended(self, typed: Mapping[str, Any], *, on: date) -> Mended:
        """With what was `typed`; of the faults those that are to be mended now."""
        found = mended(self.form, self.answers, typed, named=self.named, on=on)
        return replace(found, faults=tuple(one for one in found.faults if not self._waits(one, found)))

    def _waits(self, fault: Fault, found: Mended) -> bool:
        path = ".".join(part for part in fault.path.split(".") if not part.isdigit())
        waiting = self.elsewhere - self.named
        return any(path == one or path.startswith(f"{one}.") for one in waiting)

    def refuse_others(self, paths: Collection[str], *, actor: Actor) -> None:
        """Raises NotAllowedNow where a citizen would mend at `paths` what another one of those who apply declared of
        themselves. One statement, none where nobody else applies."""
        parties = {one.key: one for path in paths if (one := party_of(self.form, path)) is not None}
        if actor.kind != "citizen" or not parties:
            return
        own = particulars_of(UUID(actor.party)).number
        told = {one.field: one for one in confirming(self.form, self.answers)}
        for key, party in parties.items():
            if key in told and told[key].number != own:
                raise NotAllowedNow(
                    f"Phần “{party.label.vi}” là lời khai của {told[key].name}: chỉ người ấy đăng nhập rồi sửa được, "
                    "hoặc đến bộ phận một cửa sửa.",
                    f"The part “{party.label.en}” is what {told[key].name} declared: they alone can mend it, signed "
                    "in, or it is mended at the one-stop desk.",
                )


def reopened(row: Row, items: Collection[str], *, actor: Actor) -> Reopened | None:
    """What the open request names of the dossier's form in `items`; None where these name none of it. Three statements
    at most, none for other items.

    Raises NotAllowedNow where the answers were erased, and as `Reopened.refuse_others`."""
    asked = [i for i in row["supplement"]["items"] if i.get("topic")]
    about = [i for i in asked if i["item"] in items]
    if not about:
        return None
    held = form_of(row)
    if held is None or not held.answers:
        raise NotAllowedNow(
            "Nội dung tờ khai điện tử không còn được lưu nên không sửa được.",
            "What was answered in the electronic form is not kept any more, so it can't be mended.",
        )
    form, answers = form_version(held.form, held.version), held.answers
    waiting = [i for i in asked if i not in about and i["item"] not in row["supplement"]["supplied"]]

    def of(items: Sequence[Mapping[str, Any]]) -> frozenset[str]:
        found = (named(form, answers, topic=i["topic"], fields=i["fields"]) for i in items)
        return frozenset().union(*found)

    found = Reopened(form, answers, about[0]["topic"], of(about), of(waiting))
    found.refuse_others(found.named, actor=actor)
    return found


def with_form(
    row: Row,
    items: Collection[str],
    replies: Replies,
    *,
    typed: Mapping[str, Any] | None,
    actor: Actor,
    on: date,
) -> Replies:
    """`replies` with the dossier's form as it is once what was `typed` is laid over it, where `items` name some of it.

    Raises as `reopened`; Invalid where an answer is wrong or missing, where others would have to confirm it than those
    who did, and where nothing is another and no words say why."""
    if (found := reopened(row, items, actor=actor)) is None:
        return replies
    result = found.mended(typed or found.answers, on=on)
    if result.faults:
        words = result.faults[0].words
        raise Invalid(words.vi, words.en, field="form")
    found.refuse_others(result.changed, actor=actor)
    if _confirming(found.form, result.answers) != _confirming(found.form, found.answers):
        raise Invalid(
            "Sửa như vậy thì người phải xác nhận hồ sơ không còn là những người đã xác nhận. Hãy giữ nguyên họ tên, số "
            "định danh của họ; nếu đúng là người khác thì rút hồ sơ này và nộp hồ sơ mới để người ấy xác nhận.",
            "Changed like this, others would have to confirm the dossier than those who did. Leave their names and "
            "personal numbers as they are; if it is somebody else, withdraw this dossier and hand in another one for "
            "them to confirm.",
            field="form",
        )
    if not result.changed:
        if not any(clean(replies.words.get(item, "")) for item in items):
            raise Invalid(
                "Chưa có gì được sửa. Hãy sửa mục được nêu, hoặc ghi vì sao nội dung đã đúng.",
                "Nothing was changed. Mend what is named, or write why it is right as it is.",
                field="form",
            )
        return replies
    return replace(
        replies,
        form=FormAnswers(form=found.form.code, version=found.form.version, answers=result.answers),
        fields=result.changed,
        form_uploads=_files(found.form, result),
    )


def _confirming(form: Form, answers: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    return {(one.field, one.name, one.number) for one in confirming(form, answers)}


def _files(form: Form, result: Mended) -> dict[str, list[UUID]]:
    """The files that were sent anew, by component."""
    found: dict[str, list[UUID]] = {}
    for path, field in leaves(form.fields):
        if field.type is FieldType.FILE and path in result.changed:
            told = answer_at(result.answers, path) or ()
            sent = [one.upload for each in told if (one := read_reference(each)) is not None]
            found.setdefault(field.document, []).extend(sent)
    return {component: uploads for component, uploads in found.items() if uploads}


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of the form, and what can be named as wrong in it: path and what it is called."""

    title: Say
    fields: Mapping[str, Say]


def topics_of(row: Row) -> dict[str, Topic]:
    """The pages of the dossier's form that were answered, by key; none where it has no form, or its answers were
    erased. Two statements where it was handed in from home."""
    held = form_of(row)
    if held is None or not held.answers:
        return {}
    form = form_version(held.form, held.version)
    return {
        topic: Topic(form.page(topic).title, fields) for topic, fields in nameable(form, held.answers).items()
    }


def in_words(row: Row, items: Sequence[MissingPaper]) -> list[MissingPaper]:
    """`items`, those about the electronic form saying in words what they name. Two statements where there is one.

    Raises Invalid for what the form does not have, and without a word about what is wrong."""
    if not any(item.topic for item in items):
        return [*items]
    known = topics_of(row)
    return [_named(item, known.get(item.topic)) if item.topic else item for item in items]


def _named(item: MissingPaper, topic: Topic | None) -> MissingPaper:
    if topic is None or not set(item.fields) <= set(topic.fields) or item.component is not None:
        raise Invalid(
            "Tờ khai điện tử của hồ sơ không có mục này.",
            "The dossier's electronic form does not have this field.",
            field="items",
        )
    if not clean(item.text):
        raise Invalid("Hãy ghi mục này sai gì.", "Write what is wrong with it.", field="items")
    which = "; ".join(label.vi for path, label in topic.fields.items() if path in item.fields)
    named = f" ({which})" if which else ""
    return replace(item, text=f"Tờ khai, trang “{topic.title.vi}”{named}: {clean(item.text)}")
