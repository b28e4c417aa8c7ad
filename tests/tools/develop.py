"""Put the built extension module into this Python's environment, with the package beside it: develop.py TARGET-FOLDER.

What maturin's develop does, from the library that the build of the workspace has made already: maturin would build the
core once more, with other features. The package is used where it lies: a change of its Python files needs no step.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import sysconfig
from pathlib import Path

import tomllib

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "bindings-python"

#: How a library is called on the system, and how Python calls an extension for every version from 3.9.
NAMES = {"win32": ("_native.dll", "_native.pyd"), "darwin": ("lib_native.dylib", "_native.abi3.so")}


def library(target: Path) -> None:
    """Copy the library beside the Python files. It replaces the old one at once: a program may have that loaded."""
    built, name = NAMES.get(sys.platform, ("lib_native.so", "_native.abi3.so"))
    place = PACKAGE / "python" / "vitrust" / name
    new = place.with_name(place.name + ".new")
    shutil.copyfile(target / built, new)
    new.replace(place)


def metadata() -> tuple[str, dict[str, str]]:
    """Return the version, and the files that say what is installed."""
    project = tomllib.loads((PACKAGE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    workspace = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["workspace"]
    version = workspace["package"]["version"]
    head = ["Metadata-Version: 2.3", f"Name: {project['name']}", f"Version: {version}"]
    head += [f"Summary: {project['description']}", f"Requires-Python: {project['requires-python']}"]
    for extra, needs in project["optional-dependencies"].items():
        head += [f"Provides-Extra: {extra}", *(f"Requires-Dist: {need} ; extra == '{extra}'" for need in needs)]
    scripts = "".join(f"{name} = {place}\n" for name, place in project["scripts"].items())
    texts = {
        "METADATA": "\n".join(head) + "\n",
        "entry_points.txt": f"[console_scripts]\n{scripts}",
        "INSTALLER": "make\n",
    }
    return version, texts


def script(folder: Path, name: str, place: str) -> Path:
    """Write a command that runs a function of the package."""
    module, function = place.split(":")
    text = f"#!{sys.executable}\nimport sys\n\nfrom {module} import {function}\n\nsys.exit({function}())\n"
    file = folder / name
    if sys.platform == "win32":
        file = folder / f"{name}.cmd"
        text = f'@"{sys.executable}" -c "from {module} import {function}; raise SystemExit({function}())" %*\n'
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
    return file


def main() -> None:
    """Install, and forget what was installed before."""
    if sys.prefix == sys.base_prefix:
        sys.exit("develop: this is no virtual environment, and nothing is installed into the system's Python")
    library(Path(sys.argv[1]))
    site = Path(sysconfig.get_path("purelib"))
    for old in [*site.glob("vitrust-*.dist-info"), site / "vitrust"]:
        shutil.rmtree(old, ignore_errors=True)
    version, texts = metadata()
    folder = site / f"vitrust-{version}.dist-info"
    folder.mkdir()
    files = [site / "vitrust.pth"]
    files[0].write_text(f"{PACKAGE / 'python'}\n", encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
        files.append(folder / name)
    commands = Path(sysconfig.get_path("scripts"))
    for name, place in re.findall(r"^(\w+) = (\S+)$", texts["entry_points.txt"], re.MULTILINE):
        files.append(script(commands, name, place))
    record = folder / "RECORD"
    names = [os.path.relpath(file, site).replace(os.sep, "/") for file in [*files, record]]
    record.write_text("".join(f"{name},,\n" for name in names), encoding="utf-8")


if __name__ == "__main__":
    main()
