package io.solera.jobs;

import io.solera.checkpoint.Folder;
import io.solera.checkpoint.Policy;
import io.solera.config.TrainJob;
import io.solera.report.Report;
import io.solera.store.RunFolder;
import io.solera.train.KnownMolecules;
import io.solera.train.Prompts;
import io.solera.train.RewardSet;
import io.solera.train.RunHistory;
import io.solera.train.RunInputs;
import io.solera.train.StartingModel;
import io.solera.train.TrainingLoop;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** A job from its text to its run folder: what {@code train} and {@code quickstart} do. */
final class TrainingRun {
    private final String name;
    private final String yaml;
    private final RunOptions options;

    TrainingRun(String name, String yaml, RunOptions options) {
        this.name = name;
        this.yaml = yaml;
        this.options = options;
    }

    int call() throws IOException {
        TrainJob asked = TrainJob.read(yaml, options.overrides());
        String location = options.location(name);
        try (SparkSession spark = SparkSessions.open(name)) {
            Configuration configuration = spark.sparkContext().hadoopConfiguration();
            options.requireResume(location, configuration);
            Models models = new Models(configuration);
            Folder model = models.folder(asked.model());
            Policy reference = models.trained(
                    asked.model(), asked.lora() == null ? null : asked.lora().adapters());
            TrainJob job =
                    TrainJob.read(yaml, options.overrides(), reference.config().positions());
            RewardSet rewards = RewardSet.of(job.rewards(), new Models(configuration, reference, job.permissions()));
            Prompts prompts = PromptTable.read(spark, job, reference);
            try (RunFolder folder = RunFolder.open(
                    location,
                    configuration,
                    job.text(),
                    text -> TrainJob.read(text, List.of()).identity())) {
                LiveReport report = new LiveReport(spark, folder, System.err);
                ConsoleProgress progress = new ConsoleProgress(System.out, report::write);
                RunInputs inputs =
                        new RunInputs(reference, rewards, prompts, KnownMolecules.read(model), StartingModel.of(model));
                new TrainingLoop(spark, job, folder, inputs, progress).run();
                RunHistory history = new RunHistory(folder, rewards.names());
                history.finish(progress.seconds());
                SummaryTable.print(System.out, folder, rewards);
                if (report.write()) {
                    System.out.println("report " + folder.location() + "/" + Report.FILE);
                }
            }
        }
        return ExitCode.DONE;
    }
}
