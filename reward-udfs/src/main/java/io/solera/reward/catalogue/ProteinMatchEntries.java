package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.alignment.AlignmentRewards;
import io.solera.reward.alignment.ReferenceChains;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rewards that compare a protein with others. */
final class ProteinMatchEntries {
    private static final String REFERENCES = "proteins, several separated by spaces";
    private static final Argument FILE =
            new Argument("file", "", "a file with more: FASTA, or a text with one as the first word of each line");

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of(
                            "protein_identity",
                            Input.PROTEIN,
                            "share of identical residues in the alignment with the nearest reference")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .takes("reference", "", REFERENCES)
                    .argument(FILE)
                    .takes(
                            "alignment",
                            "global",
                            "global: identical pairs over columns; local: those of the best part over the shorter "
                                    + "length")
                    .definedBy("Needleman and Wunsch, J. Mol. Biol. 48, 443 (1970); Smith and Waterman, J. Mol. Biol. "
                            + "147, 195 (1981); Gotoh, J. Mol. Biol. 162, 705 (1982); BLOSUM62, a gap of k costs 11 "
                            + "+ k")
                    .comparedTo(
                            "Biopython 1.88, PairwiseAligner with BLOSUM62; of equally good alignments that with the "
                                    + "fewest columns, then the most identical pairs",
                            "equal to 1e-9 on 468 peptides and chains of up to 90 residues")
                    .example("protein_identity(reference=GIGKFLHSAKKFGKAFVGEIMNS)")
                    .made(ProteinMatchEntries::identity),
            RewardEntry.of(
                            "kmer_similarity",
                            Input.PROTEIN,
                            "Jaccard similarity of the words of k residues to the nearest reference")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .takes("reference", "", REFERENCES)
                    .argument(FILE)
                    .takes("k", "3", "residues of a word, 1 to 12")
                    .definedBy("Edgar, Nucleic Acids Res. 32, 380 (2004), for words instead of alignments")
                    .comparedTo("the formula on Python's sets", "equal to 1e-9 on 19,200 proteins and peptides")
                    .example("kmer_similarity(reference=GIGKFLHSAKKFGKAFVGEIMNS, k=3)")
                    .made((arguments, resources) -> AlignmentRewards.kmerSimilarity(
                            references("kmer_similarity", arguments, resources), Ranges.whole(arguments, "k", 1, 12))));

    private ProteinMatchEntries() {}

    private static Reward identity(Map<String, String> arguments, Resources resources) throws IOException {
        List<String> references = references("protein_identity", arguments, resources);
        String alignment = arguments.getOrDefault("alignment", "").strip();
        return switch (alignment) {
            case "global" -> AlignmentRewards.globalIdentity(references);
            case "local" -> AlignmentRewards.localIdentity(references);
            default ->
                throw new RequestException("Invalid alignment: %s (must be global or local)".formatted(alignment));
        };
    }

    private static List<String> references(String name, Map<String, String> arguments, Resources resources)
            throws IOException {
        String given = arguments.getOrDefault("reference", "").strip();
        List<String> references = new ArrayList<>(given.isEmpty() ? List.of() : List.of(given.split("\\s+")));
        String file = arguments.getOrDefault("file", "").strip();
        if (!file.isEmpty()) {
            try (InputStream in = resources.open(file)) {
                references.addAll(ReferenceChains.read(in, file));
            }
        }
        if (references.isEmpty()) {
            throw new RequestException("Invalid reward: %s (reference or file must be given, as in %s)"
                    .formatted(name, RewardCatalogue.entry(name).example()));
        }
        return references;
    }
}
