package io.solera.train.likelihood;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.AdamW;
import io.solera.train.learner.StateFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A checkpoint of likelihood training, as one safetensors file: what is trained, both moments, and the number of steps.
 */
public final class LikelihoodCheckpoint {
    public static final String FILE = "training.safetensors";

    private LikelihoodCheckpoint() {}

    public static void write(Folder folder, LikelihoodTraining.State state) throws IOException {
        try (OutputStream out = folder.create(FILE)) {
            new StateFile()
                    .with(StateFile.POLICY, state.theta())
                    .with(StateFile.POLICY, state.optimizer())
                    .write(out);
        }
    }

    /**
     * @param start the policy that training began from
     * @throws MalformedModelException when the file is damaged, or of what is not trained of {@code start}
     */
    public static LikelihoodTraining.State read(Folder folder, Policy start) throws IOException {
        try (InputStream in = folder.open(FILE)) {
            StateFile file = new StateFile.Wanted()
                    .parameters(StateFile.POLICY, start.trainedSize())
                    .moments(StateFile.POLICY, start.trainedSize())
                    .read(in, folder.location() + "/" + FILE);
            AdamW.State optimizer = file.moments(StateFile.POLICY);
            return new LikelihoodTraining.State(optimizer.steps(), start, file.parameters(StateFile.POLICY), optimizer);
        }
    }
}
