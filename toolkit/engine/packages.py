"""Argos packages: which are there, which is used, and installing and removing them.

A package is a folder with `metadata.json`, a CTranslate2 model in `model/`, and `sentencepiece.model` or `bpe.model`. All
work on them goes through argostranslate's own package code, so that Argos' tools and this one see the same packages. The
bundled package lies in `toolkit/engine/bundled` and is never installed or removed.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from toolkit.errors import ModelError

BUNDLED = Path(__file__).parent / "bundled"


@dataclass(frozen=True, slots=True)
class Hints:
    """The three symbols with which a model takes a term inline: `open source arrow target close`."""

    open: str
    arrow: str
    close: str


@dataclass(frozen=True, slots=True)
class ModelPackage:
    """An Argos package on this machine.

    Attributes:
        name: the name of its folder, by which `--model` picks it.
        path: the folder.
        source, target: ISO 639 codes of the languages.
        version: of the package, as its metadata has it.
        bundled: it came with this program.
        hints: the symbols of inline hints, or None for a model that knows none.
        settings: decoding settings that the package asks for (`beam_size`, `length_penalty`).
    """

    name: str
    path: Path
    source: str
    target: str
    version: str
    bundled: bool
    hints: Hints | None = None
    settings: Mapping[str, float] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(file.stat().st_size for file in self.path.rglob("*") if file.is_file())

    @property
    def signature(self) -> str:
        """Name and version: what a translation says of the model that made it."""
        return f"{self.name} {self.version}"

    @property
    def card(self) -> str:
        """The package's README, or an empty text."""
        readme = self.path / "README.md"
        return readme.read_text(encoding="utf-8", errors="replace") if readme.is_file() else ""


@cache
def argos() -> ModuleType:
    """argostranslate's package module, with the bundled folder among its folders.

    Importing it makes folders in the home directory. Where that cannot be written, Argos is pointed to a temporary folder:
    nothing can be installed there for good, but everything else works.

    Raises:
        ModelError: argostranslate is not installed, or cannot start.
    """
    try:
        try:
            from argostranslate import package, settings
        except (OSError, RuntimeError):  # RuntimeError: no home directory can be determined
            scratch = Path(tempfile.mkdtemp(prefix="vertaal-argos-"))
            for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
                os.environ[variable] = str(scratch)
            os.environ["ARGOS_PACKAGES_DIR"] = str(scratch / "packages")
            os.environ.setdefault("HOME", str(scratch))
            import atexit
            import shutil

            atexit.register(shutil.rmtree, scratch, ignore_errors=True)
            from argostranslate import package, settings
    except ImportError as error:
        raise ModelError(f"argostranslate cannot be loaded ({error}): install vertaal again.") from error
    if BUNDLED not in settings.package_dirs:
        settings.package_dirs.append(BUNDLED)
    return package  # type: ignore[no-any-return]


def packages() -> list[ModelPackage]:
    """All usable translation packages, the user's own first, then the bundled ones; broken ones are left out.

    Within each part the newest version comes first.
    """
    return sorted(_usable(), key=lambda p: (p.bundled, [-n for n in _numbers(p.version)], p.name))


def find(name: str) -> ModelPackage:
    """The package of that name, or in that folder.

    Raises:
        ModelError: there is none, or it is broken.
    """
    if not name.strip():
        raise ModelError("The name of the model is empty: see 'vertaal model list'.")
    there = packages()
    for package in there:
        if package.name == name:
            return package
    path = Path(name)
    if os.sep in name or path.is_dir():
        return read(path)
    known = ", ".join(p.name for p in there) or "none"
    raise ModelError(f"There is no model {name!r} (there are: {known}): see 'vertaal model list', or give a folder.")


def choose(name: str | None = None, source: str = "nl", target: str = "en") -> ModelPackage:
    """The package to translate with.

    Args:
        name: the one that the user wants, a name or a folder. Without it, a package that the user installed for the
            languages (the newest version), else the bundled one.

    Raises:
        ModelError: the named one is unknown, broken, or for other languages; or there is none for these languages.
    """
    if name is not None:
        package = find(name)
        if (package.source, package.target) != (source, target):
            raise ModelError(
                f"The model {package.name} translates {package.source} to {package.target}, not {source} to {target}: choose another."
            )
        return package
    for package in packages():
        if (package.source, package.target) == (source, target):
            return package
    raise ModelError(f"There is no model from {source} to {target}: see 'vertaal model install'.")


