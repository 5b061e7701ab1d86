package io.solera.config;

import io.solera.checkpoint.Lora;
import io.solera.checkpoint.LoraAdapters;
import io.solera.checkpoint.NetworkConfig;
import io.solera.problem.SettingException;
import io.solera.rl.Setting;
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
        Setting.atLeastOne("rank", rank);
        Setting.above("alpha", alpha, 0);
        if (!(dropout >= 0 && dropout < 1)) {
            throw new SettingException("dropout", dropout, "must be 0 for none, or more and below 1");
        }
    }

    static AdapterSettings defaults() {
        return new AdapterSettings(8, 16, List.of(), false, 0);
    }

    /** @throws SettingException for a target that the network does not have */
    public LoraAdapters of(NetworkConfig config) {
        return of(config, rank);
    }

    /** @param maxRank of all that rounds add */
    LoraAdapters of(NetworkConfig config, int maxRank) {
        try {
            return new LoraAdapters(
                    Lora.of(config, rank, alpha, rsLora, targets).withDropout(dropout), maxRank);
        } catch (SettingException e) {
            throw e.within("lora");
        }
    }
}
