package io.solera.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keys and values of the prompts of a micro-batch, without each prompt's last token: equal prompts are read once,
 * prompts of equal length together, so that nothing is padded.
 */
final class Prefixes implements AutoCloseable {
    /** Tokens in one pass: more would only use more memory. */
    private static final int TOKENS = 4096;

    private final Network network;
    private final NDManager manager;
    private final Map<IntBuffer, Slot> slots = new HashMap<>();

    private record Slot(Cohort cohort, int row) {}

    Prefixes(Network network, NDManager parent, List<int[]> prompts) {
        this.network = network;
        manager = parent.newSubManager();
        TreeMap<Integer, List<int[]>> byLength = new TreeMap<>();
        LinkedHashSet<IntBuffer> distinct = new LinkedHashSet<>();
        for (int[] prompt : prompts) {
            if (prompt.length > 1 && distinct.add(IntBuffer.wrap(prompt))) {
                byLength.computeIfAbsent(prompt.length, length -> new ArrayList<>())
                        .add(prompt);
            }
        }
        byLength.forEach((length, same) -> {
            int together = Math.max(Generator.MIN_ROWS, TOKENS / length);
            for (int from = 0; from < same.size(); from += together) {
                read(same.subList(from, Math.min(same.size(), from + together)), length - 1);
            }
        });
    }

    private void read(List<int[]> prompts, int tokens) {
        int rows = Math.max(Generator.MIN_ROWS, prompts.size());
        long[] ids = new long[rows * tokens];
        for (int k = 0; k < ids.length; k++) {
            ids[k] = prompts.get(Math.min(k / tokens, prompts.size() - 1))[k % tokens];
        }
        Cohort cohort = new Cohort(manager, network.config(), rows, tokens, false);
        try (NDManager step = manager.newSubManager()) {
            network.hidden(step.create(ids, new Shape(rows, tokens)), new KeyValueCache(cohort));
        }
        for (int row = 0; row < prompts.size(); row++) {
            slots.put(IntBuffer.wrap(prompts.get(row)), new Slot(cohort, row));
        }
    }

    /** Starts a sequence in a row of a cohort, with all of its prompt read except the last token. */
    void begin(Cohort cohort, int row, int[] prompt) {
        Slot place = slots.get(IntBuffer.wrap(prompt));
        if (place == null) {
            cohort.begin(row);
        } else {
            cohort.begin(row, place.cohort(), place.row());
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
