"""What an attacker would try on the whole: headers, cookies, forged forms, redirects, names of files, formulas, floods."""

import csv
import os
import re
import subprocess
import sys
from email.message import Message
from io import StringIO
from typing import Any
from urllib.parse import quote, unquote

import pytest
from django.conf import settings as our
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import ClientHandler
from django.urls import resolve, reverse

from candour.kernel.evidence.models import File
from candour.kernel.intake.models import Staged
from candour.kernel.web.middleware import PERMISSIONS
from tests.everywhere.asking import PATTERNS, Answer, address_of, ask, everything, names_a_record, parameters
from tests.everywhere.world import World
from tests.evidence import samples
from tests.factories import a_risk

READ = "GET"
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "style-src 'self'",
    "script-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
}
SHUT = {"default-src 'none'", "sandbox"}


def every_address(world: World) -> list[str]:
    found = [reverse(name) for name in PATTERNS if not parameters(name)]
    found += [address_of(name, world.targets["seen"]) for name in PATTERNS if names_a_record(name)]
    found += [reverse(name, args=[world.staged.pk]) for name in PATTERNS if parameters(name) == {"pk"}]
    found += [f"/papers/risk-register/draft{more}" for more in ("", ".docx", ".html", ".txt", ".json")]
    found += ["/papers/risk-register/issue", "/papers/risk-register/office/2026-06-15/public/"]
    return [*found, "/nowhere", "/risks/office/Q9999/"]


@pytest.fixture(scope="module")
def walked(standing: World, django_db_blocker: Any) -> dict[str, dict[str, Answer]]:
    """What each of three answers to every address."""
    with django_db_blocker.unblock():
        return {
            actor: {address: ask(standing.client(actor), READ, address) for address in every_address(standing)}
            for actor in ("", "policy", "reader")
        }


@pytest.mark.once
@pytest.mark.parametrize("actor", ["", "policy", "reader"])
def test_every_answer_carries_the_headers_that_shut_the_browser_down(
    walked: dict[str, dict[str, Answer]], actor: str
) -> None:
    told = []
    for address, answer in walked[actor].items():
        headers = dict(answer.headers)
        policy = set(headers["Content-Security-Policy"].split("; "))
        same = {"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
        same |= {"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin"}
        same |= {"Permissions-Policy": PERMISSIONS}
        if policy not in (POLICY, SHUT) or any(headers.get(key) != value for key, value in same.items()):
            told.append((address, headers))
        told += [(address, name) for name in headers if name.startswith("Access-Control-")]
        if actor and "no-cache" not in headers.get("Cache-Control", "") and headers.get("Location") is None:
            told.append((address, headers.get("Cache-Control")))
    assert told == []


@pytest.mark.once
def test_no_page_holds_a_style_or_a_script_of_its_own(walked: dict[str, dict[str, Answer]]) -> None:
    inline = re.compile(rb"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|javascript:", re.IGNORECASE)
    told = []
    for address, answer in walked["policy"].items():
        if dict(answer.headers)["Content-Type"].startswith("text/html") and "draft.html" not in address:
            told += [(address, found) for found in inline.findall(answer.body)]
    assert told == []


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world: World) -> None:
    client = Client()
    client.get("/sign-in")
    client.post("/sign-in", {"role": "policy"})
    session, token = client.cookies["sessionid"], client.cookies["csrftoken"]
    assert (session["httponly"], session["samesite"]) == (True, "Lax")
    assert (token["httponly"], token["samesite"]) == (True, "Lax")


def test_over_https_cookies_travel_no_other_way() -> None:
    """The setting is read when settings are, so this asks a Python of its own."""
    code = (
        "from candour.config import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.DEBUG);"
        "print(s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.KNOWN_COOKIE_NAME)"
    )
    env = os.environ | {"CANDOUR_HTTPS": "1"}
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)  # noqa: S603
    first, second = (line.split() for line in said.stdout.splitlines())
    assert first == ["True", "True", "True", "31536000", "False"]
    assert second == ["True", "__Host-sessionid", "__Host-csrftoken", "__Host-candour_known"]


@pytest.mark.parametrize("token", ["", "x" * 64])
def test_every_form_refuses_what_was_forged_and_changes_nothing(world: World, token: str) -> None:
    client = world.client("policy")
    client.handler = ClientHandler(enforce_csrf_checks=True)
    before, told = everything(), []
    places = [
        address for address in every_address(world) if not address.startswith(("/nowhere", "/risks/office/Q9999"))
    ]
    posts = [address for address in places if "POST" in page_at(address).methods]
    assert len(posts) >= 20
    for address in posts:
        response = client.post(address, {"csrfmiddlewaretoken": token})
        if response.status_code != 403:
            told.append((address, response.status_code))
    assert (told, everything() == before) == ([], True)


