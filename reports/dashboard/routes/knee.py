"""Pages of what the knee felt: check-in, log, weekly questionnaire."""

from __future__ import annotations

from datetime import date

from fastapi import HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from reports.dashboard.access import OWNER, reader
from reports.dashboard.forms import Sent, word, words
from reports.dashboard.pages import Pages
from reports.dashboard.refusals import Refused
from reports.dashboard.rendering import render
from reports.dashboard.store import store_of
from reports.dashboard.viewer import Scope
from reports.dashboard.views import knee as view

pages = Pages()
FIELDS = (
    *("day", "pain_running", "pain_after", "pain_next_morning", "side", "onset", "can_bear_weight"),
    *("after_trauma", "note"),
)


@pages.show("/a/{athlete}/checkin", OWNER)
def check_in(request: Request, athlete: str, day: str = "") -> Response:
    log = store_of(request).knee.log(athlete)
    return render(request, "knee/checkin.html.j2", form=view.form(log, _day(day) or log.today), refusal="")


@pages.take("/a/{athlete}/checkin", OWNER)
def tell(request: Request, athlete: str, sent: Sent) -> Response:
    told = {name: word(sent, name) for name in FIELDS} | {"symptoms": ";".join(words(sent, "symptom"))}
    knee = store_of(request).knee
    try:
        day = knee.tell(athlete, told)
    except Refused as error:
        log = knee.log(athlete)
        form = view.form_of(log, told)
        return render(request, "knee/checkin.html.j2", 422, form=form, refusal=str(error))
    return RedirectResponse(f"/a/{athlete}/pain?told={day}", status_code=303)


@pages.show("/a/{athlete}/pain", reader(Scope.PAIN))
def pain(request: Request, athlete: str, told: str = "") -> Response:
    log = store_of(request).knee.log(athlete)
    return render(request, "knee/pain.html.j2", log=view.log_page(log), told=_day(told) is not None)


@pages.take("/a/{athlete}/pain/forget", OWNER)
def forget(request: Request, athlete: str, sent: Sent) -> Response:
    day = _day(word(sent, "day"))
    if day is None:
        raise HTTPException(422, "That is not a day.")
    store_of(request).knee.forget(athlete, day)
    return RedirectResponse(f"/a/{athlete}/pain", status_code=303)


@pages.show("/a/{athlete}/ostrc", OWNER)
def questionnaire(request: Request, athlete: str) -> Response:
    return render(request, "knee/ostrc.html.j2", athlete=athlete, questions=view.questionnaire(), refusal="")


@pages.take("/a/{athlete}/ostrc", OWNER)
def answer(request: Request, athlete: str, sent: Sent) -> Response:
    answers = [word(sent, name) for name, _ in view.QUESTIONS]
    try:
        store_of(request).knee.answer(athlete, "", answers)
    except Refused as error:
        asked = view.questionnaire(answers)
        shown = {"athlete": athlete, "questions": asked, "refusal": str(error)}
        return render(request, "knee/ostrc.html.j2", 422, **shown)
    return RedirectResponse(f"/a/{athlete}/pain?told=1", status_code=303)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
