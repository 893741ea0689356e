"""What a snapshot says it is made of."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from retrieval.errors import SnapshotError
from retrieval.types import SnapshotInfo

# Raise it also where articles are split otherwise, or other texts embedded: what is unchanged is taken over.
FORMAT = 3
MANIFEST = "manifest.json"

# The share of the ten nearest passages that has to be found where not all are compared.
INDEX_RECALL = 0.95


@dataclass(frozen=True, slots=True)
class Method:
    """How the vectors of a layer are searched, and how well.

    Args:
        index: Its kind as FAISS writes it, ``exact fp16`` where a question is compared with each.
        probes: Lists that are looked into for a question; 0 where there are none.
        compared: Vectors that are compared with it, at least.
        recall: The share of the ten nearest that are found.
    """

    index: str
    probes: int
    compared: int
    recall: float


EXACT = Method("exact fp16", 0, 0, 1.0)


@dataclass(frozen=True, slots=True)
class LayerInfo:
    """One layer of a snapshot.

    Args:
        name: Of its folder: the id of the snapshot that it was written for.
        passages: How many it holds, with those that are gone.
        sentences: How many sentences they have.
        method: How its vectors are searched, and how well.
        dead: The numbers of those of its versions that were removed or replaced since, ascending.
    """

    name: str
    passages: int
    sentences: int
    method: Method
    dead: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot is made of, and the SHA-256 of each of its files.

    Args:
        format: Version of the layout; others are refused.
        info: What readers are told.
        encoder: Fingerprint of the encoder that made its vectors.
        dims: Length of a vector.
        max_passage_chars: The longest passage that splitting allowed.
        languages: ISO 639-1 codes of its articles, and of some that are gone.
        library_revision: The library's state it was built from.
        layers: The oldest first.
        files: Relative path to hex SHA-256.
    """

    format: int
    info: SnapshotInfo
    encoder: str
    dims: int
    max_passage_chars: int
    languages: tuple[str, ...]
    library_revision: int
    layers: tuple[LayerInfo, ...]
    files: dict[str, str]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """The manifest of the snapshot in ``folder``.

        Raises:
            SnapshotError: It is missing, unreadable, or of another format.
        """
        try:
            fields = json.loads((folder / MANIFEST).read_text("utf-8"))
            found, stated = fields["format"], fields.pop("sha256", None)
            if found == FORMAT and stated == _digest(fields):
                return cls(
                    **{
                        **fields,
                        "info": SnapshotInfo(**fields["info"]),
                        "languages": tuple(fields["languages"]),
                        "layers": tuple(map(_layer, fields["layers"])),
                    }
                )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged(folder, MANIFEST) from error
        if found == FORMAT:
            raise damaged(folder, MANIFEST)
        raise SnapshotError(
            f"snapshot {folder.name} has format {found}, this version reads {FORMAT}", "footnote reindex"
        )

    def write(self, folder: Path) -> None:
        """Write it to ``folder``, with a checksum of its own."""
        fields = asdict(self)
        (folder / MANIFEST).write_text(json.dumps({**fields, "sha256": _digest(fields)}, indent=1), "utf-8")


def damaged(folder: Path, name: str) -> SnapshotError:
    """What is to be said of a file of a snapshot that is missing or changed."""
    return SnapshotError(
        f"snapshot {folder.name} is damaged: {name} is missing or changed", "footnote reindex"
    )


def _layer(fields: dict[str, Any]) -> LayerInfo:
    return LayerInfo(**{**fields, "method": Method(**fields["method"]), "dead": tuple(fields["dead"])})


def _digest(fields: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()
