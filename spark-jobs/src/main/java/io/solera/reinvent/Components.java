package io.solera.reinvent;

import static io.solera.reinvent.Component.plain;
import static io.solera.reinvent.Component.scorer;

import io.solera.reinvent.Component.Role;
import io.solera.reward.catalogue.RewardCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** REINVENT's scoring components that are rewards of the catalogue: the one list of them. */
final class Components {
    static final List<Component> ALL = List.of(
            scorer("qed", true, (p, notes) -> List.of("qed")),
            plain("sascore", "sa"),
            plain("molecularweight", "mw"),
            plain("slogp", "logp"),
            scorer("tpsa", false, Components::tpsa),
            plain("hbondacceptors", "hba"),
            plain("hbonddonors", "hbd"),
            plain("numrotbond", "rotatable_bonds"),
            scorer("csp3", true, (p, notes) -> List.of("fraction_csp3")),
            plain("numheavyatoms", "heavy_atoms"),
            plain("numheteroatoms", "substructure_count(smarts='[!#6;!#1]')"),
            plain("numrings", "rings"),
            plain("numaromaticrings", "aromatic_rings"),
            plain("numaliphaticrings", "aliphatic_rings"),
            plain("largestringsize", "largest_ring"),
            scorer("rdkitdescriptors", false, Components::descriptor),
            scorer("groupcount", false, (p, notes) -> call("substructure_count", "smarts", p.text("smarts", ""))),
            scorer("tanimotosimilarity", true, Components::similarity),
            scorer("tanimotodistance", true, Components::similarity),
            new Component("customalerts", Role.FILTER, true, AnyPattern::filters),
            new Component("unwantedsubstructures", Role.FILTER, true, Components::catalogs),
            new Component("matchingsubstructure", Role.PENALTY, true, Components::matching));

    /** Descriptors of RDKit by their names in small letters. */
    private static final Map<String, String> DESCRIPTORS = Map.ofEntries(
            Map.entry("qed", "qed"),
            Map.entry("molwt", "mw"),
            Map.entry("mollogp", "logp"),
            Map.entry("tpsa", "tpsa"),
            Map.entry("numhacceptors", "hba"),
            Map.entry("numhdonors", "hbd"),
            Map.entry("numrotatablebonds", "rotatable_bonds"),
            Map.entry("fractioncsp3", "fraction_csp3"),
            Map.entry("heavyatomcount", "heavy_atoms"),
            Map.entry("numheteroatoms", "substructure_count(smarts='[!#6;!#1]')"),
            Map.entry("ringcount", "rings"),
            Map.entry("numaromaticrings", "aromatic_rings"),
            Map.entry("numaliphaticrings", "aliphatic_rings"));

    private Components() {}

    static Optional<Component> of(String name) {
        String key = name.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
        return ALL.stream().filter(component -> component.name().equals(key)).findFirst();
    }

    /** None where the value is empty. */
    private static List<String> call(String reward, String argument, String value) {
        return value.isEmpty() ? List.of() : List.of(new RewardCall(reward, Map.of(argument, value)).text());
    }

    private static List<String> tpsa(Section parameters, List<Note> notes) {
        if (parameters.flag("includeSandP", false)) {
            notes.add(new Note(parameters.path("includeSandP"), "sulfur and phosphorus are not polar in tpsa"));
        }
        return List.of("tpsa");
    }

    private static List<String> descriptor(Section parameters, List<Note> notes) {
        String reward = DESCRIPTORS.get(parameters.text("descriptor", "").toLowerCase(Locale.ROOT));
        return reward == null ? List.of() : List.of(reward);
    }

    /** REINVENT compares with each molecule in turn, Solera with the nearest. */
    private static List<String> similarity(Section parameters, List<Note> notes) {
        List<String> smiles = parameters.texts("smiles");
        if (smiles.isEmpty()) {
            return List.of();
        }
        if (smiles.size() > 1) {
            notes.add(new Note(parameters.path("smiles"), "the score is the similarity to the nearest of them"));
        }
        if (parameters.flag("use_counts", false)) {
            notes.add(new Note(parameters.path("use_counts"), "fingerprints are of 2048 bits, not of counts"));
        }
        int radius = parameters.whole("radius", 2);
        int used = Math.max(1, Math.min(3, radius));
        if (used != radius) {
            notes.add(new Note(parameters.path("radius"), "%d is used (1, 2 and 3 are there)".formatted(used)));
        }
        String fingerprint = (parameters.flag("use_features", false) ? "fcfp" : "ecfp") + 2 * used;
        return List.of(
                new RewardCall("similarity", Map.of("reference", String.join(" ", smiles), "fingerprint", fingerprint))
                        .text());
    }

    /** RDKit's catalogues of alerts. */
    private static List<String> catalogs(Section parameters, List<Note> notes) {
        List<String> sets = new ArrayList<>();
        for (String catalog : parameters.texts("catalogs")) {
            String set = catalog.toLowerCase(Locale.ROOT);
            if (List.of("pains", "pains_a", "pains_b", "pains_c", "brenk").contains(set)) {
                sets.add(set);
            } else {
                notes.add(new Note(parameters.path("catalogs"), catalog + " is not there (pains and brenk are)"));
            }
        }
        return call("alerts", "sets", String.join(" ", sets));
    }

    private static List<String> matching(Section parameters, List<Note> notes) {
        if (parameters.flag("use_chirality", false)) {
            notes.add(new Note(parameters.path("use_chirality"), "marks of chirality in patterns are ignored"));
        }
        return AnyPattern.one(parameters, notes);
    }
}
