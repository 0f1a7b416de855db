"""Two glossaries: how they differ, and one taken into the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from toolkit.terminology.glossary import Glossary, Term, with_changes

Prefer = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Change:
    """A term that is not the same in two glossaries.

    Attributes:
        old: the term in the first one, None where it has none of that source and domain; `new`: the same of the second.
    """

    old: Term | None
    new: Term | None

    @property
    def term(self) -> Term:
        """The term, as it is after the change where it is still there."""
        term = self.new or self.old
        assert term is not None
        return term

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ."""
        old, new = _row(self.old), _row(self.new)
        return tuple(c for c in {**old, **new} if old.get(c, "") != new.get(c, ""))

    def __str__(self) -> str:
        term = self.term
        name = f"{term.source} ({term.domain})" if term.domain else term.source
        if self.old is None or self.new is None:
            return f"{'-' if self.new is None else '+'} {name}: {term.target}"
        old, new = _row(self.old), _row(self.new)
        return f"~ {name}: " + ", ".join(f"{c} {old.get(c, '')!r} → {new.get(c, '')!r}" for c in self.columns)

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        what = "added" if self.old is None else "removed" if self.new is None else "changed"
        rows = {"old": self.old and _row(self.old), "new": self.new and _row(self.new)}
        return {
            "what": what,
            "source": self.term.source,
            "domain": self.term.domain,
            "columns": list(self.columns),
            **rows,
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """A term of which two glossaries say different things, in the columns that are named."""

    ours: Term
    theirs: Term
    columns: tuple[str, ...]

    def __str__(self) -> str:
        ours, theirs = _row(self.ours), _row(self.theirs)
        where = f" ({self.ours.domain})" if self.ours.domain else ""
        parts = [f"{c} is {ours.get(c, '')!r} in ours and {theirs.get(c, '')!r} in theirs" for c in self.columns]
        return f"{self.ours.source}{where}: {'; '.join(parts)}"

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {"ours": _row(self.ours), "theirs": _row(self.theirs), "columns": list(self.columns)}


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge did.

    Attributes:
        done: whether the glossary was changed; not if there are conflicts and nothing was said to prefer.
        added, changed: the terms; those that would have been, where it was not done.
        conflicts: what the two disagree on.
    """

    done: bool
    added: list[Term] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def diff(old: Glossary, new: Glossary) -> list[Change]:
    """How the second glossary differs from the first: terms gone and changed in the order of the first, then new ones."""
    before, after = _by_key(old), _by_key(new)
    changes = [Change(term, after.get(key)) for key, term in before.items()]
    changes += [Change(None, term) for key, term in after.items() if key not in before]
    return [c for c in changes if c.columns]


def merge(
    ours: Glossary,
    theirs: Iterable[Term],
    prefer: Prefer | None = None,
    *,
    columns: Collection[str] | None = None,
    any_domain: bool = False,
) -> Merge:
    """Take terms into a glossary, which is changed as a whole or not at all.

    A new term is added. Of one that is there (the same source and domain, or the same source where theirs has no domain) a
    column that only theirs has is taken over; where both say different things there is a conflict. A target of theirs that
    ours accepts is none.

    Args:
        ours: the glossary, which is changed.
        theirs: the terms.
        prefer: whose word counts in a conflict; without it nothing is changed if there is one.
        columns: compare and take over these columns only, of terms that are there.
        any_domain: a term of that source is the same one in whatever domain.
    """
    known = _by_key(ours)
    by_source: dict[str, list[Term]] = {}
    for term in known.values():
        by_source.setdefault(term.source, []).append(term)
    result = Merge(False)
    added: dict[tuple[str, str], Term] = {}
    changed: dict[tuple[str, str], Term] = {}
    for term in theirs:
        there = known.get(term.key)
        if there is None and (any_domain or not term.domain):
            same = by_source.get(term.source, [])
            there = next((t for t in same if set(term.targets) <= set(t.targets)), same[0] if same else None)
        if there is None:
            first = added.setdefault(term.key, term)
            if first is not term and (conflict := _conflict(first, term, columns)):
                result.conflicts.append(conflict)
            continue
        now = changed.get(there.key, there)
        conflict = _conflict(now, term, columns)
        if conflict:
            result.conflicts.append(conflict)
        taken = _taken(now, term, conflict.columns if conflict and prefer == "theirs" else (), columns)
        if taken:
            changed[there.key] = with_changes(now, taken)
    result.added.extend(added.values())
    result.changed.extend(Change(known[key], new) for key, new in changed.items())
    if result.conflicts and prefer is None:
        return result
    for key, new in changed.items():
        ours.replace(known[key], new)
    ours.extend(added.values())
    return Merge(True, result.added, result.changed, result.conflicts)


def merge_files(
    ours: Path | str, theirs: Path | str, prefer: Prefer | None = None, output: Path | str | None = None
) -> tuple[Merge, Glossary]:
    """Merge two glossary files (see `merge`); what came of it, and the merged glossary.

    Args:
        ours, theirs: the files; only the first keeps its comments, order and columns.
        prefer: whose word counts in a conflict.
        output: where to write the merged glossary, if the merge was done; the first file may be named here too.

    Raises:
        InputError, GlossaryError: a file cannot be read, or is not right.
        OutputError: the output cannot be written.
    """
    other = Glossary.load(theirs)
    if output is not None and Path(output).exists() and Path(output).samefile(ours):
        with Glossary.edit(ours) as glossary:
            return merge(glossary, other, prefer), glossary
    glossary = Glossary.load(ours)
    result = merge(glossary, other, prefer)
    if result.done and output is not None:
        glossary.save(output)
    return result, glossary


def _row(term: Term | None) -> dict[str, str]:
    return {c: v for c, v in term.row().items() if v} if term is not None else {}


def _by_key(terms: Iterable[Term]) -> dict[tuple[str, str], Term]:
    found: dict[tuple[str, str], Term] = {}
    for term in terms:
        found.setdefault(term.key, term)
    return found


def _conflict(ours: Term, theirs: Term, columns: Collection[str] | None) -> Conflict | None:
    a, b = _row(ours), _row(theirs)
    differ = [c for c in a if c in b and a[c] != b[c] and (columns is None or c in columns)]
    if set(theirs.targets) <= set(ours.targets):
        differ = [c for c in differ if c != "target"]
    if set(theirs.forbidden) <= set(ours.forbidden):
        differ = [c for c in differ if c != "forbidden"]
    differ = [c for c in differ if c != "domain"]
    return Conflict(ours, theirs, tuple(differ)) if differ else None


def _taken(ours: Term, theirs: Term, conflicting: Collection[str], columns: Collection[str] | None) -> dict[str, str]:
    """What ours gets from theirs: columns that it has nothing in, and those of a conflict that theirs wins."""
    a, b = _row(ours), _row(theirs)
    return {
        c: v
        for c, v in b.items()
        if (c not in a or c in conflicting) and c != "domain" and (columns is None or c in columns)
    }
