"""A reward of one's own: drug-likeness (QED) as RDKit computes it. See docs/outside-rewards.md."""
import json
import sys

from rdkit import Chem, RDLogger
from rdkit.Chem import QED

RDLogger.DisableLog("rdApp.*")
for line in sys.stdin:
    request = json.loads(line)
    molecules = [Chem.MolFromSmiles(text) for text in request["texts"]]
    scores = [QED.qed(m) if m and m.GetNumAtoms() else None for m in molecules]
    print(json.dumps({"id": request["id"], "scores": scores}), flush=True)
