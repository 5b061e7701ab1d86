package io.solera.score;

import io.solera.cluster.Described;
import io.solera.cluster.SharedFolder;
import io.solera.cluster.Slots;
import io.solera.problem.RequestException;
import io.solera.table.output.OutputPath;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * A scoring job: a plan, parts that are scored and stored one by one, and a result that is written from them. After
 * being killed it resumes with the missing parts.
 *
 * @param quarantine output for failed rows; null: none
 * @param overwrite whether it may replace results and an unfinished job
 * @param resume whether it resumes an unfinished job
 */
public record ScoreJob(
        ScoreInput input, ScoreOutput output, @Nullable ScoreOutput quarantine, boolean overwrite, boolean resume) {
    /**
     * The outcome.
     *
     * @param rows scored by this attempt
     * @param seconds taken
     */
    public record Outcome(ScoreSummary summary, long rows, double seconds) {}

    /** @return empty if an earlier attempt had finished it */
    public Optional<Outcome> run(PrintStream out) throws IOException {
        long start = System.nanoTime();
        output.requireFolders(input);
        requireApart();
        ScoreFolder work = output.work();
        work.requireOwn();
        Map<String, String> identity = ScorePlan.identity(input, output.ordered());
        Optional<ScorePlan> earlier = work.plan();
        if (resume && earlier.isEmpty() && output.isOf(identity)) {
            return Optional.empty();
        }
        ScorePlan plan = resume && earlier.isPresent() ? same(earlier.get(), identity) : begin(work, earlier, identity);
        if (!plan.replaces() && !overwrite && !work.publishing()) {
            requireNew();
        }
        requireOwn();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(input.spark().sparkContext());
        try {
            SharedFolder.require(spark, new Path(work.toString()), "score", spark.hadoopConfiguration());
            PartRunner staging = new PartRunner(input, plan, work, output.ordered());
            long before = staging.finishedRows();
            try (ProgressLine progress =
                    ScoringProgress.show(out, terminal(), plan.survey().rows(), before, staging::rows)) {
                staging.run();
            }
            ScoreSummary summary = Described.more(
                    input.spark().sparkContext(), ": result", () -> finish(staging.scored(), work, plan));
            return Optional.of(new Outcome(summary, plan.survey().rows() - before, (System.nanoTime() - start) / 1e9));
        } catch (IOException | RuntimeException e) {
            if (work.finished().isEmpty()) {
                work.remove();
            }
            throw e;
        }
    }

    private ScoreSummary finish(Dataset<Row> scored, ScoreFolder work, ScorePlan plan) throws IOException {
        ScoreSummary summary = ScoreSummary.of(scored, input.rewards(), work.finishedTallies());
        work.beginPublishing();
        if (quarantine != null) {
            quarantine.write(Quarantine.of(scored, output.ordered(), input), plan.hash());
        }
        output.publish(scored, work, plan, summary);
        work.remove();
        return summary;
    }

    private ScorePlan begin(ScoreFolder work, Optional<ScorePlan> earlier, Map<String, String> identity)
            throws IOException {
        if (!overwrite) {
            if (earlier.isPresent()) {
                throw new RequestException(
                        ("Cannot write %s: it has an unfinished job (resume it with --resume, or start again with "
                                        + "--overwrite)")
                                .formatted(output));
            }
            requireNew();
        }
        requireOwn();
        ScoreInput.Survey survey = Described.more(input.spark().sparkContext(), ": counting rows", input::survey);
        int cores = Slots.of(input.spark().sparkContext()).spread();
        boolean few = survey.distinct() <= PartCount.MIN_INPUTS
                && input.rewards().stream().noneMatch(RewardColumn::outside);
        double seconds = few ? 0 : estimate(survey).seconds(survey.rows(), survey.distinct());
        int parts = PartCount.of(seconds, survey.rows(), survey.distinct(), cores);
        ScorePlan plan = new ScorePlan(identity, survey, parts, overwrite);
        work.begin(plan);
        return plan;
    }

    private CostEstimate estimate(ScoreInput.Survey survey) {
        return Described.more(
                input.spark().sparkContext(), ": what rewards cost", () -> CostEstimate.of(input, survey));
    }

    private ScorePlan same(ScorePlan plan, Map<String, String> identity) {
        Optional<String> difference = plan.difference(identity);
        if (difference.isPresent()) {
            throw new RequestException(
                    "Cannot resume %s: %s; use the same arguments, or start again with --overwrite and without --resume"
                            .formatted(output, difference.get()));
        }
        return plan;
    }

    /** Whether standard error is a terminal, on all Java versions that Spark supports. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean terminal() {
        return System.console() != null;
    }

    /** Neither result may be at the path of an input file, under any name. */
    private void requireApart() throws IOException {
        List<String> files = OutputPath.files(input.table());
        output.requireApart(files);
        if (quarantine != null) {
            quarantine.requireApart(files);
        }
    }

    private void requireOwn() throws IOException {
        output.requireOwn();
        if (quarantine != null) {
            quarantine.requireOwn();
        }
    }

    private void requireNew() throws IOException {
        output.requireNew();
        if (quarantine != null) {
            quarantine.requireNew();
        }
    }
}
