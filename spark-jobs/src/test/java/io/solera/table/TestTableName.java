package io.solera.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.problem.RequestException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a name of a catalog, and what a path. */
class TestTableName {
    @ParameterizedTest
    @CsvSource({
        "table:molecules, molecules",
        "table:lab.molecules, lab.molecules",
        "table:lake.chem.`my.table`, lake.chem.`my.table`",
        "lake.chem.molecules, lake.chem.molecules",
        "spark_catalog.default.t1, spark_catalog.default.t1"
    })
    void namesOfACatalog(String text, String name) {
        TableName table = new TableName(text, null);
        assertThat(table.catalogued()).isTrue();
        assertThat(table.name()).isEqualTo(name);
        assertThat(table.isSame(TableName.ofCatalog(name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"my.old.csv", "a.b.parquet", "a/b.c.csv", "a.b.json.gz", "./lake.chem.molecules.csv"})
    void pathsWithAnEnding(String text) {
        assertThat(new TableName(text, null).catalogued()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"lab.molecules", "./lake.chem.molecules", "a.b.c.d", "my.table.gz", "2026.11.30", "a b.c.d"})
    void pathsWithoutOne(String text) {
        assertThatThrownBy(() -> new TableName(text, null))
                .isInstanceOf(RequestException.class)
                .hasMessageStartingWith("Invalid table: " + text + " (must end in .csv, ");
        assertThat(new TableName(text, "orc").catalogued()).isFalse();
    }
}
