package io.solera.reward.learned;

import io.solera.reward.molecule.Fingerprint;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a probability of activity is worth far from the known actives, so that a policy gains nothing from molecules that the network
 * cannot judge.
 *
 * @param similarity to the nearest known active from which on a probability counts in full
 */
public record Domain(Rule rule, double similarity) implements Serializable {
    /** How a probability p at similarity t counts, s the similarity that is asked for. */
    public enum Rule {
        /** p. */
        NONE,
        /** p from s on, 0 below. */
        FILTER,
        /** At most t / s. */
        CEILING;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Domain ANYWHERE = new Domain(Rule.NONE, 1);

    public Domain {
        if (!(similarity > 0 && similarity <= 1)) {
            throw new IllegalArgumentException(
                    "Invalid similarity: %s (must be above 0 and at most 1)".formatted(similarity));
        }
    }

    /** @param rule none, filter or ceiling */
    public static Domain parse(String rule, String similarity) {
        Rule parsed = Arrays.stream(Rule.values())
                .filter(each -> each.text().equals(rule))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid domain: %s (must be none, filter or ceiling)".formatted(rule)));
        try {
            return new Domain(parsed, Double.parseDouble(similarity));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Invalid similarity: %s (must be a number above 0 and at most 1)".formatted(similarity), e);
        }
    }

    double applied(double probability, long[] fingerprint, long[][] known) {
        if (rule == Rule.NONE) {
            return probability;
        }
        double nearest = Fingerprint.nearest(fingerprint, known);
        return rule == Rule.CEILING
                ? Math.min(probability, nearest / similarity)
                : nearest >= similarity ? probability : 0;
    }
}
