"""Makes the small networks that the tests of onnx() and torchscript() read, with what their own libraries say of some
molecules.

    python docs/reference/networks.py onnx FOLDER         # needs onnx, onnxruntime, scikit-learn, skl2onnx, rdkit
    python docs/reference/networks.py torchscript FOLDER  # needs torch

The weights are drawn from a seed and mean nothing. FOLDER is reward-udfs/src/test/resources/io/solera/reward/learned.
Made with onnx 1.23.2, onnxruntime 1.32.0, scikit-learn 1.9.1, skl2onnx 1.20.0, RDKit 2026.9.1 and torch 2.7.1.
"""

import json
import pathlib
import re
import sys

import numpy as np

MOLECULES = ["CCO", "OCC", "CC(=O)N", "c1ccccc1", "NCCO", "CC(N)C(=O)O", "C", "c1ccccc1C(=O)NCCO", "OCC(O)CO", "CN"]
PATTERN = r"\[[^\]]+\]|Br|Cl|%[0-9]{2}|[BCNOPSFIbcnops]|[0-9]|[().=#+\-\\/:~@?>*$]"
SPECIAL = ["<pad>", "<bos>", "<eos>", "<unk>"]
TOKENS = SPECIAL + sorted({token for smiles in MOLECULES for token in re.findall(PATTERN, smiles)})
WIDTH = 4


def tokenizer(folder):
    added = [
        {
            "id": i,
            "content": token,
            "single_word": False,
            "lstrip": False,
            "rstrip": False,
            "normalized": False,
            "special": True,
        }
        for i, token in enumerate(SPECIAL)
    ]
    split = {"type": "Split", "pattern": {"Regex": PATTERN}, "behavior": "Isolated", "invert": False}
    model = {"type": "WordLevel", "vocab": {token: i for i, token in enumerate(TOKENS)}, "unk_token": "<unk>"}
    whole = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": None,
        "pre_tokenizer": split,
        "post_processor": None,
        "decoder": {"type": "Fuse"},
        "model": model,
    }
    (folder / "tokenizer.json").write_text(json.dumps(whole, indent=1) + "\n")


def ids(smiles, framed=False):
    plain = [TOKENS.index(token) for token in re.findall(PATTERN, smiles)]
    return np.array([[1] + plain + [2] if framed else plain], dtype=np.int64)


def golden(folder, name, rows):
    lines = ["\t".join([smiles] + ["%.9g" % value for value in values]) for smiles, values in rows]
    (folder / name).write_text("\n".join(lines) + "\n")


def weights():
    draw = np.random.default_rng(1)
    return [draw.normal(size=shape).astype(np.float32) for shape in ((len(TOKENS), WIDTH), (WIDTH, 3), (3,))]


def onnx_models(root):
    import onnx
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    # mean of the embeddings under the mask, tanh, a layer; the mean is an output too
    folder = root / "onnx"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer(folder)
    embedding, layer, bias = weights()
    constants = {"embedding": embedding, "layer": layer, "bias": bias, "last": np.array([2]), "one": np.array([1])}
    nodes = [
        ("Gather", ["embedding", "input_ids"], "embedded"),
        ("Cast", ["attention_mask"], "mask"),
        ("Unsqueeze", ["mask", "last"], "column"),
        ("Mul", ["embedded", "column"], "masked"),
        ("ReduceSum", ["masked", "one"], "sum"),
        ("ReduceSum", ["column", "one"], "count"),
        ("Div", ["sum", "count"], "mean"),
        ("Tanh", ["mean"], "squashed"),
        ("Gemm", ["squashed", "layer", "bias"], "logits"),
    ]
    attributes = {"Cast": {"to": TensorProto.FLOAT}, "ReduceSum": {"keepdims": 0}}
    graph = helper.make_graph(
        [helper.make_node(op, inputs, [out], **attributes.get(op, {})) for op, inputs, out in nodes],
        "mean",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"])
            for name in ("input_ids", "attention_mask")
        ],
        [
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3]),
            helper.make_tensor_value_info("mean", TensorProto.FLOAT, ["batch", WIDTH]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, folder / "model.onnx")
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"))

    def run(smiles):
        tokens = ids(smiles)
        outputs = session.run(None, {"input_ids": tokens, "attention_mask": np.ones_like(tokens)})
        return [*outputs[0][0], *outputs[1][0]]

    golden(folder, "outputs.tsv", [(smiles, run(smiles)) for smiles in MOLECULES])

    # scikit-learn on ECFP4
    from rdkit import Chem
    from rdkit.Chem import rdFingerprintGenerator
    from skl2onnx import to_onnx
    from sklearn.linear_model import LogisticRegression

    folder = root / "sklearn"
    folder.mkdir(exist_ok=True)
    generator = rdFingerprintGenerator.GetMorganGenerator(radius=2, fpSize=2048)
    bits = np.array([generator.GetFingerprintAsNumPy(Chem.MolFromSmiles(s)) for s in MOLECULES], dtype=np.float32)
    active = np.array(["N" in smiles for smiles in MOLECULES], dtype=np.int64)
    fitted = LogisticRegression().fit(bits, active)
    model = to_onnx(fitted, bits[:1], options={"zipmap": False}, target_opset=13)
    onnx.save(model, folder / "model.onnx")
    golden(folder, "outputs.tsv", list(zip(MOLECULES, fitted.predict_proba(bits))))


def torchscript_models(root):
    import torch

    class Mean(torch.nn.Module):
        def __init__(self):
            super().__init__()
            embedding, layer, bias = [torch.from_numpy(value) for value in weights()]
            self.embedding = torch.nn.Embedding.from_pretrained(embedding)
            self.layer = torch.nn.Linear(WIDTH, 3)
            self.layer.weight = torch.nn.Parameter(layer.T.contiguous())
            self.layer.bias = torch.nn.Parameter(bias)

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor):
            mask = attention_mask.unsqueeze(2).float()
            mean = (self.embedding(input_ids) * mask).sum(1) / mask.sum(1)
            return self.layer(torch.tanh(mean)), mean

    folder = root / "torchscript"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer(folder)
    module = torch.jit.script(Mean().eval())
    module.save(str(folder / "model.pt"))

    def run(smiles):
        tokens = torch.from_numpy(ids(smiles, framed=True))
        with torch.no_grad():
            outputs = module(tokens, torch.ones_like(tokens))
        return [*outputs[0][0].tolist(), *outputs[1][0].tolist()]

    golden(folder, "outputs.tsv", [(smiles, run(smiles)) for smiles in MOLECULES])


if __name__ == "__main__":
    {"onnx": onnx_models, "torchscript": torchscript_models}[sys.argv[1]](pathlib.Path(sys.argv[2]))
