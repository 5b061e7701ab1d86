package io.solera.train.history;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.Lora;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.rl.BlockVector;
import io.solera.store.CommittedRound;
import io.solera.store.RoundWriter;
import java.io.IOException;

/** {@code policy/} of a round: the policy as a model, or what was added to its base as an adapter. */
public final class PolicyFolder {
    public static final String NAME = "policy";

    private PolicyFolder() {}

    /**
     * @param theta all parameters, or adapters of any rank
     * @param model where the run started from, as the job names it
     */
    public static void write(RoundWriter writer, Policy shape, BlockVector theta, String model) throws IOException {
        Folder folder = writer.folder(NAME);
        Lora lora = shape.lora();
        if (lora == null) {
            ModelFolder.write(folder, shape.with(theta));
        } else {
            AdapterFolder.write(folder, shape.config(), new AdapterFolder.Adapter(model, lora, theta));
            ModelFolder.writeTokenizer(folder, shape);
        }
    }

    /** The SHA-256 of its weights file. */
    public static String sha256(CommittedRound round) {
        return round.sha256(NAME + "/" + ModelFiles.WEIGHTS)
                .or(() -> round.sha256(NAME + "/" + AdapterFolder.WEIGHTS))
                .orElse("");
    }
}
