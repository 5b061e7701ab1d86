package io.solera.select;

import io.solera.config.RewardField;
import io.solera.config.RewardSettings;
import io.solera.config.TrainJob;
import io.solera.problem.RequestException;
import io.solera.reward.Reward;
import io.solera.reward.catalogue.Input;
import io.solera.reward.catalogue.Resources;
import io.solera.reward.catalogue.RewardCatalogue;
import io.solera.rl.measure.GeometricMean;
import io.solera.rl.measure.Threshold;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.store.storage.HadoopFolder;
import io.solera.table.output.OutputPath;
import io.solera.train.evaluation.KnownSamples;
import io.solera.train.history.RunHistory;
import io.solera.train.learner.ReplaySeeds;
import io.solera.train.rollout.SampleColumns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A list of the best distinct samples of a run: those with every reward, within its thresholds, sorted by the geometric
 * mean of their shaped rewards, ties by text.
 */
public final class RunSelection {
    /**
     * The request.
     *
     * @param round of the samples; null: all rounds
     * @param more additional rewards for the chosen samples
     * @param diverse {@code scaffold} or a distance; empty: the default; null: samples may be similar
     * @param known molecules to compare with, in addition to those given to the run
     */
    public record Request(
            int top,
            @Nullable Integer round,
            Map<String, RewardSettings> more,
            @Nullable String diverse,
            List<String> known) {
        public Request {
            more = Collections.unmodifiableMap(new LinkedHashMap<>(more)); // in the order of the request
            known = List.copyOf(known);
            if (top < 1) {
                throw new RequestException("Invalid --top: %d (must be at least 1)".formatted(top));
            }
        }
    }

    /**
     * The list.
     *
     * @param shown the columns for a console, which has no room for all
     * @param counts the number of samples, and of those rejected by each condition
     * @param problems what could not be computed
     */
    public record Result(
            StructType schema, List<Row> rows, List<String> shown, List<String> counts, List<String> problems) {}

    private final SparkSession spark;
    private final String location;
    private final List<CommittedRound> rounds;
    private final TrainJob job;
    private final Kind kind;

    private RunSelection(SparkSession spark, String location, List<CommittedRound> rounds, TrainJob job) {
        this.spark = spark;
        this.location = location;
        this.rounds = rounds;
        this.job = job;
        this.kind = Kind.of(job.rewards());
    }

    /** @throws IllegalArgumentException if it is not a run with rewards, or no round is finished */
    public static RunSelection of(SparkSession spark, String location) throws IOException {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        List<CommittedRound> rounds = Rounds.of(location, configuration).all();
        if (rounds.isEmpty()) {
            throw new RequestException(
                    "Cannot select from %s: no round is finished yet (wait for the first)".formatted(location));
        }
        if (RunHistory.evaluation(rounds.get(0)) == null) {
            throw new RequestException("Cannot select from %s: it has no rewards (lists are of a run of solera train)"
                    .formatted(location));
        }
        HadoopFolder folder = HadoopFolder.of(location, configuration);
        try (InputStream in = folder.open("job.yaml")) {
            TrainJob job = TrainJob.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), List.of());
            return new RunSelection(spark, location, rounds, job);
        }
    }

    /** Checks that a list can be written there. */
    public void requireOutput(String output) {
        new SelectionFile(output, kind);
    }

    /** @param resources resolves models and tables by name */
    public Result of(Request request, Resources resources) throws IOException {
        Diversity diversity =
                request.diverse() == null ? new Diversity.Any() : Diversity.parse(request.diverse(), kind);
        List<String> rewards = List.copyOf(job.rewards().keySet());
        RunSamples samples = new RunSamples(spark, rounds(request.round()), rewards);
        Dataset<Row> all = samples.all();
        if (all == null) {
            throw new RequestException("Cannot select from %s: its rounds have no stored samples".formatted(location));
        }
        Map<String, Threshold> thresholds = new LinkedHashMap<>();
        job.rewards().forEach((name, settings) -> thresholds.put(name, settings.threshold()));
        Sieve sieve = new Sieve(thresholds);
        Dataset<Row> distinct = samples.distinct(all).cache();
        List<String> counts = new ArrayList<>(sieve.counts(distinct));
        Iterator<Row> best = sieve.passed(distinct)
                .orderBy(order(rewards).toArray(Column[]::new))
                .toLocalIterator();
        Iterator<Candidate> candidates = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return best.hasNext();
            }

            @Override
            public Candidate next() {
                return Candidate.of(best.next(), rewards);
            }
        };
        Selection selection = Selection.of(candidates, kind, diversity, request.top());
        distinct.unpersist();
        if (selection.seen() > 0) {
            counts.add("%,d of them examined, best first, and %,d chosen"
                    .formatted(selection.seen(), selection.chosen().size()));
            counts.addAll(selection.leftOut());
        }

        List<String> problems = new ArrayList<>();
        SelectionTable table = new SelectionTable(selection.chosen(), kind);
        table.addRewards(rewards);
        addDomains(table, resources, problems);
        table.addScored(request.more(), resources);
        if (kind.molecules()) {
            table.addMolecules(KnownSamples.read(resources.folder(job.model())), known(request));
        } else if (kind.input() == Input.PROTEIN) {
            table.addInTraining(KnownSamples.read(resources.folder(job.model())));
        }
        table.addOrigin();
        return new Result(table.schema(), table.rows(), table.shown(), counts, problems);
    }

    public void write(Result result, OutputPath output) throws IOException {
        new SelectionFile(output.name(), kind).write(spark, output, result.schema(), result.rows());
    }

    private List<CommittedRound> rounds(@Nullable Integer number) {
        if (number == null) {
            return rounds;
        }
        List<CommittedRound> one =
                rounds.stream().filter(round -> round.round() == number).toList();
        if (one.isEmpty()) {
            throw new RequestException("Invalid --round: %d (%s has rounds 0 to %d)"
                    .formatted(number, location, rounds.get(rounds.size() - 1).round()));
        }
        return one;
    }

    /** Equals {@link GeometricMean} up to rounding that does not change the order of samples. */
    private static List<Column> order(List<String> rewards) {
        Column sum = functions.lit(0.0);
        for (String reward : rewards) {
            Column shaped = functions.col(RunSamples.quoted(RewardField.SHAPED.of(reward)));
            sum = sum.plus(functions
                    .when(shaped.gt(0), functions.log(shaped))
                    .otherwise(functions.lit(Double.NEGATIVE_INFINITY)));
        }
        return List.of(
                sum.desc(),
                functions.col(SampleColumns.TEXT).asc(),
                functions.col(SampleColumns.PROMPT).asc());
    }

    private void addDomains(SelectionTable table, Resources resources, List<String> problems) {
        for (Map.Entry<String, RewardSettings> each : job.rewards().entrySet()) {
            if (each.getValue().sql() != null
                    || !RewardCatalogue.isLearned(
                            each.getValue().call(each.getKey()).name())) {
                continue;
            }
            try {
                Reward domain = RewardCatalogue.create(each.getValue().call(each.getKey()), resources)
                        .domain();
                if (domain != null) {
                    table.addDomain(each.getKey(), domain);
                }
            } catch (IOException | RuntimeException e) {
                problems.add("%s is left out: %s".formatted(RewardField.DOMAIN.of(each.getKey()), e.getMessage()));
            }
        }
    }

    private KnownTexts known(Request request) throws IOException {
        List<String> known = new ArrayList<>(request.known());
        if (job.replay() != null) {
            known.addAll(ReplaySeeds.texts(job.replay(), spark));
        }
        return new KnownTexts(known);
    }
}
