package io.solera.reward.catalogue;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.protein.ProteinRewards;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The rewards on proteins. */
final class ProteinEntries {
    private static final String BIOPYTHON = "Biopython 1.88, ProtParam ";
    private static final String EQUAL = "equal to 1e-9 on 10,000 proteins of the PDB and 9,000 peptides";
    private static final String KYTE_DOOLITTLE = "kyte-doolittle";

    private static final List<RewardEntry> PROPERTIES = List.of(
            entry("protein_mw", "molecular weight of a chain, average masses")
                    .unit("Da")
                    .range("75 and above")
                    .window(Shaping.window(5_000, 50_000, 5_000))
                    .definedBy("IUPAC standard atomic weights, Pure Appl. Chem. 88, 265 (2016)")
                    .comparedTo(BIOPYTHON + "molecular_weight", EQUAL + "; O and U have masses, in no other property")
                    .made((arguments, resources) -> ProteinRewards.molecularWeight()),
            entry("isoelectric_point", "pH at which the net charge of a chain is 0")
                    .unit("pH")
                    .range("0 .. 14")
                    .window(Shaping.window(5, 7, 2))
                    .definedBy("Bjellqvist et al., Electrophoresis 14, 1023 (1993) and 15, 529 (1994)")
                    .comparedTo(
                            BIOPYTHON + "isoelectric_point",
                            "within 0.0001, its step, on the 16,955 of 19,226 proteins and peptides between"
                                    + " 4.05 and 12, the limits of its search; this one searches 0 to 14,"
                                    + " with a difference of 0.33 on average and 1.5 at most")
                    .made((arguments, resources) -> ProteinRewards.isoelectricPoint()),
            entry("protein_charge", "net charge at a pH")
                    .unit("elementary charges")
                    .range("any")
                    .window(Shaping.window(-5, 5, 5))
                    .takes("ph", "7.4", "0 to 14")
                    .definedBy("Bjellqvist et al., Electrophoresis 14, 1023 (1993) and 15, 529 (1994)")
                    .comparedTo(BIOPYTHON + "charge_at_pH", EQUAL)
                    .example("protein_charge(ph=7.4)")
                    .made((arguments, resources) -> ProteinRewards.charge(Ranges.number(arguments, "ph", 0, 14))),
            entry("gravy", "mean hydropathy of the residues")
                    .unit("of the scale")
                    .range("-4.5 .. 4.5 for kyte-doolittle")
                    .lower(Shaping.reverseLinear(-1, 1))
                    .takes("scale", KYTE_DOOLITTLE, String.join(", ", ProteinRewards.scales()))
                    .definedBy("Kyte and Doolittle, J. Mol. Biol. 157, 105 (1982); the other scales' papers are "
                            + "listed in their table")
                    .comparedTo(BIOPYTHON + "gravy", EQUAL + ", on the 20 scales that it has")
                    .example("gravy(scale=eisenberg)")
                    .made((arguments, resources) ->
                            ProteinRewards.hydropathy(arguments.getOrDefault("scale", KYTE_DOOLITTLE))),
            entry("instability_index", "below 40 the chain is predicted to be stable in a test tube")
                    .range("any")
                    .lower(Shaping.reverseLinear(20, 60))
                    .definedBy("Guruprasad, Reddy and Pandit, Protein Eng. 4, 155 (1990)")
                    .comparedTo(BIOPYTHON + "instability_index", EQUAL + "; missing for a single residue")
                    .made((arguments, resources) -> ProteinRewards.instabilityIndex()),
            entry("aromaticity", "share of F, W and Y")
                    .range("0 .. 1")
                    .window(Shaping.window(0.05, 0.12, 0.05))
                    .definedBy("Lobry and Gautier, Nucleic Acids Res. 22, 3174 (1994)")
                    .comparedTo(BIOPYTHON + "aromaticity", EQUAL)
                    .made((arguments, resources) -> ProteinRewards.aromaticity()),
            entry("aliphatic_index", "relative volume of aliphatic side chains")
                    .range("0 .. 390")
                    .higher(Shaping.linear(50, 120))
                    .definedBy("Ikai, J. Biochem. 88, 1895 (1980)")
                    .comparedTo("the formula on Biopython 1.88's count_amino_acids", EQUAL)
                    .made((arguments, resources) -> ProteinRewards.aliphaticIndex()),
            entry("extinction_coefficient", "molar extinction at 280 nm in water")
                    .unit("l/(mol cm)")
                    .range("0 and above")
                    .higher(Shaping.linear(0, 50_000))
                    .takes("cysteines", "reduced", "reduced, or disulfide: all in pairs")
                    .definedBy("Pace et al., Protein Sci. 4, 2411 (1995)")
                    .comparedTo(BIOPYTHON + "molar_extinction_coefficient", EQUAL)
                    .example("extinction_coefficient(cysteines=disulfide)")
                    .made((arguments, resources) -> extinction(arguments)),
            entry("flexibility", "mean flexibility of windows of nine residues")
                    .range("0.9 .. 1.1")
                    .window(Shaping.window(0.98, 1.02, 0.02))
                    .definedBy("Vihinen, Torkkila and Riikonen, Proteins 19, 141 (1994)")
                    .comparedTo(
                            BIOPYTHON + "protein_scale(Flex, 9, 0.25), its mean",
                            EQUAL
                                    + "; Biopython's flexibility() weighs the residue after the middle like the "
                                    + "middle and omits the last window; the difference is 0.0012 on average "
                                    + "and 0.037 at most")
                    .made((arguments, resources) -> ProteinRewards.flexibility()),
            fraction("helix", "E, M, A, L and K").made((arguments, resources) -> ProteinRewards.helixFraction()),
            fraction("turn", "N, P, G, S and D").made((arguments, resources) -> ProteinRewards.turnFraction()),
            fraction("sheet", "V, I, Y, F, W, L and T").made((arguments, resources) -> ProteinRewards.sheetFraction()),
            entry("hydrophobic_moment", "largest hydrophobic moment of any window")
                    .unit("of the scale")
                    .range("0 and above")
                    .higher(Shaping.linear(0, 0.8))
                    .takes("window", "11", "residues, 2 to 100")
                    .takes("angle", "100", "degrees between neighbours: 100 in a helix, 160 in a strand")
                    .takes("scale", "eisenberg", "as of gravy")
                    .definedBy("Eisenberg, Weiss and Terwilliger, Nature 299, 371 (1982)")
                    .comparedTo(
                            "the formula in NumPy over Biopython 1.88's Eisenberg scale",
                            EQUAL + " of at least a window's length; missing for shorter ones")
                    .example("hydrophobic_moment(window=11, angle=100)")
                    .made((arguments, resources) -> ProteinRewards.hydrophobicMoment(
                            arguments.getOrDefault("scale", "eisenberg"),
                            Ranges.whole(arguments, "window", 2, 100),
                            Ranges.number(arguments, "angle", 0, 360))),
            entry("boman_index", "potential to bind other proteins, above 2.48 high")
                    .unit("kcal/mol")
                    .range("-4.92 .. 14.92")
                    .higher(Shaping.linear(0, 3))
                    .definedBy("Boman, J. Intern. Med. 254, 197 (2003), with the energies of Radzicka and Wolfenden"
                            + " (1988)")
                    .comparedTo("the formula on Biopython 1.88's count_amino_acids", EQUAL)
                    .made((arguments, resources) -> ProteinRewards.bomanIndex()));

