package io.solera.select;

import io.solera.rl.measure.Threshold;
import io.solera.train.rollout.SampleColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * What a sample must have to be chosen, as conditions on its row: every reward, and a raw value within each threshold. Counts how many
 * fall at each.
 */
final class Sieve {
    /**
     * @param met whether a row passes
     * @param asked of which rows it is asked: a reward that is missing is counted as that alone
     */
    private record Condition(String says, Column met, Column asked) {}

    private final List<Condition> conditions = new ArrayList<>();

    /** @param thresholds of the rewards, by name */
    Sieve(Map<String, Threshold> thresholds) {
        Column any = functions.lit(thresholds.size() < 2);
        for (String name : thresholds.keySet()) {
            any = any.or(
                    functions.col(RunSamples.quoted(SampleColumns.raw(name))).isNotNull());
        }
        Column some = any;
        conditions.add(new Condition("every reward is missing", some, functions.lit(true)));
        thresholds.forEach((name, threshold) -> {
            Column raw = functions.col(RunSamples.quoted(SampleColumns.raw(name)));
            Column there = raw.isNotNull()
                    .and(functions
                            .col(RunSamples.quoted(SampleColumns.shaped(name)))
                            .isNotNull());
            conditions.add(new Condition(name + " is missing", there, some));
            if (threshold.atLeast() > Double.NEGATIVE_INFINITY) {
                conditions.add(new Condition(
                        "%s is below %s".formatted(name, number(threshold.atLeast())),
                        there.and(raw.geq(threshold.atLeast())),
                        there));
            }
            if (threshold.atMost() < Double.POSITIVE_INFINITY) {
                conditions.add(new Condition(
                        "%s is above %s".formatted(name, number(threshold.atMost())),
                        there.and(raw.leq(threshold.atMost())),
                        there));
            }
        });
    }

    Dataset<Row> passed(Dataset<Row> samples) {
        Column all = functions.lit(true);
        for (Condition condition : conditions) {
            all = all.and(condition.met());
        }
        return samples.filter(all);
    }

    /** How many rows there are, how many pass, and how many fall at each condition; one row may fall at several. */
    List<String> counts(Dataset<Row> samples) {
        Column all = functions.lit(true);
        List<Column> counts = new ArrayList<>();
        for (Condition condition : conditions) {
            all = all.and(condition.met());
            counts.add(functions.count(functions.when(condition.asked().and(functions.not(condition.met())), 1)));
        }
        counts.add(functions.count(functions.when(all, 1)));
        Row row = samples.agg(functions.count(functions.lit(1)), counts.toArray(Column[]::new))
                .head();
        List<String> lines = new ArrayList<>();
        long passed = row.getLong(conditions.size() + 1);
        lines.add("%,d different texts, of which %s every reward within its thresholds"
                .formatted(
                        row.getLong(0),
                        passed == 0 ? "none has" : passed == 1 ? "one has" : "%,d have".formatted(passed)));
        int most = 0;
        for (int k = 0; k < conditions.size(); k++) {
            if (row.getLong(k + 1) > 0) {
                lines.add("  %,d: %s"
                        .formatted(row.getLong(k + 1), conditions.get(k).says()));
            }
            most = row.getLong(k + 1) > row.getLong(most + 1) ? k : most;
        }
        if (passed == 0) {
            lines.add("nothing to list: most fall at one threshold, %s (train for longer, or lower it in a new run)"
                    .formatted(conditions.get(most).says()));
        }
        return lines;
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.valueOf(value);
    }
}
