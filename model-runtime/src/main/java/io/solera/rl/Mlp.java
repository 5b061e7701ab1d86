package io.solera.rl;

import java.io.Serializable;
import java.util.List;

/**
 * A multilayer perceptron with ReLU between its layers and one number out, as a function of one flat array of
 * parameters: per layer the weights [out, in] row-major, then the biases [out]. Forward and backward are written out;
 * rows of inputs are [N, D].
 *
 * @param inputs D
 * @param hidden widths of the hidden layers; none: a linear model
 */
public record Mlp(int inputs, List<Integer> hidden) implements Serializable {
    public Mlp {
        Setting.atLeast("inputs", inputs, 1);
        hidden = List.copyOf(hidden);
        hidden.forEach(width -> Setting.atLeast("hidden-layers", width, 1));
    }

    private int layers() {
        return hidden.size() + 1;
    }

    private int width(int layer) {
        return layer == 0 ? inputs : layer == layers() ? 1 : hidden.get(layer - 1);
    }

    /** Length of the parameter array. */
    public int size() {
        int size = 0;
        for (int l = 0; l < layers(); l++) {
            size += (width(l) + 1) * width(l + 1);
        }
        return size;
    }

    /**
     * Weights uniform within sqrt(6 / in) (He et al., 2015), biases 0, and the whole last layer 0, so that the function
     * is 0 at first.
     */
    public float[] initial(RandomKey key) {
        float[] parameters = new float[size()];
        int k = 0;
        for (int l = 0; l < layers() - 1; l++) {
            double bound = Math.sqrt(6.0 / width(l));
            for (int weight = 0; weight < width(l) * width(l + 1); weight++, k++) {
                parameters[k] = (float) (bound * (2 * key.uniform(k) - 1));
            }
            k += width(l + 1);
        }
        return parameters;
    }

    /** The outputs of all layers, starting with the input rows: [layer][N, width]. */
    float[][] activations(float[] parameters, float[] rows) {
        int n = rows.length / inputs;
        float[][] activations = new float[layers() + 1][];
        activations[0] = rows;
        int offset = 0;
        for (int l = 0; l < layers(); l++) {
            int in = width(l);
            int out = width(l + 1);
            activations[l + 1] = new float[n * out];
            for (int row = 0; row < n; row++) {
                for (int j = 0; j < out; j++) {
                    float sum = dot(parameters, offset + j * in, activations[l], row * in, in);
                    sum += parameters[offset + in * out + j];
                    activations[l + 1][row * out + j] = l == layers() - 1 ? sum : Math.max(sum, 0);
                }
            }
            offset += (in + 1) * out;
        }
        return activations;
    }

    /** The output for every row of [N, D]. */
    public float[] forward(float[] parameters, float[] rows) {
        return activations(parameters, rows)[layers()];
    }

    /**
     * gradient += sum over the rows of derivatives[row] times the gradient of the row's output.
     *
     * @param inputGradient the gradient with respect to the rows, [N, D], is added to it; empty if not needed
     */
    void backward(
            float[] parameters, float[][] activations, float[] derivatives, float[] gradient, float[] inputGradient) {
        int n = derivatives.length;
        float[] delta = derivatives;
        int offset = size();
        for (int l = layers() - 1; l >= 0; l--) {
            int in = width(l);
            int out = width(l + 1);
            offset -= (in + 1) * out;
            float[] below = l == 0 ? inputGradient : new float[n * in];
            for (int row = 0; row < n; row++) {
                for (int j = 0; j < out; j++) {
                    float d = delta[row * out + j];
                    if (d != 0) {
                        addScaled(gradient, offset + j * in, d, activations[l], row * in, in);
                        gradient[offset + in * out + j] += d;
                        if (below.length > 0) {
                            addScaled(below, row * in, d, parameters, offset + j * in, in);
                        }
                    }
                }
            }
            for (int k = 0; l > 0 && k < below.length; k++) {
                if (!(activations[l][k] > 0)) {
                    below[k] = 0;
                }
            }
            delta = below;
        }
    }

    /** Four sums over every fourth element, which a processor can add in parallel. */
    private static float dot(float[] a, int i, float[] b, int j, int n) {
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        int k = 0;
        for (; k + 3 < n; k += 4) {
            s0 += a[i + k] * b[j + k];
            s1 += a[i + k + 1] * b[j + k + 1];
            s2 += a[i + k + 2] * b[j + k + 2];
            s3 += a[i + k + 3] * b[j + k + 3];
        }
        for (; k < n; k++) {
            s0 += a[i + k] * b[j + k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void addScaled(float[] sum, int i, float alpha, float[] term, int j, int n) {
        for (int k = 0; k < n; k++) {
            sum[i + k] += alpha * term[j + k];
        }
    }
}
