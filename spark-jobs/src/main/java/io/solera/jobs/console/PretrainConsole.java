package io.solera.jobs.console;

import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.problem.StopRequest;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.evaluation.Quality;
import io.solera.train.evaluation.SampleQuality;
import io.solera.train.likelihood.Corpus;
import io.solera.train.likelihood.LikelihoodCheckpoint;
import io.solera.train.likelihood.LikelihoodSettings;
import io.solera.train.likelihood.LikelihoodTraining;
import java.io.IOException;
import org.apache.spark.sql.SparkSession;

/**
 * Likelihood training from scratch as lines, and its checkpoints; after each epoch samples are measured as molecules
 * or proteins.
 */
public final class PretrainConsole implements LikelihoodTraining.Listener {
    private final SparkSession spark;
    private final Folder folder;
    private final KnownSamples known;
    private final int samples;
    private final long seed;
    private final LikelihoodConsole lines;

    /** @param samples drawn after each epoch to be measured as what the known ones are; 0: none */
    public PretrainConsole(
            SparkSession spark, Folder folder, KnownSamples known, int samples, long seed, StopRequest stop) {
        this.spark = spark;
        this.folder = folder;
        this.known = known;
        this.samples = samples;
        this.seed = seed;
        lines = new LikelihoodConsole(stop);
    }

    public void begun(Corpus corpus, Policy policy, LikelihoodSettings settings) {
        lines.begun(corpus, policy, settings);
    }

    public String place() {
        return lines.place();
    }

    @Override
    public void step(long step, long steps, double loss, double norm, double rate, long tokens) {
        lines.step(step, steps, loss, norm, rate, tokens);
    }

    @Override
    public void checkpoint(LikelihoodTraining.State state) throws IOException {
        LikelihoodCheckpoint.write(folder, state);
        ModelFolder.write(folder, state.policy());
    }

    @Override
    public StopRequest stop() {
        return lines.stop();
    }

    @Override
    public void epoch(int epoch, double heldOutNats, LikelihoodTraining.State state) {
        if (samples == 0) {
            lines.epoch(epoch, heldOutNats, state);
            return;
        }
        Quality quality = SampleQuality.of(spark, state.policy(), samples, known, seed);
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
