package io.solera.reinvent;

import io.solera.problem.SettingException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** REINVENT's diversity filter and inception as a job's diversity filter and replay. */
final class Memories {
    private static final Map<String, String> FILTERS = Map.of(
            "identicalmurckoscaffold", "identical-murcko-scaffold",
            "identicaltopologicalscaffold", "identical-topological-scaffold",
            "scaffoldsimilarity", "scaffold-similarity",
            "penalizesamesmiles", "penalize-same-smiles");

    private Memories() {}

    /** The job has one filter: the global one, else that of the first stage that has one. */
    static @Nullable Map<String, Object> filter(Section root, List<Section> stages, boolean purge, List<Note> notes) {
        Map<String, Object> found = null;
        if (root.has("diversity_filter")) {
            found = filter(root.section("diversity_filter"), purge);
        }
        for (Section stage : stages) {
            if (stage.has("diversity_filter")) {
                Section own = stage.section("diversity_filter");
                Map<String, Object> other = filter(own, purge);
                if (found != null && !found.equals(other)) {
                    notes.add(
                            new Note(own.path(), "a job has one diversity filter, for all stages: the first is used"));
                }
                found = found == null ? other : found;
            }
        }
        return found;
    }

    private static Map<String, Object> filter(Section filter, boolean purge) {
        String type = filter.text("type", "");
        String name = FILTERS.get(type.toLowerCase(Locale.ROOT));
        if (name == null) {
            throw new SettingException(
                    filter.path("type"),
                    type,
                    "must be IdenticalMurckoScaffold, IdenticalTopologicalScaffold, ScaffoldSimilarity or"
                            + " PenalizeSameSmiles");
        }
        return Entries.of(
                "name",
                name,
                "bucket-size",
                filter.whole("bucket_size", 25),
                "min-score",
                filter.number("minscore", 0.4),
                "min-similarity",
                filter.number("minsimilarity", 0.4),
                "penalty-multiplier",
                filter.number("penalty_multiplier", 0.5),
                "purge-between-stages",
                purge);
    }

    static @Nullable Map<String, Object> replay(Section root) {
        if (!root.has("inception")) {
            return null;
        }
        Section inception = root.section("inception");
        Map<String, Object> replay = Entries.of(
                "memory-size", inception.whole("memory_size", 50), "sample-size", inception.whole("sample_size", 10));
        String file = inception.text("smiles_file");
        if (file != null) {
            replay.put("smiles-file", file);
        }
        return replay;
    }
}
