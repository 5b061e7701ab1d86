package io.solera.config;

import io.solera.checkpoint.Lora;
import io.solera.checkpoint.NetworkConfig;
import java.io.Serializable;
import java.util.List;

/**
 * Training through adapters of low rank (LoRA, Hu et al., ICLR 2022): fresh ones in each round, beside what the rounds before added.
 *
 * @param rank of the adapters that a round trains
 * @param alpha their scale is alpha / rank
 * @param targets linear layers by the last part of their names, such as {@code q_proj}; none: all
 * @param rsLora whether the scale is alpha / sqrt(rank) instead
 * @param maxRank of all that was added: what is longer is brought to the nearest of this rank after a blend
 */
public record LoraSettings(int rank, double alpha, List<String> targets, boolean rsLora, int maxRank)
        implements Serializable {
    public LoraSettings {
        targets = List.copyOf(targets);
        AlgorithmSettings.atLeastOne("rank", rank);
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("Invalid alpha: %s (must be above 0)".formatted(alpha));
        }
        if (maxRank < rank) {
            throw new IllegalArgumentException(
                    "Invalid max-rank: %d (must be at least rank, %d)".formatted(maxRank, rank));
        }
    }

    static LoraSettings defaults() {
        return new LoraSettings(8, 16, List.of(), false, 64);
    }

    /** @throws IllegalArgumentException for a target that the network does not have */
    public Lora of(NetworkConfig config) {
        return Lora.of(config, rank, alpha, rsLora, targets);
    }
}
