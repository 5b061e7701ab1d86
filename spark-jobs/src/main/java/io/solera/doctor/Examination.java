package io.solera.doctor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.jspecify.annotations.Nullable;

/** The task that runs all checks of a process, once in each. */
final class Examination implements FlatMapFunction<Iterator<Integer>, Finding> {
    private static final long serialVersionUID = 1;
    private static final Set<String> EXAMINED = ConcurrentHashMap.newKeySet();
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(40);

    private final String name;
    private final TriedReward.@Nullable Sql sql;
    private final @Nullable Scratch scratch;
    private final Duration longest;

    /**
     * @param name each process is examined once for it
     * @param sql null: that cannot be tried
     * @param scratch null: there is none
     * @param longest for all checks of a process together
     */
    Examination(String name, TriedReward.@Nullable Sql sql, @Nullable Scratch scratch, Duration longest) {
        this.name = name;
        this.sql = sql;
        this.scratch = scratch;
        this.longest = longest;
    }

    @Override
    public Iterator<Finding> call(Iterator<Integer> task) throws InterruptedException {
        if (!EXAMINED.add(name)) {
            Thread.sleep(Probe.YIELD_MILLIS);
            return new ArrayList<Finding>().iterator();
        }
        List<Check> sent = new ArrayList<>();
        if (sql != null) {
            sent.add(sql.check());
        }
        String place = Probe.place();
        Scratch shared = scratch;
        if (shared != null) {
            sent.add(Check.of(Scratch.NAME, machine -> shared.join(place)));
        }
        return of(place, Machine.here(), Checks.ofTask(sent), longest).iterator();
    }

    /** One check after the other, as long as there is time. */
    static List<Finding> of(String place, Machine machine, List<Check> checks, Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        List<Finding> findings = new ArrayList<>();
        for (Check check : checks) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            findings.add(
                    left.isNegative()
                            ? new Finding(
                                    check.name(),
                                    place,
                                    Outcome.failed(
                                            "not tried: no time was left", "run it again on a machine with less to do"))
                            : check.at(place, machine, left.compareTo(LONGEST_CHECK) < 0 ? left : LONGEST_CHECK));
        }
        return findings;
    }
}
