package io.solera.train.rollout;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.sql.SampleExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reward that is an expression of SQL over a sample and the other rewards. Where the expression is NULL, the value is
 * missing for the reason of a reward that it reads and that is missing, else as not applicable.
 *
 * @param columns that there are
 * @param reads names of the columns that the expression reads, as it writes them
 */
record SqlReward(SampleExpression expression, SqlColumns columns, Set<String> reads) implements Reward {
    /** The first that an input has counts. */
    private static final List<Status> REASONS =
            List.of(Status.INVALID_INPUT, Status.FAILED, Status.TIMED_OUT, Status.NOT_APPLICABLE);

    SqlReward {
        reads = Set.copyOf(reads);
    }

    /** The rewards whose columns it reads. */
    List<String> inputs() {
        return columns.rewardsOf(reads);
    }

    /** The columns of the prompts' table that it reads. */
    List<String> promptColumns() {
        return columns.tableOf(reads);
    }

    @Override
    public List<Score> score(List<@Nullable String> texts) {
        throw new UnsupportedOperationException("Cannot score texts: an expression of SQL reads whole samples");
    }

    /** @param scored of each sample, what the other rewards say of it, by name */
    List<Score> scores(List<DrawnSample> samples, List<Map<String, RewardColumns>> scored) {
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            Double value = expression.of(columns.cells(samples.get(i), scored.get(i)));
            if (value == null) {
                scores.add(Score.missing(reason(scored.get(i))));
            } else if (Double.isFinite(value)) {
                scores.add(Score.of(value));
            } else {
                throw new ArithmeticException("its value is " + value);
            }
        }
        return scores;
    }

    private Status reason(Map<String, RewardColumns> scored) {
        List<String> missing = new ArrayList<>();
        for (String input : inputs()) {
            RewardColumns of = scored.get(input);
            if (of != null) {
                missing.add(of.status());
            }
        }
        return REASONS.stream()
                .filter(reason -> missing.contains(reason.text()))
                .findFirst()
                .orElse(Status.NOT_APPLICABLE);
    }
}
