package io.solera.track;

import io.solera.checkpoint.file.Folder;
import io.solera.store.CommittedRound;
import io.solera.store.StoredFile;
import io.solera.train.history.PolicyFolder;
import io.solera.train.history.RunHistory;
import io.solera.train.history.RunSummary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;

/** What a run of MLflow has as its artefacts, stored through the server: a client needs no access to the store. */
final class MlflowFiles {
    private static final List<String> NAMES =
            List.of("job.yaml", RunSummary.FILE, "report.html", "molecules.csv", "samples.jsonl", RunHistory.METRICS);

    private final TrackedRun run;
    private final MlflowServer server;
    private final String place;

    /** @param uri of the files of MLflow's run */
    MlflowFiles(TrackedRun run, MlflowServer server, String uri) throws LeftTrackerException {
        this.run = run;
        this.server = server;
        URI place = URI.create(uri);
        if (!"mlflow-artifacts".equals(place.getScheme()) || place.getRawAuthority() != null) {
            throw new LeftTrackerException(
                    "its run has all numbers and no files: they are at %s, and not stored through the server (start it"
                                    .formatted(uri.replaceAll("//[^/]*@", "//"))
                            + " with --serve-artifacts, for a new experiment)");
        }
        this.place = place.getPath();
    }

    /** Sends the files of the run, then the policy of the best round. */
    void send() throws IOException {
        for (String name : NAMES) {
            if (run.files().exists(name)) {
                put(run.files(), name, name);
            }
        }
        CommittedRound best = run.best();
        Folder policy = best.folder(PolicyFolder.NAME);
        for (StoredFile file : best.files()) {
            if (file.name().startsWith(PolicyFolder.NAME + "/")) {
                put(policy, file.name().substring(PolicyFolder.NAME.length() + 1), file.name());
            }
        }
    }

    private void put(Folder from, String name, String to) throws IOException {
        server.put(place + "/" + to, () -> open(from, name), from.size(name));
    }

    private static InputStream open(Folder folder, String name) {
        try {
            return folder.open(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
