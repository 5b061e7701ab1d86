package io.solera.track;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Numbers at one place of a run.
 *
 * @param step policy steps that each learner has made until then: the horizontal axis
 * @param seconds of training until then, without the time between a kill and a resume
 * @param values by name, such as {@code qed/loss}; all of them finite
 */
record Scalars(long step, double seconds, Map<String, Double> values) {
    Scalars {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
