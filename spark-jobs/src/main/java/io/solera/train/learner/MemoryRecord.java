package io.solera.train.learner;

import java.util.List;
import java.util.Map;

/** A learner's memory as its state has it. */
record MemoryRecord(List<String> molecules, Map<String, Integer> buckets, List<Replayed> replay) {
    /** @param shaped rewards; NaN where missing */
    record Replayed(String smiles, List<Integer> prompt, List<Integer> tokens, List<Double> shaped) {}
}
