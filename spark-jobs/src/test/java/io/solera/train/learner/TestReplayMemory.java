package io.solera.train.learner;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.model.Sequence;
import io.solera.rl.RandomKey;
import io.solera.train.rollout.Experience;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class TestReplayMemory {
    private static final ToDoubleFunction<Experience> FIRST =
            experience -> experience.shaped()[0];

    @Test
    void keepsTheBestOfEachMoleculeInOrder() {
        ReplayMemory memory = ReplayMemory.EMPTY
                .with(List.of(entry("C", 0.2), entry("CC", 0.9), entry("C", 0.8)), FIRST, 3)
                .with(List.of(entry("CO", 0.9), entry("CN", 0.5), entry("CF", 0.1)), FIRST, 3);
        assertThat(memory.entries()).extracting(ReplayMemory.Entry::smiles).containsExactly("CC", "CO", "CN");
    }

    @Test
    void drawsFromThoseThatHaveAScore() {
        ReplayMemory memory = ReplayMemory.EMPTY.with(
                List.of(entry("C", Double.NaN), entry("CC", 0.1), entry("CCC", 0.2), entry("CCCC", 0.3)), FIRST, 10);
        assertThat(memory.entries().get(3).smiles()).isEqualTo("C");
        assertThat(memory.draw(10, FIRST, RandomKey.of(1))).hasSize(3);
        List<Experience> drawn = memory.draw(2, FIRST, RandomKey.of(7));
        assertThat(drawn).hasSize(2).doesNotHaveDuplicates().isEqualTo(memory.draw(2, FIRST, RandomKey.of(7)));
    }

    @Test
    void isReadBackToTheBit() throws IOException {
        ReplayMemory memory = ReplayMemory.EMPTY.with(
                List.of(entry("C[C@H](N)C(=O)O", 0.1 + 0.2, Double.NaN), entry("\\/#", 1e-300, 1)), FIRST, 9);
        String text = new LearnerMemory(DiversityMemory.EMPTY, memory).text();
        assertThat(text)
                .isEqualTo("{\"molecules\":[],\"buckets\":{},\"replay\":[{\"smiles\":\"C[C@H](N)C(=O)O\","
                        + "\"prompt\":[1],\"tokens\":[3,4],\"shaped\":[0.30000000000000004,null]},"
                        + "{\"smiles\":\"\\\\/#\",\"prompt\":[1],\"tokens\":[3,4],"
                        + "\"shaped\":[1.0E-300,1.0]}]}");
        ReplayMemory read = LearnerMemory.of(text, "f").replay();
        assertThat(new LearnerMemory(DiversityMemory.EMPTY, read).text()).isEqualTo(text);
        assertThat(read.entries().get(0).experience().shaped()).containsExactly(0.1 + 0.2, Double.NaN);
        assertThat(read.entries().get(0).experience().sequence().tokens()).containsExactly(3, 4);
    }

    private static ReplayMemory.Entry entry(String smiles, double... shaped) {
        return new ReplayMemory.Entry(smiles, new Experience(new Sequence(new int[] {1}, new int[] {3, 4}), shaped));
    }
}
