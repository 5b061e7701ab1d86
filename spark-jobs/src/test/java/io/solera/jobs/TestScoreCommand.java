package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestScoreCommand {
    @TempDir
    Path folder;

    private Commands.Outcome score(Path input, String rewards, String output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "score",
                "--input",
                input.toString(),
                "--rewards",
                rewards,
                "--output",
                path(output).toString()));
        arguments.addAll(List.of(more));
        return Commands.run(arguments.toArray(String[]::new));
    }

    private Path path(String name) {
        return folder.resolve(name);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(path(name), text);
    }

    @Test
    void keepsColumnsRowsAndTextAsTheyAre() throws IOException {
        String odd = "\"a \"\"quoted\"\", name\"";
        Path input = write(
                "in.csv",
                "id,name,smiles,note\n007," + odd + ",CCO,\n1.50, spaced ,F/C=C\\F,\"\"\n3,\"two\nlines\",,x\n");

        Commands.Outcome outcome = score(input, "mw", "out.csv");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(path("out.csv")).content().startsWith("id,name,smiles,note,mw,mw_status\n007," + odd + ",CCO,,46.0");
        assertThat(path("out.csv")).content().contains("\n1.50, spaced ,F/C=C\\F,\"\",64.0");
        assertThat(path("out.csv")).content().endsWith(",ok\n3,\"two\nlines\",,x,,invalid-input\n");
        assertThat(outcome.out()).contains("2 ", "1 invalid-input", "3 rows in", "out.csv");
    }

    @Test
    void keepsTheOrderOfManyRows() throws IOException {
        StringBuilder table = new StringBuilder("row,smiles\n");
        for (int i = 0; i < 2000; i++) {
            table.append(i).append(',').append("C".repeat(1 + i % 40)).append('\n');
        }

        assertThat(score(write("in.csv", table.toString()), "mw", "out.csv").code())
                .isZero();

        List<String> lines = Files.readAllLines(path("out.csv"));
        assertThat(lines).hasSize(2001);
        for (int i = 0; i < 2000; i++) {
            assertThat(lines.get(i + 1)).startsWith(i + ",");
        }
    }

    @Test
    void namesAColumnByItsCallWhenARewardComesTwice() throws IOException {
        Path input = write("in.smi", "CCO ethanol\n\nCCN\n");

        Commands.Outcome outcome =
                score(input, "similarity(reference='CCO'),similarity(reference='CCN, \"'),tpsa", "out.csv");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(score(input, "similarity(reference='CCO'),similarity(reference=CCN),tpsa", "out.csv")
                        .code())
                .isZero();
        assertThat(Files.readAllLines(path("out.csv")))
                .first()
                .isEqualTo("smiles,similarity_reference_CCO,similarity_reference_CCO_status,"
                        + "similarity_reference_CCN,similarity_reference_CCN_status,tpsa,tpsa_status");
        assertThat(Files.readAllLines(path("out.csv")).get(1)).startsWith("CCO,1.0,ok,");
    }

    @Test
    void goesFromJsonToParquetAndBack() throws IOException {
        Path input = write("in.jsonl", "{\"smiles\":\"CCO\",\"a\":1.5,\"b\":[1,2]}\n{\"smiles\":null,\"a\":2}\n");

        assertThat(score(input, "mw", "out.parquet").code()).isZero();
        assertThat(score(path("out.parquet"), "tpsa", "out.json").code()).isZero();
        assertThat(score(path("out.json"), "logp", "out.csv.gz").code()).isZero();
        assertThat(score(path("out.csv.gz"), "qed", "last.csv").code()).isZero();

        SparkSession spark = Commands.session();
        assertThat(spark.read().parquet(path("out.parquet").toString()).columns())
                .containsExactly("smiles", "a", "b", "mw", "mw_status");
        Row missing = spark.read()
                .json(path("out.json").toString())
                .filter("smiles is null")
                .head();
        assertThat(missing.<String>getAs("tpsa_status")).isEqualTo("invalid-input");
        assertThat(missing.<Double>getAs("tpsa")).isNull();
        assertThat(path("last.csv"))
                .content()
                .startsWith("smiles,a,b,mw,mw_status,tpsa,tpsa_status,logp")
                .contains("\nCCO,1.5,\"[1,2]\",46");
    }

    @Test
    void refusesToOverwriteUnlessAsked() throws IOException {
        Path input = write("in.smi", "CCO\n");
        Path output = write("out.csv", "dear");

        assertThat(score(input, "mw", "out.csv"))
                .isEqualTo(new Commands.Outcome(
                        2,
                        "",
                        "solera: Cannot write %s: it exists (give another --output, or --overwrite)\n"
                                .formatted(output)));
        assertThat(output).hasContent("dear");
        assertThat(score(input, "mw", "out.csv", "--overwrite").code()).isZero();
        assertThat(output).content().startsWith("smiles,mw,mw_status\nCCO,46");
        assertThat(score(output, "mw", "out.csv", "--overwrite").err())
                .isEqualTo("solera: Cannot write %s: it is the input\n".formatted(output));
    }

    @Test
    void tellsInOneLineWhatIsWrongWithTheRequest() throws IOException {
        Path input = write("in.csv", "id,SMILES,QED_status\n1,CCO,x\n");

        assertThat(score(path("none.csv"), "mw", "out.csv").err())
                .isEqualTo("solera: Cannot read %s: there is no such file\n".formatted(path("none.csv")));
        assertThat(score(input, "mw", "out.csv").err())
                .isEqualTo(
                        ("solera: Cannot read %s: it has no column smiles (its columns are id, SMILES, QED_status; name one with"
                                        + " --column)\n")
                                .formatted(input));
        assertThat(score(input, "qed", "out.csv", "--column", "SMILES").err())
                .isEqualTo(
                        ("solera: Cannot score %s: it has a column QED_status already (name the new ones otherwise with"
                                        + " --prefix)\n")
                                .formatted(input));
        assertThat(score(input, "qde", "out.csv", "--column", "SMILES").err())
                .startsWith("solera: Invalid reward: qde (must be one of ")
                .endsWith("nearest: qed)\n");
        assertThat(score(input, "mw,mw", "out.csv").err()).isEqualTo("solera: Invalid rewards: mw is named twice\n");
        assertThat(score(input, "mw", "out.xlsx").err())
                .startsWith("solera: Invalid table: ")
                .contains("out.xlsx (must end in .csv, ");
        assertThat(score(input, "mw", "in.csv/out.csv", "--column", "SMILES").err())
                .contains("is no folder");
        assertThat(score(path("none.csv"), "mw", "out.csv").code()).isEqualTo(2);
        assertThat(score(input, "qed", "out.csv", "--column", "SMILES", "--prefix", "my_")
                        .code())
                .isZero();
    }

    @Test
    void tellsInOneLineWhatIsWrongWithTheData() throws IOException {
        assertThat(score(write("empty.csv", "id,smiles\n"), "mw", "out.csv"))
                .isEqualTo(new Commands.Outcome(
                        3, "", "solera: Cannot read %s: it holds no rows\n".formatted(path("empty.csv"))));
        assertThat(score(write("nothing.csv", ""), "mw", "out.csv").err())
                .isEqualTo("solera: Cannot read %s: it holds no rows\n".formatted(path("nothing.csv")));
        assertThat(score(write("long.csv", "id,smiles\n1,CCO\n2,CC,extra\n"), "mw", "out.csv")
                        .err())
                .startsWith("solera: Cannot read %s: a row does not fit the columns (".formatted(path("long.csv")))
                .contains("CC")
                .hasLineCount(1);
        assertThat(score(write("text.parquet", "CCO\n"), "mw", "out.csv").err())
                .isEqualTo("solera: Cannot read %s: it is no Parquet file\n".formatted(path("text.parquet")));
        assertThat(path("out.csv")).doesNotExist();
    }
}
