package io.solera.train.history;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.PolicyHash;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import java.io.IOException;

/** The policy that a run started from, by the SHA-256 of its weights: a resumed run must have the same. */
public final class ReferencePolicy {
    /** The file of round 0 that holds it. */
    public static final String FILE = "reference.sha256";

    private ReferencePolicy() {}

    public static void write(RoundWriter first, Policy reference) throws IOException {
        first.write(FILE, PolicyHash.of(reference) + "\n");
    }

    /**
     * @throws MalformedModelException when {@code reference}, the job's {@code model}, is not what the run started from
     */
    public static void require(RunFolder folder, Policy reference, String model) throws IOException {
        if (!folder.round(0).read(FILE).strip().equals(PolicyHash.of(reference))) {
            throw new MalformedModelException(
                    ("Cannot resume %s: model %s is not the policy that the run started from (put that one"
                                    + " back, or use another --run-dir)")
                            .formatted(folder.location(), model));
        }
    }
}
