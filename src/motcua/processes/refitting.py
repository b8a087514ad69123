"""A step table copied for another procedure: what that one does not have is left out, and said in words. Pure."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

from motcua.catalogue.reading import read
from motcua.catalogue.shapes import ProcedureVersion
from motcua.eforms.rules import variables
from motcua.kernel.say import Say
from motcua.processes.drafts import Document, added, label_of, limited, removed
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.fitting import misfits


def beside(code: str, words: Mapping[str, Say]) -> Say:
    """What a code is called, with the code beside it; the code alone where nobody says."""
    said = words.get(code)
    return Say(f"“{said.vi}” ({code})", f"“{said('en')}” ({code})") if said else Say(f"“{code}”", f"“{code}”")


def variants_of(version: ProcedureVersion | None) -> dict[str, Say]:
    """What a procedure calls its variants, by code."""
    return {each.code: each.label for each in version.variants} if version else {}


def refitted(
    document: Document,
    version: ProcedureVersion,
    *,
    was: ProcedureVersion | None,
    places: Mapping[str, Say],
    called: Mapping[str, Say],
) -> tuple[Document, tuple[Say, ...]]:
    """A published `document` for the procedure `version`, whose answers at `places` can give an area: with its variants
    and limits, without conditions, grounds and tests that it does not know; and what was left out and put in, in the
    words of `was`, the procedure it served, where areas are `called` so."""
    made = deepcopy(document) | {"procedure": version.code}
    told = [*_out_of_variants(made, version, was), *_out_of_rows(made, version, was)]
    if made.get("area") and made["area"] not in places:
        named = beside(made["area"], called)
        told.append(_out(Say(f"địa bàn theo {named.vi}", f"the area by {named.en}")))
        del made["area"]
    told += _out_of_tests(document, made, version)
    return made, tuple(told)


def _out(what: Say) -> Say:
    return Say(f"bỏ {what.vi}", f"left out: {what('en')}")


def _out_of_variants(
    made: Document, version: ProcedureVersion, was: ProcedureVersion | None
) -> Iterator[Say]:
    wanted = {each["code"]: each for each in limited(version)}
    for n in reversed(range(len(made["variants"]))):
        code = made["variants"][n]["code"]
        if code not in wanted:
            named = beside(code, variants_of(was))
            yield _out(Say(f"trường hợp {named.vi}", f"variant {named.en}"))
            made |= removed(made, f"variants.{n}")
    for code, variant in wanted.items():
        mine = next((each for each in made["variants"] if each["code"] == code), None)
        named = beside(code, variants_of(version))
        if mine is None:
            made |= added(made, "", "variant", variant)[0]
            yield Say(
                f"thêm trường hợp {named.vi}, chưa có thời gian của các bước",
                f"put in: variant {named.en}, whose steps have no times yet",
            )
        elif mine["limit"] != variant["limit"]:
            mine["limit"] = variant["limit"]
            yield Say(
                f"lấy thời hạn của thủ tục này cho trường hợp {named.vi}",
                f"the limit of variant {named.en} is this procedure's now",
            )


def _out_of_rows(made: Document, version: ProcedureVersion, was: ProcedureVersion | None) -> Iterator[Say]:
    questions = {f"answers.{each.code}" for each in version.questions}
    grounds = {str(each.code) for each in version.grounds.suspension}
    asked = {each.code: each.text for each in was.questions} if was else {}
    called = {str(each.code): each.label for each in was.grounds.suspension} if was else {}
    for row in made["steps"]:
        step = label_of(row)
        read_here = [path for path in variables(row.get("when")) if path.startswith("answers.")]
        if strange := next((path for path in read_here if path not in questions), ""):
            named = beside(strange.removeprefix("answers."), asked)
            yield _out(
                Say(
                    f"điều kiện của bước “{step.vi}” theo câu hỏi {named.vi}",
                    f"the condition of the step “{step('en')}” on the question {named.en}",
                )
            )
            del row["when"]
        for one in row.get("consultations", ()):
            if one.get("ground") and one["ground"] not in grounds:
                named = beside(one["ground"], called)
                yield _out(
                    Say(
                        f"tạm dừng khi lấy ý kiến ở bước “{step.vi}” theo căn cứ {named.vi}",
                        f"the pause for an opinion in the step “{step('en')}” on the ground {named.en}",
                    )
                )
                for key in ("ground", "pauses"):
                    one.pop(key, None)


def _out_of_tests(document: Document, made: Document, version: ProcedureVersion) -> Iterator[Say]:
    process = read(ProcessVersion, document)
    codes = {each["code"] for each in made["variants"]}
    process = replace(process, variants=tuple(each for each in process.variants if each.code in codes))
    for n, test in reversed(list(enumerate(process.tests))):
        if misfits(test, process, version):
            yield _out(Say(f"bài thử “{test.title.vi}”", f"test “{test.title('en')}”"))
            made |= removed(made, f"tests.{n}")
