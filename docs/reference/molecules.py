#!/usr/bin/env python3
"""Reference data for the tests of the molecule rewards, with RDKit as the judge.

    molecules.py FOLDER DATA

reads SMILES from DATA (chembl_78k.smi.gz, pubchem_100k.smi.gz, zinc_250k.smi.gz, rdkit_reference_3k.csv.gz) and writes
into FOLDER
  corrupted.tsv       text, RDKit's verdict (1 valid, 0 not): half edited at 1 to 3 characters, half samples of a 6-gram
                      model
  held_out.tsv        molecules outside rdkit_reference_3k with RDKit's values
  spellings.tsv       molecules in several random spellings, one molecule a row
  sa_calibration.tsv  molecules with RDKit's SA score, apart from all of the above
and a copy of rdkit_reference_3k.csv.gz, so that `./mvnw -Preference -Dsolera.reference.data=FOLDER` finds everything in
one place. The files are the same on every run with the same RDKit.
"""

import csv
import gzip
import os
import random
import shutil
import sys
from collections import Counter, defaultdict

from rdkit import Chem, RDConfig, RDLogger
from rdkit.Chem import AllChem, Crippen, DataStructs, Descriptors, QED, rdMolDescriptors

sys.path.append(os.path.join(RDConfig.RDContribDir, "SA_Score"))
import sascorer

RDLogger.DisableLog("rdApp.*")
ORDER = 6
ASPIRIN = AllChem.GetMorganFingerprintAsBitVect(Chem.MolFromSmiles("CC(=O)Oc1ccccc1C(=O)O"), 2, 2048)


def lines(path):
    with gzip.open(path, "rt") as file:
        return [line.split()[0] for line in file if line.strip()]


def edited(rng, smiles, alphabet):
    text = list(smiles)
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        at = rng.randrange(len(text)) if text else 0
        if kind < 1 / 3 and len(text) > 1:
            del text[at]
        elif kind < 2 / 3:
            text.insert(at, rng.choice(alphabet))
        else:
            text[at] = rng.choice(alphabet)
    return "".join(text)


def ngrams(corpus):
    model = defaultdict(Counter)
    for smiles in corpus:
        padded = "^" * ORDER + smiles + "$"
        for i in range(ORDER, len(padded)):
            model[padded[i - ORDER : i]][padded[i]] += 1
    return {context: (list(c), list(c.values())) for context, c in model.items()}


def sample(rng, model):
    text = "^" * ORDER
    while len(text) < 150 + ORDER:
        letters, weights = model[text[-ORDER:]]
        letter = rng.choices(letters, weights)[0]
        if letter == "$":
            break
        text += letter
    return text[ORDER:]


def spellings(rng, molecule, count):
    result = []
    for _ in range(count):
        order = list(range(molecule.GetNumAtoms()))
        rng.shuffle(order)
        shuffled = Chem.RenumberAtoms(molecule, order)
        kekule = rng.random() < 0.5
        if kekule:
            shuffled = Chem.Mol(shuffled)
            Chem.Kekulize(shuffled, clearAromaticFlags=True)
        result.append(Chem.MolToSmiles(shuffled, canonical=False, kekuleSmiles=kekule))
    return result


def values(molecule):
    fingerprint = AllChem.GetMorganFingerprintAsBitVect(molecule, 2, 2048)
    return {
        "mw": "%.4f" % Descriptors.MolWt(molecule),
        "logp": "%.5f" % Crippen.MolLogP(molecule),
        "tpsa": "%.3f" % rdMolDescriptors.CalcTPSA(molecule),
        "donors": rdMolDescriptors.CalcNumHBD(molecule),
        "rotors": rdMolDescriptors.CalcNumRotatableBonds(molecule, rdMolDescriptors.NumRotatableBondsOptions.Strict),
        "aromatic_rings": rdMolDescriptors.CalcNumAromaticRings(molecule),
        "qed": "%.6f" % QED.qed(molecule),
        "sa": "%.5f" % sascorer.calculateScore(molecule),
        "aspirin": "%.6f" % DataStructs.TanimotoSimilarity(fingerprint, ASPIRIN),
    }


def write(path, header, rows):
    with open(path, "w") as file:
        file.write("#" + "\t".join(header) + "\n")
        for row in rows:
            file.write("\t".join(str(value) for value in row) + "\n")


def main(folder, data):
    os.makedirs(folder, exist_ok=True)
    shutil.copyfile(os.path.join(data, "rdkit_reference_3k.csv.gz"), os.path.join(folder, "rdkit_reference_3k.csv.gz"))
    rng = random.Random(20261124)
    with gzip.open(os.path.join(data, "rdkit_reference_3k.csv.gz"), "rt") as file:
        reference = {row["smiles"] for row in csv.DictReader(file)}
    sets = {}
    for name in ("chembl_78k", "pubchem_100k", "zinc_250k"):
        found = [s for s in lines(os.path.join(data, name + ".smi.gz")) if s not in reference]
        rng.shuffle(found)
        sets[name] = found
    real = [s for name in sets for s in sets[name][:20000]]
    alphabet = "".join(sorted(set("".join(real))))

    corrupted = [edited(rng, s, alphabet) for s in rng.sample(real, 5000)]
    model = ngrams(real)
    corrupted += [sample(rng, model) for _ in range(5000)]
    corrupted = [s for s in corrupted if s and not any(c.isspace() for c in s)]
    write(
        os.path.join(folder, "corrupted.tsv"),
        ["text", "valid"],
        [(s, int(Chem.MolFromSmiles(s) is not None)) for s in corrupted],
    )

    rows, names = [], []
    for name in sets:
        for smiles in sets[name][-2000:]:
            molecule = Chem.MolFromSmiles(smiles)
            if molecule is not None and molecule.GetNumHeavyAtoms() > 0:
                row = values(molecule)
                names = list(row)
                rows.append([smiles, name] + list(row.values()))
    write(os.path.join(folder, "held_out.tsv"), ["smiles", "source"] + names, rows)

    rows = []
    for smiles in rng.sample(real, 3000):
        molecule = Chem.MolFromSmiles(smiles)
        if molecule is not None:
            rows.append([Chem.MolToSmiles(molecule)] + spellings(rng, molecule, 4))
    write(os.path.join(folder, "spellings.tsv"), ["smiles", "a", "b", "c", "d"], rows)

    rows = []
    for name in ("chembl_78k", "pubchem_100k"):
        for smiles in sets[name][-4000:-2000]:
            molecule = Chem.MolFromSmiles(smiles)
            if molecule is not None and molecule.GetNumHeavyAtoms() > 0:
                rows.append((smiles, "%.5f" % sascorer.calculateScore(molecule)))
    write(os.path.join(folder, "sa_calibration.tsv"), ["smiles", "sa"], rows)


if __name__ == "__main__":
    main(*sys.argv[1:])