def page_at(address: str) -> Any:
    return resolve(address).func.page  # type: ignore[attr-defined]


ELSEWHERE = ["https://evil.example/", "//evil.example", "///evil.example", r"/\evil.example", r"\\evil.example"]
ELSEWHERE += [
    "http:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "\t//evil.example",
    "/\t/evil.example",
]
ELSEWHERE += ["https:/evil.example", "data:text/html,x", "//testserver@evil.example", "\x00//evil.example", "////"]


@pytest.mark.parametrize("place", ELSEWHERE)
def test_signing_in_leads_to_no_other_site(world: World, place: str) -> None:
    assert world.client("").post("/sign-in", {"role": "policy", "next": place})["Location"] == "/"


@pytest.mark.parametrize("place", ["//evil.example/risks/", "//evil.example", "/%2f%2fevil.example", "/risks"])
@pytest.mark.parametrize("actor", ["", "policy"])
def test_no_address_leads_to_another_site(world: World, actor: str, place: str) -> None:
    location = raw(world.client(actor), place).headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def raw(client: Client, path: str) -> Any:
    """A request whose path the client does not read as an address."""
    return client.generic("GET", "/", **{"PATH_INFO": unquote(path)})


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:80@evil.example"])
def test_another_host_is_refused(world: World, host: str) -> None:
    assert world.client("policy").get("/risks/", HTTP_HOST=host).status_code == 400


CLIMBS = ["/static/../settings.py", "/static/%2e%2e/%2e%2e/config/settings.py", "/static/..%2f..%2fsettings.py"]
CLIMBS += ["/papers/risk-register/office/2026-06-15/public/..%2f..%2fsettings.txt", "/static//etc/passwd"]
CLIMBS += [
    "/papers/..%2f../draft",
    "/records/risk/office/..%2f..%2fetc%2fpasswd/files/1",
    "/risks/office/../../etc/passwd/",
]


@pytest.mark.parametrize("place", CLIMBS)
def test_no_address_climbs_out(world: World, place: str) -> None:
    assert raw(world.client("policy"), place).status_code == 404


