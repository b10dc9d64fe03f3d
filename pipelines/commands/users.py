"""``kneewise users``: who may sign in to the web pages, for whoever has this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands.options import HomeOption, JsonOption, opened
from pipelines.console import say, show_json, show_table
from pipelines.errors import KneewiseError

if TYPE_CHECKING:
    from pipelines.logbook.invitations import Role
    from pipelines.steps import Home

app = typer.Typer(no_args_is_help=True, help="Accounts of the web pages: list, invite, disable, roles.")
EmailArgument = Annotated[str, typer.Argument(metavar="EMAIL", help="The account's e-mail address.")]
USUAL_URL = "http://127.0.0.1:8080"


@app.command(name="list")
def list_(context: typer.Context, json: JsonOption = False, home: HomeOption = None) -> None:
    """Everyone who has an account, the oldest first, and how a coach's last digest ended."""
    from pipelines.logbook import accounts, digests

    with opened(context, home) as found:
        people = accounts.accounts(found.logbook)
        mailed = {d.account: f"{d.week} {d.state}" for d in digests.every(found.logbook)}
        mailed |= dict.fromkeys(digests.stopped(found.logbook), "off")
    if json:
        show_json(
            [
                {
                    "name": a.name,
                    "email": a.email,
                    "athlete": a.athlete,
                    "is_coach": a.is_coach,
                    "is_admin": a.is_admin,
                    "digest": mailed.get(a.id),
                    "created_at": a.created_at,
                    "disabled_at": a.disabled_at,
                }
                for a in people
            ]
        )
        return
    show_table(
        {
            "e-mail": "left",
            "name": "left",
            "athlete": "left",
            "coach": "left",
            "admin": "left",
            "digest": "left",
            "disabled": "left",
        },
        [
            (
                *(a.email, a.name, a.athlete, _yes(a.is_coach), _yes(a.is_admin)),
                mailed.get(a.id, ""),
                _yes(a.disabled_at is not None),
            )
            for a in people
        ],
        "No account yet. Start the web pages for the first one: kneewise serve",
    )


@app.command()
def invite(
    context: typer.Context,
    role: Annotated[str, typer.Argument(metavar="athlete|coach", help="What the account will be.")],
    email: Annotated[
        str | None, typer.Option("--email", help="The account is for this address alone.")
    ] = None,
    athlete: Annotated[
        str | None, typer.Option("--athlete", "-a", help="Whose runs it shows; else a new athlete's.")
    ] = None,
    home: HomeOption = None,
) -> None:
    """Print a link by which somebody makes an account. It works once, within fourteen days."""
    from pipelines.logbook import accounts

    if role not in ("athlete", "coach"):
        raise KneewiseError(f"invite an athlete or a coach, not {role!r}.")
    if athlete and role == "coach":
        raise KneewiseError("--athlete is for athletes: it says whose runs the account shows.")
    with opened(context, home) as found:
        told = accounts.check_email(email) if email else None
        person = found.logbook.athlete(athlete).id if athlete else None
        _say_link(found, "athlete" if role == "athlete" else "coach", email=told, athlete=person)


@app.command(name="reset-password")
def reset_password(context: typer.Context, email: EmailArgument, home: HomeOption = None) -> None:
    """Print a link to choose a new password. It works once, within a day; until then the old one holds."""
    from pipelines.logbook import accounts

    with opened(context, home) as found:
        _say_link(found, "password", account=accounts.by_email(found.logbook, email).id)


@app.command()
def disable(context: typer.Context, email: EmailArgument, home: HomeOption = None) -> None:
    """Sign somebody out everywhere and let them in no more. What is theirs stays."""
    from pipelines.logbook import accounts
    from pipelines.serving.accounts import real_time

    with opened(context, home) as found:
        account = accounts.by_email(found.logbook, email)
        accounts.disable(found.logbook, account.id, real_time())
    say(f"{account.email} is disabled.")


@app.command()
def enable(context: typer.Context, email: EmailArgument, home: HomeOption = None) -> None:
    """Let somebody in again."""
    from pipelines.logbook import accounts

    with opened(context, home) as found:
        account = accounts.by_email(found.logbook, email)
        accounts.enable(found.logbook, account.id)
    say(f"{account.email} can sign in again.")


@app.command(name="make-admin")
def make_admin(context: typer.Context, email: EmailArgument, home: HomeOption = None) -> None:
    """Let somebody invite and disable others. An admin sees nobody's runs or knees."""
    _add_role(context, email, home, is_admin=True)


@app.command(name="make-coach")
def make_coach(context: typer.Context, email: EmailArgument, home: HomeOption = None) -> None:
    """Let athletes share with somebody."""
    _add_role(context, email, home, is_coach=True)


@app.command()
def digest(
    context: typer.Context,
    email: EmailArgument,
    on: Annotated[bool, typer.Option("--on/--off", help="Whether they get it.")],
    home: HomeOption = None,
) -> None:
    """Whether a coach gets the weekly digest by mail: of what athletes share with them, on Monday mornings."""
    from pipelines.logbook import accounts, digests

    with opened(context, home) as found:
        coach = accounts.by_email(found.logbook, email)
        if not coach.is_coach:
            raise KneewiseError(f"{coach.email} is no coach. See: kneewise users make-coach {coach.email}")
        if on:
            digests.start(found.logbook, coach.id)
        else:
            digests.stop(found.logbook, coach.id, found.settings.now())
    say(f"{coach.email}: {'the digest on Monday mornings' if on else 'no digest'}.")


def _add_role(
    context: typer.Context, email: str, home: HomeOption, *, is_admin: bool = False, is_coach: bool = False
) -> None:
    from pipelines.logbook import accounts

    with opened(context, home) as found:
        one = accounts.by_email(found.logbook, email)
        roles = {"is_admin": one.is_admin or is_admin, "is_coach": one.is_coach or is_coach}
        accounts.set_roles(found.logbook, one.id, **roles)
    say(f"{one.email} is {'an admin' if is_admin else 'a coach'} now, and signs in anew.")


def _say_link(
    home: Home,
    role: Role,
    *,
    email: str | None = None,
    athlete: str | None = None,
    account: int | None = None,
) -> None:
    from pipelines.logbook import invitations
    from pipelines.serving.accounts import real_time

    token = invitations.invite(home.logbook, role, real_time(), email=email, athlete=athlete, account=account)
    base = (home.settings.public_url or USUAL_URL).rstrip("/")
    say(f"{base}/invite/{token}")
    if home.settings.public_url is None:
        say("If your pages are reached elsewhere, put that in place of the first part (setting public_url).")


def _yes(holds: bool) -> str:
    return "yes" if holds else ""
