package io.solera.jobs;

import io.solera.checkpoint.Policy;
import io.solera.config.SftJob;
import io.solera.store.RunFolder;
import io.solera.table.EmptyTableException;
import io.solera.table.TableName;
import io.solera.table.TextOptions;
import io.solera.train.Examples;
import io.solera.train.PolicyFolder;
import io.solera.train.SupervisedTuning;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sft",
        mixinStandardHelpOptions = true,
        description = "Fine-tune a policy on a table of texts, or of prompts and completions, by likelihood.",
        footer = {"", RunOptions.EXIT_CODES})
final class SftCommand implements Callable<Integer> {
    private static final int NAMED = 3;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The job, in YAML.")
    private String config = "";

    @Mixin
    private RunOptions options = new RunOptions();

    @Override
    public Integer call() throws IOException {
        JobFile file = JobFile.read(config);
        SftJob asked = SftJob.read(file.yaml(), options.overrides());
        SupervisedTuning.settings(asked);
        String location = options.location(file.name());
        try (SparkSession spark = SparkSessions.open(file.name())) {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            options.requireResume(location, configuration);
            Models models = new Models(configuration);
            SftJob job = SftJob.read(file.yaml(), models.pinned(options.overrides(), asked.model()));
            Policy policy = models.trained(job.model(), job.lora());
            Set<String> inputs = new TreeSet<>(models.inputs());
            TableName name = new TableName(job.table(), null, TextOptions.of(job.separator(), job.encoding()));
            if (!name.catalogued()) {
                inputs.add(job.table());
            }
            options.requireApart(location, inputs, configuration);
            Examples examples = Examples.of(
                    job,
                    learnable(job, TableRows.read(spark, name, List.copyOf(job.columns()))),
                    policy.tokenizer(),
                    policy.config().positions());
            examples.corpus().requireBatch(job.batchSize());
            try (RunFolder folder = RunFolder.open(
                    location,
                    configuration,
                    job.yaml(),
                    text -> SftJob.read(text, List.of()).identity(),
                    options.opening())) {
                LikelihoodConsole console = new LikelihoodConsole();
                console.begun(examples.corpus(), policy, SupervisedTuning.settings(job));
                JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
                int before = folder.rounds().all().size();
                try (StopNotice notice = options.stopNotice(console::place, location)) {
                    new SupervisedTuning(context, job, folder, policy, examples, console).run();
                }
                boolean done = folder.rounds().all().size() == before;
                System.out.println("run " + folder.location() + (done ? " is done already" : ""));
                System.out.println("policy "
                        + folder.lastRound()
                                .orElseThrow()
                                .folder(PolicyFolder.NAME)
                                .location());
            }
        }
        return ExitCode.DONE;
    }

    /** The rows that have something to learn; says of the others how many, and which are the first. */
    private static List<Map<String, String>> learnable(SftJob job, List<Map<String, String>> rows) {
        List<Map<String, String>> kept = new ArrayList<>();
        List<String> first = new ArrayList<>();
        for (int k = 0; k < rows.size(); k++) {
            if (!job.lacks(rows.get(k))) {
                kept.add(rows.get(k));
            } else if (first.size() < NAMED) {
                first.add(String.valueOf(k + 1));
            }
        }
        int dropped = rows.size() - kept.size();
        String what = job.text() != null ? "text" : "completion";
        if (kept.isEmpty() && dropped > 0) {
            throw new EmptyTableException("Cannot train on %s: the %s of all %d rows is null (rows %s, ...)"
                    .formatted(job.table(), what, dropped, String.join(", ", first)));
        }
        if (dropped > 0) {
            System.out.printf(
                    "%d of %d rows of %s are left out, as their %s is null (rows %s%s)%n",
                    dropped, rows.size(), job.table(), what, String.join(", ", first), dropped > NAMED ? ", ..." : "");
        }
        return kept;
    }
}
