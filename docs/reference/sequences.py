#!/usr/bin/env python3
"""Reference data for the tests of the protein and DNA rewards, with Biopython as the judge.

    sequences.py FOLDER DATA

reads sequences from DATA (proteins_consurf_10k.fasta.gz, peptides_antimicrobial.csv.gz,
dna_yeast_promoter_expression.csv.gz, dna_tf_binding_crx_ref_r1.tsv.gz) and writes into FOLDER
  proteins.tsv   proteins and peptides, a value in each column that the column's head, a call of the catalogue, must
                 give
  dna.tsv        the same of promoters and 8-mers; an empty cell is not compared
    sequences.py --golden DATA
writes a few rows of both, with hand-picked short ones, next to the tests of the catalogue. A head may continue with " #
" and what the value is, where the catalogue's definition departs from it: such columns are printed, not asserted. The
files are the same on every run with the same Biopython.
"""

import csv
import gzip
import itertools
import math
import sys
import zlib
from pathlib import Path

import numpy as np
from Bio import motifs
from Bio.Align import PairwiseAligner, substitution_matrices
from Bio.SeqUtils import CodonAdaptationIndex, MeltingTemp, ProtParamData, gc_fraction
from Bio.SeqUtils.ProtParam import ProteinAnalysis

BESIDE = Path(__file__).resolve().parents[2] / "reward-udfs/src/test/resources/io/solera/reward/catalogue"
TABLES = Path(__file__).resolve().parents[2] / "reward-udfs/src/main/resources/io/solera/reward"
SCALES = {
    "abraham-leo": "AbrahamLeo", "black-mould": "BlackMould", "bull-breese": "BullBreese", "casari-sippl": "Casari",
    "cowan-ph3.4": "Cowan3.4", "cowan-ph7.5": "Cowan7.5", "eisenberg": "Eisenberg", "engelman": "Engelman",
    "fauchere-pliska": "Fauchere", "guy": "Guy", "miyazawa-jernigan": "Miyazawa", "parker": "Parker",
    "ponnuswamy": "Ponnuswamy", "rose": "Rose", "roseman": "Roseman", "sweet-eisenberg": "Sweet", "wilson": "Wilson",
    "zimmerman": "Zimmerman",
}  # fmt: skip
# Radzicka and Wolfenden, Biochemistry 27, 1664 (1988), cyclohexane to water
TRANSFER = dict(L=4.92, I=4.92, V=4.04, F=2.98, M=2.35, W=2.33, A=1.81, C=1.28, G=0.94, P=0, Y=-0.14, T=-2.57, S=-3.40,
                H=-4.66, Q=-5.54, K=-5.55, N=-6.64, E=-6.81, D=-8.72, R=-14.92)  # fmt: skip
PSEUDOCOUNT = 0.5


def lines(path):
    with gzip.open(path, "rt") as file:
        yield from file


def proteins(data):
    chains = []
    for line in lines(data / "proteins_consurf_10k.fasta.gz"):
        if line.startswith(">"):
            chains.append("")
        else:
            chains[-1] += line.strip()
    peptides = [row["sequence"] for row in csv.DictReader(lines(data / "peptides_antimicrobial.csv.gz"))]
    return [s for s in chains if not set(s) - set(TRANSFER)], [s for s in peptides if not set(s) - set(TRANSFER)]


def dna(data):
    promoters = dict.fromkeys(
        row["sequence"] for row in csv.DictReader(lines(data / "dna_yeast_promoter_expression.csv.gz"))
    )
    words = [line.split()[0] for line in lines(data / "dna_tf_binding_crx_ref_r1.tsv.gz")][1:]
    return [s for s in promoters if not set(s) - set("ACGT")], words


def moment(sequence, window, angle):
    if len(sequence) < window:
        return None
    h = np.array([ProtParamData.gravy_scales["Eisenberg"][a] for a in sequence])
    turns = np.exp(1j * np.radians(angle) * np.arange(window))
    return float(np.abs(np.lib.stride_tricks.sliding_window_view(h, window) @ turns).max()) / window


def aligner(mode):
    made = PairwiseAligner()
    made.mode = mode
    made.substitution_matrix = substitution_matrices.load("BLOSUM62")
    made.open_gap_score, made.extend_gap_score = -12, -1
    return made


ALIGNERS = {mode: aligner(mode) for mode in ("global", "local")}
REFERENCES = ["GIGKFLHSAKKFGKAFVGEIMNS", "KWKLFKKIEKVGQNIRDGIIKAGPAVAVVGQATQIAK"]
MOST = 1_000  # equally good alignments that are looked at; a pair with more is not compared
LONGEST = 90  # residues of a chain that is aligned, as long ones have more of them
ONE_IN = 20  # chains of the large files that are aligned; all of the golden ones


