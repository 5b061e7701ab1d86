package io.solera.train.history;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.store.CommittedRound;

/** {@code policy/} of a round: the policy as a model, or what was added to its base as an adapter. */
public final class PolicyFolder {
    public static final String NAME = "policy";

    private PolicyFolder() {}

    /** The SHA-256 of its weights file. */
    public static String sha256(CommittedRound round) {
        return round.sha256(NAME + "/" + ModelFiles.WEIGHTS)
                .or(() -> round.sha256(NAME + "/" + AdapterFolder.WEIGHTS))
                .orElse("");
    }
}
