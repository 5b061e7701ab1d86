package io.solera.reward.learned;

import io.solera.reward.learned.encoding.Features;
import java.util.Arrays;
import java.util.List;

/**
 * Features of a text through rectified layers to one value per task, in plain Java: h = max(0, b + sum over i of x[i] W[i]) layer by
 * layer, then the outputs, which for a classification are 1 / (1 + exp(-z)). Bits cost the rows of W that are set. Sums run in the order
 * of the inputs and no row meets another, so a value depends on its text alone, on any thread. Deeplearning4j, which trains these
 * networks, gives the same within 1e-6.
 */
public final class FeatureNetwork {
    private final Task task;
    private final NetworkWeights weights;
    private final Layer[] layers;

    /** @param rows W [in][out], the transpose of what lies in files, so that an input adds one row */
    private record Layer(float[][] rows, float[] bias) {
        static Layer of(NetworkWeights weights, int number, int start) {
            int in = weights.widths().get(number);
            int out = weights.widths().get(number + 1);
            float[][] rows = new float[in][out];
            for (int j = 0; j < out; j++) {
                for (int i = 0; i < in; i++) {
                    rows[i][j] = weights.values()[start + j * in + i];
                }
            }
            int bias = start + in * out;
            return new Layer(rows, Arrays.copyOfRange(weights.values(), bias, bias + out));
        }

        int size() {
            return rows.length * bias.length + bias.length;
        }

        float[] of(Features features) {
            return features instanceof Features.Bits bits
                    ? of(bits.words())
                    : of(((Features.Numbers) features).values());
        }

        /** The same for few outputs, summed in double precision. */
        double[] exactly(Features features) {
            if (features instanceof Features.Numbers numbers) {
                return exactly(numbers.values());
            }
            double[] sums = exactBias();
            for (int row : set(((Features.Bits) features).words())) {
                for (int j = 0; j < sums.length; j++) {
                    sums[j] += rows[row][j];
                }
            }
            return sums;
        }

        double[] exactly(float[] inputs) {
            double[] sums = exactBias();
            for (int i = 0; i < inputs.length; i++) {
                for (int j = 0; j < sums.length; j++) {
                    sums[j] += (double) inputs[i] * rows[i][j];
                }
            }
            return sums;
        }

        private double[] exactBias() {
            double[] sums = new double[bias.length];
            for (int j = 0; j < sums.length; j++) {
                sums[j] = bias[j];
            }
            return sums;
        }

        private float[] of(long[] words) {
            int[] set = set(words);
            float[] sums = bias.clone();
            int i = 0;
            // four rows in one pass over the sums, added one after the other
            for (; i + 4 <= set.length; i += 4) {
                float[] a = rows[set[i]];
                float[] b = rows[set[i + 1]];
                float[] c = rows[set[i + 2]];
                float[] d = rows[set[i + 3]];
                for (int j = 0; j < sums.length; j++) {
                    sums[j] = sums[j] + a[j] + b[j] + c[j] + d[j];
                }
            }
            for (; i < set.length; i++) {
                float[] a = rows[set[i]];
                for (int j = 0; j < sums.length; j++) {
                    sums[j] += a[j];
                }
            }
            return sums;
        }

        private static int[] set(long[] words) {
            int count = 0;
            for (long word : words) {
                count += Long.bitCount(word);
            }
            int[] set = new int[count];
            int next = 0;
            for (int w = 0; w < words.length; w++) {
                for (long left = words[w]; left != 0; left &= left - 1) {
                    set[next++] = 64 * w + Long.numberOfTrailingZeros(left);
                }
            }
            return set;
        }

        float[] of(float[] inputs) {
            float[] sums = bias.clone();
            for (int i = 0; i < inputs.length; i++) {
                float x = inputs[i];
                if (x != 0) { // half of what rectified layers give
                    float[] a = rows[i];
                    for (int j = 0; j < sums.length; j++) {
                        sums[j] += x * a[j];
                    }
                }
            }
            return sums;
        }
    }

    public FeatureNetwork(Task task, NetworkWeights weights) {
        this.task = task;
        this.weights = weights;
        this.layers = new Layer[weights.widths().size() - 1];
        int start = 0;
        for (int k = 0; k < layers.length; k++) {
            layers[k] = Layer.of(weights, k, start);
            start += layers[k].size();
        }
    }

    public Task task() {
        return task;
    }

    public NetworkWeights weights() {
        return weights;
    }

    /** Probabilities or values in the labels' unit [text][task]. */
    public float[][] predict(List<Features> features) {
        return features.stream().map(this::predict).toArray(float[][]::new);
    }

    private float[] predict(Features features) {
        int last = layers.length - 1;
        double[] outputs = last == 0 ? layers[0].exactly(features) : layers[last].exactly(hidden(features));
        float[] values = new float[outputs.length];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (task == Task.CLASSIFICATION ? 1 / (1 + StrictMath.exp(-outputs[k])) : outputs[k]);
        }
        return values;
    }

    /** What the last layer reads. */
    private float[] hidden(Features features) {
        float[] values = layers[0].of(features);
        for (int k = 0; k < layers.length - 1; k++) {
            if (k > 0) {
                values = layers[k].of(values);
            }
            for (int j = 0; j < values.length; j++) {
                values[j] = Math.max(0, values[j]);
            }
        }
        return values;
    }

    /** The same network with other probabilities. */
    public FeatureNetwork calibrated(Calibration calibration) {
        return new FeatureNetwork(task, weights.rescaled(calibration.slope(), calibration.intercept()));
    }
}
