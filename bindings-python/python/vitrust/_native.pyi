import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal, Protocol, Union, final

from typing_extensions import TypeAlias

from vitrust._views import Crl, DumpedEntry, LintIssue, Unreadable
from vitrust.verdict import Verdict

__all__ = [
    "Cancel",
    "Certificate",
    "Connection",
    "Estate",
    "TrustStore",
    "__version__",
    "assess_json",
    "collect_estate",
    "open_session",
    "open_session_with",
    "probe_json",
    "schema",
    "system_roots",
]

__version__: str

class _HasPublicBytes(Protocol):
    """A certificate or CRL object of the package ``cryptography``."""

    def public_bytes(self, encoding: Any) -> bytes: ...

_Data: TypeAlias = Union[bytes, bytearray, memoryview, str, os.PathLike[str], _HasPublicBytes, Certificate]
_Time: TypeAlias = Union[datetime.datetime, str]
_Profile: TypeAlias = Literal["strict", "openssl", "java", "go", "webpki"]
_Revocation: TypeAlias = Literal["if-present", "required"]
_Purpose: TypeAlias = Literal["server", "client", "ca", "any"]

@final
class Certificate:
    def __new__(cls, data: _Data) -> Certificate: ...
    @staticmethod
    def from_pem(data: _Data) -> Certificate: ...
    @staticmethod
    def from_der(data: _Data) -> Certificate: ...
    @staticmethod
    def load_all(data: _Data | Iterable[_Data]) -> list[Certificate]: ...
    @property
    def subject(self) -> str: ...
    @property
    def issuer(self) -> str: ...
    @property
    def serial_number(self) -> int: ...
    @property
    def version(self) -> int: ...
    @property
    def not_before(self) -> datetime.datetime: ...
    @property
    def not_after(self) -> datetime.datetime: ...
    @property
    def sha1(self) -> str: ...
    @property
    def sha256(self) -> str: ...
    @property
    def subject_key_id(self) -> str | None: ...
    @property
    def authority_key_id(self) -> str | None: ...
    @property
    def is_ca(self) -> bool: ...
    @property
    def is_self_issued(self) -> bool: ...
    @property
    def path_length(self) -> int | None: ...
    @property
    def key_usage(self) -> list[str] | None: ...
    @property
    def extended_key_usage(self) -> list[str] | None: ...
    @property
    def subject_alternative_names(self) -> list[str]: ...
    @property
    def key_algorithm(self) -> str: ...
    @property
    def key_bits(self) -> int | None: ...
    @property
    def signature_algorithm(self) -> str: ...
    @property
    def der(self) -> bytes: ...
    def to_pem(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(self) -> tuple[type[Certificate], tuple[bytes]]: ...

@final
class TrustStore:
    @staticmethod
    def from_pem(data: _Data, *, source: str | None = None) -> TrustStore: ...
    @staticmethod
    def load(data: _Data, *, source: str | None = None, store: str = "TRUSTED_ROOTS") -> TrustStore: ...
    @staticmethod
    def from_castore(data: _Data, *, source: str | None = None) -> TrustStore: ...
    @staticmethod
    def from_vecs(data: _Data, *, source: str | None = None, store: str = "TRUSTED_ROOTS") -> TrustStore: ...
    @staticmethod
    def from_zip(data: _Data, *, source: str | None = None) -> TrustStore: ...
    @staticmethod
    def from_certificates(certificates: _Data | Iterable[_Data]) -> TrustStore: ...
    def explain(
        self,
        chain: _Data | Iterable[_Data],
        *,
        at: _Time,
        profile: _Profile = "strict",
        purpose: _Purpose = "server",
        name: str | None = None,
        crls: _Data | Iterable[_Data] = ...,
        max_depth: int | None = None,
        revocation: _Revocation = "if-present",
        policies: Sequence[str] = ...,
        explicit_policy: bool = False,
        inhibit_policy_mapping: bool = False,
        inhibit_any_policy: bool = False,
    ) -> Verdict: ...
    def verify(
        self,
        chain: _Data | Iterable[_Data],
        *,
        at: _Time,
        profile: _Profile = "strict",
        purpose: _Purpose = "server",
        name: str | None = None,
        crls: _Data | Iterable[_Data] = ...,
        max_depth: int | None = None,
        revocation: _Revocation = "if-present",
        policies: Sequence[str] = ...,
        explicit_policy: bool = False,
        inhibit_policy_mapping: bool = False,
        inhibit_any_policy: bool = False,
    ) -> tuple[Certificate, ...]: ...
    def trusts(
        self,
        chain: _Data | Iterable[_Data],
        *,
        at: _Time,
        profile: _Profile = "strict",
        purpose: _Purpose = "server",
        name: str | None = None,
        crls: _Data | Iterable[_Data] = ...,
        max_depth: int | None = None,
        revocation: _Revocation = "if-present",
        policies: Sequence[str] = ...,
        explicit_policy: bool = False,
        inhibit_policy_mapping: bool = False,
        inhibit_any_policy: bool = False,
    ) -> bool: ...
    @property
    def certificates(self) -> list[Certificate]: ...
    @property
    def set_aside(self) -> list[tuple[Certificate, str]]: ...
    @property
    def unreadable(self) -> tuple[Unreadable, ...]: ...
    @property
    def dumped(self) -> tuple[DumpedEntry, ...]: ...
    @property
    def crls(self) -> tuple[Crl, ...]: ...
    def lint(self, *, at: _Time) -> tuple[LintIssue, ...]: ...
    def place(self, certificate: Certificate) -> str | None: ...
    def __len__(self) -> int: ...
    def __contains__(self, certificate: _Data | Iterable[_Data], /) -> bool: ...
    def __iter__(self) -> Iterator[Certificate]: ...
    def __reduce__(self) -> tuple[Any, tuple[Any]]: ...

@final
class Estate:
    @staticmethod
    def load(paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]]) -> Estate: ...
    @staticmethod
    def from_json(data: _Data) -> Estate: ...
    def to_json(self) -> str: ...
    def to_dict(self) -> dict[str, Any]: ...
    @property
    def vcenters(self) -> list[str]: ...
    @property
    def hosts(self) -> dict[str, list[str]]: ...
    @property
    def unreadable(self) -> tuple[Unreadable, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __reduce__(self) -> tuple[Any, tuple[str]]: ...

def assess_json(
    estate: Estate,
    *,
    at: _Time,
    profile: _Profile = "strict",
    thresholds: str = "vsphere",
    within: int | None = None,
) -> str: ...

@final
class Cancel:
    def __new__(cls) -> Cancel: ...
    def cancel(self) -> None: ...
    @property
    def is_cancelled(self) -> bool: ...

def probe_json(
    endpoints: Sequence[str],
    *,
    timeout: float,
    server_name: str | None,
    connect_to: dict[str, str],
    in_flight: int,
    cancels: Sequence[Cancel],
    on_each: Callable[[str], None] | None,
) -> list[str]: ...
def system_roots() -> tuple[list[Certificate], list[tuple[str, str]], list[str]]: ...
def collect_estate(
    inventory: str | os.PathLike[str] | None,
    *,
    prompt: Callable[[str], str | None] | None,
    cancels: Sequence[Cancel],
    on_progress: Callable[[int, int, str], None] | None,
) -> tuple[Estate, str, list[str]]: ...

@final
class Connection:
    def read(self, call: str, arguments: str) -> str: ...
    def change(self, call: str, arguments: str, secret: str | None) -> str: ...
    def close(self) -> None: ...
    @property
    def is_closed(self) -> bool: ...

def open_session(
    inventory: str | os.PathLike[str] | None,
    *,
    vcenter: str | None,
    prompt: Callable[[str], str | None] | None,
    cancels: Sequence[Cancel],
) -> Connection: ...
def open_session_with(
    settings: str,
    *,
    options: str,
    user: str | None,
    password: str | None,
    session: str | None,
    cancels: Sequence[Cancel],
) -> Connection: ...
def schema(name: Literal["estate", "probe", "report"]) -> str: ...
