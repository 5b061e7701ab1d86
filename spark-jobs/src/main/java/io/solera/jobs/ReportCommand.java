package io.solera.jobs;

import io.solera.report.Report;
import io.solera.score.OutputPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description = "Make the report of a run again from its folder: one page of HTML that needs no network.")
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "A run folder, on any Hadoop file system.")
    private String run = "";

    @Option(names = "--output", paramLabel = "FILE", description = "The page (default: report.html in the run folder).")
    private @Nullable String output;

    @Override
    public Integer call() throws IOException {
        try (SparkSession spark = SparkSessions.open("report")) {
            String target = output == null ? new Path(run, Report.FILE).toString() : output;
            OutputPath path = OutputPath.of(target, spark.sparkContext().hadoopConfiguration(), true);
            String page = Report.of(spark, List.of(run));
            path.write(out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
            System.out.println("report " + target);
        }
        return ExitCode.DONE;
    }
}