def read(path: Path) -> ModelPackage:
    """The package in a folder.

    Raises:
        ModelError: the folder has no complete package in it.
    """
    if not path.is_dir():
        raise ModelError(f"{path} is not a folder with an Argos package.")
    if not (path / "metadata.json").is_file():
        raise ModelError(f"{path} is not an Argos package: it has no metadata.json.")
    if not (path / "model" / "model.bin").is_file():
        raise ModelError(f"The Argos package {path} is not complete: model/model.bin is missing.")
    if not any((path / name).is_file() for name in ("sentencepiece.model", "bpe.model")):
        raise ModelError(f"The Argos package {path} is not complete: it has no sentencepiece.model or bpe.model.")
    import json

    try:
        metadata = json.loads((path / "metadata.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path / 'metadata.json'} cannot be read: {error}.") from error
    if not isinstance(metadata, dict) or metadata.get("type", "translate") != "translate":
        raise ModelError(f"{path} is not a translation package.")
    try:
        package = argos().Package(path)
    except Exception as error:  # Argos raises whatever its parts raise on odd metadata
        raise ModelError(f"The Argos package {path} cannot be read: {error}.") from error
    return ModelPackage(
        name=path.resolve().name,
        path=path,
        source=str(package.from_code),
        target=str(package.to_code),
        version=str(package.package_version),
        bundled=path.resolve().parent == BUNDLED.resolve(),
        hints=_hints(metadata),
        settings=_settings(metadata),
    )


def install(file: Path) -> ModelPackage:
    """Install a package file (`.argosmodel`) for this user, through argostranslate.

    Raises:
        ModelError: the file is missing or no safe Argos package; what was installed before is still there.
    """
    from toolkit.engine.archive import check, folder_of

    check(file)
    package, settings = argos(), _argos_settings()
    target = Path(settings.package_data_dir) / folder_of(file)
    try:
        package.install_from_path(file)
    except Exception as error:
        raise ModelError(f"{file} could not be installed: {error}.") from error
    return read(target)


def remove(name: str) -> ModelPackage:
    """Remove a package that the user installed.

    Raises:
        ModelError: there is none of that name, or it is the bundled one.
    """
    package = find(name)
    folder = Path(_argos_settings().package_data_dir).resolve()
    if package.bundled:
        raise ModelError(f"The model {package.name} came with vertaal and cannot be removed.")
    if package.path.resolve().parent != folder:
        raise ModelError(f"{package.path} was not installed by vertaal or Argos: remove the folder yourself.")
    try:
        argos().uninstall(argos().Package(package.path))
    except OSError as error:
        raise ModelError(f"The model {package.name} could not be removed: {error.strerror}.") from error
    return package


def _usable() -> Iterator[ModelPackage]:
    argos()
    for folder in _argos_settings().package_dirs:
        try:
            paths = sorted(p for p in Path(folder).iterdir() if p.is_dir())
        except OSError:
            continue
        for path in paths:
            try:
                yield read(path)
            except ModelError:
                continue


def _argos_settings() -> Any:
    argos()
    from argostranslate import settings

    return settings


def _hints(metadata: dict[str, Any]) -> Hints | None:
    own = metadata.get("vertaal")
    symbols = own.get("hints") if isinstance(own, dict) else None
    if not isinstance(symbols, dict):
        return None
    values = [symbols.get(key) for key in ("open", "arrow", "close")]
    if not all(isinstance(v, str) and len(v) == 1 for v in values) or len(set(values)) != 3:
        return None
    return Hints(*map(str, values))


def _settings(metadata: dict[str, Any]) -> dict[str, float]:
    own = metadata.get("vertaal")
    settings = own.get("decoding") if isinstance(own, dict) else None
    if not isinstance(settings, dict):
        return {}
    return {
        k: v for k in ("beam_size", "length_penalty") if isinstance(v := settings.get(k), int | float) and 0 < v <= 32
    }


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()][:6]
