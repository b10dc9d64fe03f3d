"""Pages of the shoes: all pairs, one pair with its runs, rules."""

from __future__ import annotations

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import OWNER, reader
from reports.dashboard.forms import Sent, all_words, word
from reports.dashboard.pages import Pages
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope
from reports.dashboard.views import shoes as view

pages = Pages()


@pages.show("/a/{athlete}/shoes", reader(Scope.TRAINING))
def pairs(request: Request, athlete: str) -> Response:
    found = store_of(request).shoes.pairs(athlete)
    return render(request, "shoes/all.html.j2", page=view.page(found), choices=view.CHOICES)


@pages.take("/a/{athlete}/shoes", OWNER)
def add(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).shoes.add(athlete, all_words(sent))
    return _back(athlete)


@pages.show("/a/{athlete}/shoes/{shoe}", reader(Scope.TRAINING))
def pair(request: Request, athlete: str, shoe: str) -> Response:
    port = store_of(request).shoes
    found = port.pairs(athlete)
    card = view.card(found, shoe)
    if card is None:
        raise HTTPException(404)
    runs = view.runs(port.worn(athlete, shoe), found)
    edit = view.edit(found, shoe)
    return render(request, "shoes/one.html.j2", page=view.page(found), card=card, edit=edit, runs=runs)


@pages.take("/a/{athlete}/shoes/{shoe}", OWNER)
def change(request: Request, athlete: str, shoe: str, sent: Sent) -> Response:
    store_of(request).shoes.change(athlete, shoe, all_words(sent) | {"known": "yes"})
    return _back(athlete)


@pages.take("/a/{athlete}/shoes/{shoe}/retire", OWNER)
def retire(request: Request, athlete: str, shoe: str, sent: Sent) -> Response:
    store_of(request).shoes.retire(athlete, shoe, all_words(sent))
    return _back(athlete)


@pages.take("/a/{athlete}/shoe-rules", OWNER)
def add_rule(request: Request, athlete: str, sent: Sent) -> Response:
    store_of(request).shoes.add_rule(athlete, all_words(sent))
    return _back(athlete)


@pages.take("/a/{athlete}/shoe-rules/end", OWNER)
def end_rule(request: Request, athlete: str, sent: Sent) -> Response:
    number = word(sent, "number")
    if not number.isdecimal() or len(number) > 15:
        raise HTTPException(422, "That is no rule's number.")
    store_of(request).shoes.end_rule(athlete, int(number))
    return _back(athlete)


def _back(athlete: str) -> Response:
    return RedirectResponse(f"/a/{athlete}/shoes", status_code=303)
