package io.solera.table.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestTableFormat {
    @Test
    void isToldByTheEnding() {
        assertThat(TableFormat.of("a/b.csv.gz")).isEqualTo(TableFormat.CSV);
        assertThat(TableFormat.of("hdfs:///b.parquet")).isEqualTo(TableFormat.PARQUET);
        assertThat(TableFormat.of("b.jsonl")).isEqualTo(TableFormat.JSON);
        assertThat(TableFormat.of("B.SMI.GZ")).isEqualTo(TableFormat.SMILES);
        assertThat(TableFormat.of("b.Sdf")).isEqualTo(TableFormat.SDF);
        assertThat(TableFormat.of("b.smi.bz2")).isEqualTo(TableFormat.SMILES);
    }

    @Test
    void refusesOthers() {
        assertThatThrownBy(() -> TableFormat.of("b.xlsx"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Invalid table: b.xlsx (must end in .csv, .tsv, .tab, .parquet, .pq, .orc, .avro,"
                        + " .json, .jsonl, .ndjson, .smi, .smiles, .txt, .sdf, .sd, .fasta, .fa,"
                        + " .fas, .faa, .fna, .ffn)");
    }
}
