"""A session with one vCenter: every call of its APIs that this library has, by its name.

`Session.read` makes the calls that change nothing and cannot reach another; `Session.change` makes those that do. Their
names, arguments and answers are in the guide, ``docs/guide/calls.md``.

Ctrl-C and a `Cancel` stop the call that runs, and with it the session: it can then only be closed, which
``with`` does. A second Ctrl-C does not wait. The outcome of a change that was on its way is then not known: after a
`Cancel` it raises `VitrustError` named ``outcome-unknown``, after Ctrl-C KeyboardInterrupt. Read back what the server
has.
"""

from __future__ import annotations

import json
import os
import warnings
import weakref
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import Any, Optional, Union

from vitrust._native import Cancel, Certificate, Connection, open_session, open_session_with
from vitrust.live import Prompt

#: A password as it is, or what is called with a question and returns it, or None where nobody can be asked.
Password = Union[str, Callable[[str], Optional[str]]]


class Session:
    """An open session, made by `open` or `connect`. Use it in a ``with`` statement, which closes it.

    One that is dropped unclosed is closed with a `ResourceWarning`, at the latest when the interpreter exits and
    whatever thread has it. If the process is killed, the session stays open until the server times it out.

    Threads may share it, but forked processes may not: there, every call raises `VitrustError` named ``forked``, and
    closing it leaves it open for the process that opened it.

    >>> with vitrust.Session.open("fleet.toml", vcenter="vc01.lab.example") as session:  # doctest: +SKIP
    ...     hosts = session.read("hosts")
    ...     castore = session.read("host_ca_certificates", manager=hosts[0]["certificate_manager"])
    """

    __slots__ = ("__weakref__", "_abandoned", "_connection")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._abandoned = weakref.finalize(self, _abandon, connection, os.getpid())

    @classmethod
    def open(
        cls,
        inventory: Union[str, os.PathLike[str], None] = None,
        *,
        vcenter: Optional[str] = None,
        prompt: Optional[Prompt] = None,
        cancel: Optional[Cancel] = None,
    ) -> Session:
        """Log in to a vCenter of an inventory file; without one, to that of GOVC_URL or VMWARE_HOST.

        ``vcenter`` is its name in the inventory, and may be left out if there is only one. ``prompt`` is called with a
        question if the inventory says that a person knows the password.

        Raises `VitrustError`, named ``inventory`` or ``credentials`` if the inventory does not say enough.
        """
        return cls(open_session(inventory, vcenter=vcenter, prompt=prompt, cancels=_given(cancel)))

    @classmethod
    def connect(
        cls,
        url: str,
        *,
        user: Optional[str] = None,
        password: Optional[Password] = None,
        session: Optional[str] = None,
        ca_file: Union[str, os.PathLike[str], None] = None,
        system_roots: bool = True,
        pins: Union[str, Iterable[str]] = (),
        insecure: bool = False,
        timeout_seconds: Optional[int] = None,
        connect_to: Optional[Mapping[str, str]] = None,
        cancel: Optional[Cancel] = None,
    ) -> Session:
        """Log in with a user and a password, or use a session that somebody else opened and will close.

        ``session`` is the key of a vim session: pyVmomi's cookie, PowerCLI's ``SessionSecret``. The other arguments are
        those of the inventory file. The server must be trusted before a password is sent: by the system's roots and
        ``ca_file``, or by ``pins``, SHA-256 fingerprints of its certificate.

        Raises `TypeError` unless exactly one of the two is given, and `VitrustError`.
        """
        settings = {
            "url": url,
            "ca_file": None if ca_file is None else os.fspath(ca_file),
            "system_roots": None if system_roots else False,
            "pins": [pins] if isinstance(pins, str) else list(pins) or None,
            "insecure": insecure or None,
            "timeout_seconds": timeout_seconds,
        }
        given = {key: value for key, value in settings.items() if value is not None}
        connection = open_session_with(
            json.dumps(given),
            options=json.dumps({"connect": dict(connect_to or {})}),
            user=user,
            password=password(f"Password of {user} at {url}") if callable(password) else password,
            session=session,
            cancels=_given(cancel),
        )
        return cls(connection)

    def read(self, call: str, /, **arguments: Any) -> Any:
        """Make a reading call; the answer as plain data.

        Raises `ArgumentError` when there is no such call, or an argument is wrong; `VitrustError`.
        """
        return json.loads(self._connection.read(call, _text(arguments)))

    def change(self, call: str, /, *, secret: Optional[str] = None, **arguments: Any) -> Any:
        """Make a changing call; the answer as plain data. A call that starts a task waits for its end.

        ``secret`` is the password or private key of the calls that take one. A `Certificate` may be given where PEM
        text is expected.

        Raises as `read`. An error named ``outcome-unknown`` means that the change may have been made: read back what
        the server has. Every other error means that it was not made, or for a task, not for everything it names.
        """
        return json.loads(self._connection.change(call, _text(arguments), secret))

    def close(self) -> None:
        """Log out; does nothing if that was already done. A session that was given stays open.

        A logout that fails is a `RuntimeWarning`: the session may stay open until the server times it out.
        """
        self._close()

    def _close(self) -> None:
        self._abandoned.detach()
        _log_out(self._connection, 4)

    @property
    def is_closed(self) -> bool:
        """Whether it was closed."""
        return self._connection.is_closed

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: Optional[type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        self._close()


def _log_out(connection: Connection, level: int) -> None:
    problem = connection.close()
    if problem is not None:
        words = f"the logout failed, and the session may stay open until the server times it out: {problem}"
        warnings.warn(words, RuntimeWarning, stacklevel=level)


def _abandon(connection: Connection, process: int) -> None:
    """Close what nobody closed. In a forked process it is the parent's, whose session goes on."""
    if connection.is_closed or process != os.getpid():
        return
    try:
        _log_out(connection, 3)
    finally:
        words = "a vitrust.Session was dropped unclosed: use it in a `with` statement, or call its `close`"
        warnings.warn(words, ResourceWarning, stacklevel=2)


def _text(arguments: dict[str, Any]) -> str:
    # What is None was not given.
    return json.dumps({key: value for key, value in arguments.items() if value is not None}, default=_pem)


def _pem(value: object) -> str:
    if isinstance(value, Certificate):
        return value.to_pem()
    raise TypeError(f"an argument is plain data or a Certificate, not {type(value).__name__}")


def _given(cancel: Optional[Cancel]) -> list[Cancel]:
    return [] if cancel is None else [cancel]
