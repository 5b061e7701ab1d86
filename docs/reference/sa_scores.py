#!/usr/bin/env python3
"""Makes the table of published fragment scores that the jar ships, from RDKit's.

    sa_scores.py OUTPUT [FPSCORES]

FPSCORES is Contrib/SA_Score/fpscores.pkl.gz of RDKit (that of the RDKit that runs this, when not given). OUTPUT is what
reward-udfs/src/main/resources/io/solera/reward/molecule/sa-scores.bin.gz is; SaFragments says what is in it. The same
bytes on every run.
"""

import gzip
import os
import pickle
import struct
import sys
import zlib

from rdkit import RDConfig


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append((value & 0x7F) | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


def main(output, source=os.path.join(RDConfig.RDContribDir, "SA_Score", "fpscores.pkl.gz")):
    with gzip.open(source) as file:
        rows = pickle.load(file)
    scores = {}
    for row in rows:
        for fragment in row[1:]:
            scores[fragment] = float(row[0])  # as sascorer.py: a later row wins
    levels = sorted(set(scores.values()))
    place = {level: i for i, level in enumerate(levels)}
    ids = sorted(scores)
    body = [
        b"SOLSA2",
        struct.pack(">ddi", 1, 0, len(levels)),
        struct.pack(">%dd" % len(levels), *levels),
        struct.pack(">i", len(ids)),
    ]
    body += [varint(b - a) for a, b in zip([0] + ids, ids)]
    body += [varint(place[scores[i]]) for i in ids]
    packer = zlib.compressobj(9, zlib.DEFLATED, 31, 9)
    with open(output, "wb") as file:
        file.write(packer.compress(b"".join(body)) + packer.flush())
    print("%d fragments, %d scores" % (len(ids), len(levels)))


if __name__ == "__main__":
    main(*sys.argv[1:])
