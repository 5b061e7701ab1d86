package io.solera.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.reward.catalogue.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestScorePlan {
    private static final ScorePlan PLAN = new ScorePlan(
            Map.of("rewards", "a(x='\\ \n') \r of smiles", "input", "in.csv"),
            new ScoreInput.Survey(10, 7, 2),
            3,
            true);

    @Test
    void isReadAsItWasWritten() {
        assertThat(PLAN.text()).startsWith("job.input in.csv\njob.rewards a(x='\\\\ \\n') \\r of smiles\nrows 10\n");
        assertThat(ScorePlan.parse(PLAN.text())).isEqualTo(PLAN);
    }

    @Test
    void namesTheFirstDifference() {
        assertThat(PLAN.difference(PLAN.identity())).isEmpty();
        assertThat(PLAN.difference(Map.of("input", "other.csv", "rewards", "b")))
                .contains("its input changed (then in.csv; now other.csv)");
    }

    @Test
    void columnsAreNamedForAllKindsOrOne() {
        InputColumns columns = InputColumns.parse(List.of("protein=seq", "text=a=b"));
        assertThat(columns.of(Input.PROTEIN)).isEqualTo("seq");
        assertThat(columns.of(Input.TEXT)).isEqualTo("a=b");
        assertThat(columns.of(Input.SMILES)).isEqualTo("smiles");
        assertThat(InputColumns.parse(List.of("SMILES")).of(Input.DNA)).isEqualTo("SMILES");
        assertThatThrownBy(() -> InputColumns.parse(List.of("rna=x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid column: rna=x (must be a name, or smiles=, protein=, dna= or text= and a name)");
        assertThatThrownBy(() -> InputColumns.parse(List.of("x", "dna=y")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid column: dna=y (must be one for each kind of reward)");
    }

    @Test
    void progressTellsTheTimeLeft() {
        assertThat(ScoringProgress.line(1_000_000, 0, 0, 3)).isEqualTo("0 of 1,000,000 rows (0 %)");
        assertThat(ScoringProgress.line(1_000_000, 500_000, 100_000, 10))
                .isEqualTo("600,000 of 1,000,000 rows (60 %), 10,000 rows/s, 40 s left");
        assertThat(ScoringProgress.line(10_000_000, 0, 1_000_000, 100))
                .isEqualTo("1,000,000 of 10,000,000 rows (10 %), 10,000 rows/s, 15 min left");
    }
}
