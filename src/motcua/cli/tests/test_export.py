"""`motcua export catalogue`: the whole catalogue as one file."""

import gzip
import json
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import override_settings

from motcua.catalogue.starter import linked, procedures
from motcua.cli.errors import CliError
from motcua.cli.export import catalogue
from motcua.web.portal.dump import kept_dump


@pytest.mark.django_db
def test_it_writes_the_public_file_and_never_over_another(tmp_path: Path) -> None:
    file = tmp_path / "danh-muc.jsonl.gz"
    with override_settings(VAR=tmp_path / "var"):
        assert catalogue(file) == 0
        found = kept_dump()
        assert found is not None
        assert sha256(file.read_bytes()).hexdigest() == found.sha256
        with pytest.raises(CliError, match="Không ghi được"):
            catalogue(file)
    codes = [json.loads(line)["code"] for line in gzip.decompress(file.read_bytes()).splitlines()]
    assert codes == sorted(p.code for p in (*procedures(), *linked()))
