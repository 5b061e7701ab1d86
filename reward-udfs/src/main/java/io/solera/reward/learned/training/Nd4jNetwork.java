package io.solera.reward.learned.training;

import io.solera.reward.learned.FeatureNetwork;
import io.solera.reward.learned.Task;
import io.solera.reward.learned.encoding.Features;
import java.nio.FloatBuffer;
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
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** What {@link FeatureNetwork} computes, as Deeplearning4j trains it; on the thread of ND4J only. */
public final class Nd4jNetwork {
    private Nd4jNetwork() {}

    /** A network with first weights drawn from the seed. */
    public static MultiLayerNetwork untrained(
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

    /** Row after row. */
    public static void write(List<Features> features, INDArray rows) {
        FloatBuffer values = rows.data().asNioFloat();
        float[] row = new float[rows.columns()];
        for (Features each : features) {
            each.write(row);
            values.put(row);
        }
    }
}
