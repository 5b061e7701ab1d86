package io.solera.plan;

import io.solera.checkpoint.NetworkConfig;
import io.solera.config.RunName;
import io.solera.config.TrainJob;
import io.solera.lang.EnumText;
import io.solera.problem.RequestException;
import io.solera.store.DamagedRunException;
import io.solera.train.ExecutionPlan;
import io.solera.train.history.RoundRecord;
import io.solera.train.memory.MemoryNeed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rates of a run that has ended, or is running, from what its rounds say. A run has one size of everything, so that
 * all grows in proportion: a micro-batch with its tokens, and an update with its passes, of which one with a gradient
 * counts three without. Its tasks ran next to each other, so the slots of a plan are assumed to be as busy.
 */
public final class FinishedRun {
    private FinishedRun() {}

    /**
     * @param location of the run, for messages
     * @param rounds of the run, from 0 on
     * @param job of the run
     * @param network of its policy
     */
    public static Rates rates(String location, List<RoundRecord> rounds, TrainJob job, NetworkConfig network)
            throws DamagedRunException {
        Trial run = Trial.of(job, rounds);
        if (run.rounds().isEmpty() || run.samples() == 0) {
            throw new RequestException(
                    "Cannot plan from %s: no round has trained (it has %d; wait for the first one, or use --calibrate)"
                            .formatted(location, Math.max(0, rounds.size() - 1)));
        }
        Load load = Load.of(job, network).get(0);
        double tokens = run.tokens();
        double pass = run.sum(RunName.UPDATE_SECONDS)
                / tokens
                / (load.passes() + load.epochs() * (1 + 2.0 * load.gradients()));
        Map<String, Double> scoring = new LinkedHashMap<>();
        for (String reward : job.rewards().keySet()) {
            scoring.put(reward, run.scoring(reward));
        }
        Rates tasks = new Rates(
                "run " + location,
                Runtime.getRuntime().availableProcessors(),
                EnumText.of(job.algorithm().name()),
                load.parameters(),
                load.trained(),
                load.gradients(),
                tokens / run.samples(),
                load.tokens(),
                0,
                run.sum(RunName.GENERATION_SECONDS) / tokens,
                scoring,
                pass,
                (1 + 2.0 * load.gradients()) * pass,
                0,
                Rates.Rest.NOTHING,
                List.of(1.0),
                Rates.Moved.TYPICAL,
                memory(run, job, network, load));
        return withRest(tasks, run, rounds, load);
    }

    /** What its rounds and evaluations took in addition to their tasks. */
    private static Rates withRest(Rates tasks, Trial run, List<RoundRecord> rounds, Load load) {
        int slots = run.rounds().stream()
                .mapToInt(round -> round.slots() == null ? 1 : round.slots())
                .max()
                .orElse(1);
        Cluster cluster = new Cluster(1, slots, 1, slots, tasks.slowdown());
        ExecutionPlan.Way way = ExecutionPlan.of(run.job(), load.learners(), slots, false, load.trained())
                .way();
        RoundBytes none = new RoundBytes(0, 0, 0, 0, 0, 0, 0, 0);
        RoundTime time = RoundTime.of(load, tasks, cluster, way, none, 1);
        double rest = Math.max(0, run.round() - (time.rollouts() + time.scoring() + time.updates()));
        int stages = switch (way) {
            case FUSED -> 0;
            case STAGED -> load.steps();
            case SHARED, BLOCKS -> load.steps() * (2 + load.optimizerSteps());
        };
        double each = rest / (1 + stages);
        double evaluated = rounds.stream()
                .filter(round -> round.evaluationSeconds() != null && round.evaluation() != null)
                .mapToDouble(round -> {
                    int samples = round.evaluation().samples();
                    return Math.max(0, round.evaluationSeconds() - RoundTime.evaluation(load, tasks, cluster, samples))
                            / samples;
                })
                .average()
                .orElse(0);
        double ofStep = way == ExecutionPlan.Way.STAGED ? each : 0;
        return tasks.with(new Rates.Rest(0, evaluated, each, 0, ofStep, each));
    }

    /** Where driver and executor were one process, what each needs is counted as the other's too. */
    private static Rates.Base memory(Trial run, TrainJob job, NetworkConfig network, Load load)
            throws DamagedRunException {
        MemoryNeed need = Memory.need(job, network, List.of(load), 1, 1, 1);
        double driver = 0;
        for (RoundRecord round : run.rounds()) {
            if (round.memory() != null && round.memory().has("driver_peak_resident_mib")) {
                driver = Math.max(
                        driver, round.memory().get("driver_peak_resident_mib").getAsDouble());
            }
        }
        return new Rates.Base(
                Math.max(0, driver - Memory.driver(need)),
                Math.max(0, run.most(RunName.RESIDENT_MIB) - Memory.executor(need)),
                false);
    }
}
