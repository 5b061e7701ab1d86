package io.solera.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
                .isEqualTo("smiles,name,similarity_reference_CCO,similarity_reference_CCO_status,"
                        + "similarity_reference_CCN,similarity_reference_CCN_status,tpsa,tpsa_status");
        assertThat(Files.readAllLines(path("out.csv")).get(1)).startsWith("CCO,ethanol,1.0,ok,");
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
    void writesWhateverNamesAreMadeOf() throws IOException {
        Path input = folder.resolve("i:n [1].csv");
        Files.writeString(input, "smiles\nCCO\nCC\n");
        for (String name : List.of("a:b [1].csv", "{o}ut:1 100%41#?.parquet", "c:d [2].jsonl")) {
            String output = folder.resolve(name).toString();
            Commands.Outcome outcome =
                    Commands.run("score", "--input", input.toString(), "--rewards", "heavy_atoms", "--output", output);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(Commands.run("sql", "--input", "m=" + output, "SELECT sum(heavy_atoms) AS s FROM m")
                            .out())
                    .as(name)
                    .contains("5");
            assertThat(Commands.run("score", "--input", output, "--rewards", "mw", "--output", output, "--overwrite")
                            .err())
                    .containsAnyOf("it is the input", "which this command needs (choose another output)");
        }
        String apart = folder.resolve("[1]").toString();
        assertThat(Commands.run("score", "--input", input.toString(), "--rewards", "mw", "--output", apart)
                        .err())
                .contains("Invalid table: " + apart + " (must end in ");
    }

    @Test
    void refusesToOverwriteUnlessAsked() throws IOException {
        Path input = write("in.smi", "CCO\n");
        Path foreign = write("dear.csv", "dear");
        for (String[] more : new String[][] {{}, {"--overwrite"}}) {
            assertThat(score(input, "mw", "dear.csv", more))
                    .isEqualTo(new Commands.Outcome(
                            2,
                            "",
                            ("solera: Cannot write %s: it exists, and solera score did not write it (give another "
                                            + "--output, or remove it yourself)\n")
                                    .formatted(foreign)));
        }
        assertThat(foreign).hasContent("dear");

        Path output = folder.resolve("out.csv");
        assertThat(score(input, "mw", "out.csv").code()).isZero();
        assertThat(score(input, "mw", "out.csv").err())
                .isEqualTo("solera: Cannot write %s: it exists (give another --output, or --overwrite)\n"
                        .formatted(output));
        assertThat(score(input, "mw", "out.csv", "--overwrite").code()).isZero();
        assertThat(output).content().startsWith("smiles,mw,mw_status\nCCO,46");
        assertThat(score(output, "mw", "out.csv", "--overwrite").err())
                .isEqualTo("solera: Cannot write %s: it is the input\n".formatted(output));
    }

    @Test
    void tellsInOneLineWhatIsWrongWithTheRequest() throws IOException {
        Path input = write("in.csv", "id,SMILES,QED_status\n1,CCO,x\n");

        assertThat(score(path("none.csv"), "mw", "out.csv").err())
                .isEqualTo("solera: Cannot read %s: no such file\n".formatted(path("none.csv")));
        assertThat(score(input, "mw", "out.csv").err())
                .isEqualTo(("solera: Cannot read %s: it has no column smiles (its columns are id, SMILES, QED_status;"
                                + " name one with --column)\n")
                        .formatted(input));
        assertThat(score(input, "qed", "out.csv", "--column", "SMILES").err())
                .isEqualTo(("solera: Cannot score %s: it has a column QED_status already (rename the new ones with"
                                + " --prefix)\n")
                        .formatted(input));
        assertThat(score(write("own.csv", "smiles,Solera_Part\nCCO,7\n"), "qed", "out.csv")
                        .err())
                .contains("a column would be called Solera_Part, as one", "while they are scored (rename it)");
        assertThat(score(input, "qed AS solera_row_order", "out.csv", "--column", "SMILES")
                        .err())
                .contains("solera_row_order", "while they are scored (rename it)");
        assertThat(score(input, "qde", "out.csv", "--column", "SMILES").err())
                .startsWith("solera: Invalid reward: qde (must be one of ")
                .endsWith("nearest: qed)\n");
        assertThat(score(input, "mw,mw", "out.csv").err()).isEqualTo("solera: Invalid rewards: mw is named twice\n");
        assertThat(score(input, "mw", "out.xlsx").err())
                .startsWith("solera: Invalid table: ")
                .contains("out.xlsx (must end in .csv, ");
        assertThat(score(input, "mw", "in.csv/out.csv", "--column", "SMILES").err())
                .contains("is not a folder");
        assertThat(score(path("none.csv"), "mw", "out.csv").code()).isEqualTo(2);
        assertThat(score(input, "qed", "out.csv", "--column", "SMILES", "--prefix", "my_")
                        .code())
                .isZero();
    }

    @Test
    void tellsInOneLineWhatIsWrongWithTheData() throws IOException {
        assertThat(score(write("empty.csv", "id,smiles\n"), "mw", "out.csv"))
                .isEqualTo(new Commands.Outcome(
                        3, "", "solera: Cannot read %s: it has no rows\n".formatted(path("empty.csv"))));
        assertThat(score(write("nothing.csv", ""), "mw", "out.csv").err())
                .isEqualTo("solera: Cannot read %s: it has no rows\n".formatted(path("nothing.csv")));
        assertThat(score(write("long.csv", "id,smiles\n1,CCO\n2,CC,extra\n"), "mw", "out.csv")
                        .err())
                .startsWith("solera: Cannot read %s: row 2 (line 3): it has 3 cells, and the header 2 ("
                        .formatted(path("long.csv")))
                .hasLineCount(1);
        assertThat(score(write("text.parquet", "CCO\n"), "mw", "out.csv").err())
                .isEqualTo("solera: Cannot read %s: it is not a Parquet file\n".formatted(path("text.parquet")));
        assertThat(path("out.csv")).doesNotExist();
    }

    @Test
    void quarantinesRowsThatWentWrongWithTheReason() throws IOException {
        Path input = write("in.csv", "id,smiles\n1,CCO\n2,C1CC\n3,\n4,%s\n5,C1CC\n".formatted("C".repeat(200)));

        assertThat(score(
                                input,
                                "mw,logp",
                                "out.csv",
                                "--quarantine",
                                path("bad.csv").toString())
                        .code())
                .isZero();

        assertThat(path("bad.csv")).hasContent("""
            quarantine_reward,quarantine_reason,id,smiles
            mw,invalid-input,2,C1CC
            logp,invalid-input,2,C1CC
            mw,invalid-input,3,
            logp,invalid-input,3,
            mw,invalid-input,5,C1CC
            logp,invalid-input,5,C1CC
            """);
        assertThat(Files.readAllLines(path("out.csv")))
                .hasSize(6)
                .element(4)
                .asString()
                .endsWith(",,not-applicable,,not-applicable");
        assertThat(path("out.csv.solera")).doesNotExist();
    }

    @Test
    void readsAndWritesTheFormatsOfSpark() throws IOException {
        Path input = write("in.csv", "id,half,smiles\n1,a,CCO\n2,b,CCN\n3,a,CCO\n");

        assertThat(score(input, "mw", "out.orc").code()).isZero();
        assertThat(score(path("out.orc"), "logp", "folders.parquet", "--partition-by", "half")
                        .code())
                .isZero();
        assertThat(path("folders.parquet/half=a")).isDirectory();
        assertThat(path("folders.parquet/_solera/summary.json")).content().contains("\"rows\":3", "\"distinct\":2");
        assertThat(score(path("folders.parquet"), "tpsa", "plain", "--output-format", "orc")
                        .code())
                .isZero();
        assertThat(score(path("plain"), "qed", "last.csv", "--input-format", "orc")
                        .code())
                .isZero();

        assertThat(Files.readAllLines(path("last.csv")))
                .hasSize(4)
                .first()
                .isEqualTo("id,smiles,mw,mw_status,logp,logp_status,half,tpsa,tpsa_status,qed,qed_status");
        assertThat(score(input, "mw", "out.avro").err())
                .isEqualTo(("solera: Cannot write %s: Spark has no format avro (put its package on the class path:"
                                + " spark-submit --packages)\n")
                        .formatted(path("out.avro")));
        assertThat(score(input, "mw", "x.parquet", "--partition-by", "third").err())
                .isEqualTo("solera: Cannot write %s: the input has no column third (its columns are id, half, smiles)\n"
                        .formatted(path("x.parquet")));
    }

    @Test
    void readsAndWritesTablesOfACatalog() throws IOException {
        SparkSession spark = Commands.session();
        spark.sql("create or replace temp view made as select 'CCO' as smiles");
        spark.sql("drop table if exists default.made_molecules");
        spark.sql("drop table if exists default.scored_molecules");
        Commands.Outcome none = Commands.run(
                "score",
                "--input",
                "table:default.made_molecules",
                "--rewards",
                "mw",
                "--output",
                path("out.csv").toString());
        assertThat(none.err())
                .isEqualTo("solera: Cannot read table:default.made_molecules: the catalog has no such table\n");
        spark.sql("create table default.made_molecules using parquet location '%s' as select * from made"
                .formatted(path("made")));
        try {
            String[] call = {
                "score",
                "--input",
                "table:default.made_molecules",
                "--rewards",
                "mw",
                "--output",
                "table:default.scored_molecules"
            };
            assertThat(Commands.run(call).err()).isEmpty();
            assertThat(spark.table("default.scored_molecules").head().<Double>getAs("mw"))
                    .isBetween(46.0, 46.1);
            assertThat(Commands.run(call).err())
                    .isEqualTo(
                            "solera: Cannot write table:default.scored_molecules: it exists (give another --output, or"
                                    + " --overwrite)\n");
            assertThat(Commands.run(with(call, "--resume")).out())
                    .isEqualTo("table:default.scored_molecules is done already\n");
            assertThat(Commands.run(with(call, "--overwrite")).code()).isZero();
            assertThat(spark.table("default.scored_molecules").count()).isEqualTo(1);
            assertThat(spark.sql("SHOW TBLPROPERTIES default.scored_molecules")
                            .collectAsList()
                            .toString())
                    .contains("[solera.written-by,solera score]");

            // three words are a name, also without table:
            call[2] = "spark_catalog.default.made_molecules";
            call[6] = "spark_catalog.default.scored_molecules";
            assertThat(Commands.run(with(call, "--overwrite")).err()).isEmpty();
            call[6] = "spark_catalog.lab.scored";
            assertThat(Commands.run(call).err())
                    .isEqualTo("solera: Cannot write spark_catalog.lab.scored: the catalog has no such table (a path"
                            + " must end in .csv or another ending of docs/tables.md); there is no spark_catalog.lab in"
                            + " which to make it (CREATE NAMESPACE spark_catalog.lab)\n");
            call[6] = "table:spark_catalog.default.made_molecules";
            assertThat(Commands.run(with(call, "--overwrite")).err())
                    .isEqualTo("solera: Cannot write table:spark_catalog.default.made_molecules: it is the input\n");
        } finally {
            spark.sql("drop table if exists default.made_molecules");
            spark.sql("drop table if exists default.scored_molecules");
            Files.deleteIfExists(Path.of("spark-warehouse"));
        }
    }

    private static String[] with(String[] call, String option) {
        return Stream.concat(Stream.of(call), Stream.of(option)).toArray(String[]::new);
    }

    @Test
    void explainsWhatItWouldCost() throws IOException {
        Path input = write("in.csv", "id,smiles\n1,CCO\n2,CCN\n3,\n4,CCO\n");

        Commands.Outcome outcome = score(input, "mw,qed", "out.csv", "--explain");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .startsWith("%s: 4 rows, about 2 distinct inputs (smiles), 1 rows without any\n".formatted(input))
                .containsPattern("\nmw +[0-9.]+ +[0-9.e-]+\n")
                .containsPattern("\nqed +[0-9.]+ +[0-9.e-]+\n")
                .contains(
                        "1 part of about ",
                        " s of work, measured on ",
                        "100,000,000 rows: ",
                        " core-hours with as many repeats as here, ");
        assertThat(path("out.csv")).doesNotExist();
        assertThat(path("out.csv.solera")).doesNotExist();
    }

    @Test
    void rewardsReadTheColumnOfTheirKind() throws IOException {
        Path two = write("two.csv", "smiles,protein,words\nCCO,MKV,CCO\n");

        assertThat(score(two, "mw,fluency", "out.csv").err())
                .isEqualTo(
                        ("solera: Cannot read %s: it has no column text (its columns are smiles, protein, words; name "
                                        + "one with --column)\n")
                                .formatted(two));
        assertThat(score(two, "protein_mw,fluency", "two-out.csv", "--column", "text=words")
                        .code())
                .isZero();
        assertThat(Files.readAllLines(path("two-out.csv")).get(1))
                .startsWith("CCO,MKV,CCO,376.")
                .endsWith(",ok");
        assertThat(score(write("in.csv", "smiles,words\nCCO,CCO\n"), "mw,fluency", "out.csv")
                        .code())
                .as("any text of a table of molecules")
                .isZero();
        assertThat(Files.readAllLines(path("out.csv")).get(1))
                .startsWith("CCO,CCO,46.")
                .endsWith(",ok");
    }

    @Test
    void goesFromStructuresToTablesAndBack() throws IOException {
        Path input = write("in.smi", "C[C@H](N)O alaninol\nC1CC broken\nc1ccccc1 benzene\n");
        assertThat(score(input, "mw AS weight", "out.sdf.gz").err()).isEmpty();
        assertThat(score(path("out.sdf.gz"), "heavy_atoms", "out.csv").err()).isEmpty();

        List<String> lines = Files.readAllLines(path("out.csv"));
        assertThat(lines.get(0))
                .isEqualTo("smiles,name,field_smiles,weight,weight_status,heavy_atoms,heavy_atoms_status");
        assertThat(lines.get(1))
                .startsWith("C[C@H](N)O,alaninol,C[C@H](N)O,61.")
                .endsWith(",ok,4.0,ok");
        assertThat(lines.get(2)).isEqualTo(",broken,C1CC,,invalid-input,,invalid-input");
        assertThat(lines.get(3)).endsWith(",ok,6.0,ok");

        Path sequences = write("in.fasta", ">one first\nMKV\nLL\n>two\nMKB\n");
        assertThat(score(sequences, "protein_mw", "out.fasta").err()).isEmpty();
        assertThat(Files.readString(path("out.fasta")))
                .startsWith(">one first protein_mw=")
                .contains("\nMKVLL\n>two");
        assertThat(score(sequences, "protein_mw", "out.sdf").err())
                .isEqualTo(("solera: Cannot write %s: the table has no column smiles (its columns are name, sequence, "
                                        + "protein_mw,")
                                .formatted(path("out.sdf"))
                        + " protein_mw_status)\n");
        assertThat(score(sequences, "protein_mw", "out.tsv").err()).isEmpty();
        assertThat(Files.readString(path("out.tsv")))
                .startsWith("name\tsequence\tprotein_mw\tprotein_mw_status\none first\tMKVLL\t");
    }

    @Test
    void readsTextThatIsToldOnTheCommandLine() throws IOException {
        Path input = Files.write(path("in.csv"), "smiles;ic50, µM\nC;3,5\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(score(input, "mw", "out.csv", "--separator", ";", "--encoding", "cp1252")
                        .err())
                .isEmpty();
        assertThat(Files.readAllLines(path("out.csv"))).first().isEqualTo("smiles,\"ic50, µM\",mw,mw_status");
        Commands.Outcome recognised = score(input, "mw", "out1.csv", "--separator", ";");
        assertThat(recognised.err())
                .isEqualTo("solera: Reading %s as cp1252 (it is not UTF-8); --encoding sets it\n".formatted(input));
        assertThat(path("out1.csv")).hasSameTextualContentAs(path("out.csv"));
        assertThat(score(input, "mw", "out2.csv", "--separator", ";", "--encoding", "utf-8"))
                .isEqualTo(new Commands.Outcome(
                        3,
                        "",
                        ("solera: Cannot read %s: the header: cell 2: the byte 0xB5 at or after character 7"
                                                + " is not UTF-8 (set the file's encoding,")
                                        .formatted(input)
                                + " such as --encoding cp1252, or save it as UTF-8)\n"));
    }
}
