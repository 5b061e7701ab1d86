package io.solera.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.solera.checkpoint.Gpt2Config;
import io.solera.train.memory.MemoryNeed;
import org.junit.jupiter.api.Test;

class TestPlan {
    private static Plan plan(Cluster cluster, double machineMib, String... overrides) {
        return Plan.of(
                new Plan.Request(Worked.job(overrides), Worked.NETWORK, 1, 1e9, 2, machineMib),
                cluster,
                Worked.rates());
    }

    @Test
    void aRunIsItsRoundsAndTheTwoEvaluationsAtItsEnds() {
        Plan plan = plan(Worked.apart(1), 1e6);
        assertThat(plan.way()).startsWith("fused (3 learners on 1 slot");
        double evaluation = RoundTime.evaluation(Worked.load(), Worked.rates(), Worked.apart(1), 100);
        assertThat(plan.seconds()).isCloseTo(10 * plan.roundSeconds() + 2 * evaluation, within(1e-9));
        assertThat(plan.parts().stream().mapToDouble(Plan.Part::share).sum()).isCloseTo(1, within(1e-9));
        assertThat(plan.cost()).isCloseTo(2 * plan.seconds() / 3600, within(1e-9));
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void stagesAreAddedUp() {
        Plan stages = plan(
                Worked.apart(1),
                1e6,
                "stages=[{rewards: [qed], max-rounds: 4}, {rewards: [qed, sa, logp], max-rounds: 10}]");
        Plan whole = plan(Worked.apart(1), 1e6);
        Plan one = plan(Worked.apart(1), 1e6, "rewards={qed: }");
        double evaluation = 2 * RoundTime.evaluation(Worked.load(), Worked.rates(), Worked.apart(1), 100);
        assertThat(stages.rounds()).isEqualTo(14);
        assertThat(stages.seconds())
                .isCloseTo(4 * one.roundSeconds() + 10 * whole.roundSeconds() + evaluation, within(1e-9));
    }

    @Test
    void memoryIsWhatIsCountedAndTheProgramItself() {
        MemoryNeed need = Memory.need(Worked.job(), Worked.NETWORK, Load.of(Worked.job(), Worked.NETWORK), 1, 1, 1);
        Plan plan = plan(Worked.apart(1), 1e6);
        assertThat(plan.driverMib()).isCloseTo(400 + Memory.driver(need), within(1e-9));
        assertThat(plan.executorMib()).isCloseTo(600 + Memory.executor(need), within(1e-9));
    }

    @Test
    void saysWhatWouldUseMoreSlots() {
        assertThat(plan(Worked.apart(5), 1e6, "execution=fused").warnings())
                .containsExactly("2 of 5 slots have no update (a task each for 3 learners): execution=auto shares"
                        + " updates out, shards gives each learner more tasks");
        assertThat(plan(Worked.apart(8), 1e6).warnings())
                .containsExactly(
                        "2 of 8 slots have no part of a minibatch (6 parts): a smaller update-batch, larger"
                                + " samples-per-step or fewer algorithm.minibatches gives more",
                        "2 of 8 slots draw nothing (6 micro-batches): a smaller micro-batch or larger"
                                + " samples-per-step gives more");
        assertThat(plan(Worked.together(3), 1e6).warnings())
                .containsExactly("3 slots share 2 cores of a machine: more than 2 bring nothing");
    }

    @Test
    void saysWhereMemoryDoesNotSuffice() {
        assertThat(plan(Worked.apart(1), 512).warnings())
                .singleElement()
                .asString()
                .startsWith("memory does not suffice: a machine needs 1.0 GiB and has 0.5 (lower --slots, ");
    }

    @Test
    void refusesWhatWasNotMeasured() {
        assertThatThrownBy(() -> plan(Worked.apart(1), 1e6, "rewards={qed: , mw: }"))
                .hasMessage("Cannot plan: a test has no reward mw (it has qed, sa, logp; measure the job itself with"
                        + " --calibrate)");
        assertThatThrownBy(() -> plan(Worked.apart(1), 1e6, "algorithm.name=rloo"))
                .hasMessage("Cannot plan: a test is of algorithm ppo, the job's is rloo (measure the job itself with"
                        + " --calibrate)");
    }

    @Test
    void saysThatTimesOfAnotherNetworkAreScaled() {
        Plan same = plan(Worked.apart(1), 1e6);
        assertThat(same.assumptions()).noneMatch(line -> line.contains("grows with the parameters"));
        Plan larger = Plan.of(
                new Plan.Request(Worked.job(), Gpt2Config.of(20, 64, 32, 1, 2), 1, 1e9, 2, 1e6),
                Worked.apart(1),
                Worked.rates());
        assertThat(larger.assumptions()).anyMatch(line -> line.contains("grows with the parameters"));
        assertThat(larger.roundSeconds()).isGreaterThan(same.roundSeconds());
    }
}
