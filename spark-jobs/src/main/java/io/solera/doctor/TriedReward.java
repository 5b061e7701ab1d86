package io.solera.doctor;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.ClasspathFolder;
import io.solera.checkpoint.file.Folder;
import io.solera.reward.Reward;
import io.solera.reward.Score;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.reward.sql.SampleExpression;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A reward of each kind, of a text whose value is known.
 *
 * @param kind in the check's name
 * @param call as in a job
 */
record TriedReward(String kind, String call, String text, double value) {
    private static final String ASPIRIN = "CC(=O)Oc1ccccc1C(=O)O";
    /** An inhibitor of JNK. */
    private static final String SP600125 = "O=C1c2ccccc2-c2n[nH]c3cccc1c23";

    /** Networks compute in float32; processors differ in its last bits. */
    private static final double TOLERANCE = 1e-3;

    static final List<TriedReward> ALL = List.of(
            new TriedReward("molecule", "qed", ASPIRIN, 0.5501),
            new TriedReward("protein", "gravy", "MKWVTFISLL", 1.47),
            new TriedReward("DNA", "gc_content", "GATTACAGGC", 0.5),
            new TriedReward("text", "length", "a cask of wine", 4),
            new TriedReward("learned network", "activity(model=jnk3)", SP600125, 0.3794),
            new TriedReward("imported network", "onnx(model=bits, reads=ecfp4)", ASPIRIN, 24),
            new TriedReward("policy", "fluency(model=prior)", ASPIRIN, -0.7135),
            new TriedReward("outside process", "isolated(reward='qed')", ASPIRIN, 0.5501));

    /** What the rewards above name. */
    private static final class Shipped implements Resources {
        @Override
        public Policy policy(String name) throws IOException {
            return TrainingStep.prior();
        }

        @Override
        public Folder folder(String path) {
            return new ClasspathFolder("io/solera/doctor/onnx");
        }

        @Override
        public InputStream open(String path) throws IOException {
            throw new FileNotFoundException(path);
        }
    }

    Check check() {
        return Check.of("reward: " + kind, this::on);
    }

    private Outcome on(Machine machine) throws IOException {
        Reward reward = RewardCatalogue.create(RewardCall.parse(call), new Shipped());
        return judged(call, value, reward.score(List.of(text)).get(0), String.join("; ", reward.problems()));
    }

    /** @param problem why there is no value, if the reward knows */
    static Outcome judged(String call, double expected, Score score, String problem) {
        if (!score.present()) {
            return Outcome.failed(
                    "%s has no value: %s%s"
                            .formatted(call, score.status().text(), problem.isEmpty() ? "" : " (" + problem + ")"),
                    "a job without this kind of reward runs");
        }
        return Math.abs(score.value() - expected) <= TOLERANCE * Math.max(1, Math.abs(expected))
                ? Outcome.ok("%s = %.4f".formatted(call, score.value()))
                : Outcome.failed(
                        "%s = %s, not %s".formatted(call, score.value(), expected),
                        "report it, with this machine's processor");
    }

    /** A reward that is an expression of SQL, which the driver reads and tasks compute. */
    record Sql(SampleExpression expression) implements Serializable {
        static final String NAME = "reward: SQL";
        private static final String SQL = "solera_mw(text) - length(text)";
        /** The weight of ethanol less three letters. */
        private static final double VALUE = 46.069 - 3;

        static Sql of(SparkSession spark) {
            return new Sql(SampleExpression.of(spark, SQL, new StructType().add("text", DataTypes.StringType)));
        }

        Check check() {
            return Check.of(NAME, machine -> {
                Double value = expression.of(new Object[] {"CCO"});
                return judged(SQL, VALUE, Score.of(value == null ? Double.NaN : value), "");
            });
        }
    }
}
