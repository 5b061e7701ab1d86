package io.solera.reward.catalogue;

import static io.solera.reward.catalogue.RewardEntry.Direction.HIGHER;
import static io.solera.reward.catalogue.RewardEntry.Direction.LOWER;
import static io.solera.reward.catalogue.RewardEntry.Direction.WINDOW;

import io.solera.reward.Reward;
import io.solera.reward.Shaping;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every reward that a job can name. Entries make their reward on demand, so that a rule loads no native library. */
public final class RewardCatalogue {
    private static final String RDKIT = "RDKit 2022.09.3";

    // spotless:off
    public static final List<RewardEntry> ENTRIES = List.of(
            new RewardEntry(
                    "qed",
                    "drug-likeness",
                    "",
                    "0 .. 1",
                    HIGHER,
                    Shaping.IDENTITY,
                    List.of(),
                    "Bickerton et al., Nature Chemistry 4, 90 (2012)",
                    RDKIT + ", QED.qed",
                    "pending",
                    "qed",
                    MoleculeMakers::qed),
            new RewardEntry(
                    "sa",
                    "synthetic accessibility, 1 is easy",
                    "",
                    "1 .. 10",
                    LOWER,
                    Shaping.reverseLinear(1.5, 5),
                    List.of(new Argument("table", "", "a fragment table to use instead of the shipped one")),
                    "Ertl and Schuffenhauer, J. Cheminform. 1, 8 (2009)",
                    RDKIT + ", Contrib/SA_Score",
                    "pending",
                    "sa(table=my-fragments.bin.gz)",
                    MoleculeMakers::sa),
            new RewardEntry(
                    "logp",
                    "lipophilicity, Wildman-Crippen",
                    "log10",
                    "any",
                    WINDOW,
                    Shaping.window(1, 3, 2),
                    List.of(),
                    "Wildman and Crippen, J. Chem. Inf. Comput. Sci. 39, 868 (1999)",
                    RDKIT + ", Crippen.MolLogP",
                    "pending",
                    "logp",
                    MoleculeMakers::logP),
            new RewardEntry(
                    "mw",
                    "molecular weight",
                    "Da",
                    "above 0",
                    WINDOW,
                    Shaping.window(200, 500, 100),
                    List.of(),
                    "IUPAC standard atomic weights, Pure Appl. Chem. 88, 265 (2016)",
                    RDKIT + ", Descriptors.MolWt",
                    "pending",
                    "mw",
                    MoleculeMakers::molecularWeight),
            new RewardEntry(
                    "tpsa",
                    "topological polar surface area",
                    "square angstrom",
                    "0 and above",
                    WINDOW,
                    Shaping.window(20, 130, 50),
                    List.of(),
                    "Ertl, Rohde and Selzer, J. Med. Chem. 43, 3714 (2000)",
                    RDKIT + ", CalcTPSA",
                    "pending",
                    "tpsa",
                    MoleculeMakers::polarSurface),
            new RewardEntry(
                    "similarity",
                    "ECFP4 Tanimoto similarity to the nearest reference molecule",
                    "",
                    "0 .. 1",
                    HIGHER,
                    Shaping.IDENTITY,
                    List.of(new Argument("reference", null, "SMILES, several separated by spaces")),
                    "Rogers and Hahn, J. Chem. Inf. Model. 50, 742 (2010)",
                    RDKIT + ", Morgan radius 2, 2048 bits",
                    "pending",
                    "similarity(reference='CC(=O)Oc1ccccc1C(=O)O')",
                    MoleculeMakers::similarity),
            new RewardEntry(
                    "fluency",
                    "mean token log-likelihood under a frozen policy",
                    "nats per token",
                    "0 and below",
                    HIGHER,
                    Shaping.linear(-1.6, -0.4),
                    List.of(new Argument("model", "reference", "a model folder, or the run's reference")),
                    "Radford et al., Language Models are Unsupervised Multitask Learners (2019)",
                    "transformers, GPT2LMHeadModel",
                    "pending",
                    "fluency(model=reference)",
                    PolicyMakers::fluency));
    // spotless:on

    private RewardCatalogue() {}

    /** @throws IllegalArgumentException naming the nearest known reward */
    public static RewardEntry entry(String name) {
        for (RewardEntry entry : ENTRIES) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        List<String> names = ENTRIES.stream().map(RewardEntry::name).toList();
        throw new IllegalArgumentException("Invalid reward: %s (must be one of %s; nearest: %s)"
                .formatted(name, String.join(", ", names), Nearest.of(name, names)));
    }

    /** Checks a call without making its reward. */
    public static RewardEntry check(RewardCall call) {
        RewardEntry entry = entry(call.name());
        arguments(entry, call);
        return entry;
    }

    /**
     * @throws IllegalArgumentException when the name or an argument is not of the catalogue
     * @throws IOException when a model or table cannot be read
     */
    public static Reward create(RewardCall call, Resources resources) throws IOException {
        RewardEntry entry = entry(call.name());
        return entry.maker().make(arguments(entry, call), resources);
    }

    private static Map<String, String> arguments(RewardEntry entry, RewardCall call) {
        List<String> known = entry.arguments().stream().map(Argument::name).toList();
        for (String given : call.arguments().keySet()) {
            if (!known.contains(given)) {
                throw new IllegalArgumentException("Invalid argument: %s of %s (%s)"
                        .formatted(
                                given,
                                call,
                                known.isEmpty()
                                        ? entry.name() + " takes none"
                                        : "must be one of %s; nearest: %s"
                                                .formatted(String.join(", ", known), Nearest.of(given, known))));
            }
        }
        Map<String, String> filled = new LinkedHashMap<>();
        for (Argument argument : entry.arguments()) {
            String value = call.arguments().getOrDefault(argument.name(), argument.otherwise());
            if (value == null) {
                throw new IllegalArgumentException("Invalid reward: %s (%s must be given, as in %s)"
                        .formatted(call, argument.name(), entry.example()));
            }
            filled.put(argument.name(), value);
        }
        return filled;
    }
}
