"""The settings page: profile, injuries, messages; what is shared and kept has pages of its own."""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import OWNER
from reports.dashboard.forms import Sent, all_words, word, words
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.views import settings as view

pages = Pages()


@pages.show("/a/{athlete}/settings", OWNER)
def settings(request: Request, athlete: str, saved: str = "") -> Response:
    told = view.settings_page(store_of(request).profile.settings(athlete))
    return render(request, "settings/all.html.j2", page=told, sexes=view.SEXES, saved=bool(saved))


@pages.take("/a/{athlete}/settings", OWNER)
def change(request: Request, athlete: str, sent: Sent) -> Response:
    lists = {name: words(sent, name) for name in ("conditions", "equipment")}
    store_of(request).profile.change(athlete, all_words(sent), lists)
    return _back(athlete)


@pages.take("/a/{athlete}/settings/injury", OWNER)
def injury(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).profile.put_injury(athlete, all_words(sent))
    return _back(athlete)


@pages.take("/a/{athlete}/settings/injury/forget", OWNER)
def forget_injury(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).profile.drop_injury(athlete, all_words(sent))
    return _back(athlete)


@pages.take("/a/{athlete}/settings/address", OWNER)
def add_address(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).profile.add_address(athlete, word(sent, "address"))
    return _back(athlete)


@pages.take("/a/{athlete}/settings/address/forget", OWNER)
def remove_address(request: Request, athlete: str, sent: Sent) -> Response:
    number = word(sent, "number")
    if not number.isdecimal() or len(number) > 15:
        raise HTTPException(422, "That is no address of yours.")
    store_of(request).profile.remove_address(athlete, int(number))
    return _back(athlete)


@pages.take("/a/{athlete}/settings/messages", OWNER)
def messages(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).profile.choose(athlete, all_words(sent))
    return _back(athlete)


def _back(athlete: str) -> Response:
    return RedirectResponse(f"/a/{athlete}/settings?saved=yes", status_code=303)
