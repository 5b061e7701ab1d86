package io.solera.reward.learned;

import io.solera.lang.EnumText;
import io.solera.reward.molecule.fingerprint.Fingerprint;
import java.io.Serializable;

/**
 * How a network's value is discounted far from its training data, so that a policy gains nothing from molecules and
 * sequences that the network cannot judge.
 *
 * @param similarity to the nearest known active or sequence above which a value counts in full
 */
public record Domain(Rule rule, double similarity) implements Serializable {
    /** How a value p at similarity t counts, with s the required similarity, between the worst and the best value. */
    public enum Rule {
        /** p. */
        NONE,
        /** p if t is at least s, else the worst. */
        FILTER,
        /** At most the worst + t / s (best - worst) below s. */
        CEILING;

        public String text() {
            return EnumText.of(this);
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
        Rule parsed = EnumText.find(Rule.class, rule)
                .orElseThrow(() -> new IllegalArgumentException(
                        "Invalid domain: %s (must be %s)".formatted(rule, EnumText.choices(Rule.class))));
        try {
            return new Domain(parsed, Double.parseDouble(similarity));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "Invalid similarity: %s (must be a number above 0 and at most 1)".formatted(similarity), e);
        }
    }

    double applied(double probability, long[] fingerprint, long[][] known) {
        return rule == Rule.NONE ? probability : applied(probability, Fingerprint.nearest(fingerprint, known), 0, 1);
    }

    /** @param best above or below the worst */
    double applied(double value, double nearest, double worst, double best) {
        if (rule == Rule.NONE || nearest >= similarity) {
            return value;
        }
        double max = worst + nearest / similarity * (best - worst);
        return rule == Rule.FILTER ? worst : best > worst ? Math.min(value, max) : Math.max(value, max);
    }
}
