"""Where things are: seeds, ontology, shapes, triples, in a checkout or in an installed package."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.errors import UnreadableError, UsageError


def core_folder() -> Path:
    """The folder that holds the shipped ``ontology/``, ``shapes/`` and ``triples/``.

    Inside an installed package that is its ``data``, in a checkout the top level.
    """
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder with ``seeds/`` that can be built, or (``root`` None) the packaged graph, read only."""

    root: Path | None

    @property
    def writable(self) -> bool:
        """Whether there are seeds to build from."""
        return self.root is not None

    @property
    def seeds(self) -> Path:
        """The folder of the input. Raises UsageError for the packaged graph, which has none."""
        if self.root is None:
            raise UsageError(
                "there is no workspace here to work on, only the packaged graph, which is read only",
                fix="go to a folder with seeds/ or name one with --workspace",
            )
        return self.root / "seeds"

    @property
    def registry(self) -> Path:
        """The folder of who is who; the shipped one where there are no seeds."""
        packaged = core_folder() / "registry"
        if self.root is None and packaged.is_dir():
            return packaged
        return (self.root or core_folder()) / "seeds" / "registry"

    @property
    def documents(self) -> Path:
        """The folder of the texts; an installed package does not hold them."""
        return (self.root or core_folder()) / "seeds" / "documents"

    @property
    def additions(self) -> Path:
        """The folder of what was added since, and of what was retracted."""
        return (self.root or core_folder()) / "seeds" / "additions"

    @property
    def under_way(self) -> Path:
        """The note that lies there while something is added or retracted."""
        return self.additions / ".under-way.json"

    @property
    def triples(self) -> Path:
        """The folder of the generated graph."""
        return (self.root or core_folder()) / "triples"

    @property
    def ontology_folders(self) -> list[Path]:
        """The core ontology's folder, then the workspace's own where it has one."""
        return self._core_and_own("ontology")

    @property
    def shapes_folders(self) -> list[Path]:
        """The core shapes' folder, then the workspace's own where it has one."""
        return self._core_and_own("shapes")

    def _core_and_own(self, name: str) -> list[Path]:
        core = core_folder() / name
        own = (self.root or core_folder()) / name
        return [core, own] if own.is_dir() and own.resolve() != core.resolve() else [core]

    def show(self, path: Path) -> str:
        """A path as messages show it: relative to the workspace where it lies inside."""
        if self.root is not None and path.is_relative_to(self.root):
            return path.relative_to(self.root).as_posix()
        return str(path)

    def state(self) -> tuple[int, int, int] | None:
        """What is other as soon as another graph was put in the place of the built one; None for none."""
        try:
            found = self.triples.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_ctime_ns

    def graph_files(self, *, with_retracted: bool = False) -> list[Path]:
        """The built graph's files, that of what was retracted only on demand.

        Raises UnreadableError when nothing has been built.
        """
        files = sorted(self.triples.glob("*.trig"))
        if not with_retracted:
            files = [file for file in files if file.stem != "retracted"]
        if not files:
            raise UnreadableError("there is no graph yet", where=str(self.triples), fix="run: kg build")
        return files


def find_workspace(start: Path, named: Path | None = None) -> Workspace:
    """The workspace that is meant: the named one, else the nearest folder upwards with ``seeds/``,
    else the packaged graph.

    Raises UsageError when the named folder has no ``seeds/``.
    """
    if named is not None:
        if not (named / "seeds").is_dir():
            raise UsageError(
                "there is no seeds/ in this folder", where=str(named), fix="name a folder that has one"
            )
        return Workspace(named.resolve())
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "seeds").is_dir():
            return Workspace(folder)
    return Workspace(None)
