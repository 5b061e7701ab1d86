#!/usr/bin/env python3
"""RDKit's values for calls of the molecule rewards, to compare ours with.

    deviation_molecules.py golden SMILES OUTPUT        the molecules of SMILES, one a line: what catalogue/molecules.tsv
                                                       of the tests is
    deviation_molecules.py sample DATA OUTPUT [COUNT]  COUNT molecules (4,000) of each of ZINC, ChEMBL and PubChem, from
                                                       DATA

The first column of OUTPUT is the SMILES, the others are named by the call. Files that calls name are next to the tests'
table. Definitions that RDKit lacks are written here from their papers, on RDKit's numbers. The sample is the same on
every run.
"""

import csv
import gzip
import math
import os
import random
import re
import sys

from rdkit import Chem, RDConfig, RDLogger, rdBase
from rdkit.Chem import Crippen, DataStructs, Descriptors, QED, rdFingerprintGenerator, rdMolDescriptors
from rdkit.Chem.FilterCatalog import FilterCatalog, FilterCatalogParams
from rdkit.Chem.Scaffolds import MurckoScaffold

sys.path.append(os.path.join(RDConfig.RDContribDir, "SA_Score"))
import sascorer

RDLogger.DisableLog("rdApp.*")
HERE = os.path.dirname(os.path.abspath(__file__))
FILES = os.path.join(HERE, "../../reward-udfs/src/test/resources/io/solera/reward/catalogue")
STRICT = rdMolDescriptors.NumRotatableBondsOptions.Strict
ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O"


def words(name):
    with open(os.path.join(FILES, name)) as file:
        return [line.split()[0] for line in file if line.strip() and not line.startswith("# ")]


def catalogue(name):
    parameters = FilterCatalogParams()
    parameters.AddCatalog(getattr(FilterCatalogParams.FilterCatalogs, name))
    filters = FilterCatalog(parameters)
    return lambda m: len(filters.GetMatches(m))


def all_alerts(values):
    return sum(values["alerts(sets=%s)" % name] for name in ("pains_a", "pains_b", "pains_c", "brenk"))


def own_alerts(name):
    patterns = [Chem.MolFromSmarts(smarts) for smarts in words(name)]
    return lambda m: sum(m.HasSubstructMatch(pattern) for pattern in patterns)


def similarity(references, radius, features, alpha=1.0, beta=1.0):
    generator = (
        rdFingerprintGenerator.GetMorganGenerator(
            radius=radius, fpSize=2048, atomInvariantsGenerator=rdFingerprintGenerator.GetMorganFeatureAtomInvGen()
        )
        if features
        else rdFingerprintGenerator.GetMorganGenerator(radius=radius, fpSize=2048)
    )
    known = [generator.GetFingerprint(Chem.MolFromSmiles(smiles)) for smiles in references]

    def nearest(m):
        mine = generator.GetFingerprint(m)
        return max(DataStructs.TverskySimilarity(mine, other, alpha, beta) for other in known)

    return nearest


def scaffold(m):
    return MurckoScaffold.MurckoScaffoldSmiles(mol=m, includeChirality=False)


def scaffold_match(smiles):
    known = scaffold(Chem.MolFromSmiles(smiles))
    return lambda m: int(scaffold(m) == known)


def match(smarts):
    pattern = Chem.MolFromSmarts(smarts)
    return lambda m: int(m.HasSubstructMatch(pattern))


def count(smarts):
    pattern = Chem.MolFromSmarts(smarts)
    return lambda m: len(m.GetSubstructMatches(pattern, uniquify=True, maxMatches=100000))


def largest_ring(m):
    return max((len(ring) for ring in m.GetRingInfo().AtomRings()), default=0)


def penalised_logp(m):
    logp = (Crippen.MolLogP(m) - 2.4570953396190123) / 1.434324401111988
    sa = (sascorer.calculateScore(m) - 3.0525811293166134) / 0.8335207024513095
    return logp - sa - (max(0, largest_ring(m) - 6) - 0.0485696876403053) / 0.2860212110245455


def lipinski(m):
    return (
        (Descriptors.MolWt(m) > 500)
        + (Crippen.MolLogP(m) > 5)
        + (rdMolDescriptors.CalcNumLipinskiHBD(m) > 5)
        + (rdMolDescriptors.CalcNumLipinskiHBA(m) > 10)
    )


def veber(m):
    return (rdMolDescriptors.CalcNumRotatableBonds(m, STRICT) > 10) + (rdMolDescriptors.CalcTPSA(m) > 140)


def isomer(formula, geometric=True):
    wanted = [(symbol, int(n or 1)) for symbol, n in re.findall(r"([A-Z][a-z]?)(\d*)", formula)]
    total = sum(n for _, n in wanted)

    def closeness(m):
        symbols = [atom.GetSymbol() for atom in Chem.AddHs(m).GetAtoms()]
        terms = [math.exp(-0.5 * (symbols.count(symbol) - n) ** 2) for symbol, n in wanted]
        terms.append(math.exp(-0.5 * ((len(symbols) - total) / 2) ** 2))
        return math.prod(terms) ** (1 / len(terms)) if geometric else sum(terms) / len(terms)

    return closeness


