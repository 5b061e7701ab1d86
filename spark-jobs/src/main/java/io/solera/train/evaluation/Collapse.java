package io.solera.train.evaluation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.solera.rl.measure.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a policy has collapsed since the run began, by two evaluations. It has when at least one of these holds:
 *
 * <ul>
 *   <li>validity is below {@link #SHARE_LEFT half} of what it was at the start, its 95 % interval wholly;
 *   <li>uniqueness likewise;
 *   <li>the KL to the reference is above {@link #NATS_PER_TOKEN 1 nat} per token;
 *   <li>one text makes up more than {@link #COMMON a tenth} of the samples, and twice as many as the most common one did at the start.
 * </ul>
 */
public final class Collapse {
    public static final double SHARE_LEFT = 0.5;
    static final double NATS_PER_TOKEN = 1;
    static final double COMMON = 0.1;

    private Collapse() {}

    /** What has gone wrong, a phrase each; nothing where the policy is whole. */
    public static List<String> of(JsonObject start, JsonObject now) {
        List<String> reasons = new ArrayList<>();
        double samples = number(now, "samples");
        double valid =
                Double.isNaN(number(now, Measures.VALIDITY)) ? samples : samples * number(now, Measures.VALIDITY);
        fallen(Measures.VALIDITY, start, now, samples, reasons);
        fallen(Measures.UNIQUENESS, start, now, Math.min(MoleculeMeasures.FIRST, valid), reasons);
        double kl = mean(now, "kl");
        double perToken = kl / number(now, Measures.LENGTH);
        if (perToken > NATS_PER_TOKEN) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the KL to the reference rose to %.1f nats per sample (%.1f per token, of which at most %.0f is sound)",
                    kl,
                    perToken,
                    NATS_PER_TOKEN));
        }
        double common = number(now, Measures.MOST_COMMON);
        if (common > COMMON && samples >= 2 / COMMON && common > 2 * number(start, Measures.MOST_COMMON)) {
            reasons.add("one text makes up %s of the samples".formatted(percent(common)));
        }
        return reasons;
    }

    private static void fallen(String share, JsonObject start, JsonObject now, double count, List<String> reasons) {
        double before = number(start, share);
        double after = number(now, share);
        if (Double.isNaN(before) || Double.isNaN(after) || count < 1) {
            return;
        }
        long of = Math.round(count);
        if (Interval.ofShare(Math.min(of, Math.round(after * count)), of).high() < SHARE_LEFT * before) {
            reasons.add("%s fell from %s to %s".formatted(share, percent(before), percent(after)));
        }
    }

    private static double mean(JsonObject evaluation, String name) {
        return evaluation.has(name) ? number(evaluation.getAsJsonObject(name), "mean") : Double.NaN;
    }

    private static double number(JsonObject json, String name) {
        JsonElement value = json.get(name);
        return value == null || value.isJsonNull() ? Double.NaN : value.getAsDouble();
    }

    public static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
