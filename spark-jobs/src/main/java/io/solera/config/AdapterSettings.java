package io.solera.config;

import io.solera.checkpoint.Lora;
import io.solera.checkpoint.NetworkConfig;
import java.io.Serializable;
import java.util.List;

/**
 * Low-rank adapters that are trained instead of the model's own parameters (LoRA, Hu et al., ICLR 2022).
 *
 * @param rank of the adapters
 * @param alpha their scale is alpha / rank
 * @param targets linear layers by the last part of their names, such as {@code q_proj}; none: all
 * @param rsLora whether the scale is alpha / sqrt(rank) instead
 * @param dropout probability with which a number of a module's input is dropped for its adapter in training; 0: none
 */
public record AdapterSettings(int rank, double alpha, List<String> targets, boolean rsLora, double dropout)
        implements Serializable {
    public AdapterSettings {
        targets = List.copyOf(targets);
        AlgorithmSettings.atLeastOne("rank", rank);
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("Invalid alpha: %s (must be above 0)".formatted(alpha));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "Invalid dropout: %s (must be 0 for none, or more and below 1)".formatted(dropout));
        }
    }

    static AdapterSettings defaults() {
        return new AdapterSettings(8, 16, List.of(), false, 0);
    }

    /** @throws IllegalArgumentException for a target that the network does not have */
    public Lora of(NetworkConfig config) {
        return Lora.of(config, rank, alpha, rsLora, targets).withDropout(dropout);
    }
}
