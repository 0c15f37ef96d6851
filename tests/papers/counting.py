"""How much of what is true was read, and how much of it is called sure: for the tests and for the bench."""

import time
from dataclasses import dataclass, field

from papers.reading import read

UNGUARDED = {
    "seller",
    "buyer",
    "payer",
    "payee",
    "party_a",
    "party_b",
    "account_name",
    "bank_name",
    "name",
    "legal_representative",
    "address",
    "capital",
    "title",
    "serial",
    "number",
}


@dataclass
class Count:
    """One form of paper."""

    papers: int = 0
    layouts: set = field(default_factory=set)
    facts: int = 0  # that are true of the papers and that this form can say
    right: int = 0
    guarded: int = 0  # of the right ones those that some rule could prove: no names, serials, numbers of contracts
    sure: int = 0  # of these
    seconds: float = 0.0  # of CPU, all together
    wrong: list = field(default_factory=list)  # what was sure and is not true
    other: int = 0  # facts of which something else was read, not sure
    missed: list = field(default_factory=list)
    apart: list = field(default_factory=list)  # disagreements that no paper has

    @property
    def recall(self):
        return self.right / self.facts


def counted(papers):
    """form → Count."""
    counts = {}
    for paper in papers:
        count = counts.setdefault(paper.form, Count())
        content = paper.make()
        start = time.process_time()
        facts = read(content, paper.file)
        count.seconds += time.process_time() - start
        add(count, paper, facts)
    return counts


def add(count, paper, facts):
    """Count one paper."""
    right = {name for name, value in paper.truth.items() if facts.value(name) == value}
    sure = {fact.name: fact.value for fact in facts.facts if fact.is_sure}
    count.papers += 1
    count.layouts.add(paper.layout)
    count.facts += len(paper.truth)
    count.right += len(right)
    count.guarded += len(right - UNGUARDED)
    count.sure += len(right & sure.keys())
    count.wrong += [(paper.layout, name, value) for name, value in sure.items() if paper.everything.get(name) != value]
    count.other += sum(1 for name in paper.truth.keys() - right if facts.value(name) and name not in sure)
    count.missed += [(paper.layout, name, paper.truth[name], facts.value(name)) for name in paper.truth.keys() - right]
    count.apart += [(paper.layout, two) for two in facts.disagreements]
    if facts.kind != paper.kind:
        count.missed.append((paper.layout, "kind", paper.kind, facts.kind))
