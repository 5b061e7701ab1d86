package io.solera.train.evaluation;

import io.solera.rl.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a policy has collapsed since the run began, by two evaluations. It has when at least one of these holds:
 *
 * <ul>
 *   <li>validity is below {@link #SHARE_LEFT half} of what it was at the start, its 95 % interval wholly;
 *   <li>uniqueness likewise;
 *   <li>the KL to the reference is above {@link #NATS_PER_TOKEN 1 nat} per token;
 *   <li>one text makes up more than {@link #COMMON a tenth} of the samples, and twice as many as the most common one
 *       did at the start.
 * </ul>
 */
public final class Collapse {
    public static final double SHARE_LEFT = 0.5;
    static final double NATS_PER_TOKEN = 1;
    static final double COMMON = 0.1;

    private Collapse() {}

    /** What has gone wrong, a phrase each; nothing where the policy is whole. */
    public static List<String> of(Measures start, Measures now) {
        List<String> reasons = new ArrayList<>();
        double before = orNone(start.validity());
        double validity = orNone(now.validity());
        double valid = Double.isNaN(validity) ? now.samples() : now.samples() * validity;
        fallen("validity", before, validity, now.samples(), reasons);
        fallen("uniqueness", start.uniqueness(), now.uniqueness(), Math.min(Quality.FIRST, valid), reasons);
        double kl = now.kl().mean();
        double perToken = kl / now.length();
        if (perToken > NATS_PER_TOKEN) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the KL to the reference rose to %.1f nats per sample"
                            + " (%.1f per token, of which at most %.0f is sound)",
                    kl,
                    perToken,
                    NATS_PER_TOKEN));
        }
        double common = now.mostCommon();
        if (common > COMMON && now.samples() >= 2 / COMMON && common > 2 * start.mostCommon()) {
            reasons.add("one text makes up %s of the samples".formatted(percent(common)));
        }
        return reasons;
    }

    private static void fallen(String share, double before, double after, double count, List<String> reasons) {
        if (Double.isNaN(before) || Double.isNaN(after) || count < 1) {
            return;
        }
        long of = Math.round(count);
        if (Interval.ofShare(Math.min(of, Math.round(after * count)), of).high() < SHARE_LEFT * before) {
            reasons.add("%s fell from %s to %s".formatted(share, percent(before), percent(after)));
        }
    }

    /** NaN without such a measure. */
    public static double orNone(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
