package io.solera.train;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.Trainable;
import io.solera.cluster.Described;
import io.solera.cluster.Slots;
import io.solera.config.Method;
import io.solera.config.TrainJob;
import io.solera.rl.Blocks;
import io.solera.rl.RandomKey;
import io.solera.rl.blend.Coefficients;
import io.solera.rl.blend.ExpertSampling;
import io.solera.rl.blend.GramMatrix;
import io.solera.rl.blend.OuterStep;
import io.solera.rl.blend.SectionRule;
import io.solera.store.CommittedRound;
import io.solera.store.DamagedRunException;
import io.solera.store.RunFolder;
import io.solera.train.evaluation.Evaluation;
import io.solera.train.history.ReferencePolicy;
import io.solera.train.history.RunHistory;
import io.solera.train.learner.Learner;
import io.solera.train.learner.ReplayMemory;
import io.solera.train.learner.ReplaySeeds;
import io.solera.train.memory.MemoryNeed;
import io.solera.train.rollout.Prompts;
import io.solera.train.rollout.RewardSet;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Iterative fine-tuning on N rewards (Ghari, Sciabola and Wang, NeurIPS 2025, Algorithm 1): in each round every expert
 * starts from rho and takes m steps on its reward, then the experts are blended into the next rho. In gradient mode
 * there is one learner with all rewards, and the blend of one is itself. Round 0 is the policy that the run starts
 * from. Stages train on some of the rewards each.
 */
public final class TrainingLoop {
    private final SparkSession session;
    private final TrainJob job;
    private final RunFolder folder;
    private final Policy reference;
    private final RewardSet rewards;
    private final Prompts prompts;
    private final RoundProgress progress;
    private final Stages stages;
    private final List<Learner> learners;
    private final List<Broadcast<?>> broadcasts;
    private final RoundSteps steps;
    private final RunHistory history;
    private final RoundEnd end;
    private final SectionRule rule;
    private final OuterStep outer;

    public TrainingLoop(SparkSession session, TrainJob job, RunFolder folder, RunInputs inputs, Progress progress) {
        this.session = session;
        this.job = job;
        this.folder = folder;
        reference = inputs.reference();
        rewards = inputs.rewards();
        prompts = inputs.prompts();
        this.progress = new RoundProgress(progress, job, rewards.names());
        stages = Stages.of(job, rewards);
        List<String> names = rewards.names();
        learners = Learner.shards(Learner.of(job.mode(), names, rewards.weights(), job.trained(names)), job.shards());
        rule = job.mode() == Method.Mode.EXPERTS
                ? job.blend().sectionRule(reference.trainedLayers())
                : SectionRule.MEAN;
        outer = job.blend().outer();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        Slots slots = Slots.of(spark, job.partitions());
        boolean shared =
                RoundSteps.plan(session, job, learners.size(), slots, reference).isShared();
        MemoryNeed memory =
                MemoryNeed.required(spark, job, reference, shared, prompts.longest(), learners.size(), slots.spread());
        Broadcast<Policy> policy = spark.broadcast(reference);
        Broadcast<RewardSet> set = spark.broadcast(rewards);
        Broadcast<Prompts> all = spark.broadcast(prompts);
        broadcasts = List.of(policy, set, all);
        steps = new RoundSteps(session, job, policy, set, all, learners, this.progress, slots);
        Evaluation evaluation = new Evaluation(session, job, policy, set, all, inputs.known(), slots);
        RoundMetrics metrics = new RoundMetrics(evaluation.slots(), memory);
        history = new RunHistory(folder, job.method(), job.bestBy(), rewards.names(), this.progress);
        end = new RoundEnd(session, job, folder, inputs, learners, stages, evaluation, metrics, history, this.progress);
    }

