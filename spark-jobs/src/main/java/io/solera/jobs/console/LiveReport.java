package io.solera.jobs.console;

import io.solera.report.Report;
import io.solera.store.RunFolder;
import java.io.PrintStream;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** The report of a running run, rewritten after each round. */
public final class LiveReport {
    private final SparkSession session;
    private final RunFolder folder;
    private final PrintStream err;

    public LiveReport(SparkSession session, RunFolder folder, PrintStream err) {
        this.session = session;
        this.folder = folder;
        this.err = err;
    }

    /**
     * Writes the page, or says why it cannot. A picture of the rounds must not cost hours of training: whatever
     * goes wrong here leaves the run as it is, and the page can be made later from the same folder.
     *
     * @return whether it was written
     */
    public boolean write() {
        try {
            folder.rewrite(Report.FILE, Report.of(session, List.of(folder.location())));
            return true;
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            err.printf(
                    "solera: the report was not written: %s (the run is not affected; try: solera report %s)%n",
                    ExitCode.message(e), folder.location());
            return false;
        }
    }
}
