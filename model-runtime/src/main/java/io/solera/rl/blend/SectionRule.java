package io.solera.rl.blend;

import io.solera.rl.RandomKey;
import java.io.Serializable;
import java.util.List;

/**
 * A rule that looks at each section of the updates on its own. All sections draw the same random numbers, so sections
 * with equal Gram matrices get equal coefficients.
 */
public record SectionRule(BlendRule rule, Sections sections) implements Serializable {
    /** The weights, whatever the updates are. */
    public static final SectionRule MEAN = new SectionRule(new WeightedMean(), Sections.WHOLE);

    /** @param grams by section */
    public Coefficients coefficients(List<GramMatrix> grams, double[] weights, RandomKey key) {
        return new Coefficients(
                sections,
                grams.stream()
                        .map(gram -> rule.coefficients(gram, weights, key))
                        .toArray(double[][]::new));
    }
}
