package io.solera.train.update;

import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.model.Likelihood;
import io.solera.model.NetworkPool;
import io.solera.train.rollout.TaskDevice;
import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * What tasks of an update compute with.
 *
 * @param pass samples of a backward pass at most
 */
public record TaskTools(Broadcast<Policy> reference, TrainJob job, int pass) implements Serializable {
    /** A network, with whatever parameters it had. */
    NetworkPool.Lease lease() {
        return NetworkPool.lease(reference.value().config(), TaskDevice.here());
    }

    Likelihood likelihood(NetworkPool.Lease lease) {
        return new Likelihood(
                lease.network(),
                reference.value().tokenizer().special(),
                job.sampling().temperature(),
                job.memory().recompute());
    }
}
