package io.solera.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.solera.table.file.MalformedTableException;
import io.solera.table.file.TextOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tables that were once read wrong: each is read right, or refused with its file, its row and the way out. */
@Tag("cases")
class TestTableCases {
    private static final Path CASES = Path.of(System.getProperty("solera.cases"), "tables");
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    /** Files that are no tables: jobs, and files that rewards read. */
    private static final Set<String> OTHERS = Set.of("grpo_g1.yaml", "sft_nulls.yaml", "bom.jaspar", "rna.jaspar");

    private static final Set<String> TRIED = new TreeSet<>();

    private static String path(String name) {
        TRIED.add(name);
        return CASES.resolve(name).toString();
    }

    private static void reads(String name, String columns, Row... rows) throws IOException {
        reads(new TableName(path(name), null), columns, rows);
    }

    private static void reads(TableName table, String columns, Row... rows) throws IOException {
        var read = Tables.read(SPARK, table);
        assertThat(String.join(" ", read.columns())).as(table.text()).isEqualTo(columns);
        assertThat(read.collectAsList()).as(table.text()).containsExactly(rows);
    }

    private static Row row(Object... cells) {
        return RowFactory.create(cells);
    }

    private static void refuses(String name, String message) {
        Throwable problem = catchThrowable(() -> Tables.read(SPARK, path(name)).collectAsList());
        assertThat(problem).as(name).isNotNull();
        assertThat(TableProblem.of(problem)).as(name).isInstanceOf(MalformedTableException.class);
        assertThat(TableProblem.of(problem).getMessage()).as(name).isEqualTo("Cannot read " + CASES + "/" + message);
    }

    @Test
    void everyFileIsReadRightOrRefused() throws IOException {
        reads(
                "a.smi",
                "smiles name",
                row("CCO", "ethanol"),
                row("c1ccccc1", "benzene with name"),
                row("CC", null),
                row("CC(=O)O.[Na]", "salt"));
        refuses(
                "bad.jsonl",
                "bad.jsonl: line 2: this is not a JSON object: Unexpected end-of-input: expected close marker for "
                        + "Object");
        reads(
                "crlf_quoted_nl.csv",
                "id note smiles",
                row("1", "two\r\nlines", "CCO"),
                row("2", "a \"quoted\" word", "c1ccccc1"),
                row("3", "plain", "CC"));
        refuses(
                "dup.csv",
                "dup.csv: columns 2 and 3 are called value and value (names must differ, not only in case:"
                        + " rename one)");
        reads("half.parquet", "smiles h", row("CCO", 1.5f));
        reads("header.smi", "smiles id", row("CCO", "1"), row("CC", "2"));
        reads("hive.csv", "smiles x plate", row("CCO", "1", "001"), row("CC", "2", "002"));
        assertThat(Tables.read(SPARK, path("hivep.parquet")).collectAsList())
                .containsExactlyInAnyOrder(row("CCO", "001"), row("CC", "1e3"));
        reads("latin1.csv", "smiles name", row("CCO", "éthanol"), row("c1ccccc1", "benzène"));
        reads(
                new TableName(path("latin1.csv"), null, TextOptions.of(null, "cp1252")),
                "smiles name",
                row("CCO", "éthanol"),
                row("c1ccccc1", "benzène"));
        assertThat(Tables.read(SPARK, path("mixed.parquet"))
                        .select("smiles", "a", "b")
                        .collectAsList())
                .containsExactlyInAnyOrder(row("CCO", 1L, null), row("CC", null, "x"));
        assertThat(Tables.read(SPARK, path("mols.csv")).collectAsList())
                .hasSize(10)
                .contains(row("C[C@H](O)[C@@H](C)O |o1:1,3|", "CXSMILES"), row("[16*]c1ccccc1", "BRICS phenyl"));
        refuses("notgz.csv.gz", "notgz.csv.gz: it is not compressed by gzip, as its name says (rename it)");
        reads(
                "null_empty.csv",
                "smiles name",
                row("CCO", null),
                row("CC", ""),
                row("CCC", "NA"),
                row("CCCC", "null"),
                row("CCCCC", " "),
                row(null, "blank"),
                row("", "q"),
                row("NA", "sodium?"),
                row("NULL", "n"),
                row("nan", "n"));
        assertThat(Tables.read(SPARK, path("nulls.jsonl"))
                        .filter("completion is null")
                        .count())
                .isEqualTo(Files.readAllLines(CASES.resolve("nulls.jsonl")).stream()
                        .filter(line -> line.contains("null"))
                        .count());
        reads("pretty.json", "smiles x", row("CCO", 1L));
        assertThat(Tables.textList(SPARK, new TableName(path("prompts.csv"), null), "prompt"))
                .containsExactly("CC", "CCC", "CCO", "CN", "CCN", "CO", "CCCC", "c1ccccc1");
        reads("ref_bom.smi", "smiles name", row("CC(=O)Oc1ccccc1C(=O)O", "aspirin"), row("CCO", "ethanol"));
        reads(
                "semicolon.csv",
                "ChEMBL ID Name Molecular Weight Smiles",
                row("CHEMBL25", "ASPIRIN", "180.16", "CC(=O)Oc1ccccc1C(=O)O"),
                row("CHEMBL545", "ALCOHOL", "46.07", "CCO"),
                row("CHEMBL1", "", "None", ""));
        reads(
                "shards.csv",
                "id product smiles",
                row("1", "CCCCCC", "CCO"),
                row("2", "CCCCCC", "CC"),
                row("3", "CCCCCCCC", "CCN"),
                row("4", "CCCCCCCC", "CN"));
        reads("tab.tsv", "id smiles", row("1", "CCO"), row("2", "c1ccccc1"));
        SPARK.conf().set("spark.sql.session.timeZone", "America/New_York");
        reads("ts_ns.parquet", "smiles t", row("CCO", LocalDateTime.parse("2020-01-01T00:00:00")));
        refuses(
                "types.parquet",
                ("types.parquet/2.parquet: its column a is of type DOUBLE, and that of %s/types.parquet/1.parquet of "
                                + "type INT32 (write them with one type)")
                        .formatted(CASES));
        refuses(
                "unclosed_last.csv",
                "unclosed_last.csv: row 10 (line 11): the quote before cell 2 is not closed (close it, or put the"
                        + " whole cell in quotes and double those inside)");
        try (Stream<Path> files = Files.list(CASES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !OTHERS.contains(name))
                    .sorted()
                    .toList();
            assertThat(names).isEqualTo(List.copyOf(TRIED));
        }
    }
}