    static final List<RewardEntry> ALL =
            Stream.concat(PROPERTIES.stream(), ProteinMatchEntries.ALL.stream()).toList();

    private ProteinEntries() {}

    private static RewardEntry.Draft entry(String name, String summary) {
        return RewardEntry.of(name, Input.PROTEIN, summary);
    }

    private static RewardEntry.Draft fraction(String structure, String residues) {
        return entry(structure + "_fraction", "share of residues that are frequent in a " + structure + ": " + residues)
                .range("0 .. 1")
                .higher(Shaping.IDENTITY)
                .definedBy("Haimov and Srebnik, Sci. Rep. 6, 38341 (2016), helix; Hutchinson and Thornton, Protein Sci."
                        + " 3, 2207 (1994), turn; Kim and Berg, Nature 362, 267 (1993), sheet")
                .comparedTo(
                        BIOPYTHON + "secondary_structure_fraction",
                        EQUAL + "; before Biopython 1.82 other letters, with helix and sheet swapped");
    }

    private static Reward extinction(Map<String, String> arguments) {
        String cysteines = arguments.getOrDefault("cysteines", "reduced");
        return switch (cysteines) {
            case "reduced" -> ProteinRewards.extinctionReduced();
            case "disulfide" -> ProteinRewards.extinctionDisulfide();
            default ->
                throw new RequestException("Invalid cysteines: %s (must be reduced or disulfide)".formatted(cysteines));
        };
    }
}
