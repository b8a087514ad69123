"""The published procedures as the public finds and browses them: an index kept in the process, made anew when something
was published, closed or came into force."""

import functools
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.search import Index, Language, Searched, Words, words_of
from motcua.catalogue.shapes import Audience, HandledIn, Level
from motcua.kernel.kept import Kept
from motcua.kernel.say import Say
from motcua.kernel.text import fold, sort_key

DATA = files("motcua.catalogue") / "data"


@dataclass(frozen=True, slots=True)
class LifeEvent:
    """Something that happens in a life, and the words by which procedures belong to it."""

    code: str
    name: Say
    phrases: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A procedure as lists show it; `events` are the codes of life events."""

    code: str
    title: Say
    sector: Say
    publisher: Say
    levels: tuple[Level, ...]
    audience: tuple[Audience, ...]
    handled_in: HandledIn
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that lists can be narrowed to, with its number of procedures."""

    key: str
    name: Say
    count: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; "" is everything. `sector` and `publisher` are the keys of facets."""

    words: str = ""
    sector: str = ""
    audience: str = ""
    level: str = ""
    publisher: str = ""
    event: str = ""

    def holds(self, one: Listed) -> bool:
        """Whether `one` belongs to it, the words left aside."""
        return (
            self.sector in ("", key_of(one.sector))
            and self.publisher in ("", key_of(one.publisher))
            and (not self.audience or self.audience in one.audience)
            and (not self.level or self.level in one.levels)
            and (not self.event or self.event in one.events)
        )


class Listing:
    """All procedures in force on a day, in the order of their sectors and titles."""

    def __init__(self, listed: Iterable["Entry"]) -> None:
        rows = sorted(listed, key=lambda row: row.place)
        self.all: tuple[Listed, ...] = tuple(row.one for row in rows)
        self._by_code = {one.code: one for one in self.all}
        self._index = Index(
            (
                Searched(row.one.code, row.one.title.vi, row.names, row.one.sector.vi, row.one.title.en)
                for row in rows
            ),
            language(),
        )
        self.sectors = facets_of(one.sector for one in self.all)
        self.publishers = _facets(
            (key_of(one.publisher), one.publisher) for one in self.all if one.publisher.vi
        )
        names = {event.code: event.name for event in life_events()}
        there = _facets((code, names[code]) for one in self.all for code in one.events)
        self.events = tuple(f for code in names for f in there if f.key == code)

    def find(self, wanted: Wanted) -> list[Listed]:
        """What is wanted: by likeness where words are typed, else in the order of the list."""
        if words_of(wanted.words):
            return [
                one for code in self._index.find(wanted.words) if wanted.holds(one := self._by_code[code])
            ]
        return [one for one in self.all if wanted.holds(one)]


@functools.lru_cache(maxsize=4096)
def key_of(name: Say) -> str:
    """A name as an address holds it."""
    return "-".join(re.findall(r"[a-z0-9]+", fold(name.vi)))


def facets_of(names: Iterable[Say]) -> tuple[Facet, ...]:
    """Names as facets, in Vietnamese order."""
    return _facets((key_of(name), name) for name in names)


def _facets(pairs: Iterable[tuple[str, Say]]) -> tuple[Facet, ...]:
    found: dict[str, tuple[Say, int]] = {}
    for key, name in pairs:
        held, count = found.get(key, (name, 0))
        found[key] = (held, count + 1)
    ordered = sorted(found.items(), key=lambda item: sort_key(item[1][0].vi))
    return tuple(Facet(key, name, count) for key, (name, count) in ordered)


@functools.cache
def language() -> Language:
    """How people speak, as shipped."""
    told = json.loads((DATA / "everyday_words.json").read_text(encoding="utf-8"))
    return Language(
        slight=frozenset(words_of(phrase) for phrase in told["unweighty"]),
        means={words_of(said): words_of(each["means"]) for each in told["means"] for said in each["said"]},
        short={short: words_of(written) for short, written in told["short"].items()},
        later=tuple(map(words_of, told["later"])),
        few=frozenset(map(words_of, told["few"])),
    )


@functools.cache
def everyday_names() -> Mapping[str, tuple[str, ...]]:
    """What people call procedures that were announced elsewhere, by code."""
    told = json.loads((DATA / "everyday_names.json").read_text(encoding="utf-8"))
    return {code: tuple(each["names"]) for each in told for code in each["codes"]}


@functools.cache
def life_events() -> tuple[LifeEvent, ...]:
    """The life events, in the order shown."""
    told = json.loads((DATA / "life_events.json").read_text(encoding="utf-8"))
    return tuple(
        LifeEvent(e["code"], Say(e["name"]["vi"], e["name"]["en"]), tuple(map(words_of, e["phrases"])))
        for e in told
    )


_STAMP = """
SELECT (SELECT count(*) FROM catalogue_version WHERE withdrawn_at IS NULL),
       (SELECT max(published_at) FROM catalogue_version)::text,
       (SELECT id FROM catalogue_version ORDER BY id DESC LIMIT 1)::text,
       (SELECT string_agg(code, ' ' ORDER BY code) FROM catalogue_procedure WHERE closed_on <= %s)
