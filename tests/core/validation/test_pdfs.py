"""PDFs: the pages stay; what acts, hides or tells on its author goes; bombs are found before they burst."""

import io
import zlib
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from core.validation import UploadRefused, pdfs
from core.validation.pdfs import rewrite_pdf

SECRET = "SECRET-4711"


def document(arm: Callable[[Pdf], None] = lambda pdf: None, pages: int = 1, **options: object) -> bytes:
    pdf = pikepdf.new()
    for number in range(pages):
        page = pdf.add_blank_page()
        page.obj.Contents = Stream(pdf, b"BT (page %d) Tj ET" % number)
    arm(pdf)
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def everything_in(data: bytes) -> bytes:
    """Return the file with every stream and object stream expanded, so that nothing hides in compression."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        out = io.BytesIO()
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return out.getvalue()


def script(_pdf: Pdf) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String(SECRET))


def link(pdf: Pdf, **entries: object) -> None:
    annotation = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], **entries)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(annotation)])


def open_action(pdf: Pdf) -> None:
    pdf.Root.OpenAction = script(pdf)


def additional_action(pdf: Pdf) -> None:
    pdf.Root.AA = Dictionary(WC=script(pdf))


def page_action(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=pdf.make_indirect(script(pdf)))


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("x"), script(pdf)])))


def script_after_a_harmless_action(pdf: Pdf) -> None:
    link(pdf, A=Dictionary(S=Name.GoTo, D=Array([0]), Next=script(pdf)))


def launch(pdf: Pdf) -> None:
    link(pdf, A=Dictionary(S=Name.Launch, F=String(SECRET)))


def address(pdf: Pdf) -> None:
    link(pdf, A=Dictionary(S=Name.URI, URI=String(f"https://example.org/{SECRET}")))


def submit_form(pdf: Pdf) -> None:
    link(pdf, A=Dictionary(S=Name.SubmitForm, F=String(SECRET)))


def action_where_none_belongs(pdf: Pdf) -> None:
    pdf.Root.Odd = Array([Dictionary(Inner=Array([script(pdf)]))])


def embedded_file(pdf: Pdf) -> None:
    pdf.attachments["a.exe"] = pikepdf.AttachedFileSpec(pdf, SECRET.encode(), filename="a.exe")


def file_in_an_annotation(pdf: Pdf) -> None:
    content = Stream(pdf, SECRET.encode(), Type=Name.EmbeddedFile)
    annotation = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FileAttachment,
        Rect=[0, 0, 9, 9],
        FS=Dictionary(Type=Name.Filespec, F=String("a"), EF=Dictionary(F=content)),
    )
    pdf.pages[0].obj.Annots = Array([annotation])


def file_without_a_name_tree(pdf: Pdf) -> None:
    content = Stream(pdf, SECRET.encode(), Type=Name.EmbeddedFile)
    pdf.Root.Odd = Dictionary(UF=String("a"), EF=Dictionary(F=content))


def loose_embedded_file(pdf: Pdf) -> None:
    pdf.Root.Odd = Stream(pdf, SECRET.encode(), Type=Name.EmbeddedFile)


def xfa_form(pdf: Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, SECRET.encode()))


def form_field_script(pdf: Pdf) -> None:
    field = Dictionary(FT=Name.Tx, T=String("t"), AA=Dictionary(K=script(pdf)))
    pdf.Root.AcroForm = Dictionary(Fields=Array([pdf.make_indirect(field)]))


def author(pdf: Pdf) -> None:
    pdf.docinfo[Name.Author] = SECRET


def description(pdf: Pdf) -> None:
    with pdf.open_metadata() as xmp:
        xmp["dc:title"] = SECRET


def description_of_a_page(pdf: Pdf) -> None:
    pdf.pages[0].obj.Metadata = Stream(pdf, SECRET.encode(), Type=Name.Metadata, Subtype=Name.XML)


def private_data(pdf: Pdf) -> None:
    pdf.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=String(SECRET)))


def movie(pdf: Pdf) -> None:
    link(pdf, A=Dictionary(S=Name.Rendition, R=String(SECRET)))


ARMS = [
    open_action,
    additional_action,
    page_action,
    named_script,
    script_after_a_harmless_action,
    launch,
    address,
    submit_form,
    action_where_none_belongs,
    embedded_file,
    file_in_an_annotation,
    file_without_a_name_tree,
    loose_embedded_file,
    xfa_form,
    form_field_script,
    author,
    description,
    description_of_a_page,
    private_data,
    movie,
]


@pytest.mark.parametrize("arm", ARMS, ids=lambda arm: arm.__name__)
def test_what_acts_hides_or_tells_is_gone(arm: Callable[[Pdf], None]) -> None:
    data = document(arm)
    assert SECRET.encode() in everything_in(data), "the weapon must be there before it can be taken away"

    clean = everything_in(rewrite_pdf(data))

    assert SECRET.encode() not in clean
    assert b"(page 0)" in clean
    for key in (b"/JavaScript", b"/JS", b"/Launch", b"/OpenAction", b"/EmbeddedFiles", b"/XFA", b"/EF"):
        assert key not in clean


def test_harmless_parts_stay() -> None:
    def arm(pdf: Pdf) -> None:
        link(pdf, A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit])))
        pdf.Root.AcroForm = Dictionary(Fields=Array([]), DA=String("/Helv 0 Tf"))
        image = Stream(pdf, b"\0", Type=Name.XObject, Subtype=Name.Image, Metadata=Dictionary())
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(EF=image))

    clean = everything_in(rewrite_pdf(document(arm)))

    assert b"/GoTo" in clean
    assert b"/Helv" in clean
    assert b"/EF" in clean


def test_a_plain_document_keeps_all_its_pages_and_rewrites_alike() -> None:
    data = document(pages=3)

    with Pdf.open(io.BytesIO(rewrite_pdf(data))) as pdf:
        assert [page.Contents.read_bytes() for page in pdf.pages] == [b"BT (page %d) Tj ET" % n for n in range(3)]
    assert rewrite_pdf(data) == rewrite_pdf(data)


def test_what_follows_the_document_is_gone() -> None:
    assert b"<script>" not in rewrite_pdf(document() + b"\n<script>alert(1)</script>")


def test_a_password_is_refused() -> None:
    with pytest.raises(UploadRefused) as caught:
        rewrite_pdf(document(encryption=pikepdf.Encryption(user="secret", owner="secret")))
    assert caught.value.code == "encrypted"


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MAX_PAGES", 2)
    rewrite_pdf(document(pages=2))
    with pytest.raises(UploadRefused) as caught:
        rewrite_pdf(document(pages=3))
    assert (caught.value.code, caught.value.params) == ("too_many_pages", {"limit": 2})


@pytest.mark.parametrize(
    "data", [document(pages=0), b"%PDF-", b"%PDF-1.7\n" + b"\0" * 500, document()[:200], b"%PDF-1.7\n%%EOF"]
)
def test_a_damaged_document_is_refused(data: bytes) -> None:
    with pytest.raises(UploadRefused) as caught:
        rewrite_pdf(data)
    assert caught.value.code == "damaged"


def bomb(length: int, streams: int = 1) -> bytes:
    def arm(pdf: Pdf) -> None:
        packed = zlib.compress(b"\0" * length)
        pdf.Root.Odd = Array(
            [pdf.make_indirect(Stream(pdf, packed, Filter=Name.FlateDecode)) for _number in range(streams)]
        )

    return document(arm, compress_streams=False)


def test_a_bomb_is_found_before_anything_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MAX_EXPANDED", 4_000_000)
    monkeypatch.setattr(Pdf, "open", lambda *args, **kwargs: pytest.fail("the file was opened"))

    with pytest.raises(UploadRefused) as caught:
        rewrite_pdf(bomb(5_000_000))
    assert caught.value.code == "expands_too_far"


def test_many_small_bombs_count_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MAX_EXPANDED", 4_000_000)
    rewrite_pdf(bomb(1_000_000, streams=3))
    with pytest.raises(UploadRefused) as caught:
        rewrite_pdf(bomb(1_000_000, streams=5))
    assert caught.value.code == "expands_too_far"


def test_a_file_of_countless_streams_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MAX_STREAMS", 20)
    with pytest.raises(UploadRefused) as caught:
        rewrite_pdf(bomb(10, streams=21))
    assert caught.value.code == "expands_too_far"


def test_streams_cut_short_or_of_another_kind_do_not_disturb() -> None:
    cut = zlib.compress(bytes(range(256)) * 200)[:-40]
    data = document() + b"\nstream\nnot deflated\nendstream\nstream\r\n" + cut
    assert rewrite_pdf(data).startswith(b"%PDF-")