def identity(mode, sequence, reference):
    """The share of identical pairs in the best alignment with the fewest columns, then the most identical pairs."""
    best = None
    for number, path in enumerate(ALIGNERS[mode].align(sequence, reference)):
        if number == MOST:
            return None
        steps = np.diff(path.coordinates, axis=1)
        identical = sum(
            sequence[a + k] == reference[b + k]
            for (a, b), (da, db) in zip(path.coordinates[:, :-1].T, steps.T)
            if da == db
            for k in range(da)
        )
        mine = (-int(steps.max(axis=0).sum()), identical)
        best = mine if best is None else max(best, mine)
    if best is None:
        return 0
    return best[1] / (-best[0] if mode == "global" else min(len(sequence), len(reference)))


def nearest_identity(mode, sequence):
    chosen = sys.argv[1] == "--golden" or zlib.crc32(sequence.encode()) % ONE_IN == 0
    if not chosen or len(sequence) > LONGEST:
        return None
    shares = [identity(mode, sequence, reference) for reference in REFERENCES]
    return None if None in shares else max(shares)


def word_similarity(sequence, k):
    mine, *theirs = ({s[i : i + k] for i in range(len(s) - k + 1)} for s in [sequence, *REFERENCES])
    return max(len(mine & other) / len(mine | other) for other in theirs) if mine else None


def protein_values(sequence):
    p = ProteinAnalysis(sequence)
    n = p.count_amino_acids()
    helix, turn, sheet = p.secondary_structure_fraction()
    reduced, disulfide = p.molar_extinction_coefficient()
    point = p.isoelectric_point()
    inside = 4.051 < point < 11.999
    windows = p.protein_scale(ProtParamData.Flex, 9, 0.25) if len(sequence) >= 9 else []
    return {
        "protein_mw": p.molecular_weight(),
        "isoelectric_point": point if inside else None,
        "isoelectric_point # Biopython at the ends of its search": None if inside else point,
        "protein_charge(ph=7.4)": p.charge_at_pH(7.4),
        "protein_charge(ph=3)": p.charge_at_pH(3),
        "protein_charge(ph=11.5)": p.charge_at_pH(11.5),
        "gravy": p.gravy(),
        **{f"gravy(scale={ours})": p.gravy(theirs) for ours, theirs in SCALES.items()},
        "gravy(scale=hopp-woods)": sum(ProtParamData.hw[a] for a in sequence) / len(sequence),
        "instability_index": p.instability_index() if len(sequence) > 1 else None,
        "aromaticity": p.aromaticity(),
        "aliphatic_index": 100 * (n["A"] + 2.9 * n["V"] + 3.9 * (n["I"] + n["L"])) / len(sequence),
        "extinction_coefficient": reduced,
        "extinction_coefficient(cysteines=disulfide)": disulfide,
        "flexibility": float(np.mean(windows)) if windows else None,
        "flexibility # mean of Biopython's flexibility()": (
            float(np.mean(p.flexibility())) if len(sequence) > 9 else None
        ),
        "helix_fraction": helix,
        "turn_fraction": turn,
        "sheet_fraction": sheet,
        "hydrophobic_moment": moment(sequence, 11, 100),
        "hydrophobic_moment(angle=160, window=7)": moment(sequence, 7, 160),
        "boman_index": -sum(n[a] * TRANSFER[a] for a in n) / len(sequence),
        **{
            f"protein_identity(reference='{' '.join(REFERENCES)}', alignment={mode})": nearest_identity(mode, sequence)
            for mode in ALIGNERS
        },
        **{
            f"kmer_similarity(reference='{' '.join(REFERENCES)}', k={k})": word_similarity(sequence, k) for k in (2, 3)
        },
    }


class Motif:
    """A motif of the tests with Biopython's scores, and the exact p-value of every score from all words of its length.
    """

    def __init__(self, motif, gc):
        background = {b: gc / 2 if b in "CG" else (1 - gc) / 2 for b in "ACGT"}
        self.pssm = motif.counts.normalize(PSEUDOCOUNT).log_odds(background)
        self.reverse = self.pssm.reverse_complement()
        self.length = motif.length
        scores, weights = np.zeros(1), np.ones(1)
        for place in range(motif.length):
            scores = (scores[:, None] + [self.pssm[b][place] for b in "ACGT"]).ravel()
            weights = (weights[:, None] * [background[b] for b in "ACGT"]).ravel()
        order = np.argsort(-scores)
        self.scores, self.reached = scores[order], np.cumsum(weights[order])

    def threshold(self, p):
        """The lowest score that a share of at most p of all words reaches; equal scores count together."""
        k = int(np.searchsorted(self.reached, p * (1 + 1e-9), side="right"))
        while 0 < k < len(self.scores) and self.scores[k - 1] - self.scores[k] < 1e-9:
            k -= 1
        return (
            (self.scores[k - 1] + (self.scores[k] if k < len(self.scores) else self.scores[k - 1])) / 2
            if k
            else math.inf
        )

    def all(self, sequence):
        return np.concatenate([np.atleast_1d(m.calculate(sequence)) for m in (self.pssm, self.reverse)]).astype(float)


def read_motifs(gc=0.5):
    with open(BESIDE / "motifs.jaspar") as file:
        return {m.name: Motif(m, gc) for m in motifs.parse(file, "jaspar")}


