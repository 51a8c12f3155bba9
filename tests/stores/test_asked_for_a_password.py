"""What a store asks of us, a password typed on a terminal, and what we ask of it, a certificate."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loopback import Reply, Server, serving
from running import Run, environment

Kg = Callable[..., Run]
YES = Reply(b'{"head": {}, "boolean": true}')


@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_store_that_wants_a_password_is_told_what_somebody_types_and_the_screen_is_not(
    corpus: Path, tmp_path: Path
) -> None:
    import pty

    with serving(Reply(status=401), Reply(status=403)) as server:
        main, terminal = pty.openpty()
        words = ["-m", "kg", "--workspace", str(corpus), "load", "--to", server.url]
        nobody = {"KG_STORE_USER": "", "NETRC": str(tmp_path / "none")}
        child = subprocess.Popen(
            [sys.executable, *words],
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            env=environment(**nobody),
            start_new_session=True,
        )
        os.close(terminal)
        told = shown(main, "name: ")
        os.write(main, b"zoe\n")
        told += shown(main, "password: ")
        time.sleep(0.2)  # it turns the echo off just after it asked
        os.write(main, b"s3cret\n")
        told += shown(main, "403")
        assert child.wait(60) == 5
        os.close(main)
    assert f"{server.url}/query wants to know who you are" in told
    assert "s3cret" not in told
    first, *others = server.asked
    assert "Authorization" not in first.headers
    assert {asked.headers["Authorization"] for asked in others} == {
        "Basic " + b64encode(b"zoe:s3cret").decode()
    }


def shown(terminal: int, words: str) -> str:
    """What stands on a terminal by the time that these words do."""
    told, deadline = "", time.monotonic() + 60
    while words not in told and time.monotonic() < deadline:
        try:
            told += os.read(terminal, 1 << 12).decode()
        except OSError:  # the other end is closed
            break
    assert words in told, told
    return told


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A file with a key and the certificate that it signed itself."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed, which makes the certificate")
    file = tmp_path / "self.pem"
    subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = [
        program,
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
        *subject,
    ]
    subprocess.run([*made, "-keyout", file, "-out", tmp_path / "cert.pem"], check=True, capture_output=True)
    with file.open("ab") as whole:
        whole.write((tmp_path / "cert.pem").read_bytes())
    return file


@pytest.fixture
def secured(certificate: Path) -> Iterator[tuple[Server, str]]:
    """A server behind TLS that says yes, and its address."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serving(YES) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        yield server, f"https://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize(
    "words", [("load", "--to"), ("load", "--verify-only", "--to"), ("sparql", "ASK {}", "--endpoint")]
)
def test_a_certificate_that_nobody_trusted_has_signed_is_refused_in_one_line(
    words: tuple[str, ...], secured: tuple[Server, str], kg: Kg
) -> None:
    server, address = secured
    run = kg(*words, address)
    assert run.is_one_line_fault(5)
    assert "certificate is not trusted" in run.err and "REQUESTS_CA_BUNDLE" in run.err
    assert server.asked == []


def test_graphs_are_not_sent_to_a_store_without_a_certificate_of_trust(
    secured: tuple[Server, str], corpus: Path
) -> None:
    from kg.errors import RemoteError
    from kg.stores.remote import RemoteStore

    server, address = secured
    with RemoteStore(address).writer() as writer, pytest.raises(RemoteError, match="not trusted"):
        writer.add("urn:g", b"<urn:a> <urn:b> <urn:c> .\n")
    assert server.asked == []


def test_a_certificate_of_ones_own_is_taken_where_it_is_named(
    secured: tuple[Server, str], certificate: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    assert kg("sparql", "ASK {}", "--endpoint", secured[1]).out == "true\n"
