package io.solera.jobs;

import io.solera.checkpoint.Folder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.train.Corpus;
import io.solera.train.KnownMolecules;
import io.solera.train.MoleculeMeasures;
import io.solera.train.PretrainCheckpoint;
import io.solera.train.Pretraining;
import io.solera.train.SampleQuality;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/** Likelihood training as lines, and its checkpoints: one line every hundred steps, one with samples measured after each epoch. */
final class PretrainConsole implements Pretraining.Listener {
    private static final int EVERY = 100;
    private static final int FIRST = 10;

    private final SparkSession spark;
    private final Folder folder;
    private final KnownMolecules known;
    private final int samples;
    private final long seed;
    private final long begun = System.nanoTime();
    private long tokens;
    private double nats;
    private int count;
    private int seen;

    /** @param samples drawn after each epoch to be measured as molecules; 0: none */
    PretrainConsole(SparkSession spark, Folder folder, KnownMolecules known, int samples, long seed) {
        this.spark = spark;
        this.folder = folder;
        this.known = known;
        this.samples = samples;
        this.seed = seed;
    }

    void begun(Corpus corpus, Policy policy) {
        System.out.printf(
                "%d texts to train on, %d held out, %d left out; %d tokens in the vocabulary, %d parameters%n",
                corpus.training().size(),
                corpus.heldOut().size(),
                corpus.skipped(),
                policy.tokenizer().size(),
                policy.parameters().size());
    }

    @Override
    public void step(long step, long steps, double loss, double norm, double rate, long batchTokens) {
        tokens += batchTokens;
        nats += loss;
        count++;
        seen++;
        if (count == EVERY || seen == FIRST || step == steps) {
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.printf(
                    "step %d/%d  loss %.4f  gradient %.3f  learning rate %.2e  %.0f tokens/s  %.0f s left%n",
                    step, steps, nats / count, norm, rate, tokens / seconds, seconds / seen * (steps - step));
            nats = 0;
            count = 0;
        }
    }

    @Override
    public void checkpoint(Pretraining.State state) throws IOException {
        PretrainCheckpoint.write(folder, state);
        ModelFolder.write(folder, state.policy());
    }

    @Override
    public void epoch(int epoch, double heldOutNats, Policy policy) {
        if (samples == 0) {
            System.out.printf("epoch %d  held-out loss %.4f%n", epoch, heldOutNats);
            return;
        }
        MoleculeMeasures quality = SampleQuality.of(spark, policy, samples, known, seed);
        System.out.printf(
                "epoch %d  held-out loss %.4f  of %d samples: valid %.1f %%  unique %.1f %%  new %.1f %%%n",
                epoch,
                heldOutNats,
                samples,
                100 * quality.validity(),
                100 * quality.uniqueness(),
                100 * quality.novelty());
    }
}
