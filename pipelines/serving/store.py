"""The store behind the web pages: each group of pages is answered by a file of its own, gathered here."""

from __future__ import annotations

from pipelines.errors import KneewiseError
from pipelines.logbook import consents, tokens
from pipelines.serving.accounts import Accounts
from pipelines.serving.coaching import Coaching
from pipelines.serving.files import Files
from pipelines.serving.histories import Histories
from pipelines.serving.jobs import Jobs
from pipelines.serving.knee import Knee
from pipelines.serving.links import Links
from pipelines.serving.notes import Notes
from pipelines.serving.own_data import OwnData
from pipelines.serving.plans import Plans
from pipelines.serving.profile import Profile
from pipelines.serving.reach import Reach
from pipelines.serving.runs import Runs
from pipelines.serving.sharing import SharedWith
from pipelines.serving.shoes import Shoes
from pipelines.serving.summaries import Summaries
from pipelines.serving.weeks import Weeks
from pipelines.up import standing
from reports.dashboard.store import Health, TokenHolder
from reports.dashboard.viewer import Viewer


class ServedStore:
    """Answers ``reports.dashboard.store.Store``. A group of pages adds one line to ``__init__``:
    ``self.weeks = Weeks(reach)``."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self.accounts = Accounts(reach.logbook)
        self.links = Links(reach)
        self.summaries = Summaries(reach)
        self.files = Files(reach)
        self.knee = Knee(reach)
        self.runs = Runs(reach)
        self.histories = Histories(reach)
        self.plans = Plans(reach)
        self.profile = Profile(reach)
        self.own_data = OwnData(reach)
        self.sharing = SharedWith(reach)
        self.shoes = Shoes(reach)
        self.coaching = Coaching(reach)
        self.notes = Notes(reach)
        self.jobs = Jobs(reach)
        self.weeks = Weeks(reach)

    def viewer(self, session_token: str | None) -> Viewer | None:
        account = self.accounts.account_of(session_token)
        if account is None:
            return None
        logbook, now = self._reach.logbook, self._reach.settings.now()
        shared = consents.scopes_of_coach(logbook, account.id, now) if account.is_coach else {}
        return Viewer(account.id, account.name, account.athlete, account.is_coach, account.is_admin, shared)

    def token_holder(self, api_token: str) -> TokenHolder | None:
        found = tokens.check(self._reach.logbook, api_token, self._reach.settings.now())
        return None if found is None else TokenHolder(found.kind, found.athlete)

    def state(self) -> str:
        return self._reach.state()

    def health(self) -> Health:
        """Whether what pages are made from can be read; nothing of what is in it."""
        if self._reach.published.identity() is None:
            return Health.NOTHING_PUBLISHED
        try:
            with self._reach.published.reading():
                return Health.READABLE
        except KneewiseError:
            return Health.UNREADABLE

    def behind(self) -> tuple[str, ...] | None:
        """By name; None where ``kneewise up`` does not run, or was stopped in order."""
        settings = self._reach.settings
        found = standing.read(settings.standing_path)
        return None if found is None else found.behind(settings.now())

    def close(self) -> None:
        """Store what was not stored yet."""
        self.sharing.close()
