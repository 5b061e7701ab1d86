#!/usr/bin/env python3
"""The structural alerts that ship as structural-alerts.tsv, as RDKit's filter catalogue holds them.

    alerts.py OUTPUT [SMILES ...]

writes one row a pattern: its set (pains_a, pains_b, pains_c, brenk), its name, its SMARTS with hydrogens merged into
counts. The text of every pattern, read again, must find what the catalogue finds in the molecules of the files SMILES
(one a line, plain or gzip).
"""

import gzip
import sys

from rdkit import Chem, RDLogger, rdBase
from rdkit.Chem.FilterCatalog import FilterCatalog, FilterCatalogParams

RDLogger.DisableLog("rdApp.*")
SETS = {"pains_a": "PAINS_A", "pains_b": "PAINS_B", "pains_c": "PAINS_C", "brenk": "BRENK"}
MAGIC = b"\xef\xbe\xad\xde"
# long lines: the head of the table
HEADER = """\
# Structural alerts as SMARTS, with hydrogens merged into the atoms that carry them.
# PAINS: J. B. Baell and G. A. Holloway, J. Med. Chem. 53, 2719 (2010); in SMARTS by S. Saubern, R. Guha and J. B. Baell, Mol. Inform. 30,
# 847 (2011). Brenk: R. Brenk et al., ChemMedChem 3, 435 (2008). Both as curated in the filter catalogue of RDKit %s, BSD 3-clause,
# Copyright (c) 2006-2026 Rational Discovery LLC, Greg Landrum, Julie Penzotti and others; NOTICE has the terms.
# Made by docs/reference/alerts.py.
#set\tname\tsmarts
"""
# long lines end


def catalogue(name):
    parameters = FilterCatalogParams()
    parameters.AddCatalog(getattr(FilterCatalogParams.FilterCatalogs, name))
    return FilterCatalog(parameters)


def smarts(entry):
    data = bytes(entry.Serialize())
    return Chem.MolToSmarts(Chem.Mol(data[data.index(MAGIC) :]))


def molecules(paths):
    for path in paths:
        with (gzip.open if path.endswith(".gz") else open)(path, "rt") as file:
            for line in file:
                molecule = Chem.MolFromSmiles(line.split()[0]) if line.strip() else None
                if molecule is not None:
                    yield molecule


def main(output, *paths):
    catalogues = {name: catalogue(kind) for name, kind in SETS.items()}
    rows = []
    for name, filters in catalogues.items():
        for i in range(filters.GetNumEntries()):
            entry = filters.GetEntryWithIdx(i)
            rows.append((name, entry.GetDescription(), smarts(entry)))
    patterns = {name: [Chem.MolFromSmarts(s) for n, _, s in rows if n == name] for name in SETS}
    checked = 0
    for molecule in molecules(paths):
        for name, filters in catalogues.items():
            theirs = len(filters.GetMatches(molecule))
            ours = sum(molecule.HasSubstructMatch(pattern) for pattern in patterns[name])
            if ours != theirs:
                raise SystemExit("%s: %d of %s, not %d" % (Chem.MolToSmiles(molecule), ours, name, theirs))
        checked += 1
    with open(output, "w") as file:
        file.write(HEADER % rdBase.rdkitVersion)
        for row in rows:
            file.write("\t".join(row) + "\n")
    print("%d patterns, checked on %d molecules" % (len(rows), checked))


if __name__ == "__main__":
    main(*sys.argv[1:])
