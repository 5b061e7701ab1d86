package io.solera.train.learner;

import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.train.rollout.Experience;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The best distinct molecules that a learner has met, the best first; earlier ones win ties. */
public record ReplayMemory(List<Entry> entries) {
    public static final ReplayMemory EMPTY = new ReplayMemory(List.of());

    /** @param smiles canonical */
    public record Entry(String smiles, Experience experience) {}

    public ReplayMemory {
        entries = List.copyOf(entries);
    }

    /**
     * With more molecules, cut to size.
     *
     * @param score of an experience; one for which it is NaN comes last
     */
    public ReplayMemory with(List<Entry> more, ToDoubleFunction<Experience> score, int size) {
        Set<String> known = new HashSet<>();
        List<Entry> all = new ArrayList<>();
        for (List<Entry> part : List.of(entries, more)) {
            for (Entry entry : part) {
                if (known.add(entry.smiles())) {
                    all.add(entry);
                }
            }
        }
        all.sort(Comparator.comparingDouble(entry -> {
            double value = score.applyAsDouble(entry.experience());
            return Double.isNaN(value) ? Double.POSITIVE_INFINITY : -value;
        }));
        return new ReplayMemory(all.subList(0, Math.min(size, all.size())));
    }

    /** A random choice of those that have a score, or all of them when they are fewer. */
    List<Experience> draw(int count, ToDoubleFunction<Experience> score, RandomKey key) {
        List<Experience> scored = entries.stream()
                .map(Entry::experience)
                .filter(experience -> !Double.isNaN(score.applyAsDouble(experience)))
                .toList();
        List<Experience> drawn = new ArrayList<>();
        for (int place : key.permutation(scored.size())) {
            if (drawn.size() < count) {
                drawn.add(scored.get(place));
            }
        }
        return drawn;
    }

    /** As the state has them. */
    List<MemoryRecord.Replayed> records() {
        return entries.stream()
                .map(entry -> new MemoryRecord.Replayed(
                        entry.smiles(),
                        list(entry.experience().sequence().prompt()),
                        list(entry.experience().sequence().tokens()),
                        Arrays.stream(entry.experience().shaped()).boxed().toList()))
                .toList();
    }

    static ReplayMemory of(List<MemoryRecord.Replayed> records) {
        return new ReplayMemory(records.stream()
                .map(record -> new Entry(
                        record.smiles(),
                        new Experience(
                                new Sequence(ids(record.prompt()), ids(record.tokens())),
                                record.shaped().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .toArray())))
                .toList());
    }

    private static List<Integer> list(int[] ids) {
        return Arrays.stream(ids).boxed().toList();
    }

    private static int[] ids(List<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }
}
