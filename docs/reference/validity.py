#!/usr/bin/env python3
"""RDKit's verdicts on strings and its SA scores, to compare ours with. Needs the newest RDKit
(docs/reference/requirements.txt).

    validity.py golden FOLDER               FOLDER is reward-udfs/src/test/resources/io/solera/reward/molecule
    validity.py sample DATA FOLDER [COUNT]  DATA holds zinc_250k.smi.gz, chembl_78k.smi.gz, pubchem_100k.smi.gz and
                                            rdkit_reference_3k.csv.gz

Writes into FOLDER
  validity.tsv  text, RDKit's verdict (1 valid, 0 not) and, of valid ones, weight, atoms of its graph, aromatic atoms,
                SA: a grid of every element by charge, hydrogens and neighbours, aromatic rings of every kind of atom,
                every kind of bond; with sample also COUNT (60,000) mutants of real molecules
  sa.tsv        molecules with RDKit's SA score: the 3,000 of the reference table and 8,000 each of ZINC, ChEMBL and
                PubChem
golden draws some hundred of the first from the grid, and writes the SA score of the molecules named below. The same
files on every run.
"""

import csv
import gzip
import itertools
import os
import random
import re
import sys

from rdkit import Chem, RDConfig, RDLogger, rdBase
from rdkit.Chem import Descriptors

sys.path.append(os.path.join(RDConfig.RDContribDir, "SA_Score"))
import sascorer

RDLogger.DisableLog("rdApp.*")
PIECES = (
    list("CNOSPFIclnosp()[]=#+-123456789%@H/\\.:*~$>")
    + "Cl Br P S B b p -> <- %(10) %12 ~ $ I(=O) N(=O)=O P(=O)(=O) S(=O)(=O)".split()
    + (
        "[nH] [N+] [O-] [Si] [As] [Sb] [Bi] [Al] [Se] [se] [te] [siH] [si] [as] [B-] [C-] [P+] [S+] [SH] [PH] [nH+]"
        " [n+] [o+] [Fe] [Pt] [Zn] [Na] [2H] [H] [13C] [16*] [*:1] [cH-] [I] [Xe] [Te] [Ge] [Sn] [Ga] [In] [Tl] [Pb]"
        " [Li] [K] [Mg] [Ca]"
    ).split()
)
TOKEN = re.compile(r"\[[^\]]*\]|Cl|Br|%\d\d|.")
RING_ATOMS = (
    "b c n o p s [nH] [n+] [n-] [nH+] [o+] [s+] [se] [te] [siH] [si] [as] [asH] [pH] [se+] [cH-] [c-] [c+] [b-] [bH-] *"
    " [*] [p+] [te+] s(=O) n(=O) [si](C) p(=O) p(C) [as](C) s(C) n(C) c(=O) [se](=O) [te](=O) s(=O)(=O) [sH] [oH] [seH]"
    " b(C) B N(C) [BH-] P S"
).split()
RINGS = (
    "%s1%scc1 %s1%sccc1 %s1%scccc1 %s1%sccccc1 %s1c%scc1 %s1cc%scc1 %s1%sc2ccccc2c1 %s1%sc2ccccc2cc1 %s1%scCc1"
    " %s1:%s:c:c:c:1 %s1=%sc=cc1"
).split()
GIVERS = "N O [NH3] CO C#N [C-]#[O+] P(C)(C)C C=C [Cl-] F S * [H] n1ccccc1".split()
TAKERS = "[Fe] [Pt+2] B BF [B](F)(F)F [Al](C)(C)C [Zn] C [Na+] * [H] [Cu](Cl)Cl [Au]".split()
BONDS = "-> <- ~ $ : - = # / \\ > < -- --> .".split()
SCORED = """
[Na+].[Cl-] O [Fe] [OH-] [K+].[I-] Cl [U] [He] [NH4+].[Cl-] OS(=O)(=O)O OP(=O)(O)O [O-]Cl(=O)(=O)=O F[Xe]F [SiH4]
[GeH4] C[Si](C)(C)C B1BBB1 O=[N+]([O-])O [Pt](Cl)(Cl)(N)N N->[Pt](Cl)(Cl)<-N [Fe+2].[cH-]1cccc1.[cH-]1cccc1 [H][H]
[2H]O[2H] [H+] [13CH4] [16*]c1ccccc1 [1*]CC[2*] *C C[Hg]C O=[U]=O [Al+3].[OH-].[OH-].[OH-] C1CC12CC2 C1CCC2(CC1)CCCC2
C1CC2CCC1C2 C1CC2CCC1CC2 C1C2CC3CC1CC(C2)C3 C12C3C4C1C5C2C3C45 C1CN2CCC1CC2 CN1C2CCC1CC2 C1CCCCCCCC1 C1CCCCCCCCCCC1
O=C1CCCCCCCCCCCCCCC1 c1ccc2c(c1)CCCCCCCC2 C[C@H](N)C(=O)O CC(N)C(=O)O C[C@H](O)[C@@H](C)O CC(O)C(C)O C1CC(C)C(C)C(C)C1
C[C@H]1CC[C@@H](C)CC1 C/C=C/C(F)\\C=C/C CS(=O)CC C[P](CC)CCC C[PH]CC CN1CC1C C=C1CN1C CN1CC1 CC1CN1c1ccccc1
C[As](CC)c1ccccc1 C[N+](CC)(CCC)CCCC CC(=O)Oc1ccccc1C(=O)O c1ccccc1 C
CN1CC[C@]23[C@@H]4[C@H]1CC5=C2C(=C(C=C5)O)O[C@H]3[C@H](C=C4)O c1cc[te]c1 c1cc[siH]cc1 *1ccccc1 c1ccc2[nH]ccc2c1
O=c1cc[nH]cc1 C1=CC=CC=CC=C1 C1=CC2=CC=CC2=C1 c1ccc2cccc-2cc1 OC1C(O)C(O)C(O)C(O)C1O
O[C@H]1[C@H](O)[C@@H](O)[C@H](O)[C@H](O)[C@@H]1O
"""


