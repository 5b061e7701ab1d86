package io.solera.config.export;

import io.solera.problem.SettingException;
import java.io.Serializable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tables of a Spark catalog that the rounds of a run are appended to.
 *
 * @param rollouts every sample of every step, as in {@code rollouts.parquet}; absent: not exported
 * @param metrics every number of {@code metrics.jsonl}; absent: not exported
 * @param format of a table that does not exist yet, such as {@code delta}; absent: the catalog's own
 */
public record ExportSettings(
        @Nullable String rollouts,
        @Nullable String metrics,
        @Nullable String format) implements Serializable {
    private static final String PART = "(\\w+|`[^`]+`)";
    private static final Pattern TABLE = Pattern.compile("(table:)?" + PART + "(\\." + PART + ")*");
    private static final Pattern FORMAT = Pattern.compile("[A-Za-z]\\w*");

    public ExportSettings {
        table("rollouts", rollouts);
        table("metrics", metrics);
        if (rollouts == null && metrics == null) {
            throw new SettingException("rollouts", "none", "export must have rollouts, metrics or both");
        }
        if (metrics != null && metrics.equals(rollouts)) {
            throw new SettingException("metrics", metrics, "must be another table than rollouts");
        }
        if (format != null && !FORMAT.matcher(format).matches()) {
            throw new SettingException(
                    "format", format, "must be a format of Spark, such as delta, iceberg or parquet");
        }
    }

    private static void table(String key, @Nullable String name) {
        if (name != null && !TABLE.matcher(name).matches()) {
            throw new SettingException(key, name, "must be the name of a table of a catalog, as lab.chem." + key);
        }
    }
}
