package io.solera.score;

import io.solera.config.RewardField;
import io.solera.config.RewardSettings;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reward of a scoring job, with the columns that it reads and adds.
 *
 * @param name of its value column
 * @param version of the catalogue entry
 * @param input the column it reads
 * @param other the column to compare with; null for a reward of one text
 */
public record RewardColumn(
        String name,
        String call,
        int version,
        Reward reward,
        String input,
        @Nullable String other) implements Serializable {
    private static final String SEQUENCE = "sequence";

    /**
     * One per reward of a list, guarded.
     *
     * @param prefix of the names of the new columns
     */
    public static List<RewardColumn> of(
            Map<String, RewardSettings> rewards, String prefix, InputColumns inputs, Resources resources)
            throws IOException {
        List<RewardColumn> columns = new ArrayList<>();
        for (Map.Entry<String, RewardSettings> each : rewards.entrySet()) {
            RewardCall call = each.getValue().call(each.getKey());
            RewardEntry entry = RewardCatalogue.check(call);
            columns.add(new RewardColumn(
                    prefix + each.getKey(),
                    call.text(),
                    entry.version(),
                    new Guarded(RewardCatalogue.create(call, resources)),
                    inputs.of(entry.input()),
                    each.getValue().other(each.getKey())));
        }
        return List.copyOf(columns);
    }

    /**
     * If the table has no column of its kind, a sequence reward reads {@code sequence}, and a text reward reads the
     * molecules, proteins, DNA or sequences, if the table has exactly one of them.
     */
    RewardColumn over(List<String> table) {
        if (table.contains(input)) {
            return this;
        }
        List<String> others = List.of();
        if (input.equals(Input.TEXT.column())) {
            others = Stream.concat(Arrays.stream(Input.values()).map(Input::column), Stream.of(SEQUENCE))
                    .filter(table::contains)
                    .toList();
        } else if (input.equals(Input.PROTEIN.column()) || input.equals(Input.DNA.column())) {
            others = table.contains(SEQUENCE) ? List.of(SEQUENCE) : List.of();
        }
        return others.size() == 1 ? new RewardColumn(name, call, version, reward, others.get(0), other) : this;
    }

    /** The distinct columns that the rewards read. */
    static List<String> inputs(List<RewardColumn> columns) {
        Set<String> names = new LinkedHashSet<>();
        for (RewardColumn column : columns) {
            names.add(column.input);
            if (column.other != null) {
                names.add(column.other);
            }
        }
        return List.copyOf(names);
    }

    /** Whether the work is done in another process. */
    boolean outside() {
        return RewardCatalogue.isOutside(RewardCall.parse(call).name());
    }

    /** The name of the status column. */
    String status() {
        return RewardField.STATUS.of(name);
    }

    /** Everything that its values depend on. */
    String identity() {
        return "%s = %s version %d of %s%s".formatted(name, call, version, input, other == null ? "" : " and " + other);
    }

    /**
     * Scores the texts of some rows.
     *
     * @param names of the given columns
     * @param texts [column][row]
     */
    List<Score> score(List<String> names, List<List<@Nullable String>> texts) {
        List<@Nullable String> read = texts.get(names.indexOf(input));
        List<Score> scores = other == null ? reward.score(read) : reward.score(read, texts.get(names.indexOf(other)));
        if (scores.size() != read.size()) {
            throw new IllegalStateException(
                    "Cannot use %d scores for %d texts of %s".formatted(scores.size(), read.size(), name));
        }
        return scores;
    }

    /** The first failures of the reward in this JVM. */
    public List<String> problems() {
        return reward.problems().stream().map(problem -> name + ": " + problem).toList();
    }
}