NAMES = [
    "../../../etc/passwd.pdf",
    "..\\..\\boot.pdf",
    "/etc/cron.d/x.pdf",
    "a\r\nSet-Cookie: x=1.pdf",
    'a"; filename="b.html.pdf',
]
NAMES += [
    "a\u202efdp.exe.pdf",
    "CON.pdf",
    "." + "a" * 400 + ".pdf",
    "é\u0301 ☃ 文.pdf",
    "a;b=c.pdf",
    "%00.pdf",
    "<img src=x>.pdf",
    "a\u2028b.pdf",
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_names_a_file_and_nothing_else(world: World, name: str) -> None:
    target, client = world.targets["hidden"], world.client("policy")
    content = samples.PDF + repr(name).encode()
    assert upload(client, address_of("file-new", target), name, content).status_code == 302
    file = File.objects.latest("pk")
    assert not set(file.name) & set("/\\\r\n\x00\u202e\u2028")
    assert len(file.name) <= 200
    got = client.get(address_of("file", target, number=file.pk))
    assert b"".join(got.streaming_content) == content  # type: ignore[attr-defined]
    said = Message()
    said["Content-Disposition"] = got.headers["Content-Disposition"]
    assert (said.get_content_disposition(), said.get_filename()) == ("attachment", file.name)
    page = client.get(f"/risks/{target.organisation}/{target.reference}/").content
    assert b"<img src=x>" not in page


def upload(client: Client, place: str, name: str, content: bytes) -> Any:
    """A form as a hostile program would write it: the name of the file as it is, in UTF-8."""
    written = name.replace('"', '\\"').replace("\r", "%0D").replace("\n", "%0A")
    body = (
        b'--cut\r\nContent-Disposition: form-data; name="reason"\r\n\r\nIt shows it\r\n--cut\r\n'
        b'Content-Disposition: form-data; name="file"; filename="' + written.encode() + b'"\r\n'
        b"Content-Type: text/html\r\n\r\n" + content + b"\r\n--cut--\r\n"
    )
    return client.post(place, body, content_type="multipart/form-data; boundary=cut")


HOSTILE = {
    "page.pdf": b"<html><script>alert(1)</script>",
    "page.txt": b"<!doctype html><script>alert(1)</script>",
    "drawing.csv": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "page.html": b"<p>Hello",
    "drawing.svg": b"<svg/>",
    "run.exe": samples.EXE,
    "run.pdf": samples.EXE,
    "bomb.docx": samples.bomb(2**31),
    "swollen.docx": samples.swollen_list(20_000_000),
    "crowded.xlsx": samples.crowded(3000),
    "damaged.docx": samples.damaged(),
    "empty.pdf": b"",
    "noname": b"%PDF-1.7",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_taken_neither_as_evidence_nor_as_a_paper(world: World, name: str) -> None:
    client, before = world.client("policy"), (File.objects.count(), Staged.objects.count())
    place = address_of("file-new", world.targets["seen"])
    assert client.post(place, {"file": SimpleUploadedFile(name, HOSTILE[name]), "reason": "Why"}).status_code in {
        200,
        422,
    }
    sent = {"paper": SimpleUploadedFile(name, HOSTILE[name]), "effective": ""}
    assert client.post("/papers-in/", sent).status_code in {200, 422}
    assert (File.objects.count(), Staged.objects.count()) == before


def test_an_upload_over_the_limit_is_refused_with_words(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.FILE_LIMIT = 100_000
    client, before = world.client("policy"), File.objects.count()
    big = SimpleUploadedFile("big.pdf", samples.PDF + b"0" * 400_000)
    response = client.post(address_of("file-new", world.targets["seen"]), {"file": big, "reason": "Why"})
    assert (response.status_code, File.objects.count()) == (200, before)


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil.example")', "＝1+1", "＠SUM(A1)"]


def test_no_cell_of_a_download_is_a_formula(world: World) -> None:
    for number, formula in enumerate(FORMULAS):
        a_risk(world.house, reference=f"{formula[:40]}{number}", title=formula)
    body = ask(world.client("policy"), READ, "/risks/download.csv").body.decode("utf-8-sig")
    rows = list(csv.reader(StringIO(body)))
    assert len(rows) > len(FORMULAS)
    assert [cell for row in rows for cell in row if cell.strip("\ufeff").startswith(tuple("=+-@\t\r\n＝＋－＠"))] == []


LONG = "a" * 1_000_000


@pytest.mark.parametrize(
    "place", ["/search?q={}", "/risks/?q={}", "/risks/?status={}", "/risks/?as_at={}", "/risks/?sort={}"]
)
@pytest.mark.parametrize("words", [LONG, "a " * 500_000, "9" * 5000, "\u0301" * 100_000])
def test_a_very_long_question_is_answered(world: World, place: str, words: str) -> None:
    assert ask(world.client("policy"), READ, place.format(quote(words))).status == 200


NUMBERS = ["0", "-1", "99999999999999999999", "1e9", "٣", "²", "", "x", "1.5", "9" * 4000]


@pytest.mark.parametrize(
    "place",
    [
        "/risks/?page={}",
        "/search?q=a&page={}",
        "/history/?page={}",
        "/actions/?page={}",
        "/risks/?impact={}",
        "/risks/?owner={}",
        "/papers-in/?page={}",
    ],
)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_that_is_none_is_answered(world: World, place: str, number: str) -> None:
    assert ask(world.client("policy"), READ, place.format(quote(number))).status in {200, 404}


NAUGHT = [
    "/risks/office/%00/",
    "/risks/?q=%00",
    "/risks/?body=%00",
    "/search?q=%00",
    "/papers/risk-register/draft?organisation=%00",
]
NAUGHT += [
    "/risks/office/a%00b/history/",
    "/records/risk/office/%00/files/1",
    "/sign-in?next=%00",
    "/risks/?as_at=%00",
    "/risks/?owner=%00",
]
NAUGHT += [
    "/risks/new/?body=%00",
    "/risks/office/Q0001/?as_at=%00",
    "/risks/office/Q0001/history/?post=%00",
    "/risks/%ff%fe/x/",
]


@pytest.mark.parametrize("place", NAUGHT)
def test_a_nought_byte_is_answered_like_any_other_word(world: World, place: str) -> None:
    assert ask(world.client("policy"), READ, place).status in {200, 400, 404}


def test_a_nought_byte_as_a_role_signs_nobody_in(world: World) -> None:
    assert world.client("").post("/sign-in", {"role": "\x00"}).status_code in {302, 400}


def test_too_many_answers_and_too_long_ones_are_refused(world: World) -> None:
    client, before = world.client("policy"), everything()
    place = address_of("risk-wording", world.targets["seen"])
    assert client.post(place, {f"field{number}": "1" for number in range(10_000)}).status_code == 400
    assert client.post(place, {"title": "a" * 3_000_000}).status_code == 400
    given = dict.fromkeys(("source", "event", "effect", "context"), "") | {"title": "a" * 100_000, "reason": "Why"}
    assert client.post(place, given).status_code == 422
    assert everything() == before


def test_nobody_reads_settings_that_tell(world: World) -> None:
    assert our.DEBUG is False
    assert b"Traceback" not in ask(world.client("policy"), READ, "/nowhere").body
