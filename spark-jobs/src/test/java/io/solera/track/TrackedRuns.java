package io.solera.track;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.solera.checkpoint.file.LocalFolder;
import io.solera.store.RoundWriter;
import io.solera.store.RunFolder;
import io.solera.store.Runs;
import java.io.IOException;
import java.nio.file.Path;

/** Runs that hold what trackers read: two learners with two steps in a round, and a blend after each. */
final class TrackedRuns {
    private TrackedRuns() {}

    static TrackedRun open(Path folder) throws IOException {
        return of(Runs.open(folder), folder);
    }

    static TrackedRun of(RunFolder run, Path folder) {
        return new TrackedRun(run, new LocalFolder(folder), """
                model: prior
                rewards: {qed: {weight: 1.0}, sa: {weight: 0.5}}
                stages: [{rewards: [qed], max-rounds: 3}]
                """);
    }

    static void commit(TrackedRun run, int round) throws IOException {
        RoundWriter writer = Runs.write(run.folder(), round);
        writer.commit(round == 0 ? json("{'round': 0, 'blend': {}, 'seconds': 4.0}") : trained(round));
        run.folder().rewrite("summary.json", """
                {"status": "done", "seconds": 9.0, "rounds": %d, "policy_sha256": "", "best": {"round": %d, "by": ""}}
                """.formatted(round, round));
    }

    private static JsonObject trained(int round) {
        return json("""
                {'round': %d, 'seconds': 10.0, 'slots': 2, 'steps': [
                  {'loss': %s, 'learner': 'qed', 'step': 0}, {'loss': 0.25, 'kl': null, 'learner': 'qed', 'step': 1},
                  {'loss': 1.0, 'learner': 'sa', 'step': 0}, {'loss': 2.0, 'learner': 'sa', 'step': 1}],
                 'blend': {'experts': ['qed', 'sa'], 'coefficients': [0.6, 0.4], 'drift': [0.5, 1.5],
                   'cosines': [[1.0, -0.5], [-0.5, 1.0]], 'policy_drift': 0.75}}
                """.formatted(round, 0.5 / round));
    }

    static JsonObject json(String text) {
        return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
    }
}
