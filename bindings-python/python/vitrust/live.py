"""What servers say right now: probes of TLS endpoints, and the estate collected over the vSphere APIs.

They read and never write. Besides them only `vitrust.session` opens network connections.

Callbacks are called on the thread that waits: the caller's own in `probe` and `collect`, a worker thread of the event
loop in `probe_async` and `collect_async`, where ``loop.call_soon_threadsafe`` brings them back. A callback that raises
ends the work, and its exception is raised when that has closed its sessions. Ctrl-C ends it in the same way; a second
Ctrl-C does not wait.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional, TypeVar, Union

from vitrust import _native
from vitrust._native import Cancel, Certificate, Estate, collect_estate, probe_json

#: Called as ``on_progress(done, known, server)`` after each vCenter and host.
OnProgress = Callable[[int, int, str], None]

#: The same with the server that is waited for; the first step comes before a server is done, and names none that is.
OnStep = Callable[[int, int, str, Optional[str]], None]

#: Called with a question; returns the answer, or None where nobody can be asked.
Prompt = Callable[[str], Optional[str]]

_Result = TypeVar("_Result")


@dataclass(frozen=True)
class Alert:
    """A TLS alert: RFC 8446 section 6."""

    number: int
    name: str
    #: Who raised it: ``peer`` or ``us``.
    sender: str

    def __str__(self) -> str:
        who = "the server" if self.sender == "peer" else "this side"
        return f"{who} sent alert {self.number} ({self.name})"


@dataclass(frozen=True)
class Failure:
    """Why something could not be collected: the stable number and name of the error, and what happened."""

    code: int
    name: str
    message: str

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class Probe:
    """What one server presents. Nothing is judged: see ``TrustStore.explain``."""

    #: What was asked, ``host:port``.
    endpoint: str
    #: The address that took the connection.
    address: Optional[str]
    #: The name that was sent (SNI).
    server_name: Optional[str]
    #: ``TLSv1.2`` or ``TLSv1.3``.
    protocol: Optional[str]
    cipher_suite: Optional[str]
    #: The chain as sent, the end-entity certificate first.
    chain: tuple[Certificate, ...]
    #: Certificates of the chain that cannot be read, and why.
    unreadable: tuple[str, ...]
    #: Whether the server proved that it has the private key; None when that was not to be found out.
    possession: Optional[bool]
    #: The CAs whose client certificates the server accepts; None when it asked for no client certificate.
    client_certificate_issuers: Optional[tuple[str, ...]]
    #: The alert that ended the connection.
    alert: Optional[Alert]
    #: Why the probe did not finish.
    failure: Optional[Failure]
    #: Milliseconds of the name look-up, the connection and the handshake, as far as it came.
    milliseconds: dict[str, float]
    _text: str

    def render(self, *, width: int = 120, colour: bool = False, unicode: bool = True) -> str:
        """Draw the probe for people."""
        return _native.render(f"[{self._text}]", "probes", (width, colour, unicode))

    def to_dict(self) -> dict[str, Any]:
        """The probe as plain data, as in its JSON."""
        data: dict[str, Any] = json.loads(self._text)
        return data

    def to_json(self) -> str:
        """The probe as JSON text."""
        return self._text


@dataclass(frozen=True)
class CollectFailure:
    """One fact that could not be collected."""

    #: The vCenter, as the inventory names it.
    vcenter: str
    #: What was asked for: ``session``, ``trusted roots``, ``host esx01.lab.example: castore``.
    object: str
    code: int
    name: str
    message: str
    #: The missing privilege, if that is why.
    privilege: Optional[str]
    #: Whether nothing of this vCenter could be had.
    is_whole: bool = False

    def __str__(self) -> str:
        return f"{self.vcenter}: {self.object}: {self.message}"


@dataclass(frozen=True)
class Collected:
    """An estate as it is right now, and what could not be collected from it."""

    estate: Estate
    failures: tuple[CollectFailure, ...]
    #: The vCenters whose certificate was not checked at all.
    insecure: tuple[str, ...]

    @property
    def unreached(self) -> tuple[str, ...]:
        """The vCenters with which no session could be opened: nobody answered, or the login was refused."""
        return tuple(dict.fromkeys(failure.vcenter for failure in self.failures if failure.is_whole))

    @property
    def is_empty(self) -> bool:
        """Whether no vCenter could be queried."""
        return set(self.unreached) >= set(self.estate.vcenters)


@dataclass(frozen=True)
class SystemRoots:
    """The roots of the operating system, which are trusted unless an inventory says ``system_roots = false``."""

    certificates: tuple[Certificate, ...]
    #: The variables of the environment that replace the system's store, ``SSL_CERT_FILE`` and ``SSL_CERT_DIR``, with
    #: their values; empty where the store itself was read.
    variables: dict[str, str]
    #: What could not be read, and why.
    problems: tuple[str, ...]


def system_roots() -> SystemRoots:
    """Read the roots that the operating system trusts, as a session or a collection that starts now would."""
    certificates, variables, problems = _native.system_roots()
    return SystemRoots(tuple(certificates), dict(variables), tuple(problems))


def probe(
    endpoints: Union[str, Iterable[str]],
    *,
    timeout: float = 10.0,
    server_name: Optional[str] = None,
    connect_to: Optional[Mapping[str, str]] = None,
    in_flight: int = 64,
    cancel: Optional[Cancel] = None,
    on_each: Optional[Callable[[Probe], None]] = None,
) -> list[Probe]:
    """Query servers for what they present; the results are in the order of the endpoints.

    An endpoint is ``host``, ``host:port``, ``[IPv6]:port`` or an https URL. A server that hangs, resets or sends an
    alert is a result with a ``failure``, never an exception. ``connect_to`` says where to connect instead, as curl's
    ``--connect-to``: ``{"*.lab.example:9080": "127.0.0.1:40001"}``. At most ``in_flight`` servers are queried at a
    time, from 1 to 512.

    Raises `ArgumentError` for text that is not an endpoint, and `VitrustError` named ``cancelled`` when cancelled.
    """
    return _probe_all(
        endpoints,
        (cancel,),
        on_each,
        timeout=timeout,
        server_name=server_name,
        connect_to=dict(connect_to or {}),
        in_flight=in_flight,
    )


async def probe_async(
    endpoints: Union[str, Iterable[str]],
    *,
    timeout: float = 10.0,
    server_name: Optional[str] = None,
    connect_to: Optional[Mapping[str, str]] = None,
    in_flight: int = 64,
    cancel: Optional[Cancel] = None,
    on_each: Optional[Callable[[Probe], None]] = None,
) -> list[Probe]:
    """As `probe`, for an event loop. Cancelling the task ends the work."""
    return await _in_a_thread(
        lambda stop: _probe_all(
            endpoints,
            (cancel, stop),
            on_each,
            timeout=timeout,
            server_name=server_name,
            connect_to=dict(connect_to or {}),
            in_flight=in_flight,
        )
    )


def _probe_all(
    endpoints: Union[str, Iterable[str]],
    cancels: tuple[Optional[Cancel], ...],
    on_each: Optional[Callable[[Probe], None]],
    **options: Any,
) -> list[Probe]:
    names = [endpoints] if isinstance(endpoints, str) else list(endpoints)
    each = None if on_each is None else lambda text: on_each(_probe(text))
    return [_probe(text) for text in probe_json(names, cancels=_given(cancels), on_each=each, **options)]


def collect(
    inventory: Union[str, os.PathLike[str], None] = None,
    *,
    prompt: Optional[Prompt] = None,
    cancel: Optional[Cancel] = None,
    on_progress: Optional[OnProgress] = None,
) -> Collected:
    """Collect the estate of an inventory file; without one, of GOVC_URL or VMWARE_HOST in the environment.

    Reads only. What cannot be collected is in ``failures``, and in the estate's ``unreadable``; the rest goes on.
    ``prompt`` is called with a question if the inventory says that a person knows the password; it returns the
    answer, or None where nobody can be asked.

    Raises `VitrustError` named ``inventory`` or ``credentials`` if the inventory does not say enough. A cancellation
    raises nothing: what was not reached is among the failures, named ``cancelled``.
    """
    return collect_telling(inventory, prompt, (cancel,), _finished(on_progress))


async def collect_async(
    inventory: Union[str, os.PathLike[str], None] = None,
    *,
    prompt: Optional[Prompt] = None,
    cancel: Optional[Cancel] = None,
    on_progress: Optional[OnProgress] = None,
) -> Collected:
    """As `collect`, for an event loop. Cancelling the task ends the work and closes its sessions."""
    finished = _finished(on_progress)
    return await _in_a_thread(lambda stop: collect_telling(inventory, prompt, (cancel, stop), finished))


def collect_telling(
    inventory: Union[str, os.PathLike[str], None],
    prompt: Optional[Prompt],
    cancels: tuple[Optional[Cancel], ...],
    on_step: Optional[OnStep],
) -> Collected:
    """As `collect`; the steps say who is waited for as well, and the first comes before any server is done."""
    estate, failures, insecure = collect_estate(inventory, prompt=prompt, cancels=_given(cancels), on_progress=on_step)
    return Collected(estate, tuple(CollectFailure(**data) for data in json.loads(failures)), tuple(insecure))


def _finished(on_progress: Optional[OnProgress]) -> Optional[OnStep]:
    if on_progress is None:
        return None

    def step(done: int, known: int, server: str, _: Optional[str]) -> None:
        if done:
            on_progress(done, known, server)

    return step


def _given(cancels: tuple[Optional[Cancel], ...]) -> list[Cancel]:
    return [cancel for cancel in cancels if cancel is not None]


async def _in_a_thread(work: Callable[[Cancel], _Result]) -> _Result:
    """Wait for ``work`` in the event loop. Where the waiting is cancelled, so is the work, and its end awaited."""
    stop = Cancel()
    # Whoever awaits has it loaded, and for all others it is most of what an import costs.
    import asyncio  # noqa: PLC0415

    running = asyncio.get_running_loop().run_in_executor(None, work, stop)
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        stop.cancel()
        await asyncio.wait([running])
        # Nobody asks for its exception any more; asyncio would complain about that.
        running.exception()
        raise


def _probe(text: str) -> Probe:
    data = json.loads(text)
    request, alert, failure = data["client_certificate"], data["alert"], data["failure"]
    times = {name: data[f"{name}_ms"] for name in ("resolve", "connect", "handshake")}
    return Probe(
        endpoint=data["endpoint"],
        address=data["address"],
        server_name=data["server_name"],
        protocol=data["protocol"],
        cipher_suite=data["cipher_suite"],
        chain=tuple(Certificate.from_pem(one["pem"]) for one in data["chain"]),
        unreadable=tuple(data["unreadable"]),
        possession=data["possession"],
        client_certificate_issuers=None if request is None else tuple(request["issuers"]),
        alert=None if alert is None else Alert(alert["number"], alert["name"], alert["from"]),
        failure=None if failure is None else Failure(**failure),
        milliseconds={name: value for name, value in times.items() if value is not None},
        _text=text,
    )
