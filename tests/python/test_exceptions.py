"""The exceptions: numbers, names, families and manners."""

from __future__ import annotations

import copy
import errno
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
import vitrust
from vitrust import exceptions

import pki


def test_classes_inherit_what_fits_them() -> None:
    assert issubclass(vitrust.ArgumentError, ValueError)
    assert issubclass(vitrust.UnreadableError, ValueError)
    assert issubclass(vitrust.FileError, OSError)
    assert issubclass(vitrust.MissingFileError, FileNotFoundError)
    for name in exceptions.__all__:
        assert issubclass(getattr(vitrust, name), vitrust.VitrustError)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (1, vitrust.InternalError),
        (2, vitrust.ArgumentError),
        (10, vitrust.ArgumentError),
        (100, vitrust.UnreadableError),
        (220, vitrust.UnreadableError),
        (300, vitrust.ArgumentError),
        (400, vitrust.UnreadableError),
        (700, vitrust.VitrustError),
        (800, vitrust.FileError),
    ],
)
def test_the_class_follows_the_family_of_the_code(code: int, kind: type[vitrust.VitrustError]) -> None:
    error = exceptions.from_native(code, "some-name", "what and where", None, None)
    assert type(error) is kind
    assert error.to_dict() == {"code": code, "name": "some-name", "message": "what and where"}
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - written in this line
    assert (type(again), again.code, again.name, str(again)) == (kind, code, "some-name", "what and where")


def test_a_missing_inventory_is_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(vitrust.MissingFileError, match=r"nowhere\.toml") as caught:
        vitrust.collect(tmp_path / "nowhere.toml")
    assert (caught.value.errno, caught.value.filename) == (errno.ENOENT, tmp_path / "nowhere.toml")


def test_a_missing_file_is_what_python_calls_one(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"gone\.pem: no such file") as caught:
        vitrust.TrustStore.load(tmp_path / "gone.pem")
    error = caught.value
    assert isinstance(error, vitrust.MissingFileError)
    assert (error.code, error.name, error.errno) == (800, "file", errno.ENOENT)
    assert error.filename == tmp_path / "gone.pem"


def test_a_folder_is_a_store_of_its_files_and_no_chain(tmp_path: Path) -> None:
    with pytest.raises(vitrust.UnreadableError, match="nothing found"):
        vitrust.TrustStore.load(tmp_path)
    with pytest.raises(vitrust.FileError) as caught:
        vitrust.Certificate.load_all(tmp_path)
    assert not isinstance(caught.value, vitrust.MissingFileError)


def test_a_path_given_as_text_is_pointed_out() -> None:
    with pytest.raises(vitrust.ArgumentError, match=r"pathlib\.Path"):
        vitrust.TrustStore.load("/etc/ssl/castore.pem")


def test_everything_is_caught_by_the_base(tmp_path: Path, store: vitrust.TrustStore) -> None:
    calls: list[Callable[[], object]] = [
        lambda: vitrust.Certificate(b"junk"),
        lambda: vitrust.TrustStore.load(tmp_path / "gone"),
        lambda: store.explain([], at=pki.AT),
        lambda: store.verify(pki.root("stranger").pem, at=pki.AT),
        lambda: store.explain(b"", at="never"),
    ]
    for call in calls:
        with pytest.raises(vitrust.VitrustError) as caught:
            call()
        assert caught.value.code > 0


def test_pickled_errors_are_whole(tmp_path: Path, store: vitrust.TrustStore) -> None:
    calls: list[Callable[[], object]] = [
        lambda: vitrust.TrustStore.load(tmp_path / "gone.pem"),
        lambda: vitrust.TrustStore.load(tmp_path),
        lambda: vitrust.Certificate(b"junk"),
        lambda: store.verify(pki.root("stranger").pem, at=pki.AT),
    ]
    for call in calls:
        with pytest.raises(vitrust.VitrustError) as caught:
            call()
        error = caught.value
        error.line = 3  # type: ignore[attr-defined] # whatever else an error has to say
        again = pickle.loads(pickle.dumps(error))  # noqa: S301 - written in this line
        assert type(again) is type(error)
        assert (str(again), again.args, vars(again)) == (str(error), error.args, vars(error))
        assert again.to_dict() == error.to_dict()
        for name in ("errno", "filename", "strerror"):
            assert getattr(again, name, None) == getattr(error, name, None)
        assert copy.copy(error).to_dict() == error.to_dict()
