"""`make gallery`: a picture of every page, empty, filled and with an error, on a telephone, a screen and paper.

Writes gallery/index.html with the pictures beside it; git ignores the folder.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "gallery"
# Name, width, and the medium whose style sheet is in force; 794 px is the width of A4.
SIZES = (("390", 390, "screen"), ("1366", 1366, "screen"), ("print", 794, "print"))
HEAD = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>body{font:16px system-ui;margin:1rem}section{display:flex;gap:1rem;align-items:flex-start;overflow-x:auto}
img{border:1px solid #999;max-height:60vh}h2{font-size:1rem}</style><h1>Gallery</h1>
"""


def main() -> int:
    """Take all pictures; the exit status is 1 when a page was not what its scene says."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "motcua.config.settings"
    os.environ["MOTCUA_VAR"] = str(ROOT / "var" / "test-pg")
    os.environ["MOTCUA_INSTALLATION"] = "trial"
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir()
    wrong = 0
    rows = []
    for title, files, status, wanted in _taken():
        wrong += status != wanted
        note = "" if status == wanted else f" (answered {status}, not {wanted})"
        pictures = "".join(f'<img src="{escape(file)}" alt="" loading="lazy">' for file in files)
        rows.append(f"<h2>{escape(title + note)}</h2><section>{pictures}</section>")
        print(title + note, flush=True)
    (OUT / "index.html").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows)} × {len(SIZES)} pictures: gallery/index.html")
    return 1 if wrong else 0


def _taken() -> Iterator[tuple[str, list[str], int, int]]:
    from django.test import override_settings  # noqa: PLC0415 - Django is ready only now

    from motcua.cli.messages import compile_all  # noqa: PLC0415
    from tests.support.chromium import chromium  # noqa: PLC0415
    from tests.support.citizens import ISSUER, identity_of  # noqa: PLC0415
    from tests.support.database import fresh_database  # noqa: PLC0415
    from tests.support.scenes import AT, build, labelled  # noqa: PLC0415
    from tests.support.site import pages_at, served, static_files  # noqa: PLC0415
    from tests.support.visits import Site  # noqa: PLC0415

    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    compile_all(ROOT / "src")
    with ExitStack() as stack:
        stack.enter_context(override_settings(PASSWORD_HASHERS=hashers, IDENTITY=identity_of(ISSUER)))
        stack.enter_context(fresh_database())
        stack.enter_context(pages_at(AT))
        stack.enter_context(static_files(Path(stack.enter_context(TemporaryDirectory()))))
        site = Site(stack.enter_context(served()), build())
        visit = site.visit(stack.enter_context(chromium()))
        for label, scene in labelled():
            files, status = [], 0
            for size, width, medium in SIZES:
                visit.tab.emulate_media(media="screen")
                site.begin(visit, scene.login, width=width)
                status = visit.play(scene)
                visit.tab.emulate_media(media=medium)
                files.append(f"{label}-{size}.png")
                visit.tab.screenshot(path=OUT / files[-1], full_page=True)
            yield label, files, status, scene.status


if __name__ == "__main__":
    sys.exit(main())
