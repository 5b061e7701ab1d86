package io.solera.table.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TestCsvLine {
    @Test
    void quotesWhatSeparatesCellsOrLines() {
        assertThat(CsvLine.of("a,b", "say \"no\"", "two\nlines", "plain"))
                .isEqualTo("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\",plain\n");
    }

    @Test
    void aMissingCellIsEmptyAndAnEmptyTextIsQuoted() {
        assertThat(CsvLine.of(null, "")).isEqualTo(",\"\"\n");
    }
}
