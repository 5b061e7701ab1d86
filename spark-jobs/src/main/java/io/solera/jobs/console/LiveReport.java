package io.solera.jobs.console;

import io.solera.report.Report;
import io.solera.report.RunReader;
import io.solera.store.RunFolder;
import io.solera.store.storage.UnwrittenFileException;
import io.solera.train.history.LatestWork;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSError;

/**
 * The report of a running run, rewritten in the background. A picture of the rounds must not cost hours of training:
 * it takes at most a tenth of a core's time, and whatever goes wrong leaves the run as it is.
 */
public final class LiveReport implements AutoCloseable {
    /** As a multiple of what the report took. */
    private static final int PAUSE = 9;

    private final RunFolder folder;
    private final RunReader reader;
    private boolean failing;
    private final LatestWork rendering = new LatestWork("solera-report", PAUSE, this::write);

    public LiveReport(RunFolder folder, Configuration configuration) throws IOException {
        this.folder = folder;
        reader = new RunReader(folder.location(), configuration);
    }

    /** Has the page written some time after the files that it is made from. */
    public void request() {
        rendering.request();
    }

    /**
     * Writes the page for the last time.
     *
     * @return why it was not written, which was said when that first happened; empty if it was
     */
    public Optional<String> finish() {
        close();
        return write();
    }

    /** Ends the thread. */
    @Override
    public void close() {
        rendering.close();
    }

    private Optional<String> write() {
        try {
            folder.rewrite(Report.FILE, reader.page());
            failing = false;
            return Optional.empty();
        } catch (Exception | OutOfMemoryError | FSError e) {
            String why = "the report was not written: %s (the run is not affected; try: solera report %s)"
                    .formatted(
                            e instanceof UnwrittenFileException unwritten ? unwritten.reason() : ExitCode.message(e),
                            folder.location());
            if (!failing) {
                System.err.println("solera: " + why);
            }
            failing = true;
            return Optional.of(why);
        }
    }
}