def codon_index(column):
    index = CodonAdaptationIndex([])
    index.clear()
    for line in open(TABLES / "dna/codons.tsv"):
        if not line.startswith("#"):
            cells = line.split()
            index[cells[0]] = float(cells[column])
    return index


class Dna:
    def __init__(self):
        self.motifs = read_motifs()
        self.background = read_motifs(0.38)
        self.thresholds = {name: m.threshold(0.001) for name, m in self.motifs.items()}
        self.reference = sum(self.sites(line.strip()) for line in open(BESIDE / "promoters.txt"))
        self.ecoli, self.yeast = codon_index(2), codon_index(3)

    def sites(self, sequence):
        return np.array([(m.all(sequence) >= self.thresholds[name]).sum() for name, m in self.motifs.items()], float)

    def values(self, sequence):
        c, g, cpg = (sequence.count(x) for x in ("C", "G", "CG"))
        long = len(sequence) >= 11
        gfi1, elk1 = self.motifs["Gfi1"], self.background["ELK1"]
        own = self.sites(sequence) if long else None
        codons = len(sequence) % 3 == 0 and any(
            sequence[i : i + 3] not in ("ATG", "TGG", "TAA", "TAG", "TGA") for i in range(0, len(sequence), 3)
        )
        return {
            "gc_content": gc_fraction(sequence),
            "cpg_ratio": cpg * len(sequence) / (c * g) if c * g else None,
            "longest_homopolymer": max(len(list(run)) for _, run in itertools.groupby(sequence)),
            "melting_temperature": MeltingTemp.Tm_NN(sequence) if len(sequence) > 1 else None,
            "melting_temperature(na=100, k=5, tris=10, mg=2, dntps=0.5, strand=50, complement=10)": MeltingTemp.Tm_NN(
                sequence, Na=100, K=5, Tris=10, Mg=2, dNTPs=0.5, dnac1=50, dnac2=10) if len(sequence) > 1 else None,
            "motif_best(motif=motifs.jaspar, name=Gfi1)": float(gfi1.all(sequence).max()) if long else None,
            "motif_best(motif=motifs.jaspar, name=MA0028.1, gc=0.38)": (
                float(elk1.all(sequence).max()) if long else None),
            "motif_sum(motif=motifs.jaspar, name=Gfi1)": float(
                sum(score for _, score in gfi1.pssm.search(sequence, 0.0, both=True))) if long else None,
            "motif_sum(motif=motifs.jaspar, name=ELK1, gc=0.38, threshold=3.21)": float(
                sum(score for _, score in elk1.pssm.search(sequence, 3.21, both=True))) if long else None,
            "motif_correlation(motifs=motifs.jaspar, sequences=promoters.txt)": None if own is None
                else float(np.corrcoef(own, self.reference)[0, 1]) if own.std() > 0 else 0.0,
            "codon_adaptation": self.ecoli.calculate(sequence) if codons else None,
            "codon_adaptation(table=yeast)": self.yeast.calculate(sequence) if codons else None,
        }  # fmt: skip


def write(path, note, values, sequences):
    with open(path, "w") as file:
        for line in note:
            file.write(f"# {line}\n")
        for i, sequence in enumerate(sequences):
            row = values(sequence.upper())
            if i == 0:
                file.write("\t".join(["sequence", *row]) + "\n")
            file.write("\t".join([sequence, *("" if v is None else f"{float(v):.12g}" for v in row.values())]) + "\n")


def main(folder, data):
    data = Path(data)
    chains, peptides = proteins(data)
    promoters, words = dna(data)
    judge = Dna().values
    if folder == "--golden":
        note = ["Sequences with the values of Biopython 1.88, written by docs/reference/sequences.py --golden."]
        picked = [
            "M",
            "gg",
            "KKKKKKKK",
            "DDDDDDDDD",
            "RRRRRRRRRRRR",
            "CCCC",
            "ACDEFGHIKLMNPQRSTVWY",
            "yvwtsrqpnmlkihgfedca",
        ]
        write(BESIDE / "proteins.golden.tsv",
              note + ["Hand-picked ones, then chains of the PDB (ConSurf-DB) and peptides of DBAASP"
                      " (MIT licence of their repositories' copies)."],
              protein_values, picked + [c for c in chains if len(c) < 90][:16] + peptides[::1200])  # fmt: skip
        picked = ["A", "AT", "cgcgcg", "GGGGGGGGGGGG", "ACGTTGCAAGTCCATGGTAC", "ATGGCTAAAGGTGAACTGTAA"]
        write(BESIDE / "dna.golden.tsv",
              note + ["Hand-picked ones, then 8-mers, then yeast promoters of Vaishnav et al."
                      " (2022; MIT licence of 1edv/evolution)."],
              judge, picked + words[::8000] + [p[: 110 - i % 3] for i, p in enumerate(promoters[::2500])])  # fmt: skip
    else:
        folder = Path(folder)
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / "proteins.tsv", [], protein_values, chains + peptides)
        write(folder / "dna.tsv", [], judge, [p[: 110 - i % 3] for i, p in enumerate(promoters[:10_000])] + words[::16])


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
