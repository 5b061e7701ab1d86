package io.solera.train;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.solera.checkpoint.Lora;
import io.solera.config.BlendSettings;
import io.solera.config.TrainJob;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.LowRankUpdate;
import io.solera.rl.blend.OuterStep;
import io.solera.train.learner.Learner;
import io.solera.train.rollout.RewardSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The end of a round: from the experts to the next policy, through the Gram matrix of their updates. */
final class Blending {
    private final BlendSettings settings;
    private final @Nullable Lora lora;
    private final int maxRank;

    /**
     * @param rho the next policy
     * @param velocity of the outer step, null without momentum
     * @param report names, coefficients, norms, cosines and the Gram matrix
     */
    record Blend(BlockVector rho, @Nullable BlockVector velocity, JsonObject report) {}

    /** @param lora how learners train; null: all parameters */
    Blending(TrainJob job, @Nullable Lora lora) {
        settings = job.blend();
        this.lora = lora;
        maxRank = job.lora() == null ? 0 : job.lora().maxRank();
    }

    Blend blend(
            BlockVector rho,
            List<Learner> learners,
            List<BlockVector> experts,
            RewardSet rewards,
            @Nullable BlockVector velocity,
            RandomKey key) {
        List<String> names = learners.stream().map(Learner::name).toList();
        double[] weights = names.stream().mapToDouble(rewards::weight).toArray();
        if (lora != null) {
            return blend(lora, rho, names, experts, weights, key);
        }
        GramMatrix gram = gram(rho, experts);
        double[] alphas = settings.blendRule().coefficients(gram, weights, key);
        OuterStep.Result next = settings.outer().step(rho, alphas, experts, velocity);
        JsonObject report = report(names, gram, alphas);
        report.addProperty("policy_drift", next.rho().minus(rho).norm());
        return new Blend(next.rho(), next.velocity(), report);
    }

    /** Of adapters: their updates are what they are; the sum is one beside the other, brought to a rank where it has more. */
    private Blend blend(
            Lora of, BlockVector rho, List<String> names, List<BlockVector> adapters, double[] weights, RandomKey key) {
        LowRankUpdate factors = of.factors();
        GramMatrix gram = factors.gram(adapters).scaled(of.scale() * of.scale());
        double[] alphas = settings.blendRule().coefficients(gram, weights, key);
        double[] added = Arrays.stream(alphas)
                .map(alpha -> settings.outerLearningRate() * alpha)
                .toArray();
        BlockVector sum = factors.stacked(new double[] {1, 1}, List.of(rho, factors.stacked(added, adapters)));
        LowRankUpdate.Refactored next = factors.refactored(sum, maxRank);
        JsonObject report = report(names, gram, alphas);
        report.addProperty("policy_drift", Math.sqrt(gram.squaredNorm(added)));
        report.addProperty("adapter_parameters", adapters.get(0).size());
        report.addProperty(
                "bytes_per_round",
                Float.BYTES * (rho.size() + adapters.size() * adapters.get(0).size()));
        report.addProperty("rank", factors.rank(next.update()));
        report.addProperty("refactoring_error", next.error());
        return new Blend(next.update(), null, report);
    }

    private static JsonObject report(List<String> names, GramMatrix gram, double[] alphas) {
        JsonObject report = new JsonObject();
        JsonArray learners = new JsonArray();
        names.forEach(learners::add);
        report.add("experts", learners);
        report.add("coefficients", array(alphas));
        report.add("drift", array(gram.norms()));
        report.add("cosines", matrix(gram.cosines()));
        report.add("gram", matrix(gram.values()));
        return report;
    }

    /** Of the updates u_i = theta_i - rho, a block at a time. */
    private static GramMatrix gram(BlockVector rho, List<BlockVector> experts) {
        List<GramMatrix> parts = new ArrayList<>();
        for (int b = 0; b < rho.blocks(); b++) {
            BlockVector origin = BlockVector.of(rho.block(b));
            int block = b;
            parts.add(GramMatrix.ofBlock(experts.stream()
                    .map(theta ->
                            BlockVector.of(theta.block(block)).minus(origin).block(0))
                    .toList()));
        }
        return GramMatrix.sum(parts);
    }

    private static JsonArray matrix(double[][] rows) {
        JsonArray array = new JsonArray();
        for (double[] row : rows) {
            array.add(array(row));
        }
        return array;
    }

    private static JsonArray array(double[] values) {
        JsonArray array = new JsonArray();
        for (double value : values) {
            array.add(value);
        }
        return array;
    }
}
