package io.solera.track;

import io.solera.checkpoint.file.Folder;
import io.solera.store.CommittedRound;
import io.solera.store.RunFolder;
import io.solera.train.history.RoundRecord;
import io.solera.train.history.RunSummary;
import java.io.IOException;

/**
 * A run as trackers see it.
 *
 * @param folder its folder, to which this driver may write
 * @param files the same folder, to read from
 * @param job the resolved job
 */
public record TrackedRun(RunFolder folder, Folder files, String job) {
    /** The name of its folder. */
    String name() {
        return folder.path("x").getParent().getName();
    }

    /** Which run it is, wherever its folder is moved: the driver that committed its first round. */
    String id() throws IOException {
        return folder.round(0).run();
    }

    RoundRecord round(int round) throws IOException {
        return RoundRecord.of(folder.round(round));
    }

    /** The last round, by the summary of the run. */
    int last() throws IOException {
        return RunSummary.head(files).rounds();
    }

    /** The best round, whose policy is kept. */
    CommittedRound best() throws IOException {
        RunSummary.Head head = RunSummary.head(files);
        if (head.best() != null) {
            return folder.round(head.best().round());
        }
        return folder.round(head.bestRound() == null ? head.rounds() : head.bestRound());
    }
}
