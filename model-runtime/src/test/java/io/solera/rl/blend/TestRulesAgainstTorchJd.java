package io.solera.rl.blend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import io.solera.rl.RandomKey;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Rules against TorchJD 0.18 on the updates of {@code docs/reference/blending.py}, as combinations sum_i alpha_i u_i,
 * since the alphas of dependent updates are not unique. Both are brought to one scale first where ours differs from
 * TorchJD's; each test says how. Tolerances are shares of sum_i |alpha_i| |u_i| of TorchJD's alphas.
 */
class TestRulesAgainstTorchJd {
    private static final RandomKey KEY = RandomKey.of(1);
    private static final String[] NO_BARGAIN = {"conflicting, lengths apart", "opposed", "random 4 x 6, small"};

    /** A line of the golden file. */
    private record Case(
            String name,
            double[][] updates,
            double[] weights,
            Map<String, double[]> rules,
            double @Nullable [][] pc_grad) {
        double[] ours(BlendRule rule) {
            return rule.coefficients(vectors().gram(), weights, KEY);
        }

        RandomUpdates vectors() {
            return new RandomUpdates(updates, weights);
        }
    }

    private interface Scale {
        double of(Case golden, double[] alphas);
    }

    private static List<Case> cases() {
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TestRulesAgainstTorchJd.class.getResourceAsStream("torchjd.json")),
                StandardCharsets.UTF_8)) {
            return List.of(new Gson().fromJson(reader, Case[].class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param leftOut names of cases that do not compare */
    private static void assertSame(
            BlendRule rule, String name, double tolerance, Scale ours, Scale theirs, String... leftOut) {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Case golden : cases()) {
            double[] torch = golden.rules().get(name);
            if (torch != null && !Arrays.asList(leftOut).contains(golden.name())) {
                double[] alphas = golden.ours(rule);
                double[] expected = scaled(torch, theirs.of(golden, torch));
                double[] actual = scaled(alphas, ours.of(golden, alphas));
                RandomUpdates u = golden.vectors();
                double distance = RandomUpdates.distance(u.combined(actual), u.combined(expected));
                if (!(distance <= tolerance * u.terms(expected))) {
                    wrong.add("%s: %s, TorchJD %s, apart %s"
                            .formatted(golden.name(), Arrays.toString(actual), Arrays.toString(expected), distance));
                }
                compared++;
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThanOrEqualTo(13);
    }

    private static double[] scaled(double[] values, double factor) {
        return Arrays.stream(values).map(value -> value * factor).toArray();
    }

    private static double same(Case golden, double[] alphas) {
        return 1;
    }

    /**
     * The same scale. TorchJD adds 1e-11 to the diagonal of its normalised matrix, since quadprog needs it
     * definite.
     */
    @Test
    void upGrad() {
        assertSame(new UpGrad(), "up_grad", 1e-7, TestRulesAgainstTorchJd::same, TestRulesAgainstTorchJd::same);
    }

    @Test
    void dualProj() {
        assertSame(new DualProj(), "dual_proj", 1e-7, TestRulesAgainstTorchJd::same, TestRulesAgainstTorchJd::same);
    }

    /** The same scale; both are direct. */
    @Test
    void alignedMtl() {
        assertSame(new AlignedMtl(), "aligned_mtl", 1e-9, TestRulesAgainstTorchJd::same, TestRulesAgainstTorchJd::same);
    }

    /** Ours is divided by 1 + c. Clarabel minimises |g_w|, whose minimum is flat: 1e-8 of it is 1e-4 of its place. */
    @Test
    void caGrad() {
        assertSame(new CaGrad(0.4), "ca_grad", 1e-4, (golden, alphas) -> 1.4, TestRulesAgainstTorchJd::same);
    }

    /**
     * TorchJD's alphas add up to 1, those here in absolute value. Left out are dependent updates without equal
     * projections: TorchJD takes the pseudoinverse of G, whose result depends on the updates' lengths, ours that of the
     * cosines.
     */
    @Test
    void imtlG() {
        assertSame(
                new ImtlG(),
                "imtl_g",
                1e-9,
                TestRulesAgainstTorchJd::same,
                (golden, alphas) -> 1 / Arrays.stream(alphas).map(Math::abs).sum(),
                "opposed",
                "three in a plane",
                "random 6 x 4");
    }

    /** The same scale. TorchJD's steps of Frank and Wolfe reach a point inside a face at a rate of 1 / steps. */
    @Test
    void minNorm() {
        assertSame(new MinNorm(false), "min_norm", 1e-3, TestRulesAgainstTorchJd::same, TestRulesAgainstTorchJd::same);
    }

    /**
     * Ours add up to 1. Left out are cases in which TorchJD's result is not a bargain, as {@link
     * #torchJdsNashIsNotAlwaysOne} shows: it linearises the problem, and its documentation warns of it.
     */
    @Test
    void nashMtl() {
        assertSame(
                new NashMtl(),
                "nash_mtl",
                1e-3,
                TestRulesAgainstTorchJd::same,
                (golden, alphas) -> 1 / Arrays.stream(alphas).sum(),
                NO_BARGAIN);
    }

    /** alpha_i (G alpha)_i must be equal for all i, as they are for ours: they are far from it. */
    @Test
    void torchJdsNashIsNotAlwaysOne() {
        for (Case golden : cases()) {
            double[] torch = golden.rules().get("nash_mtl");
            if (Arrays.asList(NO_BARGAIN).contains(golden.name())) {
                assertThat(evenness(golden, Objects.requireNonNull(torch)))
                        .as(golden.name())
                        .isLessThan(0.5);
            }
        }
    }

    /** The smallest gain, alpha_i (d, u_i), as a share of the largest. */
    private static double evenness(Case golden, double[] alphas) {
        double[] d = golden.vectors().combined(alphas);
        double[] gains = new double[alphas.length];
        Arrays.setAll(gains, i -> alphas[i] * RandomUpdates.dot(d, golden.updates()[i]));
        return Arrays.stream(gains).min().orElse(0) / Arrays.stream(gains).max().orElse(0);
    }

    /**
     * TorchJD's is the sum, ours the mean. Both draw their orders, so all results of up to three updates are
     * compared.
     */
    @Test
    void pcGrad() {
        int compared = 0;
        for (Case golden : cases()) {
            double[][] results = golden.pc_grad();
            if (results != null) {
                TreeSet<String> expected = new TreeSet<>();
                TreeSet<String> actual = new TreeSet<>();
                for (double[] alphas : results) {
                    expected.add(rounded(scaled(alphas, 1.0 / alphas.length)));
                }
                for (int draw = 0; draw < 200; draw++) {
                    actual.add(rounded(
                            new PcGrad().coefficients(golden.vectors().gram(), golden.weights(), KEY.with(draw))));
                }
                assertThat(actual).as(golden.name()).isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(9);
    }

    private static String rounded(double[] alphas) {
        StringBuilder text = new StringBuilder();
        for (double alpha : alphas) {
            text.append("%.9f ".formatted(alpha));
        }
        return text.toString();
    }
}
