package io.solera.jobs.input;

import io.solera.checkpoint.AdapterFolder;
import io.solera.checkpoint.ModelFolder;
import io.solera.checkpoint.NetworkConfig;
import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.Json;
import io.solera.config.TrainJob;
import io.solera.plan.FinishedRun;
import io.solera.plan.Rates;
import io.solera.plan.RatesFile;
import io.solera.problem.RequestException;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.StoragePath;
import io.solera.train.RunInputs;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.history.RunHistory;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** What a job is planned from: the shape of its policy, and rates that were measured before. */
public final class PlanInputs {
    private PlanInputs() {}

    /** The shape of a job's policy, for which no parameters need be there. */
    public static NetworkConfig network(String model, Configuration configuration) throws IOException {
        Models models = new Models(configuration);
        Folder folder = models.folder(model);
        return ModelFolder.is(folder) && !AdapterFolder.is(folder)
                ? ModelFolder.config(folder)
                : models.policy(model).config();
    }

    /** @param from a run folder, or a file that {@code solera plan --output} wrote */
    public static Rates rates(String from, Configuration configuration) throws IOException {
        Path path = StoragePath.of(from);
        FileSystem files = StoragePath.system(path, configuration);
        FileStatus status;
        try {
            status = files.getFileStatus(path);
        } catch (FileNotFoundException e) {
            throw new RequestException("Cannot plan from %s: no such file or folder".formatted(from));
        }
        if (status.isFile()) {
            try (InputStream in = files.open(path)) {
                return RatesFile.read(Json.utf8(in.readAllBytes(), from), from);
            }
        }
        List<CommittedRound> rounds = Rounds.of(from, configuration).all();
        try (InputStream in = HadoopFolder.of(from, configuration).open(RunPolicy.JOB)) {
            TrainJob job = TrainJob.read(Json.utf8(in.readAllBytes(), from), List.of());
            return FinishedRun.rates(from, RunHistory.records(rounds), job, network(job.model(), configuration));
        }
    }

    /** All that a job needs to run. */
    public static RunInputs run(SparkSession spark, TrainJob asked, String yaml, List<String> overrides)
            throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        Models models = new Models(configuration);
        Policy reference =
                models.trained(asked.model(), asked::trainable, asked.memory().driverMib());
        TrainJob job = TrainJob.read(yaml, overrides, reference.config().contextLength());
        boolean expressions = job.rewards().values().stream().anyMatch(reward -> reward.sql() != null);
        RewardSet rewards = RewardSet.of(
                job.rewards(),
                new Models(configuration, reference, job.permissions()),
                expressions ? PromptTable.columns(spark, job) : List.of());
        Prompts prompts = PromptTable.read(spark, job, reference, rewards.promptColumns());
        return new RunInputs(reference, rewards, prompts, KnownSamples.none());
    }
}
