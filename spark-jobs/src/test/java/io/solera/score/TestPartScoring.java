package io.solera.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestPartScoring {
    private static final ScoredRows LAYOUT = new ScoredRows(List.of("text"), List.of(0), 1, 1, false);
    private static final List<RewardColumn> REWARDS =
            List.of(new RewardColumn("length", "length", 1, new CountedLengths(100_000), "text", null));

    private final List<PartTally> tallies = new ArrayList<>();

    @BeforeEach
    void forget() {
        CountedLengths.COUNTS.clear();
    }

    private List<Row> scored(List<Row> rows) {
        List<Row> scored = new ArrayList<>();
        new PartScoring(rows.iterator(), LAYOUT, REWARDS, 7, tallies::add).forEachRemaining(scored::add);
        return scored;
    }

    private static Row row(@Nullable String text, int part) {
        return RowFactory.create(text, 0L, part);
    }

    @Test
    void anInputOfManyRowsIsScoredOnceAndNotHeld() {
        List<Row> rows = new ArrayList<>(List.of(row(null, 7), row(null, 7)));
        for (int i = 0; i < 10_000; i++) {
            rows.add(row(i < 9000 ? "often" : "x".repeat(1 + i - 9000), 7));
        }

        List<Row> scored = scored(rows);

        assertThat(scored).hasSize(10_002);
        assertThat(scored.get(1)).isEqualTo(RowFactory.create(null, null, "invalid-input"));
        assertThat(scored.subList(2, 9002)).containsOnly(RowFactory.create("often", 5.0, "ok"));
        assertThat(scored.get(10_001)).isEqualTo(RowFactory.create("x".repeat(1000), 1000.0, "ok"));
        assertThat(CountedLengths.COUNTS.values())
                .hasSize(1001)
                .allSatisfy(count -> assertThat(count).hasValue(1));
        assertThat(tallies).singleElement().satisfies(tally -> {
            assertThat(tally.part()).isEqualTo(7);
            assertThat(tally.rows()).isEqualTo(10_002);
            assertThat(tally.distinct()).isEqualTo(1001);
        });
        assertThat(PartTally.parse(tallies.get(0).line())).isEqualTo(tallies.get(0));
    }

    @Test
    void anEmptyPartIsToldToo() {
        assertThat(scored(List.of())).isEmpty();
        assertThat(tallies).containsExactly(new PartTally(7, 0, 0, List.of(0L)));
    }

    @Test
    void aRowOfAnotherPartIsNoticed() {
        assertThatThrownBy(() -> scored(List.of(row("x", 6))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot score part 7: it has a row of part 6");
    }
}
