package io.solera.jobs.console;

import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.Policy;
import io.solera.problem.StopRequest;
import io.solera.train.likelihood.Corpus;
import io.solera.train.likelihood.LikelihoodSettings;
import io.solera.train.likelihood.LikelihoodTraining;

/** Likelihood training as lines: one every hundred steps and one after each epoch. */
public final class LikelihoodConsole implements LikelihoodTraining.Listener {
    private static final int EVERY = 100;
    private static final int FIRST = 10;

    private final StopRequest stop;
    private final long begun = System.nanoTime();
    private long tokens;
    private double nats;
    private int count;
    private int seen;
    private volatile String place = "before its first step";

    public LikelihoodConsole(StopRequest stop) {
        this.stop = stop;
    }

    /** Where it is, such as {@code after step 30 of 200}. */
    public String place() {
        return place;
    }

    public void begun(Corpus corpus, Policy policy, LikelihoodSettings settings) {
        long steps = settings.steps(corpus);
        if (settings.warmupSteps(steps) < settings.warmupSteps()) {
            System.out.printf(
                    "warning: warmup-steps is %d, longer than the run: shortened to its %d steps%n",
                    settings.warmupSteps(), steps);
        }
        System.out.printf(
                "%d texts to train on, %d held out, %d left out; %d tokens in the vocabulary, %d parameters%s%n",
                corpus.training().size(),
                corpus.heldOut().size(),
                corpus.skipped(),
                policy.tokenizer().size(),
                policy.parameters().size(),
                policy.trainable() instanceof LoraAdapters
                        ? ", %d are trained next to them".formatted(policy.trainedSize())
                        : "");
        if (corpus.unwritten().count() > 0) {
            System.out.println(corpus.unwritten().message("texts"));
        }
    }

    @Override
    public void step(long step, long steps, double loss, double norm, double rate, long batchTokens) {
        tokens += batchTokens;
        nats += loss;
        count++;
        seen++;
        place = "after step %d of %d".formatted(step, steps);
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
    public void epoch(int epoch, double heldOutNats, LikelihoodTraining.State state) {
        System.out.println(
                Double.isNaN(heldOutNats)
                        ? "epoch %d  nothing is held out".formatted(epoch)
                        : "epoch %d  held-out loss %.4f".formatted(epoch, heldOutNats));
    }

    @Override
    public void warning(String text) {
        System.out.println("warning: " + text);
    }

    @Override
    public void checkpoint(LikelihoodTraining.State state) {}

    @Override
    public StopRequest stop() {
        return stop;
    }
}
