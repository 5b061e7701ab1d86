package io.solera.jobs.options;

import io.solera.reward.learned.training.NetworkSettings;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The architecture and training of a learned reward's network. */
public final class NetworkOptions {
    @Option(
            names = "--hidden",
            split = ",",
            defaultValue = "256",
            paramLabel = "WIDTH",
            description = "Of the hidden layers.")
    private List<Integer> hidden = List.of();

    @Option(names = "--dropout", defaultValue = "0.5", description = "Of the hidden layers.")
    private double dropout;

    @Option(names = "--learning-rate", defaultValue = "1e-3")
    private double learningRate;

    @Option(names = "--l2", defaultValue = "1e-4", description = "Weight of the L2 penalty.")
    private double l2;

    @Option(
            names = "--positive-weight",
            defaultValue = "1",
            description = "Weight of an active relative to an inactive.")
    private double positiveWeight;

    @Option(names = "--batch-size", defaultValue = "128")
    private int batchSize;

    @Option(names = "--epochs", defaultValue = "30", description = "At most.")
    private int epochs;

    @Option(
            names = "--patience",
            defaultValue = "4",
            description = "Stop after this many epochs without a better validation loss.")
    private int patience;

    @Option(names = "--seed", defaultValue = "1")
    private long seed;

    public NetworkSettings settings() {
        return new NetworkSettings(
                hidden, dropout, learningRate, l2, positiveWeight, batchSize, epochs, patience, seed);
    }

    /** The options for the same result. */
    public List<String> words() {
        return List.of(
                "--hidden " + hidden.stream().map(String::valueOf).collect(Collectors.joining(",")),
                "--dropout " + dropout,
                "--learning-rate " + learningRate,
                "--l2 " + l2,
                "--positive-weight " + positiveWeight,
                "--batch-size " + batchSize,
                "--epochs " + epochs,
                "--patience " + patience,
                "--seed " + seed);
    }
}
