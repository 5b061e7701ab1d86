#!/usr/bin/env python3
"""Coefficients of TorchJD's aggregators for small sets of updates: the golden file of TestRulesAgainstTorchJd.

    blending.py FILE

writes FILE, such as model-runtime/src/test/resources/io/solera/rl/blend/torchjd.json: a list of cases with
  name, updates [N][dimension], weights [N], which add up to 1
  rules     for each rule what it returned: N coefficients in TorchJD's own scale. Those that take no weights are left
            out where weights are uneven
  pc_grad   of up to three updates: all results over the orders in which it can project, as it draws them at random
It needs torch==2.15.0 (CPU) and "torchjd[full]==0.18.0". All is in float64. Regularisation is taken down to what the
solvers allow: by default TorchJD adds 1e-4 to the diagonal of the normalised Gram matrix.
"""

import json
import sys

import torch
from torchjd.aggregation import (
    AlignedMTLWeighting,
    CAGradWeighting,
    DualProjWeighting,
    IMTLGWeighting,
    MGDAWeighting,
    NashMTL,
    PCGradWeighting,
    UPGradWeighting,
)
from torchjd.linalg import QuadprogProjector

torch.set_default_dtype(torch.float64)
C = 0.4
DRAWS = 200


def random(seed, rows, columns):
    generator = torch.Generator().manual_seed(seed)
    return torch.round(torch.randn(rows, columns, generator=generator) * 1000) / 1000


def cases():
    yield "orthogonal", torch.tensor([[2.0, 0.0], [0.0, 1.0]])
    yield "agreeing", torch.tensor([[3.0, 1.0], [1.0, 2.0]])
    yield "conflicting", torch.tensor([[1.0, 0.0], [-2.0, 1.0]])
    yield "conflicting, lengths apart", torch.tensor([[100.0, 0.0], [-0.5, 1.0]])
    yield "opposed", torch.tensor([[1.0, 0.0], [-3.0, 0.0]])
    yield "three, conflicting", torch.tensor([[3.0, 0.0, 1.0], [-2.0, 1.0, 0.0], [0.5, -1.0, 2.0]])
    yield "three, two the same", torch.tensor([[1.0, 2.0, 0.0], [1.0, 2.0, 0.0], [-2.0, 0.5, 1.0]])
    yield "three, nearly the same", torch.tensor([[1.0, 1.0, 0.0], [1.0, 1.01, 0.0], [1.0, 1.0, 0.02]])
    yield "three in a plane", torch.tensor([[1.0, 0.0], [-0.5, 1.0], [0.75, 1.0]])
    for rows, columns in ((3, 5), (4, 4), (5, 9), (6, 4), (8, 12)):
        yield f"random {rows} x {columns}", random(10 * rows + columns, rows, columns)
    scales = torch.tensor([[10.0], [1.0], [0.1], [3.0]])
    yield "random 4 x 6, lengths apart", random(46, 4, 6) * scales
    yield "random 4 x 6, small", random(46, 4, 6) / 1024


def weightings(pref, even):
    projector = QuadprogProjector(norm_eps=1e-30, reg_eps=1e-11)
    rules = {
        "up_grad": UPGradWeighting(pref, projector),
        "dual_proj": DualProjWeighting(pref, projector),
        "aligned_mtl": AlignedMTLWeighting(pref),
    }
    if even:
        rules["ca_grad"] = CAGradWeighting(C, norm_eps=1e-30)
        rules["imtl_g"] = IMTLGWeighting()
        rules["min_norm"] = MGDAWeighting(epsilon=1e-12, max_iters=100_000)
    return rules


def golden(name, updates, weights):
    gram = updates @ updates.T
    n = len(updates)
    even = bool((weights == weights[0]).all())
    case = {"name": name, "updates": updates.tolist(), "weights": weights.tolist(), "rules": {}}
    for rule, weighting in weightings(weights, even).items():
        case["rules"][rule] = weighting(gram).tolist()
    if even:
        nash = NashMTL(n_tasks=n, max_norm=0.0, optim_niter=100)
        kept = []
        nash.weighting.register_forward_hook(lambda module, arguments, result: kept.append(result))
        nash(updates)
        case["rules"]["nash_mtl"] = kept[0].tolist()
        if n <= 3:
            torch.manual_seed(0)
            drawn = {tuple(PCGradWeighting()(gram).tolist()) for _ in range(DRAWS)}
            case["pc_grad"] = sorted(drawn)
    return case


def main():
    all_cases = []
    for name, updates in cases():
        n = len(updates)
        all_cases.append(golden(name, updates, torch.full((n,), 1.0 / n)))
        uneven = torch.arange(1.0, n + 1)
        all_cases.append(golden(name + ", weighted", updates, uneven / uneven.sum()))
    with open(sys.argv[1], "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(case) for case in all_cases) + "\n]\n")


main()
