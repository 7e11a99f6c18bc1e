"""What the search box knows, and the rules that servers follow."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest
from novastatus import facts
from novastatus.addresses import addresses
from novastatus.evidence import read
from novastatus.finder import finder
from novastatus.redirects import files, lines, nginx

CATALOG = facts.read().catalog
DATA = json.loads(finder(CATALOG))
OTHERS = {"Unexpected API Error. Please contact the administrator", "The target host can't be the same one."}
"""What Nova also said, which tells nothing of a status."""
REFUSAL = re.compile(r"Cannot '([^']+)' instance")


def test_every_entry_leads_to_a_page():
    for entry in (*DATA["entries"], *DATA["errors"]):
        page, _, anchor = entry["url"].partition("#")
        assert page in addresses(CATALOG), entry
        assert not anchor or anchor in addresses(CATALOG)[page], entry


def test_every_section_has_an_entry():
    """So that its page is found in any case, and by its name."""
    sections = {entry["url"] for entry in DATA["entries"] if entry["kind"] == "page"}
    assert sections == {page for page in addresses(CATALOG) if page.count("/") == 2} | {"/actions/matrix/"}


def test_every_refusal_that_nova_gave_is_read():
    """In the browser too, `tests/browser/test_tools.py`: here, that the words of the other refusals are known."""
    policies, errors = DATA["policies"], [re.compile(error["says"], re.I | re.S) for error in DATA["errors"]]
    unread = {
        message["example"]
        for told in read().probe["34"]["guards"]["messages"].values()
        for message in told
        if not (found := re.search(r"Policy doesn't allow (\S+)", message["example"]))
        or found[1] not in policies
        if not any(error.search(message["example"]) for error in errors)
        if "Cannot '" not in message["example"] and "in an invalid state for" not in message["example"]
    }
    assert {example.split("\n")[0] for example in unread} == OTHERS, unread


def test_a_refusal_without_a_reason_has_one_of_three():
    """The finder names them: the server never ran, or is locked, or no task runs that the action needs."""
    reasons = {
        (message["names"], message["at"][0] if message["names"] == "locked" else message["at"][2])
        for told in read().probe["34"]["guards"]["messages"].values()
        for message in told
        if "in an invalid state for" in message["example"]
    }
    assert reasons == {("launched_at", None), ("locked", "locked_owner"), ("task_state", None)}


def test_every_refusal_that_nova_gave_names_an_action_we_know():
    """The words are those of the recorded refusals, so a pasted message always finds its action."""
    messages = read().probe["34"]["guards"]["messages"]
    unknown = {
        (action, found[1])
        for action, told in messages.items()
        for message in told
        if (found := REFUSAL.search(message["example"]))
        and action not in DATA["refusals"].get(found[1].lower(), [])
    }
    assert unknown == set()


def test_a_word_for_two_actions_is_told_apart_by_the_vm_state():
    """Only the soft reboot is refused in a stopped server; both are called reboot."""
    assert DATA["refusals"]["reboot"] == ["reboot-soft", "reboot-hard"]
    assert "stopped" in DATA["idle"]["reboot-hard"] and "stopped" not in DATA["idle"]["reboot-soft"]


def test_every_vm_state_has_its_status():
    assert DATA["status_by_vm_state"]["stopped"] == "SHUTOFF"
    assert set(DATA["status_by_vm_state"]) == set(CATALOG.vm_states)


def _server(uri: str) -> str | None:
    """Where the nginx rules send an address, as nginx reads them: prefixes marked ^~ first, then expressions."""
    rules = nginx(CATALOG)
    if any(uri.startswith(prefix) for prefix in re.findall(r"location \^~ (\S+) ", rules)):
        return None
    for pattern, target in re.findall(r'location ~\* "([^"]+)" \{ return 301 (\S+); \}', rules):
        if re.match(pattern, uri, re.IGNORECASE):
            return target
    return None


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/statuses/suspended/", "/statuses/SUSPENDED/"),
        ("/statuses/Shutoff", "/statuses/SHUTOFF/"),
        ("/statuses/suspended/index.html", "/statuses/SUSPENDED/"),
        ("/statuses/stopped/", "/statuses/SHUTOFF/"),
        ("/statuses/powered-off/", "/statuses/SHUTOFF/"),
        ("/statuses/hard reboot/", "/statuses/HARD_REBOOT/"),
        ("/statuses/shelved-offloaded/", "/statuses/SHELVED_OFFLOADED/"),
        ("/statuses/soft_delete/", "/statuses/SOFT_DELETED/"),
        ("/statuses/SUSPENDED/", None),
        ("/statuses/suspendet/", None),
    ],
)
def test_the_rules_for_nginx(asked, answer):
    assert _server(asked) == answer


def test_no_rule_stands_twice():
    sources = [line.split(" ")[0] for line in lines(CATALOG).splitlines()]
    patterns = [
        name for names in re.findall(r"/statuses/\(\?:([^)]*)\)", nginx(CATALOG)) for name in names.split("|")
    ]
    assert len(sources) == len(set(sources)) and len(patterns) == len(set(patterns))
    assert {"/statuses/hard-reboot/", "/statuses/soft_delete/", "/statuses/shelved_offloaded/"} <= {*sources}


def test_no_rule_leads_to_itself():
    for line in lines(CATALOG).splitlines():
        source, target, code = line.split(" ")
        assert code == "301" and source.rstrip("/") != target.rstrip("/") and target in addresses(CATALOG)


@pytest.mark.skipif(not shutil.which("nginx"), reason="nginx is not installed")
def test_nginx_itself_follows_them(tmp_path: Path):
    with closing(create_server(("127.0.0.1", 0))) as socket:
        port = socket.getsockname()[1]
    (tmp_path / "site/statuses/SHUTOFF").mkdir(parents=True)
    (tmp_path / "site/statuses/SHUTOFF/index.html").write_text("off")
    (tmp_path / "rules.conf").write_bytes(files(CATALOG)["redirects/nginx.conf"])
    (tmp_path / "nginx.conf").write_text(
        # As root nginx gives its workers another user, who may not read the test's folder.
        f"{'user root; ' if os.geteuid() == 0 else ''}daemon on; pid {tmp_path}/pid; error_log {tmp_path}/error.log; events {{}}\n"
        f"http {{ access_log off; client_body_temp_path {tmp_path}/b; proxy_temp_path {tmp_path}/p;\n"
        f"fastcgi_temp_path {tmp_path}/f; uwsgi_temp_path {tmp_path}/u; scgi_temp_path {tmp_path}/s;\n"
        f"server {{ listen 127.0.0.1:{port}; root {tmp_path}/site; include {tmp_path}/rules.conf; }} }}\n"
    )
    subprocess.run(["nginx", "-c", tmp_path / "nginx.conf"], check=True, capture_output=True)
    try:
        for asked in ("shutoff/", "shutoff/index.html", "STOPPED", "powered%20off/", "SHUTOFF/"):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/statuses/{asked}") as answer:
                assert answer.url.endswith("/statuses/SHUTOFF/") and answer.read() == b"off"
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/statuses/nothing/")
    finally:
        subprocess.run(
            ["nginx", "-c", tmp_path / "nginx.conf", "-s", "stop"], check=True, capture_output=True
        )
