package io.solera.jobs;

import io.solera.checkpoint.Policy;
import io.solera.config.SftJob;
import io.solera.store.RunFolder;
import io.solera.train.Examples;
import io.solera.train.PolicyFolder;
import io.solera.train.SupervisedTuning;
import java.io.IOException;
import java.util.List;
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
        footer = {"", "Exit codes: 0 done, 2 the request is wrong, 3 the data is wrong, 4 the run failed (--resume)."})
final class SftCommand implements Callable<Integer> {
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
            Examples examples = Examples.of(
                    job,
                    TableRows.read(spark, job.table(), List.copyOf(job.columns())),
                    policy.tokenizer(),
                    policy.config().positions());
            examples.corpus().requireBatch(job.batchSize());
            try (RunFolder folder = RunFolder.open(
                    location,
                    configuration,
                    job.yaml(),
                    text -> SftJob.read(text, List.of()).identity())) {
                LikelihoodConsole console = new LikelihoodConsole();
                console.begun(examples.corpus(), policy, SupervisedTuning.settings(job));
                JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
                new SupervisedTuning(context, job, folder, policy, examples, console).run();
                System.out.println("run " + folder.location());
                System.out.println("policy "
                        + folder.lastRound()
                                .orElseThrow()
                                .folder(PolicyFolder.NAME)
                                .location());
            }
        }
        return ExitCode.DONE;
    }
}
