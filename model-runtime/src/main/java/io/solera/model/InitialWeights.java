package io.solera.model;

import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.ParameterLayout;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import java.nio.FloatBuffer;
import java.util.regex.Pattern;

/**
 * Untrained parameters, initialised as in GPT-2 for every family: matrices normal with deviation 0.02, those that write
 * into the residual stream smaller by sqrt(2 layers) (Radford et al. 2019, section 2.3), biases 0, norm weights 1.
 * Keyed by tensor and index.
 */
public final class InitialWeights {
    private static final double DEVIATION = 0.02;

    /** The matrices that write into the residual stream, under GPT-2's and Llama's names. */
    private static final Pattern RESIDUAL = Pattern.compile("(c_proj|o_proj|down_proj)\\.weight$");

    private InitialWeights() {}

    public static BlockVector of(NetworkConfig config, RandomKey key) {
        ParameterLayout layout = config.layout();
        BlockVector values = BlockVector.zeros(layout.size());
        for (ParameterLayout.Entry entry : layout.entries()) {
            RandomKey tensor = key.with(entry.name());
            double deviation =
                    RESIDUAL.matcher(entry.name()).find() ? DEVIATION / Math.sqrt(2.0 * config.layers()) : DEVIATION;
            float[] drawn = new float[entry.size()];
            for (int k = 0; k < drawn.length; k++) {
                drawn[k] = value(entry, tensor, k, deviation);
            }
            values.put(entry.offset(), FloatBuffer.wrap(drawn));
        }
        return values;
    }

    private static float value(ParameterLayout.Entry entry, RandomKey key, int k, double deviation) {
        if (entry.name().endsWith("bias")) {
            return 0;
        }
        return entry.shape().size() == 1 ? 1 : (float) (deviation * key.gaussian(k));
    }
}