def mutant(rng, smiles):
    pieces = TOKEN.findall(smiles)
    for _ in range(rng.randint(1, 3)):
        kind, at = rng.random(), rng.randrange(len(pieces)) if pieces else 0
        if kind < 0.3 and len(pieces) > 1:
            del pieces[at]
        elif kind < 0.65 or not pieces:
            pieces.insert(at, rng.choice(PIECES))
        elif kind < 0.85:
            pieces[at] = rng.choice(PIECES)
        else:
            other = rng.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
    return "".join(pieces)


def grid():
    table = Chem.GetPeriodicTable()
    for z in range(119):
        symbol = table.GetElementSymbol(z)
        for charge, hydrogens in itertools.product(
            ("", "+", "-", "+2", "-2", "+3", "-3", "+4"), ("", "H", "H2", "H3", "H4", "H5")
        ):
            atom = "[%s%s%s]" % (symbol, hydrogens, charge)
            for degree in range(9):
                yield atom + ("(C)" * (degree - 1) + "C" if degree else "")
            for tail in ("=C", "=O", "#C", "#N", "(=O)=O", "(=O)(=O)=O", "=N", "$[W]"):
                yield atom + tail
            small = "[%s%s%s]" % (symbol.lower(), hydrogens, charge)
            yield from ("C1=C%sC=C1" % atom, "c1c%scc1" % small, "c1cc%sccc1" % small, "c1cc%sccc1" % atom)
    for symbol in "B C N O P S F Cl Br I".split():
        for degree in range(9):
            yield symbol + ("(C)" * (degree - 1) + "C" if degree else "")
            yield from (
                symbol + "(=O)" * degree + "C",
                symbol + "(F)" * degree + "=O",
                symbol + "(=O)(O)" + "(C)" * degree,
            )
    for first, second in itertools.product(RING_ATOMS, "c n o s [nH] * N [se] b p [siH]".split()):
        for ring in RINGS:
            head, _, tail = first.partition("(")
            text = ring % (head, second)
            yield text.replace(head + "1", head + "1(" + tail, 1) if tail else text
    for giver, taker, bond in itertools.product(GIVERS, TAKERS, BONDS):
        yield from (
            giver + bond + taker,
            taker + bond + giver,
            "C%s1CCCC%s1" % (giver if giver[0] != "n" else "N", bond),
        )


def judged(strings):
    for text in strings:
        try:
            m = Chem.MolFromSmiles(text)
        except Exception:  # some strings break an invariant of RDKit
            m = None
        if m is None:
            yield text, 0, 0, 0, 0, 0
        else:
            aromatic = sum(atom.GetIsAromatic() for atom in m.GetAtoms())
            yield text, 1, "%.4f" % Descriptors.MolWt(m), m.GetNumAtoms(), aromatic, "%r" % sascorer.calculateScore(m)


def write(path, header, rows):
    with open(path, "w") as file:
        file.write("# By RDKit %s (docs/reference/validity.py)\n#%s\n" % (rdBase.rdkitVersion, "\t".join(header)))
        for row in rows:
            file.write("\t".join(map(str, row)) + "\n")


def scored(strings):
    for text in strings:
        m = Chem.MolFromSmiles(text)
        if m is not None and m.GetNumAtoms():
            yield text, "%r" % sascorer.calculateScore(m)


def read(data, name):
    with gzip.open(os.path.join(data, name + ".smi.gz"), "rt") as file:
        return [line.split()[0] for line in file if line.strip()]


VERDICT = ["text", "valid", "weight", "atoms", "aromatic", "sa"]


def golden(folder):
    rng = random.Random(20261130)
    by_verdict = {0: [], 1: []}
    for row in judged(rng.sample(sorted(set(grid())), 6000)):
        if ":" not in row[0]:
            by_verdict[row[1]].append(row)
    write(os.path.join(folder, "validity.golden.tsv"), VERDICT, by_verdict[0][:350] + by_verdict[1][:350])
    write(os.path.join(folder, "sa.golden.tsv"), ["smiles", "sa"], scored(SCORED.split()))


def sample(data, folder, count="60000"):
    rng = random.Random(20261130)
    sets = [read(data, name) for name in ("zinc_250k", "chembl_78k", "pubchem_100k")]
    real = [smiles for found in sets for smiles in rng.sample(found, 15000)]
    mutants = (mutant(rng, rng.choice(real)) for _ in range(int(count)))
    strings = dict.fromkeys(
        text for text in itertools.chain(mutants, grid()) if text and not any(c.isspace() for c in text)
    )
    write(os.path.join(folder, "validity.tsv"), VERDICT, judged(strings))
    with gzip.open(os.path.join(data, "rdkit_reference_3k.csv.gz"), "rt") as file:
        molecules = [row["smiles"] for row in csv.DictReader(file) if row["valid"] == "1"]
    for found in sets:
        molecules += rng.sample(found, 8000)
    write(os.path.join(folder, "sa.tsv"), ["smiles", "sa"], scored(molecules))


if __name__ == "__main__":
    {"golden": golden, "sample": sample}[sys.argv[1]](*sys.argv[2:])
