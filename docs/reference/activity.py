"""Logistic regression by scikit-learn on RDKit's fingerprints, on the folds that `solera train-reward --folds FILE`
wrote.

Usage: activity.py FOLDS [FOLDS ...]
"""

import csv
import sys
from collections import defaultdict

import numpy as np
from rdkit import Chem, RDLogger
from rdkit.Chem import AllChem
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

RDLogger.DisableLog("rdApp.*")


def bits(smiles):
    molecule = Chem.MolFromSmiles(smiles)
    if molecule is None:
        sys.exit(f"Cannot read {smiles}: RDKit refuses it")
    return list(AllChem.GetMorganFingerprintAsBitVect(molecule, 2, 2048).GetOnBits())


def matrix(rows, known):
    for row in rows:
        if row["smiles"] not in known:
            known[row["smiles"]] = bits(row["smiles"])
    columns = [known[row["smiles"]] for row in rows]
    starts = np.cumsum([0] + [len(on) for on in columns])
    on = np.concatenate(columns)
    return csr_matrix((np.ones(len(on), np.float32), on, starts), (len(rows), 2048))


print("| task | split | test rows | actives | average precision | scikit-learn, best C | ROC AUC | scikit-learn |")
print("|---|---|---|---|---|---|---|---|")
for path in sys.argv[1:]:
    folds = defaultdict(lambda: defaultdict(list))
    with open(path, newline="") as table:
        for row in csv.DictReader(table):
            folds[row["task"], row["split"]][row["part"]].append(row)
    known = {}
    for (task, split), parts in folds.items():
        train, test = parts["training"], parts["test"]
        y = np.array([float(row["label"]) for row in train])
        truth = np.array([float(row["label"]) for row in test])
        network = np.array([float(row["prediction"]) for row in test])
        x, x_test = matrix(train, known), matrix(test, known)
        best = max(
            (
                (average_precision_score(truth, scores), roc_auc_score(truth, scores), c)
                for c in (1.0, 0.3, 0.1)
                for scores in [
                    LogisticRegression(C=c, solver="liblinear", max_iter=200).fit(x, y).decision_function(x_test)
                ]
            )
        )
        print(
            f"| {task} | {split} | {len(test)} | {int(truth.sum())} | {average_precision_score(truth, network):.3f} | "
            f"{best[0]:.3f} (C {best[2]}) | {roc_auc_score(truth, network):.3f} | {best[1]:.3f} |"
        )
