"""Nobody but this machine's own browser, with the token it was started with."""

from __future__ import annotations

import pytest

from equipcheck.desk import guard
from tests.desk.conftest import BASE, TOKEN, client_of

PATHS = ("/", "/api/report", "/api/project", "/files/section.docx", "/nothing")


def test_the_first_address_turns_the_token_into_a_cookie_that_scripts_cannot_read(sample):
    answer = client_of(sample, known=False).get("/", params={"token": TOKEN})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"  # the token leaves the address bar
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("path", PATHS)
def test_without_the_cookie_nothing_is_told(sample, path):
    stranger = client_of(sample, known=False)
    assert stranger.get(path).status_code == 403
    cookie = guard.Guard(None, TOKEN).cookie
    assert stranger.get(path, headers={"cookie": f"{cookie}={'x' * 43}"}).status_code == 403
    assert stranger.get("/", params={"token": "x" * 43}).status_code == 403
    assert stranger.get("/api/report", params={"token": TOKEN}).status_code == 403  # the first address alone


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8123", "192.168.1.5:8123", ""])
def test_a_host_that_is_not_this_machine_is_refused(client, host):
    assert client.get("/api/project", headers={"host": host}).status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:8123", "localhost:8123", "[::1]:8123"])
def test_the_names_of_this_machine_are_known(client, host):
    assert guard.own_host(host)


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1.evil.example:8123"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site", "origin": BASE},
    ],
)
def test_a_write_from_another_page_is_refused_and_changes_nothing(client, sample, headers):
    before = {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()}
    assert client.put("/api/project", json={}, headers=headers).status_code == 403
    assert client.post("/api/decisions", json=[], headers=headers).status_code == 403
    files = {"files": ("台账.csv", b"x")}
    assert client.post("/api/ledgers", files=files, headers=headers).status_code == 403
    assert {path: path.read_bytes() for path in sample.rglob("*") if path.is_file()} == before


def test_a_write_from_our_own_page_and_from_a_plain_program_passes(client):
    ours = {"origin": BASE, "sec-fetch-site": "same-origin"}
    assert client.post("/api/decisions", json=[], headers=ours).status_code == 200
    assert client.post("/api/decisions", json=[]).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_policy(client, path):
    headers = client.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_an_upload_is_capped_whatever_its_length_says(client, monkeypatch):
    monkeypatch.setattr(guard, "MAX_BODY", 1000)
    assert client.put("/api/project", content=b"x" * 1001).status_code == 413

    def parts():
        yield b"x" * 600
        yield b"x" * 600

    assert client.put("/api/project", content=parts()).status_code == 413  # chunked: no length at all


def test_two_desks_on_one_machine_keep_their_own_cookies():
    one, other = guard.Guard(None, "a" * 43), guard.Guard(None, "b" * 43)
    assert one.cookie != other.cookie
    assert "a" * 8 not in one.cookie


def test_a_page_that_only_watches_keeps_no_desk_alive(client):
    desk = client.app
    desk.last = 0.0
    assert client.get("/api/state").status_code == 200
    assert desk.last == 0.0
    assert client.get("/api/project").status_code == 200
    assert desk.last > 0.0
