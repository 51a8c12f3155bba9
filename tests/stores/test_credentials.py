"""Who we are to a store: from the environment or a netrc file, never from the command line, never shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.stores.credentials import find_credentials
from kg.stores.http import read_address
from kg.stores.presets import PRESETS, addresses_of, find_preset
from loopback import Reply, serving
from running import Run

Kg = Callable[..., Run]


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("KG_STORE_USER", raising=False)
    monkeypatch.delenv("KG_STORE_PASSWORD", raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))


def test_without_anything_nobody_is_named() -> None:
    assert find_credentials(read_address("http://127.0.0.1:1/kg")) is None


def test_the_environment_names_us(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_USER", "zoe")
    with pytest.raises(UsageError, match="KG_STORE_PASSWORD"):
        find_credentials(read_address("http://127.0.0.1:1/kg"))
    monkeypatch.setenv("KG_STORE_PASSWORD", "s3cret")
    assert find_credentials(read_address("http://127.0.0.1:1/kg")) == ("zoe", "s3cret")


def test_a_netrc_file_names_us_to_its_host_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "netrc"
    file.write_text("machine store.example login zoe password s3cret\n")
    file.chmod(0o600)
    monkeypatch.setenv("NETRC", str(file))
    assert find_credentials(read_address("https://store.example/kg")) == ("zoe", "s3cret")
    assert find_credentials(read_address("https://other.example/kg")) is None


@pytest.mark.parametrize("option", ["--to", "--query-url", "--update-url", "--graphs-url"])
def test_a_password_on_the_command_line_is_refused_and_not_repeated(option: str, kg: Kg) -> None:
    words = ["load", option, "http://zoe:s3cret@127.0.0.1:1/kg"]
    words += [] if option == "--to" else ["--to", "http://127.0.0.1:1"]
    run = kg(*words)
    assert run.is_one_line_fault(2)
    assert "s3cret" not in run.err and "zoe" not in run.err


@pytest.mark.parametrize("words", [["query", "claim-denials"], ["sparql", "ASK {}"]])
def test_a_password_in_an_endpoint_is_refused_too(words: list[str], kg: Kg) -> None:
    run = kg(*words, "--endpoint", "http://zoe:s3cret@127.0.0.1:1/sparql")
    assert run.is_one_line_fault(2)
    assert "s3cret" not in run.err


def test_a_name_goes_by_basic_authentication(monkeypatch: pytest.MonkeyPatch, kg: Kg) -> None:
    monkeypatch.setenv("KG_STORE_USER", "zoe")
    monkeypatch.setenv("KG_STORE_PASSWORD", "s3cret")
    with serving(Reply(b"no", 401, "text/plain")) as server:
        run = kg("load", "--to", f"{server.url}/query")
    assert run.is_one_line_fault(5)
    assert server.asked[0].headers["Authorization"].startswith("Basic ")
    assert "s3cret" not in run.err


def test_a_password_for_virtuoso_never_goes_in_clear(monkeypatch: pytest.MonkeyPatch, kg: Kg) -> None:
    monkeypatch.setenv("KG_STORE_USER", "zoe")
    monkeypatch.setenv("KG_STORE_PASSWORD", "s3cret")
    challenge = 'Digest realm="r", nonce="n", qop="auth", algorithm=MD5'
    with serving(Reply(b"no", 401, "text/plain", {"WWW-Authenticate": challenge})) as server:
        assert kg("load", "--to", server.url, "--store", "virtuoso").code == 5
    sent = [asked.headers.get("Authorization", "") for asked in server.asked]
    assert sent[0] == ""
    assert any(words.startswith("Digest ") for words in sent)
    assert not any(words.startswith("Basic ") for words in sent)


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("store", "given", "query", "update", "graphs"),
    [
        ("oxigraph", "http://h:7878", "/query", "/update", "/store"),
        ("oxigraph", "http://h:7878/query", "/query", "/update", "/store"),
        ("fuseki", "http://h:3030/kg", "/kg/query", "/kg/update", "/kg/data"),
        ("fuseki", "http://h:3030/kg/sparql", "/kg/query", "/kg/update", "/kg/data"),
        (
            "rdf4j",
            "http://h/rdf4j-server/repositories/kg",
            "/rdf4j-server/repositories/kg",
            "/rdf4j-server/repositories/kg/statements",
            "/rdf4j-server/repositories/kg/rdf-graphs/service",
        ),
        ("virtuoso", "http://h:8890", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
        ("virtuoso", "http://h:8890/sparql", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth"),
    ],
)
def test_a_preset_tells_the_addresses(store: str, given: str, query: str, update: str, graphs: str) -> None:
    address = read_address(given)
    found = addresses_of(PRESETS[store], address)
    assert found.update and found.graphs
    assert (found.query.path, found.update.path, found.graphs.path) == (query, update, graphs)
    assert find_preset(address).name in (store, "plain")


def test_an_address_that_tells_nothing_is_the_query_address_alone() -> None:
    address = read_address("http://h/sparql")
    found = addresses_of(find_preset(address), address)
    assert (found.query, found.update, found.graphs) == (address, None, None)


def test_options_that_do_not_go_together_are_refused(kg: Kg) -> None:
    for words in (["--dry-run"], ["--sync", "--verify-only"]):
        assert kg("load", "--to", "http://127.0.0.1:1", *words).is_one_line_fault(2)
