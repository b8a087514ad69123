"""The public pages of procedures in their states."""

from tests.support.scene import Scene

# What machines read: JSON, XML and files, no pages.
FEEDS = frozenset(
    {
        "open_procedures",
        "open_procedure",
        "open_changes",
        "open_schema",
        "open_dump",
        "sitemap",
        "sitemap_part",
        "robots",
        "posting_sheet",
    }
)
WALL_PAPERS = frozenset({"posting_sheets", "posting_poster"})
SERVED = FEEDS | WALL_PAPERS
# And the record of what hangs there.
PRINTS = {
    "prints": "/posting/prints",
    "posting_sheets": "/posting/H99.01.01/sheets.pdf?sector=hoa-giai-o-co-so",
    "posting_poster": "/posting/H99.01.01/poster.pdf?sector=hoa-giai-o-co-so",
}
PORTAL = (
    Scene("procedures", "empty", "/procedures?q=zzzz"),
    Scene("procedures", "filled", "/procedures?q=khai"),
    Scene("procedures", "filled", "/procedures?event=birth&audience=citizen"),
    Scene("procedure", "empty", "/procedures/1.013225"),
    Scene("procedure", "filled", "/procedures/2.000815?text=1"),
    Scene("procedure", "filled", "/procedures/1.004194"),
    Scene("procedure", "filled", "/procedures/{compared}?on=2027-01-01"),
    Scene("procedure", "filled", "/procedures/{localised}"),
    Scene("procedure", "error", "/procedures/9.999999", status=404),
    Scene("posting", "empty", "/posting/H99.01.02"),
    Scene("posting", "empty", "/posting/H99.01.01?q=zzzz"),
    Scene("posting", "filled", "/posting/H99.01.01"),
    Scene("posting", "filled", "/posting/H99.01.01?q=khai&sector=ho-tich"),
    Scene("posting", "error", "/posting/H11.22", status=404),
    Scene("open_data", "filled", "/open-data"),
    Scene("prints", "empty", "/posting/prints", "tiepnhan1.mauhai"),
    Scene("prints", "filled", "/posting/prints?sector=ho-tich", "truongquay"),
    Scene("prints", "filled", "/posting/prints?form=poster", "danhmuc"),
    Scene("prints", "error", "/posting/prints", "kinhte", status=403),
)
WITHOUT_PORTAL = {
    ("postings", "empty"): "one agency posts here: it leads on to its board",
    (
        "postings",
        "filled",
    ): "one agency posts here: src/motcua/web/portal/tests/test_posting.py looks at it with two",
    ("postings", "error"): "it takes no input",
    ("open_data", "empty"): "there is always a procedure here: src/motcua/web/portal/tests/test_feeds.py",
    ("open_data", "error"): "it takes no input",
}