    /** Trains to the last round; what is committed already is not done again. Returns what the rounds say. */
    public RunHistory run() throws IOException {
        try (history;
                Described run = Described.run(session.sparkContext(), folder.location(), "")) {
            RunState state = resumed();
            folder.prune(job.keepRounds(), history.best()); // what a killed driver had begun
            for (Optional<Stage> stage = next(state); stage.isPresent(); stage = next(state)) {
                progress.checkStop(state.round());
                int r = state.round() + 1;
                try (Described part = described("round %d of %d".formatted(r, job.allRounds()))) {
                    state = round(state, r, stage.get());
                }
                folder.prune(job.keepRounds(), history.best());
                progress.committed(state.round());
            }
            return history;
        } finally {
            broadcasts.forEach(Broadcast::destroy);
        }
    }

    /** A round of Algorithm 1, in the paper's letters. */
    private RunState round(RunState before, int r, Stage stage) throws IOException {
        RoundEnd.Draft draft = end.begin(r, stage);
        RandomKey key = RandomKey.of(job.seed()).with(r);
        RunState state = stage.follows() && job.purgesBetweenStages() ? before.purged() : before;
        Blocks rho = state.rho();

        // S <- M of the stage's rewards
        List<Learner> s = sampled(stage, r);

        // for each i in S, in parallel: theta_i <- rho; m steps of policy optimisation on reward i
        TrainedRound round = steps.run(r, Learner.shards(s, job.shards()), stage, state, draft.work());
        try (Aside samples = end.samples(draft, round)) {

            // u_i <- theta_i - rho, the mean over the shards of i
            Updates u = Updates.of(spark(), reference.trainable(), rule.sections(), rho, round.thetas(), job.shards());

            // alpha <- rule(G, w), of the Gram matrix G[i][j] = (u_i, u_j), or of that of each layer
            List<GramMatrix> g = u.grams();
            double[] w = s.stream().mapToDouble(i -> rewards.weight(i.name())).toArray();
            Coefficients alpha = rule.coefficients(g, w, key.with("blend"));

            // rho <- outer(rho, sum_i alpha_i u_i)
            Trainable.Combined next = u.combine(outer, alpha, state.velocity());

            // evaluate rho; commit the round
            List<String> names = s.stream().map(Learner::name).toList();
            BlendReport report = new BlendReport(names, g, alpha, next);
            return end.commit(draft, round, samples, state.after(r, next, round.kept()), report);
        }
    }

    private JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    private List<Learner> sampled(Stage stage, int r) {
        List<Learner> all = Learner.of(job.mode(), rewards.names(), rewards.weights(), stage.rewards());
        int[] places = new ExpertSampling(job.expertsPerRound()).sample(all.size(), RandomKey.of(job.seed()), r);
        return Arrays.stream(places).mapToObj(all::get).toList();
    }

    /** The state after the last round that is committed, or after round 0, which is made where there is none. */
    private RunState resumed() throws IOException {
        Optional<CommittedRound> last = folder.resumedRound();
        progress.begun(folder.location(), last.map(CommittedRound::round).orElse(0));
        if (last.isEmpty()) {
            try (Described part = described("round 0")) {
                List<ReplayMemory.Entry> seeds =
                        ReplaySeeds.of(job.replay(), reference, rewards, session, progress::note);
                RunState first = end.first(RunState.initial(job, learners, reference, seeds));
                prompts.requireThoseOf(folder);
                return first;
            }
        }
        ReferencePolicy.require(folder, reference, job.model());
        RunState state = RunState.read(last.get(), job, learners, reference);
        prompts.requireThoseOf(folder);
        // made again from the rounds: what cannot be read is said before hours of training
        DamagedRunException.reading(folder.location() + "/rounds", () -> {
            history.read(last.get());
            return state;
        });
        return state;
    }

    private Described described(String part) {
        return Described.more(session.sparkContext(), part);
    }

    /** The stage of the next round; none when the run is done. */
    private Optional<Stage> next(RunState state) throws IOException {
        CommittedRound done = folder.round(state.round());
        return DamagedRunException.reading(done.location(), () -> stages.after(done));
    }
}
