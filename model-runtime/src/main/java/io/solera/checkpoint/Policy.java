package io.solera.checkpoint;

import io.solera.problem.RequestException;
import io.solera.rl.BlockVector;
import io.solera.rl.Blocks;
import io.solera.text.Tokenizer;
import java.io.Serializable;

/**
 * A policy as a value: the shape of its network, its tokenizer, and its parameters as one flat vector in the network's
 * layout, in memory or in files.
 *
 * @param trainable what of it is trained
 */
public record Policy(NetworkConfig config, Tokenizer tokenizer, Blocks parameters, Trainable trainable)
        implements Serializable {
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

    /** A policy of which all parameters are trained. */
    public Policy(NetworkConfig config, Tokenizer tokenizer, Blocks parameters) {
        this(config, tokenizer, parameters, new FullParameters());
    }

    /** The same network and tokenizer with other parameters. */
    public Policy with(Blocks other) {
        return new Policy(config, tokenizer, other, trainable);
    }

    /** The same, of which something else is trained. */
    public Policy with(Trainable other) {
        return new Policy(config, tokenizer, parameters, other);
    }

    /** How many numbers a learner trains. */
    public long trainedSize() {
        return trainable.size(config);
    }

    /** Whether its parameters are in memory, and not in files that whoever needs them reads. */
    public boolean inMemory() {
        return parameters instanceof BlockVector;
    }

    /** rho of round 0. */
    public Blocks initial() {
        return trainable.initial(parameters);
    }
}
