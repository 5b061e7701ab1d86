package io.solera.checkpoint;

import io.solera.rl.BlockVector;
import java.util.Arrays;

/** Adapters taken into the parameters: W + s sum_k b_k a_k'. */
public final class AdapterMerge {
    private AdapterMerge() {}

    /** The parameters of a policy with adapters of any rank. */
    public static BlockVector of(NetworkConfig config, BlockVector parameters, Lora lora, BlockVector factors) {
        float[] values = parameters.toArray();
        float[] ranks = factors.toArray();
        int rankSize = lora.factors().rankSize();
        int at = 0;
        for (Lora.Module module : lora.modules()) {
            String weight = module.name() + ".weight";
            ParameterLayout.Entry entry = config.layout().entries().stream()
                    .filter(each -> each.name().equals(weight))
                    .findFirst()
                    .orElseThrow();
            // GPT-2 stores [in, out]
            int inStep = config instanceof Gpt2Config ? module.out() : 1;
            int outStep = config instanceof Gpt2Config ? 1 : module.in();
            double[] row = new double[module.in()];
            for (int o = 0; o < module.out(); o++) {
                Arrays.fill(row, 0);
                for (int start = at; start < ranks.length; start += rankSize) {
                    double b = ranks[start + module.in() + o];
                    for (int i = 0; i < row.length; i++) {
                        row[i] += b * ranks[start + i];
                    }
                }
                for (int i = 0; i < row.length; i++) {
                    values[entry.offset() + o * outStep + i * inStep] += (float) (lora.scale() * row[i]);
                }
            }
            at += module.in() + module.out();
        }
        return BlockVector.of(values);
    }
}
