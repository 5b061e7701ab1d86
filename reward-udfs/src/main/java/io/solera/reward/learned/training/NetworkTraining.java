package io.solera.reward.learned.training;

import io.solera.reward.learned.Calibration;
import io.solera.reward.learned.FeatureNetwork;
import io.solera.reward.learned.LabelledTexts;
import io.solera.reward.learned.NetworkWeights;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Features;
import io.solera.rl.RandomKey;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trains a network by Adam. Features that are numbers, and the labels of a regression, are standardised on the way; actives of a classification
 * count {@code positiveWeight} times. With validation texts, training ends when their loss no longer falls and the best epoch is
 * kept, and the outputs of a classification are calibrated on them.
 */
public final class NetworkTraining {
    private final Task task;
    private final FeatureScale scale;
    private final LabelledTexts training;
    private final LabelledTexts validation;
    private final NetworkSettings settings;
    private final Listener listener;
    private final int tasks;
    private final double[] mean;
    private final double[] deviation;

    /** Hears of every epoch; losses are per label, that of the validation NaN without validation texts. */
    public interface Listener {
        void epoch(int number, double trainingLoss, double validationLoss);
    }

    /**
     * A trained network.
     *
     * @param epochs after which its weights were taken
     * @param calibration of a classification with validation texts; else changes nothing
     */
    public record Trained(FeatureNetwork network, int epochs, Calibration calibration) {}

    /** @param validation may be empty */
    public NetworkTraining(
            Task task, LabelledTexts training, LabelledTexts validation, NetworkSettings settings, Listener listener) {
        if (training.size() == 0) {
            throw new IllegalArgumentException("Cannot train: there is nothing to learn from");
        }
        this.task = task;
        this.scale = FeatureScale.of(training.features());
        this.training = scale.applied(training);
        this.validation = scale.applied(validation);
        this.settings = settings;
        this.listener = listener;
        this.tasks = training.labels()[0].length;
        this.mean = new double[tasks];
        this.deviation = new double[tasks];
        standardise();
    }

    private record Result(NetworkWeights weights, int epochs, Calibration calibration) {}

    public Trained train() {
        Result result = Nd4jThread.compute(this::run);
        return new Trained(new FeatureNetwork(task, result.weights()), result.epochs(), result.calibration());
    }

    private Result run() {
        MultiLayerNetwork network = Nd4jNetwork.untrained(task, inputs(), settings.hidden(), tasks, settings);
        RandomKey key = RandomKey.of(settings.seed()).with("order");
        float[] best = network.params().toFloatVector();
        double lowest = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        for (int epoch = 1; epoch <= settings.epochs(); epoch++) {
            double trainingLoss = epoch(network, key.with(epoch).permutation(training.size()));
            float[] parameters = network.params().toFloatVector();
            double loss = validation.size() == 0 ? Double.NaN : loss(outputs(parameters));
            listener.epoch(epoch, trainingLoss, loss);
            if (!(loss >= lowest)) { // without labels to judge by the loss is NaN, and the last epoch is kept
                lowest = loss;
                bestEpoch = epoch;
                best = parameters;
            } else if (epoch - bestEpoch >= settings.patience()) {
                break;
            }
        }
        network.close();
        Calibration calibration = task == Task.CLASSIFICATION && validation.size() > 0
                ? Calibration.fit(outputs(best), validation.labels())
                : Calibration.none(tasks);
        NetworkWeights weights =
                scale.removed(new NetworkWeights(widths(), best)).rescaled(deviation, mean);
        return new Result(weights.rescaled(calibration.slope(), calibration.intercept()), bestEpoch, calibration);
    }

    private int inputs() {
        return training.features().get(0).width();
    }

    private double epoch(MultiLayerNetwork network, int[] order) {
        int size = Math.min(settings.batchSize(), order.length);
        double sum = 0;
        int steps = 0;
        try (INDArray features = Nd4j.create(DataType.FLOAT, size, inputs())) {
            for (int start = 0; start + size <= order.length; start += size) {
                List<Features> rows = new ArrayList<>(size);
                float[][] labels = new float[size][tasks];
                float[][] weights = new float[size][tasks];
                for (int i = 0; i < size; i++) {
                    int text = order[start + i];
                    rows.add(training.features().get(text));
                    for (int k = 0; k < tasks; k++) {
                        float label = training.labels()[text][k];
                        weights[i][k] = (float) weight(label);
                        labels[i][k] = Float.isNaN(label) ? 0 : (float) ((label - mean[k]) / deviation[k]);
                    }
                }
                Nd4jNetwork.write(rows, features);
                try (INDArray y = Nd4j.createFromArray(labels);
                        INDArray mask = Nd4j.createFromArray(weights)) {
                    network.fit(new DataSet(features, y, null, mask));
                }
                Nd4jThread.free();
                sum += network.score();
                steps++;
            }
        }
        return sum / steps;
    }

    /** Of the validation texts, in the network's own scale. */
    private float[][] outputs(float[] parameters) {
        return new FeatureNetwork(task, new NetworkWeights(widths(), parameters)).predict(validation.features());
    }

    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>(List.of(inputs()));
        widths.addAll(settings.hidden());
        widths.add(tasks);
        return widths;
    }

    /** Mean over the labels: cross-entropy with the training's weights, or squared error in deviations. */
    private double loss(float[][] outputs) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < outputs.length; i++) {
            for (int k = 0; k < tasks; k++) {
                float label = validation.labels()[i][k];
                double weight = weight(label);
                if (weight > 0) {
                    double p = Math.max(1e-7, Math.min(1 - 1e-7, outputs[i][k]));
                    sum += weight
                            * (task == Task.CLASSIFICATION
                                    ? -Math.log(label > 0.5 ? p : 1 - p)
                                    : Math.pow(outputs[i][k] - (label - mean[k]) / deviation[k], 2));
                    weights += weight;
                }
            }
        }
        return weights == 0 ? Double.NaN : sum / weights;
    }

    private double weight(float label) {
        return Float.isNaN(label) ? 0 : task == Task.CLASSIFICATION && label > 0.5 ? settings.positiveWeight() : 1;
    }

    private void standardise() {
        for (int k = 0; k < tasks; k++) {
            mean[k] = 0;
            deviation[k] = 1;
            if (task == Task.REGRESSION) {
                double sum = 0;
                double squares = 0;
                int count = 0;
                for (float[] row : training.labels()) {
                    if (!Float.isNaN(row[k])) {
                        sum += row[k];
                        squares += (double) row[k] * row[k];
                        count++;
                    }
                }
                mean[k] = sum / count;
                deviation[k] = Math.sqrt(Math.max(1e-12, squares / count - mean[k] * mean[k]));
            }
        }
    }
}
