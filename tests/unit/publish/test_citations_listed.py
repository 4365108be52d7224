"""What the list at a page's end holds is what sphinxcontrib-bibtex finds, of whatever filter; asked with less work."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace

import pytest
from pybtex.database import BibliographyData, Entry
from sphinxcontrib.bibtex.bibfile import BibData, BibFile
from sphinxcontrib.bibtex.citation_target import CitationTarget
from sphinxcontrib.bibtex.directives import BibliographyKey, BibliographyValue
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.roles import CitationRef

from shortcase.publish.site.citations import OWN, Domain

FILE = Path("references.bib")
CITED = {"one": ["a-first", "a-third"], "two": ["a-second", "first"], "three": []}


class Counted(list[CitationRef]):
    """Citations that are counted as they are looked at."""

    looked = 0

    def __iter__(self):
        for ref in super().__iter__():
            Counted.looked += 1
            yield ref


def domain(kind: type[BibtexDomain], page: str, **of: object) -> tuple[BibtexDomain, BibliographyKey]:
    entries = {key: Entry("misc") for key in ("third", "first", "second", "other")}
    for key, entry in entries.items():
        entry.key = key
    listed = {"prefix": "a-", "filter": "docname in docnames", "keys": []} | of
    key = BibliographyKey(page, "list")
    one = BibliographyValue(
        1, [FILE], "alpha", "citation", "arabic", 1, "", str(listed["prefix"]),
        ast.parse(str(listed["filter"])), {}, list(listed["keys"]),
    )  # fmt: skip
    refs = Counted(
        CitationRef(str(n), name, n, [CitationTarget(cited, "", "") for cited in keys])
        for n, (name, keys) in enumerate(CITED.items())
    )
    bibdata = BibData("utf-8", {FILE: BibFile(0.0, dict.fromkeys(entries))}, BibliographyData(entries))
    env = SimpleNamespace(domaindata={})
    made = object.__new__(kind)
    made.env = env
    made.data = {"bibdata": bibdata, "bibliographies": {key: one}, "citations": [], "citation_refs": refs}
    return made, key


@pytest.mark.parametrize("page", sorted(CITED))
@pytest.mark.parametrize(
    "of",
    [{}, {"prefix": ""}, {"filter": "cited"}, {"filter": "not docname in docnames"}, {"keys": ["other"]}],
)
def test_a_list_holds_what_it_held(page: str, of: dict[str, object]) -> None:
    found = [
        dict(made.get_filtered_entries(key))
        for made, key in (domain(kind, page, **of) for kind in (BibtexDomain, Domain))
    ]
    assert list(found[0]) == list(found[1])


def test_of_a_list_of_its_own_page_each_citation_is_looked_at_once() -> None:
    made, key = domain(Domain, "one")
    Counted.looked = 0
    assert list(dict(made.get_filtered_entries(key))) == ["a-third", "a-first"]
    assert Counted.looked == len(CITED)
    assert ast.dump(made.bibliographies[key].filter_) == OWN
