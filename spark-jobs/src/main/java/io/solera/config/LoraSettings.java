package io.solera.config;

import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.problem.SettingException;
import java.io.Serializable;
import java.util.List;

/**
 * Training through adapters over rounds: fresh adapters in each round, in addition to those of earlier rounds.
 *
 * @param rank of the adapters that a round trains
 * @param alpha their scale is alpha / rank
 * @param targets linear layers by the last part of their names, such as {@code q_proj}; none: all
 * @param rsLora whether the scale is alpha / sqrt(rank) instead
 * @param dropout probability with which a number of a module's input is dropped for its adapter in training; 0: none
 * @param maxRank of all that was added: what is longer is brought to the nearest of this rank after a blend
 */
public record LoraSettings(int rank, double alpha, List<String> targets, boolean rsLora, double dropout, int maxRank)
        implements Serializable {
    public LoraSettings {
        targets = new AdapterSettings(rank, alpha, targets, rsLora, dropout).targets();
        if (maxRank < rank) {
            throw new SettingException("max-rank", maxRank, "must be at least rank, %d".formatted(rank));
        }
    }

    static LoraSettings defaults() {
        AdapterSettings each = AdapterSettings.defaults();
        return new LoraSettings(each.rank(), each.alpha(), each.targets(), each.rsLora(), each.dropout(), 64);
    }

    /** @throws IllegalArgumentException for a target that the network does not have */
    public LoraAdapters of(NetworkConfig config) {
        return new AdapterSettings(rank, alpha, targets, rsLora, dropout).of(config, maxRank);
    }
}
