from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory

from candour.kernel.rules import Overtaken
from candour.kernel.web.page import ANYONE, SIGNED_IN, Page, page, pages
from tests.web import urls
from tests.web.actors import NOBODY, READER, SEER, request_as

pytestmark = pytest.mark.urls("tests.web.urls")


def test_an_open_page_opens_to_nobody_in_particular() -> None:
    assert urls.open_page(request_as(None)).content == b"open"
    assert urls.open_page(request_as(NOBODY)).content == b"open"


@pytest.mark.parametrize("actor", [None, NOBODY])
@pytest.mark.parametrize("view", [urls.known_page, urls.seen_page])
def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(view, actor) -> None:
    response = view(request_as(actor, "/seen?band=high&page=2"))
    assert (response.status_code, response["Location"]) == (302, "/sign-in?next=%2Fseen%3Fband%3Dhigh%26page%3D2")


def test_a_page_for_those_signed_in_opens_to_any_post() -> None:
    assert urls.known_page(request_as(READER)).content == b"known"


def test_a_page_opens_to_the_permission_it_names() -> None:
    assert urls.seen_page(request_as(SEER)).content == b"seen"


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_without_the_permission_a_page_is_not_there_whatever_the_method(method) -> None:
    with pytest.raises(Http404):
        urls.seen_page(request_as(READER, method=method))


def test_a_method_that_a_page_does_not_answer_gives_405_and_says_which_it_answers() -> None:
    response = urls.seen_page(request_as(SEER, method="DELETE"))
    assert (response.status_code, response["Allow"]) == (405, "GET, POST, HEAD")


def test_head_is_answered_where_get_is() -> None:
    assert urls.seen_page(request_as(SEER, method="HEAD")).status_code == 200


def test_an_act_refused_inside_a_page_gives_403_with_the_permission_it_needs() -> None:
    response = urls.seen_page(request_as(SEER, method="POST"))
    assert response.status_code == 403
    assert "<b>tests.change</b>" in response.content.decode()


def test_what_somebody_sees_is_kept_by_no_shared_cache() -> None:
    assert urls.seen_page(request_as(SEER))["Cache-Control"] == "private, no-cache"
    assert not urls.open_page(request_as(NOBODY)).has_header("Cache-Control")


def test_the_day_is_set_unless_something_has_set_another() -> None:
    request = request_as(SEER)
    request.today = date(2025, 10, 16)
    urls.seen_page(request)
    assert request.today == date(2025, 10, 16)
    assert request.now.tzinfo is not None


def test_every_declared_page_is_listed_with_who_may_open_it() -> None:
    listed = {found.view: found for found in pages()}
    assert listed["tests.web.urls.seen_page"] == Page("tests.web.urls.seen_page", "tests.see", ("GET", "POST", "HEAD"))
    assert listed["tests.web.urls.known_page"].who == SIGNED_IN
    assert urls.open_page.page.who == ANYONE


def test_a_view_keeps_its_name() -> None:
    assert page(ANYONE)(urls.open_page).__name__ == "open_page"


@pytest.mark.django_db
def test_a_missing_page_answers_the_same_bytes_each_time() -> None:
    first, second = Client().get("/nowhere"), Client().get("/nowhere")
    assert first.status_code == 404
    assert first.content == second.content
    assert b"csrf" not in first.content


@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_page_that_somebody_overtook_decides_anew_with_all_that_was_sent(times) -> None:
    assert urls.overtaken_page(_sent(times)).content == b"evidence"


def test_a_page_that_is_overtaken_time_and_again_says_so() -> None:
    with pytest.raises(Overtaken):
        urls.overtaken_page(_sent(3))


def _sent(times: int) -> HttpRequest:
    """A form with a file."""
    return RequestFactory().post("/", {"times": times, "file": SimpleUploadedFile("file.txt", b"evidence")})
