package io.solera.train.rollout;

import io.solera.config.RewardSettings;
import io.solera.problem.RequestException;
import io.solera.problem.SettingException;
import io.solera.reward.sql.SampleExpression;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.sql.SparkSession;

/** The rewards of a job that are expressions of SQL, checked before anything is trained. */
final class SqlRewards {
    private SqlRewards() {}

    /**
     * By name; none without an expression.
     *
     * @param table columns of the prompts' table
     * @throws SettingException naming the expression that cannot be, or a circle of them
     */
    static Map<String, SqlReward> of(Map<String, RewardSettings> rewards, List<String> table) {
        SqlColumns columns = new SqlColumns(List.copyOf(rewards.keySet()), table);
        Map<String, SqlReward> made = new LinkedHashMap<>();
        rewards.forEach((name, settings) -> {
            String sql = settings.sql();
            if (sql != null) {
                SparkSession spark = SparkSession.active();
                try {
                    made.put(
                            name,
                            new SqlReward(
                                    SampleExpression.of(spark, sql, columns.schema()),
                                    columns,
                                    SampleExpression.columns(spark, sql)));
                } catch (RequestException refused) {
                    throw new SettingException(key(name), sql, String.valueOf(refused.getMessage()));
                }
            }
        });
        for (String name : made.keySet()) {
            requireNoCircle(made, List.of(name), rewards);
        }
        return made;
    }

    /** @param path of rewards, each of which reads the next */
    private static void requireNoCircle(
            Map<String, SqlReward> made, List<String> path, Map<String, RewardSettings> rewards) {
        SqlReward last = made.get(path.get(path.size() - 1));
        for (String input : last == null ? List.<String>of() : last.inputs()) {
            List<String> longer = new ArrayList<>(path);
            longer.add(input);
            if (path.contains(input)) {
                List<String> circle = longer.subList(longer.indexOf(input), longer.size());
                String first = circle.get(0);
                throw new SettingException(
                        key(first),
                        String.valueOf(
                                Objects.requireNonNull(rewards.get(first)).sql()),
                        "must not need its own value: " + String.join(" -> ", circle));
            }
            requireNoCircle(made, longer, rewards);
        }
    }

    private static String key(String name) {
        return "rewards." + name + ".sql";
    }
}
