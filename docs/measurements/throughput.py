#!/usr/bin/env python3
"""RDKit's part of throughput.sh: scores the last molecules of a file by one thread, after some as a warm-up. FILE COUNT
"""

import os
import sys
import time

from rdkit import Chem, RDConfig, RDLogger
from rdkit.Chem import QED, Crippen, rdMolDescriptors
from rdkit.Chem.FilterCatalog import FilterCatalog, FilterCatalogParams

sys.path.append(os.path.join(RDConfig.RDContribDir, "SA_Score"))
import sascorer

RDLogger.DisableLog("rdApp.*")
parameters = FilterCatalogParams()
parameters.AddCatalog(FilterCatalogParams.FilterCatalogs.PAINS)
parameters.AddCatalog(FilterCatalogParams.FilterCatalogs.BRENK)
alerts = FilterCatalog(parameters)


def score(strings):
    total = 0.0
    for smiles in strings:
        m = Chem.MolFromSmiles(smiles)
        if m is not None:
            total += QED.qed(m) + sascorer.calculateScore(m) + Crippen.MolLogP(m) + rdMolDescriptors.CalcTPSA(m)
            total += len(alerts.GetMatches(m))
    return total


with open(sys.argv[1]) as file:
    lines = file.read().split()
count = int(sys.argv[2])
score(lines[:50])
wall, cpu = time.perf_counter(), time.thread_time()
total = score(lines[-count:])
cpu, wall = time.thread_time() - cpu, time.perf_counter() - wall
print("rdkit %.1f %.1f %.6f" % (count / cpu, count / wall, total / count))
