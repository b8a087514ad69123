"""Every paper of the day, kept and read: as a file to be looked at, and as words to be checked."""

from collections import Counter
from pathlib import Path

import pypdfium2

SCALE = 1.6


class Prints:
    """Papers by kind, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count: Counter[str] = Counter()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()

    def keep(self, kind: str, body: bytes) -> str:
        """Keep a PDF and pictures of its pages; gives its words."""
        assert body.startswith(b"%PDF-"), body[:80]
        self.count[kind] += 1
        name = f"{kind}-{self.count[kind]:03}"
        (self.folder / f"{name}.pdf").write_bytes(body)
        document = pypdfium2.PdfDocument(body)
        words = []
        for number, page in enumerate(document, 1):
            page.render(scale=SCALE).to_pil().save(self.folder / f"{name}-{number}.png")
            words.append(page.get_textpage().get_text_bounded())
        document.close()
        text = "\n".join(words)
        assert "\ufffd" not in text
        assert "None" not in text
        return text
