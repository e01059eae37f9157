"""PDFs come out of a child process; whatever becomes of it, a PDF is of its own document."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from ast import literal_eval
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, fields, replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from acuse.domain.face import Column, Face, FaceLine, Field, Section
from acuse.gateways import wire
from acuse.gateways.render import Renderer, RenderFailed
from acuse.gateways.render_child import face_of

FACE = Face(
    title="FACTURA ELECTRÓNICA",
    number="F001-123",
    issuer_name="Ñandú Inventado SAC",
    issuer=(Field("Domicilio", "Av. Inventada 1"),),
    issuer_id="RUC 20999888772",
    counterparty=(Field("Cliente", "Otra Inventada SAC"),),
    facts=(Field("Moneda", "Soles"),),
    columns=(Column("Descripción", 0.7), Column("Importe", 0.3, figures=True)),
    lines=(FaceLine(("Tornillo", "118.00")),),
    totals=(Field("Total", "S/ 118.00"),),
    words="CIENTO DIECIOCHO CON 00/100 SOLES",
    notes=('#read("/etc/passwd")',),
    legal=("Representación impresa",),
    fiscal_id_label="Código hash",
    fiscal_id="abc=",
    qr="20999888772|01|F001|123",
    watermark="SIN VALOR TRIBUTARIO",
    xml_name="20999888772-01-F001-123.xml",
    xml="<Invoice>ñ</Invoice>".encode(),
    moment=1_790_000_000,
)


FULL = replace(
    FACE,
    sections=(
        Section("Traslado", (Field("Punto de partida", "Calle 1"), Field("Placa", "ABC123"))),
    ),
    paper="80mm",
    qr_level="m",
    qr_each_page=True,
)


@pytest.fixture
def renderer() -> Iterator[Renderer]:
    made = Renderer()
    yield made
    made.close()


def stand_in(folder: Path, program: str, *, seconds: float = 5) -> Renderer:
    """A renderer whose child runs that program instead; `message` is what it was asked."""
    file = folder / "child.py"
    file.write_text(
        "import sys, os, time\n"
        "from acuse.gateways import wire\n"
        "def say(*a, **k):\n"
        "    sys.stdout.buffer.write(wire.pack(*a, **k)); sys.stdout.buffer.flush()\n"
        "while (message := wire.read(sys.stdin.buffer.read)) is not None:\n"
        "    asked, title = message[0]['asked'], message[0]['face']['title']\n"
        + "".join(f"    {line}\n" for line in program.splitlines())
    )
    return Renderer([sys.executable, str(file)], seconds=seconds)


def text(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


def test_a_face_comes_out_as_a_pdf_with_its_xml(renderer: Renderer) -> None:
    pdf = renderer.render(FACE, None)
    assert FACE.number in text(pdf)
    assert PdfReader(BytesIO(pdf)).attachments[FACE.xml_name] == [FACE.xml]


@pytest.mark.parametrize("face", [FACE, FULL])
def test_a_face_reaches_the_child_as_it_was_meant(face: Face) -> None:
    told = json.loads(json.dumps(asdict(face) | {"xml": None}))
    assert face_of(told, face.xml) == face
    unset = {field.name for field in fields(Face) if getattr(FULL, field.name) in ((), "", None)}
    assert unset == set()  # every part of a face is on the way here


def test_sections_are_printed(renderer: Renderer) -> None:
    assert "Punto de partida" in text(renderer.render(FULL, None))


def test_what_users_wrote_is_never_code(renderer: Renderer) -> None:
    assert "/etc/passwd" in text(renderer.render(FACE, None))


def test_one_child_serves_all_documents(renderer: Renderer) -> None:
    renderer.render(FACE, None)
    child = renderer.pid
    renderer.render(FACE, None)
    assert renderer.pid == child


def test_a_killed_child_is_replaced_silently(renderer: Renderer) -> None:
    before = renderer.render(FACE, None)
    child = renderer.pid
    assert child
    os.kill(child, signal.SIGKILL)
    assert renderer.render(FACE, None) == before
    assert renderer.pid != child


def test_a_child_killed_in_mid_document_is_replaced_silently(tmp_path: Path) -> None:
    once = tmp_path / "once"
    renderer = stand_in(
        tmp_path,
        f"if not os.path.exists({str(once)!r}):\n"
        f"    open({str(once)!r}, 'w').close()\n"
        "    os.kill(os.getpid(), 9)\n"
        "say({'asked': asked}, title.encode())",
    )
    assert renderer.render(FACE, None) == FACE.title.encode()
    assert once.exists()
    renderer.close()


def test_a_document_that_kills_every_child_fails_and_the_next_does_not(tmp_path: Path) -> None:
    renderer = stand_in(
        tmp_path, "if title == 'bad': os._exit(3)\nsay({'asked': asked}, title.encode())"
    )
    with pytest.raises(RenderFailed, match="twice"):
        renderer.render(replace(FACE, title="bad"), None)
    assert renderer.render(replace(FACE, title="good"), None) == b"good"
    renderer.close()


def test_a_document_without_end_is_stopped(tmp_path: Path) -> None:
    renderer = stand_in(tmp_path, "time.sleep(60)", seconds=0.3)
    with pytest.raises(RenderFailed, match=r"0\.3 s"):
        renderer.render(FACE, None)
    renderer.close()


def test_what_the_compiler_says_is_told_and_not_tried_again(tmp_path: Path) -> None:
    renderer = stand_in(tmp_path, "say({'asked': asked, 'problem': f'no {title} {os.getpid()}'})")
    with pytest.raises(RenderFailed, match="no FACTURA") as caught:
        renderer.render(FACE, None)
    assert str(caught.value).endswith(str(renderer.pid))
    renderer.close()


def test_the_pdf_of_another_document_is_never_given(tmp_path: Path) -> None:
    renderer = stand_in(tmp_path, "say({'asked': asked - 1}, b'of the one before')")
    with pytest.raises(RenderFailed, match="another question"):
        renderer.render(FACE, None)
    renderer.close()


def test_an_interrupted_document_does_not_answer_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renderer = stand_in(tmp_path, "say({'asked': asked}, title.encode())")
    with monkeypatch.context() as patch:

        def interrupted(receive: object) -> None:
            raise KeyboardInterrupt

        patch.setattr(wire, "read", interrupted)
        with pytest.raises(KeyboardInterrupt):
            renderer.render(replace(FACE, title="first"), None)
    assert renderer.render(replace(FACE, title="second"), None) == b"second"
    renderer.close()


def test_threads_get_each_its_own_document(renderer: Renderer) -> None:
    numbers = [f"F001-{number}" for number in range(1, 13)]
    with ThreadPoolExecutor(4) as pool:
        pdfs = pool.map(lambda number: renderer.render(replace(FACE, number=number), None), numbers)
        for number, pdf in zip(numbers, pdfs, strict=True):
            assert number in text(pdf).split()


def test_a_closed_renderer_leaves_no_child(renderer: Renderer) -> None:
    renderer.render(FACE, None)
    child = renderer.pid
    assert child
    renderer.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_the_child_ends_with_its_parent() -> None:
    program = (
        "from tests.gateways.test_render import FACE\n"
        "from acuse.gateways.render import Renderer\n"
        "made = Renderer(); made.render(FACE, None); print(made.pid, flush=True)\n"
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    child = Path(f"/proc/{int(done.stdout)}")
    ended = threading.Event()
    for _ in range(500):
        if not child.exists() or "Z (" in (child / "status").read_text():
            return
        ended.wait(0.01)
    raise AssertionError("the child outlived its parent")


def test_the_child_has_neither_our_environment_nor_a_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    renderer = stand_in(
        tmp_path,
        "from acuse.gateways.confined import leave_the_network\n"
        "left = leave_the_network()\n"
        "links = sorted(os.listdir('/proc/self/net/')) and open('/proc/self/net/dev').read()\n"
        "say({'asked': asked}, repr((left, 'DATABASE_URL' in os.environ, links)).encode())",
    )
    left, knows, links = literal_eval(renderer.render(FACE, None).decode())
    renderer.close()
    assert not knows
    if not left:
        pytest.skip("this system lets no process leave the network")
    assert [line.split(":")[0].strip() for line in links.splitlines()[2:]] in ([], ["lo"])
