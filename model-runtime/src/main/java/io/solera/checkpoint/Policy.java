package io.solera.checkpoint;

import io.solera.problem.RequestException;
import io.solera.rl.BlockVector;
import io.solera.rl.RandomKey;
import io.solera.text.Tokenizer;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a value: the shape of its network, its tokenizer, and its parameters as one flat vector in the network's layout.
 *
 * @param lora how it is trained through adapters beside its parameters; null: its parameters themselves are trained
 */
public record Policy(
        NetworkConfig config,
        Tokenizer tokenizer,
        BlockVector parameters,
        @Nullable Lora lora) implements Serializable {
    public Policy {
        if (config.vocabulary() < tokenizer.size()) {
            throw new RequestException(
                    "Cannot combine a network for %d tokens with a tokenizer of %d: they are of different models"
                            .formatted(config.vocabulary(), tokenizer.size()));
        }
        for (int id : tokenizer.special().all()) {
            if (id < 0 || id >= config.vocabulary()) {
                throw new RequestException("Invalid special token: %d (must be 0 to %d, as the network has it)"
                        .formatted(id, config.vocabulary() - 1));
            }
        }
        if (parameters.size() != config.layout().size()) {
            throw new IllegalArgumentException("Cannot fill a network of %d parameters with %d values"
                    .formatted(config.layout().size(), parameters.size()));
        }
    }

    public Policy(NetworkConfig config, Tokenizer tokenizer, BlockVector parameters) {
        this(config, tokenizer, parameters, null);
    }

    /** The same network and tokenizer with other parameters. */
    public Policy with(BlockVector other) {
        return new Policy(config, tokenizer, other, lora);
    }

    /** The same, trained through adapters. */
    public Policy with(Lora adapters) {
        return new Policy(config, tokenizer, parameters, adapters);
    }

    /** How many numbers are trained at a time. */
    public int trainedSize() {
        return lora == null
                ? config.layout().size()
                : Math.multiplyExact(lora.rank(), lora.factors().rankSize());
    }

    /** What a learner begins a round with: the policy that the round starts from, or a fresh adapter beside it. */
    public BlockVector begin(BlockVector rho, RandomKey key) {
        return lora == null ? rho : lora.fresh(key);
    }

    /** What of the policy that a round starts from stays as it is in the round: nothing, or what was added to the base before. */
    public BlockVector fixed(BlockVector rho) {
        return lora == null ? BlockVector.zeros(0) : rho;
    }

    /** What a network is to have when a learner stands at theta in a round that starts from rho. */
    public BlockVector whole(BlockVector rho, BlockVector theta) {
        return lora == null ? theta : lora.factors().stacked(new double[] {1, 1}, List.of(rho, theta));
    }

    /** What is trained, at the start of a run: the parameters, or no adapter yet. */
    public BlockVector start() {
        return lora == null ? parameters : BlockVector.zeros(0);
    }
}
