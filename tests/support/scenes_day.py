"""Scenes of an officer's day: work list, the ways to look at it, other lists."""

from tests.support.scene import Scene

DAY = (
    Scene("board", "empty", "/board", "chutich.mauhai"),
    Scene("board", "filled", "/board", "truongquay"),
    Scene("board", "filled", "/board?show=accept", "truongquay"),
    Scene("board", "error", "/board", "tiepnhan1", status=403),
    Scene("dossiers", "empty", "/dossiers?show=ended", "tiepnhan1.mauhai"),
    Scene("dossiers", "filled", "/dossiers", "tiepnhan1"),
    Scene("dossiers", "filled", "/dossiers", "tiepnhan1", fill={"words": "nguyen"}, sends=True),
    Scene("dossiers", "empty", "/dossiers", "tiepnhan1", fill={"words": "zzzz"}, sends=True),
    Scene("dossiers", "error", "/dossiers", "kythuat", status=403),
    Scene("inbox", "empty", "/inbox", "kinhte"),
    Scene("inbox", "filled", "/inbox", "tuphap1"),
    Scene("inbox", "filled", "/inbox", "truongquay"),
    Scene("inbox", "filled", "/inbox?mine=1&work=do&due=week", "tuphap1"),
    Scene("inbox_filters", "empty", "/inbox/filters", "kinhte"),
    Scene("inbox_filters", "filled", "/inbox/filters?mine=1&due=late", "tuphap1", fill={"name": "Việc gấp"}),
    Scene(
        "inbox_filters",
        "error",
        "/inbox/filters",
        "tuphap1",
        fill={"name": "Việc gấp của tôi " * 5},
        sends=True,
        status=422,
    ),
    Scene("signing", "empty", "/signing?room=waiting", "chutich"),
    Scene("signing", "filled", "/signing", "chutich"),
    Scene("signing", "error", "/signing", "tuphap1", status=403),
    Scene("load", "empty", "/load", "chutich.mauhai"),
    Scene("load", "filled", "/load", "chutich"),
    Scene("load", "error", "/load", "tuphap1", status=403),
    Scene(
        "load_of",
        "empty",
        "/load/dossiers?who=nobody&queue=H99.01.01/justice_officer&show=late",
        "phochutich",
    ),
    Scene("load_of", "filled", "/load/dossiers?who=nobody&queue=H99.01.01/justice_officer", "chutich"),
    Scene("load_of", "error", "/load/dossiers?who=nobody", "chutich", status=404),
    Scene("bulk_act", "empty", "/inbox/acts?do=start&codes={decided}&codes={approved}", "tuphap1"),
    Scene("bulk_act", "filled", "/inbox/acts?do=start&codes={received}&codes={decided}", "tuphap1"),
    Scene("bulk_act", "filled", "/inbox/acts?do=approve&codes={examined}", "chutich"),
    Scene("bulk_act", "filled", "/inbox/acts?do=assign&codes={received}&codes={in_process}", "chutich"),
    Scene(
        "bulk_act",
        "error",
        "/inbox/acts?do=return&codes={examined}",
        "chutich",
        fill={"reason": ""},
        sends=True,
        status=422,
    ),
)
# Addresses of a working day that are no pages.
DAY_SERVED = frozenset({"inbox_beside"})
# States a page cannot be in, and why.
WITHOUT_DAY = {("inbox", "error"): "it takes no input"}
