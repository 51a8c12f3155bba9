"""Loads that are cut, refused, slowed down or stopped: what is told, and that the same command finishes them.

The seed of the random cuts is told when one fails; ``KG_SOAK_CUTS`` asks for more of them.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from faultproxy import Fault, cutting, erring
from kg.errors import KgError, LimitError, RemoteError
from kg.stores import loading
from kg.stores.files import GraphFiles
from kg.stores.report import GRAPHS, STAGING
from running import environment
from servers import Server, oxigraph

pytestmark = pytest.mark.server
CUTS = int(os.environ.get("KG_SOAK_CUTS", "5"))


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many requests, and little patience with a store that is gone."""
    monkeypatch.setattr(loading, "CHUNK", 400)
    monkeypatch.setattr("kg.stores.http.FIRST_WAIT", 0.02)


def held(server: Server) -> dict[str, int]:
    return server.remote().held("https://w3id.org/aces/kg/")


def triples(server: Server, graph: str) -> set[str]:
    with server.remote().writer() as writer, writer.triples(graph) as found:
        return {str(triple) for triple in found}


def bytes_of_a_load(server: Server, files: GraphFiles) -> int:
    """How much a whole load into an empty store sends."""
    with cutting(server.dataset, None, stays_down=False) as (proxy, address):
        assert loading.load(server.remote(address), files).equal
        return proxy.passed


def emptied(server: Server) -> None:
    remote = server.remote()
    with remote.writer() as writer:
        for graph in held(server):
            writer.drop(graph)


