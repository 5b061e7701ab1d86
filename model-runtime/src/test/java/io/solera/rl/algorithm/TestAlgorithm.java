package io.solera.rl.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TestAlgorithm {
    private static final Algorithm.Divergence KL = new Algorithm.Divergence(0.1, false);

    private static Algorithm of(Algorithm.Name name, Algorithm.Divergence kl) {
        return Algorithm.of(name, new Algorithm.Settings(0.2, 1, 0.95, 60, 2, kl));
    }

    private static Algorithm.Advantages advantages(Algorithm.Name name, double... scores) {
        float[][] two = new float[scores.length][2];
        return of(name, KL).advantages(new Algorithm.Rollout(scores, two, two, two));
    }

    @Test
    void eachHasItsAdvantages() {
        // groups of two: a sample against the other one
        float[][] grpo = advantages(Algorithm.Name.GRPO, 1, 0, 3, 3).perToken();
        assertThat(grpo[0]).containsExactly(new float[] {0.7070f, 0.7070f}, within(1e-3f));
        assertThat(grpo[2]).containsExactly(0, 0);
        float[][] rloo = advantages(Algorithm.Name.RLOO, 1, 0, 1, 0).perToken();
        assertThat(rloo[0]).containsExactly(new float[] {1, 1}, within(1e-6f));
        assertThat(rloo[1]).containsExactly(new float[] {-1, -1}, within(1e-6f));
        assertThat(advantages(Algorithm.Name.DAP, 1, 0, 1, 0).perToken()).isDeepEqualTo(rloo);
        // with values of 0 and lambda 0.95: returns are the scores, discounted by lambda once
        Algorithm.Advantages ppo = advantages(Algorithm.Name.PPO, 2, 0, 0, 0);
        assertThat(ppo.returns()[0]).containsExactly(new float[] {1.9f, 2}, within(1e-6f));
        assertThat(ppo.returns()[1]).containsExactly(0, 0);
        assertThat(ppo.perToken()[0][0]).isPositive();
    }

    @Test
    void aMissingScoreHasNoAdvantage() {
        for (Algorithm.Name name : Algorithm.Name.values()) {
            float[][] advantages = advantages(name, Double.NaN, 1, 0, 1).perToken();
            assertThat(advantages[0]).as(name.toString()).containsExactly(0, 0);
        }
    }

    @Test
    void eachHasItsLoss() {
        float[][] logProbabilities = {{-1, -1}};
        float[][] advantages = {{1, 1}};
        Algorithm.Pass pass = new Algorithm.Pass(
                logProbabilities, logProbabilities, new float[][] {{-1, -2}}, new double[] {0.5}, advantages, 2, 1);
        for (Algorithm.Name name :
                new Algorithm.Name[] {Algorithm.Name.PPO, Algorithm.Name.GRPO, Algorithm.Name.RLOO}) {
            Algorithm.Loss loss = of(name, KL).loss(pass);
            // the ratio is 1: c = -A / n
            assertThat(loss.coefficients()[0]).containsExactly(-0.5f, -0.5f);
            assertThat(loss.figures()).containsEntry("loss", -1.0).containsEntry("clip_fraction", 0.0);
        }
        Algorithm.Loss dap = of(Algorithm.Name.DAP, KL).loss(pass);
        // log pi - log pi_ref = 1, less 60 times 0.5: 2 (1 - 30) / 1
        assertThat(dap.coefficients()[0]).containsExactly(-58, -58);
        assertThat(dap.figures()).isEqualTo(Map.of("loss", 841.0));
    }

    @Test
    void eachKnowsWhereTheDivergenceGoes() {
        Algorithm.Divergence inReward = new Algorithm.Divergence(0.1, true);
        assertThat(of(Algorithm.Name.PPO, KL).divergenceInLoss()).isEqualTo(0.1);
        assertThat(of(Algorithm.Name.PPO, inReward).divergenceInLoss()).isZero();
        assertThat(of(Algorithm.Name.DAP, KL).divergenceInLoss()).isZero();
        assertThat(of(Algorithm.Name.RLOO, KL).anchor()).isEqualTo("KL to the reference 0.1 (loss)");
        assertThat(of(Algorithm.Name.PPO, inReward).anchor()).isEqualTo("KL to the reference 0.1 (in-reward)");
        assertThat(of(Algorithm.Name.DAP, KL).anchor()).isEqualTo("augmented likelihood, sigma 60");
    }

    @Test
    void onlyPpoHasCritics() {
        for (Algorithm.Name name : Algorithm.Name.values()) {
            boolean ppo = name == Algorithm.Name.PPO;
            assertThat(of(name, KL).hasCritics()).isEqualTo(ppo);
            assertThat(of(name, KL).heldPerToken(128)).isEqualTo(ppo ? 128 : 0);
        }
    }
}
