"""Where the pages are reached: what follows for cookies, for hosts, and for who may send forms."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import URL, Headers

DEFAULT_PORT = {"https": ":443", "http": ":80"}
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Site:
    """``public_url`` is the address that people use, None for this computer alone; ``also`` are more host names."""

    public_url: str | None = None
    also: frozenset[str] = frozenset()

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach it through TLS: then cookies and the browser's memory are held to that."""
        return self.public_url is not None and self.public_url.lower().startswith("https://")

    @property
    def session_cookie(self) -> str:
        return self._cookie("kneewise_session")

    @property
    def form_cookie(self) -> str:
        """Of forms that are filled in before there is a session."""
        return self._cookie("kneewise_form")

    def is_host(self, host: str) -> bool:
        """Whether a Host header names this site; anything else may be somebody's trick."""
        name = None if "@" in host else _split(f"//{host}")[2]
        return name is not None and (name in LOOPBACK | self.also or name == self._public[2])

    def address(self, host: str) -> str:
        """What a link begins with that is to be sent to somebody; ``host`` is by what it was reached just now."""
        return (self.public_url or f"http://{host}").rstrip("/")

    def is_own(self, headers: Headers) -> bool:
        """Whether a form was sent by a page of this site, as far as the browser says who sent it."""
        if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        if origin is None:
            return True
        scheme, place, _ = _split(origin)
        if self.public_url is not None and (scheme, place) == self._public[:2]:
            return True
        host = headers.get("host", "")
        is_public_host = _split(f"//{host}")[2] == self._public[2]
        return place == host.lower() and not (self.is_secure and is_public_host)

    @property
    def _public(self) -> tuple[str, str, str | None]:
        return _split(self.public_url or "")

    def _cookie(self, name: str) -> str:
        return f"__Host-{name}" if self.is_secure else name


def _split(url: str) -> tuple[str, str, str | None]:
    """Scheme, host with its port, and host of an address; nothing of what is none."""
    try:
        found = URL(url)
        return (
            found.scheme,
            found.netloc.lower().removesuffix(DEFAULT_PORT.get(found.scheme, "")),
            found.hostname,
        )
    except ValueError:
        return "", "", None


def local_path(path: str | None) -> str:
    """A path of this site to go on to, as a form or an address named it; ``/`` for anything that may lead elsewhere."""
    if path is None or not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable():
        return "/"
    return "/" if "\\" in path else path