"""
_IN_FORCE = """
SELECT DISTINCT ON (v.procedure_id) v.id
FROM catalogue_version v JOIN catalogue_procedure p ON p.code = v.procedure_id
WHERE v.effective_from <= %(on)s AND v.withdrawn_at IS NULL AND (p.closed_on IS NULL OR p.closed_on > %(on)s)
ORDER BY v.procedure_id, v.effective_from DESC, v.number DESC
"""
_READ = """
SELECT v.id, jsonb_build_object('code', v.procedure_id, 'title', v.body->'title',
       'sector', v.body->'sector'->'name', 'by', v.body->'decision'->'by', 'levels', v.body->'levels',
       'audience', v.body->'audience', 'names', v.body->'search_words', 'handled_in', v.body->'handled_in')::text
FROM catalogue_version v WHERE v.id = ANY(%s)
"""


def listing(*, on: date) -> Listing:
    """The procedures in force on `on`. One statement while nothing was published, two after."""
    return _listing(on, stamp(on=on))


def stamp(*, on: date) -> tuple[str, ...]:
    """What changes whenever something was published, withdrawn, closed or came into force. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, [on])
        return tuple(map(str, cursor.fetchone()))


@functools.lru_cache(maxsize=2)
def _listing(on: date, stamp: tuple[str, ...]) -> Listing:
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, {"on": on})
        return Listing(_entries.of(row[0] for row in cursor.fetchall()).values())


@dataclass(frozen=True, slots=True)
class Entry:
    """A version as lists need it: what they show, its everyday names, and its place in their order."""

    one: Listed
    names: tuple[str, ...]
    place: tuple[str, str, str]


def _read(versions: Collection[UUID]) -> dict[UUID, Entry]:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [list(versions)])
        return {version: _entry(json.loads(told)) for version, told in cursor.fetchall()}


# What is published does not change: another publication reads that one version and no other again.
_entries: Kept[UUID, Entry] = Kept(_read)
_order = functools.lru_cache(maxsize=512)(sort_key)


def _entry(told: Mapping[str, Any]) -> Entry:
    names = (*(told["names"] or ()), *everyday_names().get(told["code"], ()))
    title, sector = _say(told["title"]), _say(told["sector"])
    one = Listed(
        code=told["code"],
        title=title,
        sector=sector,
        publisher=_say(told["by"]),
        levels=tuple(Level(level) for level in told["levels"] or ()),
        audience=tuple(Audience(each) for each in told["audience"] or ()),
        handled_in=HandledIn(told["handled_in"] or HandledIn.HERE),
        events=_events(title, names),
    )
    return Entry(one, names, (_order(sector.vi), sort_key(title.vi[:80]), one.code))


def _say(told: Mapping[str, str] | None) -> Say:
    return Say(told["vi"], told.get("en") or "") if told else Say("", "")


def _events(title: Say, names: tuple[str, ...]) -> tuple[str, ...]:
    texts = [" ".join(("", *words_of(text), "")) for text in (title.vi, *names)]
    return tuple(
        event.code
        for event in life_events()
        if any(" ".join(("", *phrase, "")) in text for phrase in event.phrases for text in texts)
    )
