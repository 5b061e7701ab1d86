package io.solera.reward.catalogue;

import static io.solera.reward.catalogue.MoleculeEntries.RDKIT;

import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import io.solera.reward.molecule.MoleculeRewards;
import io.solera.reward.molecule.References;
import io.solera.reward.molecule.Similarity;
import io.solera.reward.molecule.StructuralAlerts;
import io.solera.reward.molecule.fingerprint.FingerprintKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rewards that compare a molecule with patterns and other molecules. */
final class MoleculeMatchEntries {
    private static final String SMARTS = "Daylight Theory Manual, SMARTS";
    private static final String ALL_SETS = "pains brenk";
    private static final Argument FILE = new Argument("file", "", "a text file with more, the first word of each line");

    static final List<RewardEntry> ALL = List.of(
            RewardEntry.of("alerts", Input.SMILES, "number of structural alerts in the molecule")
                    .unit("patterns")
                    .range("0 and above")
                    .lower(Shaping.reverseLinear(0, 3))
                    .takes(
                            "sets",
                            "",
                            "of pains (or pains_a, pains_b, pains_c) and brenk, separated by spaces; without a file: "
                                    + "both")
                    .takes("file", "", "a text file of SMARTS, one per line, optionally with a space and a name")
                    .definedBy("Baell and Holloway, J. Med. Chem. 53, 2719 (2010); Brenk et al., ChemMedChem 3, 435 "
                            + "(2008)")
                    .comparedTo(
                            RDKIT + "FilterCatalog, PAINS and BRENK",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .example("alerts(sets='pains brenk')")
                    .made(MoleculeMatchEntries::alerts),
            RewardEntry.of("substructure", Input.SMILES, "whether a pattern is in the molecule, 1 or 0")
                    .range("0 or 1")
                    .higher(Shaping.IDENTITY)
                    .needs("smarts", "the pattern; chirality marks are ignored")
                    .definedBy(SMARTS)
                    .comparedTo(
                            RDKIT + "HasSubstructMatch",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .example("substructure(smarts='C(=O)[NX3]')")
                    .made((arguments, resources) -> MoleculeRewards.substructure(text(arguments, "smarts"))),
            RewardEntry.of(
                            "substructure_count",
                            Input.SMILES,
                            "number of matches of a pattern, as distinct sets of atoms")
                    .unit("matches")
                    .range("0 .. 10000")
                    .higher(Shaping.linear(0, 3))
                    .needs("smarts", "the pattern; chirality marks are ignored")
                    .definedBy(SMARTS)
                    .comparedTo(
                            RDKIT + "GetSubstructMatches, unique",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .example("substructure_count(smarts='[F,Cl]')")
                    .made((arguments, resources) -> MoleculeRewards.substructureCount(text(arguments, "smarts"))),
            RewardEntry.of(
                            "similarity",
                            Input.SMILES,
                            "similarity of circular fingerprints to the nearest reference molecule")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .takes("reference", "", "SMILES, several separated by spaces")
                    .argument(FILE)
                    .takes(
                            "fingerprint",
                            "ecfp4",
                            "ecfp2, ecfp4, ecfp6, or fcfp2, fcfp4, fcfp6 on pharmacophore features; 2048 bits")
                    .takes("measure", "tanimoto", "tanimoto or tversky")
                    .takes("alpha", "1", "with tversky, the weight of bits only in the molecule")
                    .takes("beta", "1", "with tversky, the weight of bits only in the reference")
                    .definedBy("Rogers and Hahn, J. Chem. Inf. Model. 50, 742 (2010); Tversky, Psychol. Rev. 84, 327 "
                            + "(1977)")
                    .comparedTo(
                            RDKIT + "MorganGenerator, TanimotoSimilarity and TverskySimilarity",
                            "equal to 1e-5 on all but one of 11,999 molecules of ZINC, ChEMBL and PubChem")
                    .example("similarity(reference='CC(=O)Oc1ccccc1C(=O)O')")
                    .made(MoleculeMatchEntries::similarity),
            RewardEntry.of(
                            "scaffold",
                            Input.SMILES,
                            "whether the Bemis-Murcko scaffold equals that of a reference molecule, 1 or 0")
                    .range("0 or 1")
                    .higher(Shaping.IDENTITY)
                    .takes("reference", "", "SMILES, several separated by spaces; their scaffolds are compared")
                    .argument(FILE)
                    .definedBy("Bemis and Murcko, J. Med. Chem. 39, 2887 (1996)")
                    .comparedTo(
                            RDKIT + "MurckoScaffold, without stereo",
                            "equal on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .example("scaffold(reference='c1ccc(-c2ccccc2)cc1')")
                    .made((arguments, resources) ->
                            MoleculeRewards.scaffold(references("scaffold", arguments, resources))),
            RewardEntry.of("isomer", Input.SMILES, "similarity of the molecular formula to a given one")
                    .range("0 .. 1")
                    .higher(Shaping.IDENTITY)
                    .needs("formula", "symbols and counts, including hydrogens, such as C11H24")
                    .takes("mean", "geometric", "geometric or arithmetic, over the elements and the number of atoms")
                    .definedBy("Brown et al., GuacaMol, J. Chem. Inf. Model. 59, 1096 (2019)")
                    .comparedTo(
                            "GuacaMol's formula on the atom counts of " + RDKIT + "with AddHs",
                            "equal to 1e-5 on all 11,999 molecules of ZINC, ChEMBL and PubChem that both read")
                    .example("isomer(formula=C11H24)")
                    .made((arguments, resources) ->
                            MoleculeRewards.isomer(text(arguments, "formula"), text(arguments, "mean"))));

    private MoleculeMatchEntries() {}

    private static Reward alerts(Map<String, String> arguments, Resources resources) throws IOException {
        String sets = text(arguments, "sets");
        String file = text(arguments, "file");
        if (file.isEmpty()) {
            return MoleculeRewards.of(StructuralAlerts.of(words(sets.isEmpty() ? ALL_SETS : sets)));
        }
        try (InputStream in = resources.open(file)) {
            return MoleculeRewards.of(StructuralAlerts.of(words(sets), StructuralAlerts.Lines.read(in, file)));
        }
    }

    private static Reward similarity(Map<String, String> arguments, Resources resources) throws IOException {
        Similarity.Measure measure = switch (text(arguments, "measure")) {
            case "tanimoto" -> Similarity.Measure.TANIMOTO;
            case "tversky" -> new Similarity.Measure(number(arguments, "alpha"), number(arguments, "beta"));
            default ->
                throw new RequestException(
                        "Invalid measure: %s (must be tanimoto or tversky)".formatted(text(arguments, "measure")));
        };
        return MoleculeRewards.of(Similarity.to(
                references("similarity", arguments, resources),
                FingerprintKind.parse(text(arguments, "fingerprint")),
                measure));
    }

    private static List<String> references(String name, Map<String, String> arguments, Resources resources)
            throws IOException {
        List<String> references = new ArrayList<>(words(text(arguments, "reference")));
        String file = text(arguments, "file");
        if (!file.isEmpty()) {
            try (InputStream in = resources.open(file)) {
                references.addAll(References.read(in, file));
            }
        }
        if (references.isEmpty()) {
            throw new RequestException("Invalid reward: %s (reference must be given, as in %s)"
                    .formatted(name, RewardCatalogue.entry(name).example()));
        }
        return references;
    }

    private static String text(Map<String, String> arguments, String name) {
        return arguments.getOrDefault(name, "").strip();
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    private static double number(Map<String, String> arguments, String name) {
        String text = text(arguments, name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new RequestException("Invalid %s: %s (must be a number)".formatted(name, text), e);
        }
    }
}