BIPHENYL = "c1ccc(-c2ccccc2)cc1"
CALLS = {
    "qed": QED.qed,
    "sa": sascorer.calculateScore,
    "logp": Crippen.MolLogP,
    "mw": Descriptors.MolWt,
    "tpsa": rdMolDescriptors.CalcTPSA,
    "penalised_logp": penalised_logp,
    "lipinski": lipinski,
    "veber": veber,
    "heavy_atoms": rdMolDescriptors.CalcNumHeavyAtoms,
    "fraction_csp3": rdMolDescriptors.CalcFractionCSP3,
    "hbd": rdMolDescriptors.CalcNumHBD,
    "hba": rdMolDescriptors.CalcNumHBA,
    "rotatable_bonds": lambda m: rdMolDescriptors.CalcNumRotatableBonds(m, STRICT),
    "rings": rdMolDescriptors.CalcNumRings,
    "aromatic_rings": rdMolDescriptors.CalcNumAromaticRings,
    "aliphatic_rings": rdMolDescriptors.CalcNumAliphaticRings,
    "largest_ring": largest_ring,
    "formal_charge": Chem.GetFormalCharge,
    "alerts(sets=pains_a)": catalogue("PAINS_A"),
    "alerts(sets=pains_b)": catalogue("PAINS_B"),
    "alerts(sets=pains_c)": catalogue("PAINS_C"),
    "alerts(sets=brenk)": catalogue("BRENK"),
    "alerts(file=alerts.smarts)": own_alerts("alerts.smarts"),
    "substructure(smarts='C(=O)[NX3]')": match("C(=O)[NX3]"),
    "substructure(smarts='[r5]1[r5][r5][r5][r5]1-!@[R2,x3]')": match("[r5]1[r5][r5][r5][r5]1-!@[R2,x3]"),
    "substructure_count(smarts='[F,Cl]')": count("[F,Cl]"),
    "substructure_count(smarts='[#6]~[#7]~[#6]')": count("[#6]~[#7]~[#6]"),
    "substructure_count(smarts='[CX4;!$(C-[!#6;!#1]);H2,H3]')": count("[CX4;!$(C-[!#6;!#1]);H2,H3]"),
    "similarity(reference='%s')" % ASPIRIN: similarity([ASPIRIN], 2, False),
    "similarity(reference='%s', fingerprint=ecfp6)" % ASPIRIN: similarity([ASPIRIN], 3, False),
    "similarity(reference='%s', fingerprint=fcfp4)" % ASPIRIN: similarity([ASPIRIN], 2, True),
    "similarity(reference='%s', fingerprint=fcfp6)" % ASPIRIN: similarity([ASPIRIN], 3, True),
    "similarity(file=references.smi, measure=tversky, alpha=0.9, beta=0.1)": similarity(
        words("references.smi"), 2, False, 0.9, 0.1
    ),
    "scaffold(reference='%s')" % BIPHENYL: scaffold_match(BIPHENYL),
    "scaffold(reference='c1ccccc1')": scaffold_match("c1ccccc1"),
    "isomer(formula=C11H24)": isomer("C11H24"),
    "isomer(formula=C9H10N2O2PF2Cl, mean=arithmetic)": isomer("C9H10N2O2PF2Cl", False),
}


def sample(data, size):
    rng = random.Random(20261125)
    with gzip.open(os.path.join(data, "rdkit_reference_3k.csv.gz"), "rt") as file:
        seen = {row["smiles"] for row in csv.DictReader(file)}
    for name in ("zinc_250k", "chembl_78k", "pubchem_100k"):
        with gzip.open(os.path.join(data, name + ".smi.gz"), "rt") as file:
            found = [line.split()[0] for line in file if line.strip()]
        yield from rng.sample([smiles for smiles in found if smiles not in seen], size)


def text(value):
    return "%d" % value if isinstance(value, int) else "%.9f" % value


def main(kind, source, output, size="4000"):
    if kind == "sample":
        strings = sample(source, int(size))
    else:
        with open(source) as file:
            strings = [line.split()[0] for line in file if line.strip() and not line.startswith("#")]
    with open(output, "w") as file:
        file.write(
            "# Molecules with the values that RDKit %s gives the calls (docs/reference/deviation_molecules.py)\n"
            % rdBase.rdkitVersion
        )
        file.write("#smiles\t" + "\t".join(list(CALLS) + ["alerts"]) + "\n")
        for smiles in strings:
            m = Chem.MolFromSmiles(smiles)
            if m is not None and m.GetNumHeavyAtoms() > 0:
                values = {call: function(m) for call, function in CALLS.items()}
                values["alerts"] = all_alerts(values)
                file.write("\t".join([smiles] + [text(value) for value in values.values()]) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
