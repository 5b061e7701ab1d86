package io.solera.jobs.input;

import io.solera.problem.RequestException;
import io.solera.store.CommittedRound;
import io.solera.store.Rounds;
import io.solera.store.storage.HadoopFolder;
import io.solera.store.storage.StoragePath;
import io.solera.train.history.PolicyFolder;
import io.solera.train.history.RunSummary;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The policy of a round of a run folder: of its best round, its last one, or one by number. */
public final class RunPolicy {
    /** The file that makes a folder a run. */
    static final String JOB = "job.yaml";

    /** What was said already, once per process. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private RunPolicy() {}

    /**
     * Where it is, below the run's name; says on standard error which round was taken.
     *
     * @param which best, last or a number
     */
    static String of(String run, String which, Configuration configuration) throws IOException {
        List<CommittedRound> rounds = Rounds.of(run, configuration).all();
        if (rounds.isEmpty()) {
            throw new RequestException("Cannot take a policy of run %s: no round is finished yet".formatted(run));
        }
        int last = rounds.get(rounds.size() - 1).round();
        Best best = best(run, last, configuration);
        int number = which.equals("best") ? best.round() : which.equals("last") ? last : Integer.parseInt(which);
        CommittedRound round = rounds.stream()
                .filter(one -> one.round() == number && there(one))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        ("Cannot take the policy of round %s of run %s: it is not there (there are those of"
                                        + " rounds %s; see keep-rounds)")
                                .formatted(
                                        number,
                                        run,
                                        rounds.stream()
                                                .filter(RunPolicy::there)
                                                .map(one -> Integer.toString(one.round()))
                                                .collect(Collectors.joining(", ")))));
        String what = "model %s: round %d of %d%s%s"
                .formatted(
                        run,
                        number,
                        last,
                        number == best.round() ? ", the best" + best.by() : "",
                        number == last ? ", the last" : "");
        if (SAID.add(what)) {
            System.err.println(what);
        }
        Path root = StoragePath.of(run);
        Path policy = round.path(PolicyFolder.NAME);
        return new Path(
                        new Path(
                                new Path(
                                        new Path(root, "rounds"),
                                        policy.getParent().getParent().getName()),
                                policy.getParent().getName()),
                        policy.getName())
                .toString();
    }

    /** @param by with what is said of the measure */
    private record Best(int round, String by) {}

    private static boolean there(CommittedRound round) {
        return round.has(PolicyFolder.NAME) && !round.isPruned(PolicyFolder.NAME);
    }

    /** As the run's summary has it; the last one where it does not say. */
    private static Best best(String run, int last, Configuration configuration) throws IOException {
        HadoopFolder folder = HadoopFolder.of(run, configuration);
        if (!folder.exists(RunSummary.FILE)) {
            return new Best(last, "");
        }
        RunSummary.Head summary = RunSummary.head(folder);
        if (summary.best() != null) {
            return new Best(summary.best().round(), " by " + summary.best().by());
        }
        // of supervised tuning
        return summary.bestRound() == null ? new Best(last, "") : new Best(summary.bestRound(), " by held-out loss");
    }
}
