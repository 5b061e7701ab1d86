package io.solera.jobs;

import io.solera.jobs.console.ExitCode;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RequestException;
import io.solera.report.Report;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.StoragePath;
import io.solera.table.output.OutputPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Rebuild the report of a run from its folder: one HTML page that needs no network.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run folder, on any Hadoop file system.")
    private String run = "";

    @Option(names = "--output", paramLabel = "FILE", description = "The page (default: report.html in the run folder).")
    private @Nullable String output;

    @Option(names = "--overwrite", description = "Replace a page that report wrote to --output before.")
    private boolean overwrite;

    /**
     * The page in a run's folder is built from its rounds and can always be rebuilt; another file of that name is kept.
     */
    private static void requireOwn(HadoopFolder folder) throws IOException {
        if (folder.exists(Report.FILE)) {
            try (InputStream in = folder.open(Report.FILE)) {
                if (!Report.isPage(in)) {
                    throw new RequestException("Cannot write %s/%s: it exists, and no run wrote it (give --output)"
                            .formatted(folder.location(), Report.FILE));
                }
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        SparkSessions.run("report", spark -> {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            if (output == null) {
                requireOwn(HadoopFolder.of(run, configuration));
                String page = Report.of(List.of(run), configuration);
                HadoopFolder.of(run, configuration).replace(Report.FILE, page);
                System.out.println("report " + StoragePath.child(StoragePath.of(run), Report.FILE));
            } else {
                OutputPath path = OutputPath.of(output, configuration, "report", overwrite);
                path.requireApart(List.of(run), configuration);
                String page = Report.of(List.of(run), configuration);
                path.write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
                System.out.println("report " + output);
            }
        });
        return ExitCode.DONE;
    }
}
