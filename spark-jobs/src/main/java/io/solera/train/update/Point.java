package io.solera.train.update;

import io.solera.rl.BlockVector;
import java.io.IOException;
import java.io.Serializable;

/** A policy on its way to the tasks that compute with it. */
interface Point extends Serializable {
    /** What a network holds of it; the same object each time in a process, and nobody changes it. */
    BlockVector composed() throws IOException;
}
