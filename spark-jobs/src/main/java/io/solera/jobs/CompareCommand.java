package io.solera.jobs;

import io.solera.jobs.console.ExitCode;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.RequestException;
import io.solera.report.Report;
import io.solera.table.output.OutputPath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = "Compare runs on one page: curves, final numbers and distributions, and differences in settings.")
final class CompareCommand implements Callable<Integer> {
    /** The number of distinguishable colours and line styles. */
    private static final int MAX_RUNS = 8;

    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Run folders, on any Hadoop file system; at most 8.")
    private List<String> runs = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "compare.html",
            description = "The page (default: ${DEFAULT-VALUE}).")
    private String output = "";

    @Option(names = "--overwrite", description = "Replace the page if it exists.")
    private boolean overwrite;

    @Override
    public Integer call() throws Exception {
        if (runs.size() > MAX_RUNS) {
            throw new RequestException("Invalid RUN: %d of them (must be at most %d)".formatted(runs.size(), MAX_RUNS));
        }
        SparkSessions.run("compare", spark -> {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            OutputPath path = OutputPath.of(output, configuration, "compare", overwrite);
            path.requireApart(runs, configuration);
            String page = Report.of(runs, configuration);
            path.write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
            System.out.println("comparison " + output);
        });
        return ExitCode.DONE;
    }
}