@pytest.mark.parametrize("before", ["empty", "old"])
def test_a_load_that_was_cut_anywhere_is_finished_by_one_more(
    before: str, empty: Server, files: GraphFiles
) -> None:
    whole = bytes_of_a_load(empty, files)
    seed = random.randrange(1 << 30)
    dice = random.Random(seed)
    for cut in range(CUTS if before == "empty" else max(1, CUTS // 3)):
        emptied(empty)
        old = set()
        if before == "old":
            with empty.remote().writer() as writer:
                for graph in files.graph_names():
                    writer.add(graph, b"<urn:old> <urn:is> <urn:here> .\n")
            old = triples(empty, f"{GRAPHS}ontology")
        where = dice.randrange(whole)
        told = f"seed {seed}, cut {cut} at {where}"
        with cutting(empty.dataset, where, stays_down=True) as (proxy, address):
            try:
                loading.load(empty.remote(address), files)
            except KgError as error:
                assert error.exit_code == 5
                assert "\n" not in error.line()
            else:
                assert not proxy.cuts, f"{told}: a load that was cut is not told"
        if before == "old":
            new = {str(quad.triple) for quad in files.quads(f"{GRAPHS}ontology")}
            assert triples(empty, f"{GRAPHS}ontology") in (old, new), told
        report = loading.load(empty.remote(), files)
        assert report.equal, f"{told}: {report.text()}"
        assert [graph for graph in held(empty) if graph.startswith(STAGING)] == []


def test_a_line_that_breaks_once_is_mended_within_the_load(empty: Server, files: GraphFiles) -> None:
    whole = bytes_of_a_load(empty, files)
    emptied(empty)
    with cutting(empty.dataset, whole // 3, stays_down=False) as (proxy, address):
        report = loading.load(empty.remote(address), files)
        assert proxy.cuts == 1
    assert report.equal, report.text()


def test_a_server_that_is_killed_while_it_is_loaded_is_finished_by_one_more(
    empty: Server, files: GraphFiles
) -> None:
    sent = itertools.count()

    def watch(graph: str, size: int) -> None:
        if next(sent) == 6:
            empty.stop(kill=True)

    with pytest.raises(RemoteError, match="graphs are loaded"):
        loading.load(empty.remote(), files, watch)
    empty.start()
    report = loading.load(empty.remote(), files)
    assert report.equal, report.text()


# --- what one kind of store is enough for -------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Server]:
    with oxigraph(tmp_path / "store") as server:
        yield server


class Sometimes:
    """A fault for the n-th writing request and some after it."""

    def __init__(self, fault: Fault, first: int, times: int = 1_000_000) -> None:
        self.fault, self.first, self.times, self.seen = fault, first, times, 0

    def __call__(self, method: str, path: str, body: bytes) -> Fault | None:
        if method != "POST" or not path.startswith("/store"):
            return None
        self.seen += 1
        return self.fault if self.first <= self.seen < self.first + self.times else None


@pytest.mark.parametrize("status", [429, 503])
def test_a_store_that_asks_for_time_gets_it(status: int, store: Server, files: GraphFiles) -> None:
    fault = Fault(status, {"Retry-After": "1"})
    start = time.monotonic()
    with erring(store.dataset, Sometimes(fault, 3, times=2)) as (proxy, address):
        assert loading.load(store.remote(address), files).equal
        assert proxy.faults == 2
    assert time.monotonic() - start >= 2


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (401, "KG_STORE_USER"),
        (403, "KG_STORE_USER"),
        (404, "this is its address"),
        (413, "take longer requests"),
        (503, "try later"),
        (507, "make room"),
    ],
)
def test_a_refusal_half_way_tells_what_is_loaded_and_the_same_command_finishes(
    status: int, advice: str, store: Server, files: GraphFiles
) -> None:
    with (
        erring(store.dataset, Sometimes(Fault(status), 5)) as (_, address),
        pytest.raises(RemoteError, match=str(status)) as caught,
    ):
        loading.load(store.remote(address), files)
    line = caught.value.line()
    assert advice in line
    assert "graphs are loaded" in line and "the same command again goes on from there" in line
    assert loading.load(store.remote(), files).equal


@pytest.mark.parametrize("status", [413, 0], ids=["told", "cut off before it is told"])
def test_a_store_that_takes_only_short_requests_gets_short_ones(
    status: int, store: Server, files: GraphFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.stores.graphstore._LONG", 60_000)

    def choose(method: str, path: str, body: bytes) -> Fault | None:
        return Fault(status) if method == "POST" and len(body) > 60_000 else None

    with erring(store.dataset, choose) as (proxy, address):
        assert loading.load(store.remote(address), files).equal
        assert proxy.faults


def test_a_store_that_is_too_slow_is_a_limit_and_the_same_command_finishes(
    store: Server, files: GraphFiles
) -> None:
    with (
        erring(store.dataset, Sometimes(Fault(503, wait=3), 4)) as (_, address),
        pytest.raises(LimitError, match="graphs are loaded"),
    ):
        loading.load(store.remote(address, timeout=1), files)
    assert loading.load(store.remote(), files).equal


def test_ctrl_c_tells_what_is_loaded_and_the_same_command_finishes(
    store: Server, corpus: Path, files: GraphFiles
) -> None:
    words = [sys.executable, "-m", "kg", "--workspace", str(corpus), "load", "--to"]
    reached = threading.Event()

    def choose(method: str, path: str, body: bytes) -> Fault | None:
        if method == "POST" and path.startswith("/store") and b"graph/registry>" in body:
            reached.set()
            return Fault(503, wait=20)
        return None

    with erring(store.dataset, choose) as (_, address):
        child = subprocess.Popen(
            [*words, address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
        )
        assert reached.wait(60)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=30)
    assert (child.returncode, out) == (130, "")
    assert "of 9 graphs are loaded, analysis is not" in err
    assert "Traceback" not in err
    assert loading.load(store.remote(), files).equal


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can make a small disk")
def test_a_full_disk_of_the_server_is_told_and_the_same_command_finishes(
    tmp_path: Path, files: GraphFiles
) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(small)], capture_output=True, check=False
    )
    if mount.returncode:
        pytest.skip("no small disk can be made here")
    try:
        with oxigraph(small) as server:
            filler = small / "filler"
            with filler.open("wb") as file:
                while file.tell() < 1 << 26:
                    try:
                        file.write(bytes(1 << 16))
                        file.flush()
                    except OSError:
                        break
            with pytest.raises(RemoteError, match=r"graphs are loaded|cannot be reached") as caught:
                loading.load(server.remote(), files)
            assert "\n" not in caught.value.line()
            filler.unlink()
            server.stop(kill=True)
            server.start()
            assert loading.load(server.remote(), files).equal
    finally:
        subprocess.run(["umount", "-l", str(small)], check=True)


def test_a_password_is_in_no_message_and_no_log(
    store: Server, files: GraphFiles, caplog: pytest.LogCaptureFixture
) -> None:
    from kg.stores.remote import RemoteStore

    caplog.set_level("DEBUG")
    with erring(store.dataset, Sometimes(Fault(401), 3)) as (_, address):
        host = urlsplit(address).netloc
        remote = RemoteStore(f"http://{host}", credentials=("zoe", "s3cret"))
        with pytest.raises(RemoteError) as caught:
            loading.load(remote, files)
    for text in (caught.value.line(), repr(caught.value), caplog.text):
        assert "s3cret" not in text
