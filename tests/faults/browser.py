"""Somebody at a browser, as far as a server can tell: pages asked for, forms filled as they stand and sent."""

import http.client
import re
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

TOKEN = "t" * 32  # of the protection against forged forms; the cookie and the form agree
TIMEOUT = 40


@dataclass(frozen=True)
class Answer:
    """status, the address it leads to, and the page."""

    status: int
    to: str
    page: str

    @property
    def saved(self) -> bool:
        """Whether the server acknowledged what was sent: it leads away from the form, and not to the way in."""
        return self.status == 302 and "/sign-in" not in self.to

    @property
    def words(self) -> str:
        main = self.page[self.page.find("<main") :]
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


class Browser:
    def __init__(self, port: int, session: str = "") -> None:
        self.port, self.session = port, session

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, answers: dict[str, str]) -> Answer:
        """Send a form. Its token is that of the page it was opened on, where the answers hold one."""
        return self._ask("POST", path, urlencode({"csrfmiddlewaretoken": TOKEN} | answers))

    def send(self, path: str, answers: dict[str, str], *, name: str, content: bytes) -> Answer:
        """Send a form with a file, as its field of that name."""
        body = b""
        for key, words in ({"csrfmiddlewaretoken": TOKEN} | answers).items():
            body += f'--cut\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{words}\r\n'.encode()
        body += f'--cut\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        return self._ask("POST", path, body + content + b"\r\n--cut--\r\n", kind="multipart/form-data; boundary=cut")

    def _ask(
        self,
        method: str,
        path: str,
        body: str | bytes | None = None,
        *,
        kind: str = "application/x-www-form-urlencoded",
    ) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        headers = {"Cookie": f"csrftoken={TOKEN}; sessionid={self.session}"}
        if body is not None:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            return Answer(answer.status, answer.getheader("Location", ""), page)
        finally:
            connection.close()


def answers_of(page: str) -> dict[str, str]:
    """What the form of a page would send if nothing were changed."""
    main = page[page.find("<main") :]
    found: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", main):
        given = {name: unescape(value) for name, value in re.findall(r'([\w-]+)="([^"]*)"', tag)}
        if given.get("type") in {"radio", "checkbox"} and " checked" not in tag:
            continue
        if "name" in given:
            found[given["name"]] = given.get("value", "on")
    for name, words in re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', main, re.S):
        found[name] = unescape(words).strip()
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'<option[^>]*value="([^"]*)"[^>]*selected', options)
        found[name] = unescape(chosen[1]) if chosen else ""
    return found
