"""Who may have which route, as people decided it: a row for each, read by ``test_permissions``.

A new route needs a row here. ``{athlete}`` is Mara in all of them; Jonas is another athlete of the same
installation, and each coach got one scope of Mara, or none, and nothing of Jonas.
"""

from __future__ import annotations

ANONYMOUS, MARA, JONAS, ADMIN = "anonymous", "mara", "jonas", "admin"
COACH_OF_NOBODY, TRAINING, PAIN, BODY, POSITIONS = (
    *("coach of nobody", "coach with training", "coach with pain"),
    *("coach with body", "coach with positions"),
)
UPLOAD_TOKEN, READ_TOKEN = "upload token of mara", "read token of mara"
WITH_SCOPE = {TRAINING, PAIN, BODY, POSITIONS}
COACHES = {COACH_OF_NOBODY} | WITH_SCOPE
PEOPLE = {MARA, JONAS, ADMIN} | COACHES
# a token opens what is behind its own kind; elsewhere its holder is nobody
ANYONE = PEOPLE | {ANONYMOUS, UPLOAD_TOKEN, READ_TOKEN}

ROWS: dict[str, set[str]] = {
    # the way in
    "GET /health": ANYONE,
    "GET /login": ANYONE,
    "POST /login": ANYONE,
    "POST /logout": PEOPLE,
    "GET /setup/{token}": ANYONE,
    "POST /setup/{token}": ANYONE,
    "GET /invite/{token}": ANYONE,
    "POST /invite/{token}": ANYONE,
    "GET /links/{token}": ANYONE,
    "POST /links/{token}": ANYONE,
    "GET /": PEOPLE,
    "GET /account": PEOPLE,
    "POST /account/password": PEOPLE,
    "POST /account/sign-out-everywhere": PEOPLE,
    "GET /glossary": ANYONE,
    # admins
    "GET /admin": {ADMIN},
    "GET /admin/jobs": {ADMIN},
    "POST /admin/invitations": {ADMIN},
    "POST /admin/invitations/{number}/revoke": {ADMIN},
    "POST /admin/users/{account}/password-link": {ADMIN},
    "POST /admin/users/{account}/roles": {ADMIN},
    "POST /admin/users/{account}/disable": {ADMIN},
    "POST /admin/users/{account}/enable": {ADMIN},
    # programs
    "POST /api/upload": {UPLOAD_TOKEN},
    "GET /api/uploads/{receipt}": {UPLOAD_TOKEN},
    "GET /api/athletes/{athlete}/week": {READ_TOKEN},
    "GET /api/athletes/{athlete}/runs": {READ_TOKEN},
    "GET /api/athletes/{athlete}/shoes": {READ_TOKEN},
    "GET /api/openapi.json": ANYONE,
    "GET /api/docs": ANYONE,
    # an athlete's own, and what can be shared
    "GET /a/{athlete}": {MARA, TRAINING},
    "GET /a/{athlete}/week/{week}": {MARA, TRAINING},
    "GET /a/{athlete}/history": {MARA, TRAINING},
    "GET /a/{athlete}/shoes": {MARA, TRAINING},
    "POST /a/{athlete}/shoes": {MARA},
    "GET /a/{athlete}/shoes/{shoe}": {MARA, TRAINING},
    "POST /a/{athlete}/shoes/{shoe}": {MARA},
    "POST /a/{athlete}/shoes/{shoe}/retire": {MARA},
    "POST /a/{athlete}/shoe-rules": {MARA},
    "POST /a/{athlete}/shoe-rules/end": {MARA},
    "GET /a/{athlete}/checkin": {MARA},
    "POST /a/{athlete}/checkin": {MARA},
    "GET /a/{athlete}/pain": {MARA, PAIN},
    "POST /a/{athlete}/pain/forget": {MARA},
    "GET /a/{athlete}/ostrc": {MARA},
    "POST /a/{athlete}/ostrc": {MARA},
    "GET /a/{athlete}/calibration": {MARA, PAIN},
    "GET /a/{athlete}/data": {MARA},
    "POST /a/{athlete}/data/decide": {MARA},
    "POST /a/{athlete}/data/apart": {MARA},
    "GET /a/{athlete}/upload": {MARA},
    "POST /a/{athlete}/upload": {MARA},
    "GET /a/{athlete}/upload/{receipt}": {MARA},
    "GET /a/{athlete}/notes": {MARA},
    "GET /a/{athlete}/settings": {MARA},
    "POST /a/{athlete}/settings": {MARA},
    "POST /a/{athlete}/settings/injury": {MARA},
    "POST /a/{athlete}/settings/injury/forget": {MARA},
    "POST /a/{athlete}/settings/address": {MARA},
    "POST /a/{athlete}/settings/address/forget": {MARA},
    "POST /a/{athlete}/settings/messages": {MARA},
    "GET /a/{athlete}/runs/{activity}": {MARA, TRAINING},
    "POST /a/{athlete}/runs/{activity}/shoe": {MARA},
    "POST /a/{athlete}/runs/{activity}/effort": {MARA},
    "POST /a/{athlete}/runs/{activity}/surface": {MARA},
    "GET /a/{athlete}/plan": {MARA},
    "POST /a/{athlete}/plan/done": {MARA},
    "GET /a/{athlete}/privacy": {MARA},
    "POST /a/{athlete}/privacy/hide": {MARA},
    "POST /a/{athlete}/privacy/show": {MARA},
    "GET /a/{athlete}/tokens": {MARA},
    "POST /a/{athlete}/tokens": {MARA},
    "POST /a/{athlete}/tokens/revoke": {MARA},
    "GET /a/{athlete}/export": {MARA},
    "POST /a/{athlete}/export": {MARA},
    "GET /a/{athlete}/delete": {MARA},
    "POST /a/{athlete}/delete": {MARA},
    # who sees what
    "GET /a/{athlete}/sharing": {MARA},
    "POST /a/{athlete}/sharing/link": {MARA},
    "POST /a/{athlete}/sharing/link/back": {MARA},
    "POST /a/{athlete}/sharing/change": {MARA},
    "POST /a/{athlete}/sharing/end": {MARA},
    "GET /a/{athlete}/access-log": {MARA},
    "POST /a/{athlete}/give-back": WITH_SCOPE,
    "GET /share/{code}": PEOPLE,
    "POST /share/{code}": PEOPLE,
    # coaches
    "GET /calibration": COACHES,
    "GET /coach": COACHES,
    "GET /coach/compare": COACHES,
    "GET /coach/digest": COACHES,
    "POST /coach/digest/mail": COACHES,
    "GET /coach/notes/{athlete}": WITH_SCOPE,
    "POST /coach/notes/{athlete}": WITH_SCOPE,
    "POST /coach/notes/{athlete}/{number}/remove": WITH_SCOPE,
}
