package io.solera.reward.learned.training;

import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which texts a network learns from and which it is judged on: four fifths and a fifth. A tenth of the former, drawn at random,
 * tells when to stop.
 */
public record Split(int[] training, int[] validation, int[] test) {
    private static final double TRAINING = 0.8;
    private static final double VALIDATION = 0.1;

    /** Every text by itself. */
    public static Split random(int texts, RandomKey key) {
        int[] order = key.with("test").permutation(texts);
        int cut = (int) (TRAINING * texts);
        return of(Arrays.copyOf(order, cut), Arrays.copyOfRange(order, cut, texts), key);
    }

    /**
     * Molecules of one scaffold stay together: groups from the largest to the smallest, equal ones in the order of their first
     * molecules, into training until it is full, the rest into the test (B. Ramsundar et al., MoleculeNet, Chem. Sci. 9, 513,
     * 2018).
     */
    public static Split scaffold(List<String> scaffolds, RandomKey key) {
        Map<String, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < scaffolds.size(); i++) {
            groups.computeIfAbsent(scaffolds.get(i), scaffold -> new ArrayList<>())
                    .add(i);
        }
        List<List<Integer>> sorted = new ArrayList<>(groups.values());
        sorted.sort((a, b) -> Integer.compare(b.size(), a.size()));
        List<Integer> training = new ArrayList<>();
        List<Integer> test = new ArrayList<>();
        for (List<Integer> group : sorted) {
            (training.size() < TRAINING * scaffolds.size() ? training : test).addAll(group);
        }
        return of(integers(training), integers(test), key);
    }

    private static Split of(int[] known, int[] test, RandomKey key) {
        int[] order = key.with("validation").permutation(known.length);
        int held = (int) (VALIDATION * known.length);
        int[] validation = new int[held];
        int[] training = new int[known.length - held];
        for (int i = 0; i < known.length; i++) {
            if (i < held) {
                validation[i] = known[order[i]];
            } else {
                training[i - held] = known[order[i]];
            }
        }
        return new Split(training, validation, test);
    }

    private static int[] integers(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }
}
