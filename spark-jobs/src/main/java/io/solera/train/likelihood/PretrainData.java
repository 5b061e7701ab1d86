package io.solera.train.likelihood;

import io.solera.checkpoint.file.Folder;
import io.solera.reward.molecule.smiles.StandardSmiles;
import io.solera.table.file.EmptyTableException;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.evaluation.SampleKind;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** The texts that a policy is trained on, and the molecules or proteins among them. */
public final class PretrainData {
    private final JavaSparkContext spark;
    private final List<String> texts;

    private PretrainData(JavaSparkContext spark, List<String> texts) {
        this.spark = spark;
        this.texts = texts;
    }

    /**
     * @param standardize whether molecules are brought to their {@link StandardSmiles}; what is none is left out then
     * @throws EmptyTableException when nothing is left
     */
    public static PretrainData of(SparkSession session, List<String> texts, boolean standardize) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        List<String> plain = !standardize
                ? texts
                : spark.parallelize(texts)
                        .flatMap(text -> StandardSmiles.of(text).stream().iterator())
                        .collect();
        if (plain.isEmpty()) {
            throw new EmptyTableException("Cannot train: none of the %d texts is a molecule".formatted(texts.size()));
        }
        return new PretrainData(spark, plain);
    }

    public List<String> texts() {
        return texts;
    }

    /**
     * The molecules or proteins among the texts, and those that the first policy has learned from; none of other kinds.
     *
     * @param start the folder of that policy; null where it is new
     */
    public KnownSamples known(SampleKind kind, @Nullable Folder start) throws IOException {
        if (!SampleKind.MEASURED.contains(kind)) {
            return KnownSamples.none();
        }
        JavaRDD<String> canonical = spark.parallelize(texts)
                .flatMap(text -> kind.canonical(text).stream().iterator());
        KnownSamples texts = KnownSamples.of(kind, canonical.collect().stream());
        return start == null ? texts : texts.and(KnownSamples.read(start));
    }
}
