package io.solera.reward.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.Status;
import io.solera.reward.molecule.smiles.Molecules;
import io.solera.reward.molecule.smiles.StandardSmiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No string makes a molecule reward throw or hang: mutated molecules, random words of the grammar's tokens, random
 * characters, and the worst cases known. {@code -Dsolera.fuzz=1000000} says how many strings (2,000).
 */
class TestMoleculeFuzz {
    private static final int STRINGS = Integer.getInteger("solera.fuzz", 2_000);
    private static final int BATCH = 500;
    private static final String[] TOKENS = {
        "C",
        "c",
        "N",
        "n",
        "O",
        "o",
        "S",
        "s",
        "P",
        "F",
        "Cl",
        "Br",
        "I",
        "B",
        "[nH]",
        "[N+]",
        "[O-]",
        "[C@H]",
        "[C@@]",
        "[13C]",
        "[2H]",
        "[Fe+2]",
        "[se]",
        "*",
        "(",
        ")",
        "(",
        ")",
        "=",
        "#",
        "-",
        ":",
        "/",
        "\\",
        ".",
        "1",
        "2",
        "3",
        "4",
        "%10",
        "%11",
        "1",
        "2",
        "c1ccccc1",
        "C1CC1",
        "C(=O)N",
        "c2ccccc2",
        "[",
        "]",
        "@",
        "+",
        "$",
        "~",
        "0"
    };

    private static Map<String, Reward> rewards() throws IOException {
        Map<String, Reward> rewards = new LinkedHashMap<>();
        for (String call : GoldenTable.read("molecules.tsv").calls()) {
            rewards.put(call, RewardCatalogue.create(RewardCall.parse(call), FilesBeside.FILES));
        }
        return rewards;
    }

    @Test
    void noStringMakesARewardThrow() throws IOException {
        Map<String, Reward> rewards = rewards();
        Map<String, Double> seconds = new LinkedHashMap<>();
        List<String> seeds = GoldenTable.read("molecules.tsv").smiles();
        SplittableRandom random = new SplittableRandom(20261125);
        long[] statuses = new long[Status.values().length];
        for (int done = 0; done < STRINGS; done += BATCH) {
            List<@Nullable String> batch = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                batch.add(text(random, seeds));
            }
            rewards.forEach((call, reward) -> {
                long start = System.nanoTime();
                for (Score score : checked(call, reward, batch)) {
                    statuses[score.status().ordinal()]++;
                }
                seconds.merge(call, (System.nanoTime() - start) / 1e9, Double::sum);
            });
            batch.forEach(text -> {
                Molecules.canonicalSmiles(text);
                StandardSmiles.of(String.valueOf(text));
            });
        }
        System.out.printf("%,d strings; scores %s%n", STRINGS, Arrays.toString(statuses));
        seconds.forEach((call, time) -> System.out.printf("%8.1f s  %s%n", time, call));
        assertThat(statuses[Status.FAILED.ordinal()]).isZero();
        assertThat(statuses[Status.OK.ordinal()]).isPositive();
        assertThat(statuses[Status.INVALID_INPUT.ordinal()]).isPositive();
    }

    @Test
    void theWorstStringsEndSoon() throws IOException {
        Map<String, Reward> rewards = rewards();
        String endless = "substructure(smarts='C.C.C.C.C.C.C1CC1')";
        rewards.put(endless, RewardCatalogue.create(RewardCall.parse(endless), FilesBeside.FILES));
        for (String text : worst()) {
            rewards.forEach((call, reward) -> {
                long start = System.nanoTime();
                checked(call, reward, List.of(text));
                assertThat((System.nanoTime() - start) / 1e9)
                        .as("seconds of %s on %s", call, text.substring(0, Math.min(60, text.length())))
                        .isLessThan(20);
            });
            Molecules.canonicalSmiles(text);
            StandardSmiles.of(text);
        }
    }

    private static List<Score> checked(String call, Reward reward, List<@Nullable String> texts) {
        List<Score> scores = reward.score(texts);
        assertThat(scores).as(call).hasSameSizeAs(texts);
        return scores;
    }

    private static String text(SplittableRandom random, List<String> seeds) {
        return switch (random.nextInt(4)) {
            case 0 -> characters(random);
            case 1 -> tokens(random);
            default -> mutated(random, seeds.get(random.nextInt(seeds.size())));
        };
    }

    private static String characters(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(60);
        for (int i = 0; i < length; i++) {
            text.append((char) (random.nextInt(20) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
        }
        return text.toString();
    }

    private static String tokens(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(TOKENS[random.nextInt(random.nextBoolean() ? 6 : TOKENS.length)]);
        }
        return text.toString();
    }

    private static String mutated(SplittableRandom random, String seed) {
        StringBuilder text = new StringBuilder(seed);
        for (int edits = random.nextInt(4); edits > 0 && !text.isEmpty(); edits--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, TOKENS[random.nextInt(TOKENS.length)]);
                case 2 -> text.replace(at, at + 1, TOKENS[random.nextInt(TOKENS.length)]);
                default -> text.append(text, at, text.length());
            }
        }
        return text.toString();
    }

    private static List<String> worst() {
        return List.of(
                "C".repeat(20_000),
                "C".repeat(149),
                "C1".repeat(900),
                "(".repeat(20_000),
                "C(".repeat(900) + "C" + ")".repeat(900),
                "[" + "9".repeat(5_000) + "C]",
                "C%99".repeat(400),
                "c1ccc2cc3cc4cc5cc6cc7cc8cc9ccccc9cc8cc7cc6cc5cc4cc3cc2c1",
                grid(2, 50),
                grid(2, 74),
                grid(11, 11),
                grid(12, 12),
                grid(5, 29),
                "C1CC1" + "C2(CC2)".repeat(40),
                star(140),
                "c1ccccc1".repeat(24),
                "C1CCC1".repeat(35),
                "[C@H](F)".repeat(70) + "F",
                "C(C)(C)".repeat(49),
                "F/C=C/".repeat(30) + "F",
                "C.".repeat(140) + "C",
                "*".repeat(149),
                "N=[N+]=[N-]".repeat(13).replace("]N", "].N"));
    }

    /** (rows - 1) x (columns - 1) fused rings of four. */
    private static String grid(int rows, int columns) {
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                String number = "%" + (10 + column);
                text.append("C").append(row > 0 ? number : "").append(row < rows - 1 ? number : "");
            }
            text.append(row < rows - 1 ? "." : "");
        }
        return text.toString();
    }

    private static String star(int arms) {
        return "[U]" + "(C)".repeat(arms - 1) + "C";
    }
}
