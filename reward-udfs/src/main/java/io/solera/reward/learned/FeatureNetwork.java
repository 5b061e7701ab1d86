package io.solera.reward.learned;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Features of a text through rectified layers to one value per task, by Deeplearning4j. Rows go through in batches of one size, so that a
 * value does not depend on the texts beside it.
 */
public final class FeatureNetwork implements AutoCloseable {
    /** OpenBLAS sums the rows of one tile in one order; with more rows, those of later tiles come out otherwise in the last bit. */
    static final int ROWS = 16;

    private final Task task;
    private final NetworkWeights weights;
    private final MultiLayerNetwork network;
    private final INDArray input;

    FeatureNetwork(Task task, NetworkWeights weights) {
        this.task = task;
        this.weights = weights;
        this.network = Nd4jThread.compute(() -> {
            MultiLayerNetwork made =
                    untrained(task, weights.inputs(), weights.hidden(), weights.tasks(), NetworkSettings.defaults());
            made.setParams(Nd4j.createFromArray(weights.values()).reshape(1, weights.values().length));
            return made;
        });
        this.input = Nd4jThread.compute(() -> Nd4j.create(DataType.FLOAT, ROWS, weights.inputs()));
    }

    /** A network with first weights drawn from the seed; on the thread of ND4J only. */
    static MultiLayerNetwork untrained(
            Task task, int inputs, List<Integer> hidden, int tasks, NetworkSettings settings) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .dataType(DataType.FLOAT)
                .seed(settings.seed())
                .weightInit(WeightInit.RELU)
                .updater(new Adam(settings.learningRate()))
                .l2(settings.l2())
                .list();
        // Deeplearning4j's dropout is the share that stays, 0 for none
        double kept = settings.dropout() == 0 ? 0 : 1 - settings.dropout();
        int width = inputs;
        boolean first = true;
        for (int next : hidden) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(width)
                    .nOut(next)
                    .activation(Activation.RELU)
                    .dropOut(first ? 0 : kept)
                    .build());
            width = next;
            first = false;
        }
        boolean classes = task == Task.CLASSIFICATION;
        layers.layer(new OutputLayer.Builder(classes ? LossFunctions.LossFunction.XENT : LossFunctions.LossFunction.MSE)
                .nIn(width)
                .nOut(tasks)
                .activation(classes ? Activation.SIGMOID : Activation.IDENTITY)
                .weightInit(WeightInit.XAVIER)
                .dropOut(hidden.isEmpty() ? 0 : kept)
                .build());
        MultiLayerConfiguration configuration = layers.build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }

    public Task task() {
        return task;
    }

    NetworkWeights weights() {
        return weights;
    }

    /** Probabilities or values in the labels' unit [text][task]. */
    public float[][] predict(List<Features> features) {
        return Nd4jThread.compute(() -> predict(network, input, features));
    }

    /** The same network with other probabilities. */
    public FeatureNetwork calibrated(Calibration calibration) {
        return new FeatureNetwork(task, weights.rescaled(calibration.slope(), calibration.intercept()));
    }

    @Override
    public void close() {
        Nd4jThread.compute(() -> {
            network.close();
            input.close();
            return true;
        });
    }

    /** On the thread of ND4J only; {@code input} is [ROWS, width]. */
    static float[][] predict(MultiLayerNetwork network, INDArray input, List<Features> features) {
        float[][] predicted = new float[features.size()][];
        for (int start = 0; start < features.size(); start += ROWS) {
            int stop = Math.min(features.size(), start + ROWS);
            write(features.subList(start, stop), input);
            try (INDArray output = network.output(input, false)) {
                for (int row = start; row < stop; row++) {
                    predicted[row] = output.getRow(row - start).toFloatVector();
                }
            }
        }
        return predicted;
    }

    /** Row after row; rows that are left over become zero. */
    static void write(List<Features> features, INDArray rows) {
        FloatBuffer values = rows.data().asNioFloat();
        float[] row = new float[rows.columns()];
        for (int r = 0; r < rows.rows(); r++) {
            if (r < features.size()) {
                features.get(r).write(row);
            } else {
                Arrays.fill(row, 0);
            }
            values.put(row);
        }
    }
}
