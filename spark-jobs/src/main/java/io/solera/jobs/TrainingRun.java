package io.solera.jobs;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.cluster.ScoringSlots;
import io.solera.cluster.SharedFolder;
import io.solera.config.TrainJob;
import io.solera.config.yaml.ConfigReader;
import io.solera.export.RunExport;
import io.solera.jobs.console.ConsoleProgress;
import io.solera.jobs.console.ExitCode;
import io.solera.jobs.console.LiveReport;
import io.solera.jobs.console.StopNotice;
import io.solera.jobs.console.SummaryTable;
import io.solera.jobs.input.Models;
import io.solera.jobs.input.PromptTable;
import io.solera.jobs.input.ReadInputs;
import io.solera.jobs.options.RunOptions;
import io.solera.jobs.session.SparkSessions;
import io.solera.problem.SettingException;
import io.solera.problem.StopRequest;
import io.solera.report.Report;
import io.solera.reward.catalogue.Resources;
import io.solera.store.RunFolder;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.StoragePath;
import io.solera.table.TableName;
import io.solera.track.TrackedRun;
import io.solera.track.Trackers;
import io.solera.train.RunInputs;
import io.solera.train.TrainingLoop;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.history.RunHistory;
import io.solera.train.history.StartingModel;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** A job from its text to its run folder, for {@code train} and {@code quickstart}. */
final class TrainingRun {
    private final String name;
    private final String yaml;
    private final RunOptions options;

    TrainingRun(String name, String yaml, RunOptions options) {
        this.name = name;
        this.yaml = yaml;
        this.options = options;
    }

    int call() throws Exception {
        TrainJob asked = TrainJob.read(yaml, options.overrides());
        String location = options.location(name);
        StopRequest stop = options.stopRequest(location);
        try (StopNotice notice = options.stopNotice(stop, "round")) {
            SparkSessions.run(name, location, spark -> run(spark, asked, location, stop, notice));
        }
        return ExitCode.DONE;
    }

    private void run(SparkSession spark, TrainJob asked, String location, StopRequest stop, StopNotice notice)
            throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        options.requireResume(location, configuration);
        Models models = new Models(configuration);
        // a run that the job names may still train: which of its policies is meant is kept
        List<String> overrides = models.pinned(options.overrides(), asked.model());
        TrainJob pinned = TrainJob.read(yaml, overrides);
        Folder model = models.folder(pinned.model());
        Policy reference = models.trained(
                pinned.model(), pinned::trainable, pinned.memory().driverMib());
        TrainJob job = TrainJob.read(yaml, overrides, reference.config().contextLength());
        Models named = new Models(configuration, reference, job.permissions());
        ReadInputs read = new ReadInputs(named);
        RewardSet rewards = rewards(spark, job, read, overrides);
        options.requireApart(location, inputs(job, models, named), configuration);
        Prompts prompts = PromptTable.read(spark, job, reference, rewards.promptColumns());
        try (RunFolder folder = RunFolder.open(
                        location,
                        configuration,
                        job.text(),
                        text -> TrainJob.read(text, List.of()).identity(),
                        options.opening());
                LiveReport report = new LiveReport(folder, configuration);
                Trackers trackers = Trackers.of(
                        job.track(),
                        new TrackedRun(folder, HadoopFolder.of(folder.location(), configuration), job.text()),
                        line -> System.err.println("solera: " + line));
                RunExport export = RunExport.open(spark, job.export(), folder)) {
            SharedFolder.require(
                    JavaSparkContext.fromSparkContext(spark.sparkContext()),
                    StoragePath.of(folder.location()),
                    "train",
                    configuration);
            ConsoleProgress progress = new ConsoleProgress(
                    System.out,
                    round -> {
                        report.request();
                        trackers.reach(round);
                        export.request();
                    },
                    stop);
            notice.place(progress::place);
            String slots = ScoringSlots.of(spark.sparkContext()).note();
            if (!slots.isEmpty()) {
                progress.note(slots);
            }
            if (prompts.unwritten().count() > 0) {
                progress.note(prompts.unwritten().message("prompts"));
            }
            RunInputs inputs = new RunInputs(
                    reference, rewards, prompts, KnownSamples.read(model), StartingModel.of(model), read.digests());
            RunHistory history = new TrainingLoop(spark, job, folder, inputs, progress).run();
            if (!history.grew()) {
                System.out.printf("run %s is done already%n", folder.location());
            }
            history.finish(progress.seconds());
            Optional<String> unwritten = report.finish();
            if (unwritten.isPresent()) {
                history.finish(progress.seconds(), unwritten.get());
            }
            trackers.finish();
            SummaryTable.print(System.out, folder, configuration, rewards);
            if (unwritten.isEmpty()) {
                System.out.println("report " + folder.location() + "/" + Report.FILE);
            }
            SummaryTable.printPolicies(System.out, folder, configuration);
            export.finish();
        }
    }

    /** What cannot be found out without Spark or a model is refused as what can: with the place in the job. */
    private RewardSet rewards(SparkSession spark, TrainJob job, Resources read, List<String> overrides)
            throws IOException {
        boolean expressions = job.rewards().values().stream().anyMatch(reward -> reward.sql() != null);
        try {
            return RewardSet.of(job.rewards(), read, expressions ? PromptTable.columns(spark, job) : List.of());
        } catch (SettingException refused) {
            throw ConfigReader.at(yaml, overrides, refused);
        }
    }

    private static Set<String> inputs(TrainJob job, Models models, Models named) {
        Set<String> inputs = new TreeSet<>(models.inputs());
        inputs.addAll(named.inputs());
        if (job.prompts() != null) {
            inputs.add(job.prompts().table());
        }
        if (job.replay() != null && job.replay().smilesFile() != null) {
            inputs.add(job.replay().smilesFile());
        }
        inputs.removeIf(TableName::isCatalogued);
        return inputs;
    }
}
