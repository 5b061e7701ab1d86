package io.solera.config;

import io.solera.problem.RequestException;
import io.solera.problem.SettingException;
import io.solera.reward.Shaping;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.catalogue.RewardEntry;
import io.solera.rl.Setting;
import io.solera.rl.measure.Threshold;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A reward of a job.
 *
 * @param function a call of the catalogue; absent: the reward's own name
 * @param sql in place of a function: an expression of Spark SQL over the sample and the other rewards
 * @param weight how much it counts in the blend, relative to the others
 * @param shaping from its unit onto [0, 1]; absent: the catalogue's, and as it is for {@code sql}
 * @param atLeast the raw value that a success needs, if any
 * @param atMost likewise
 */
public record RewardSettings(
        @Nullable String function,
        @Nullable String sql,
        double weight,
        @Nullable String shaping,
        @Nullable Double atLeast,
        @Nullable Double atMost)
        implements Serializable {
    public RewardSettings {
        Setting.atLeast("weight", weight, 0);
        if (function != null) {
            try {
                RewardCatalogue.check(RewardCall.parse(function));
            } catch (RequestException e) {
                throw SettingException.of("function", e);
            }
        }
        if (sql != null && sql.isBlank()) {
            throw new SettingException("sql", "\"" + sql + "\"", "must be an expression of Spark SQL");
        }
        if (sql != null && function != null) {
            throw new SettingException("sql", sql, "must be absent where function is given: a reward is one of them");
        }
        if (shaping != null) {
            Shaping.parse(shaping);
        }
        finite("at-least", atLeast);
        finite("at-most", atMost);
        threshold(atLeast, atMost);
    }

    /** Refuses a name that is not a call of the catalogue where no function is given. */
    void checkAs(String name) {
        if (function == null && sql == null) {
            try {
                RewardCatalogue.check(call(name));
            } catch (RequestException e) {
                throw refused(name, e);
            }
        }
    }

    /** What was refused of the reward of this name, with the key of the job that says it. */
    public SettingException refused(String name, RequestException why) {
        return SettingException.of("rewards." + name + (function == null ? "" : ".function"), why);
    }

    private static void finite(String key, @Nullable Double value) {
        if (value != null) {
            Setting.require(Double.isFinite(value), key, value, "must be a finite number");
        }
    }

    /** What a reward has that a job only names. */
    public static RewardSettings defaults() {
        return new RewardSettings(null, null, 1, null, null, null);
    }

    /** A call of the catalogue, with nothing else said. */
    public static RewardSettings of(String function) {
        return new RewardSettings(function, null, 1, null, null, null);
    }

    /** The catalogue call of the reward of this name, which is not one of {@code sql}. */
    public RewardCall call(String name) {
        if (sql != null) {
            throw new IllegalStateException("Cannot call %s: it is an expression of SQL".formatted(name));
        }
        return RewardCall.parse(function == null ? name : function);
    }

    /** The catalogue entry of the reward of this name; empty for an expression of SQL. */
    public Optional<RewardEntry> entry(String name) {
        return sql == null ? Optional.of(RewardCatalogue.check(call(name))) : Optional.empty();
    }

    /** What the reward of this name is, as a user writes it. */
    public String definition(String name) {
        return sql == null ? call(name).text() : sql;
    }

    /** The column that the reward of this name compares texts with; null for one that reads one text. */
    public @Nullable String other(String name) {
        if (sql != null) {
            return null;
        }
        RewardCall call = call(name);
        String other = call.arguments().getOrDefault(RewardEntry.REFERENCE_COLUMN, "");
        return RewardCatalogue.check(call).pairs() && !other.isEmpty() ? other : null;
    }

    /** The shaping of the reward of this name. */
    public Shaping shaping(String name) {
        return shaping == null
                ? entry(name).map(RewardEntry::shaping).orElse(Shaping.IDENTITY)
                : Shaping.parse(shaping);
    }

    public Threshold threshold() {
        return threshold(atLeast, atMost);
    }

    private static Threshold threshold(@Nullable Double atLeast, @Nullable Double atMost) {
        return new Threshold(
                atLeast == null ? Double.NEGATIVE_INFINITY : atLeast,
                atMost == null ? Double.POSITIVE_INFINITY : atMost);
    }
}
