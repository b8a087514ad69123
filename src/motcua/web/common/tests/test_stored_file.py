"""A field of files in a form: kept at once, shown again, refused in words; drawn with and without a pad."""

from uuid import UUID

import pytest
from django import forms
from django.http import QueryDict
from django.template import engines
from django.utils.datastructures import MultiValueDict
from tests.support import papers
from tests.support.acts import moment
from tests.support.world import logins

from motcua.files.kinds import PDF
from motcua.files.models import Upload
from motcua.web.common.stored_file import SignatureField, StoredFileField, StoredFileInput

AT = moment(24, 9)
pytestmark = pytest.mark.django_db


class Proof(forms.Form):
    photo = StoredFileField(label="Ảnh phiếu", capture=True)
    scans = StoredFileField(label="Bản quét", required=False, multiple=True, accept=[PDF])
    signature = SignatureField(label="Chữ ký", required=False)


@pytest.fixture
def came():
    """Makes files that come with a form; they go when the request ends."""
    made = []

    def come(data, name="anh.jpg", *, owner="tiepnhan1"):
        file = papers.received(data, name)
        file.owner, file.at = logins().get(owner), AT
        made.append(file)
        return file

    yield come
    for file in made:
        file.close()


def form(files=None, **typed):
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return Proof(data, MultiValueDict(files or {}))


def drawn(one):
    return str(
        engines["jinja2"]
        .from_string("{{ field(form.photo) }}{{ field(form.signature) }}")
        .render({"form": one})
    )


def test_a_file_is_kept_and_comes_back_as_a_reference(came):
    sent = form({"photo": [came(papers.picture())]})
    assert sent.is_valid()
    (kept,) = sent.cleaned_data["photo"]
    assert isinstance(kept.upload, UUID)
    assert kept.reference.isascii()
    again = form(photo_kept=[kept.reference])
    assert again.is_valid()
    assert again.cleaned_data["photo"] == (kept,)
    assert Upload.objects.count() == 1


def test_a_form_that_is_read_twice_keeps_its_file_once(came):
    photo = came(papers.picture())
    for _ in range(2):
        assert form({"photo": [photo]}).is_valid()
    assert Upload.objects.count() == 1


def test_a_file_is_required_where_it_is():
    assert form().errors["photo"] == ["Hãy chọn tệp hoặc chụp ảnh."]
    assert "scans" not in form().errors


def test_what_is_wrong_is_told_and_what_is_right_stays(bare_pages, came):
    sent = form(
        {"photo": [came(papers.picture()), came(papers.picture(colour=3), "b.jpg"), came(b"MZ", "c.exe")]}
    )
    assert not sent.is_valid()
    told = " ".join(sent.errors["photo"])
    assert "c.exe: Không phải tệp nhận được" in told
    assert "Chỉ gửi được 1 tệp" in told
    assert drawn(sent).count('name="photo_kept"') == 2


def test_only_the_kinds_that_are_wanted_are_taken(came):
    sent = form({"photo": [came(papers.picture())], "scans": [came(papers.picture(colour=9), "a.jpg")]})
    assert not sent.is_valid()
    assert sent.errors["scans"] == ["“a.jpg” là JPEG; ở đây chỉ nhận PDF."]


def test_a_dropped_file_and_a_forged_reference_are_none(came):
    (kept,) = _kept(form({"photo": [came(papers.picture())]}))
    dropped = form(photo_kept=[kept.reference], photo_drop=[str(kept.upload)])
    assert "photo" in dropped.errors
    assert "photo" in form(photo_kept=["không phải"]).errors


def _kept(one):
    assert one.is_valid(), one.errors
    return one.cleaned_data["photo"]


def test_who_is_not_known_keeps_nothing(came):
    stranger = came(papers.picture(), owner="nobody")
    assert "Phiên làm việc đã hết" in form({"photo": [stranger]}).errors["photo"][0]
    assert Upload.objects.count() == 0


def test_it_is_drawn_with_its_camera_its_pad_and_its_words(bare_pages, came):
    shown = drawn(form({"photo": [came(papers.picture(), 'a"><b>.jpg')]}))
    assert 'capture="environment"' in shown
    assert "<canvas" in shown
    assert 'accept="image/png,image/jpeg,image/webp,.png,.jpg,.webp"' in shown
    assert "<b>" not in shown
    assert isinstance(Proof().fields["photo"].widget, StoredFileInput)
    assert Proof().is_multipart()
