package io.solera.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.solera.table.file.EmptyTableException;
import io.solera.table.file.MalformedTableException;
import io.solera.table.file.TextOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTables {
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();

    @TempDir
    private Path folder;

    private String write(String name, String text) throws IOException {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private String write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes).toString();
    }

    private static byte[] gzip(String... members) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String member : members) {
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(member.getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static Dataset<Row> read(String path) throws IOException {
        return Tables.read(SPARK, path);
    }

    private static List<Row> rows(String path) throws IOException {
        return read(path).collectAsList();
    }

    private static Row row(Object... cells) {
        return RowFactory.create(cells);
    }

    /** What is wrong with a table, as a command says it. */
    private static String refusal(String path) {
        return refusal(() -> read(path).collectAsList());
    }

    private static String refusal(ThrowingCallable reading) {
        Throwable problem = catchThrowable(reading);
        assertThat(problem).as("refused").isNotNull();
        Throwable told = TableProblem.of(problem);
        assertThat(told).isInstanceOf(MalformedTableException.class);
        return String.valueOf(told.getMessage());
    }

    @Test
    void keepsEveryCellAsItIsWritten() throws IOException {
        String path = write(
                "a.csv",
                "\uFEFFid,note,smiles\r\n"
                        + "1,\"two\r\n"
                        + "lines\",CCO\r\n"
                        + "2,\"a \"\"quoted\"\" word\",NA\r\n\r\n"
                        + "3, 5\" pipe ,null\r\n"
                        + ",\"\",x\r\n");

        assertThat(read(path).columns()).containsExactly("id", "note", "smiles");
        assertThat(rows(path))
                .containsExactly(
                        row("1", "two\r\nlines", "CCO"),
                        row("2", "a \"quoted\" word", "NA"),
                        row("3", " 5\" pipe ", "null"),
                        row(null, "", "x"));
        assertThat(rows(write("one.csv", "smiles\nCCO\n\nC")))
                .containsExactly(row("CCO"), row((Object) null), row("C"));
        assertThat(rows(write("index.csv", ",smiles\n0,C\n"))).containsExactly(row("0", "C"));
        assertThat(read(folder.resolve("index.csv").toString()).columns()).containsExactly("_c0", "smiles");
    }

    @Test
    void refusesQuotesThatDoNotClose() throws IOException {
        StringBuilder text = new StringBuilder("smiles,comment\n");
        for (int i = 1; i <= 2000; i++) {
            text.append("C".repeat(1 + i % 9)).append(i == 10 ? ",\"see note\n" : ",note " + i + "\n");
        }
        String path = write("open.csv", text.toString());

        assertThat(refusal(path))
                .isEqualTo("Cannot read " + path
                        + ": row 10 (line 11): the quote before cell 2 is not closed (close it, or put"
                        + " the whole cell in quotes and double those inside)");
        String later = write("later.csv", "a,b\n1,\"x\n2,y\n3,\"z\"\n");
        assertThat(refusal(later))
                .isEqualTo("Cannot read " + later
                        + ": row 1 (line 2): something follows the closing quote of cell 2 (a quote inside of"
                        + " quotes is written twice, and a cell ends with its quote)");
        assertThat(refusal(write("header.csv", "a,\"b\n1,2\n")))
                .contains(": the header: the quote before cell 2 is not");
        assertThat(refusal(write("back.csv", "a,b\n1,\"x \\\" y\"\n"))).contains("row 1 (line 2): something follows");
    }

    @Test
    void refusesRowsThatDoNotFitTheHeader() throws IOException {
        String few = write("few.csv", "a,b,c\n1,2,3\n\n4,5\n");
        assertThat(refusal(few))
                .isEqualTo("Cannot read " + few
                        + ": row 2 (line 4): it has 2 cells, and the header 3 (put cells with a , in quotes, or"
                        + " name the separator with --separator)");
        assertThat(refusal(write("many.csv", "a,b\n1,2\n4,5,6\n")))
                .contains("row 2 (line 3): it has 3 cells, and the header 2");
        assertThat(refusal(write("tail.csv", "a,b\n1,\"x\ny\"\n4,5,\n")))
                .contains("row 2 (line 4): it has 3 cells, and the header 2");
        assertThat(refusal(write("same.csv", "smiles,value,value\nCCO,1,2\n")))
                .endsWith("same.csv: columns 2 and 3 are called value and value (names must differ, not only in"
                        + " case: rename one)");
        assertThat(refusal(write("capitals.csv", "smiles,SMILES\nCCO,1\n")))
                .contains("columns 1 and 2 are called smiles and SMILES");
    }

    @Test
    void readsLargeFilesInPieces() throws IOException {
        StringBuilder text = new StringBuilder("id,text,more\n");
        List<Row> wanted = new ArrayList<>();
        String[] breaks = {"\n", "\r\n", "\r"};
        for (int i = 0; i < 300; i++) {
            String cell = switch (i % 5) {
                case 0 -> "line\r\nbreak, \"quoted\"\n" + i;
                case 1 -> "";
                case 2 -> "plain" + "x".repeat(i % 40);
                case 3 -> "\n\n\"\"\r";
                default -> "ä€😀" + i;
            };
            text.append(i)
                    .append(",\"")
                    .append(cell.replace("\"", "\"\""))
                    .append("\",a\"b")
                    .append(breaks[i % 3]);
            wanted.add(row(String.valueOf(i), cell, "a\"b"));
        }
        String path = write("large.csv", text.toString());

        for (int length : new int[] {41, 97, 1000}) {
            Dataset<Row> table = Tables.read(SPARK, new TableName(path, null), length);
            assertThat(table.rdd().getNumPartitions()).isGreaterThan(1);
            assertThat(table.collectAsList()).as("pieces of %d", length).isEqualTo(wanted);
        }
        String broken = write("broken.csv", text + "1,2\n");
        assertThat(refusal(() ->
                        Tables.read(SPARK, new TableName(broken, null), 1000).collectAsList()))
                .contains("broken.csv: row 301 (line ")
                .contains("it has 2 cells");
        long line = text.chars().filter(c -> c == '\n').count();
        assertThat(line).isPositive();
        String open = write("open.csv", text + "1,\"2\n" + "3,4,5\n".repeat(900));
        assertThat(refusal(() ->
                        Tables.read(SPARK, new TableName(open, null), 1000).collectAsList()))
                .contains("open.csv: row 301 (line ")
                .contains("the quote before cell 2 is not closed");
    }

    @Test
    void readsLinesInPieces() throws IOException {
        StringBuilder smiles = new StringBuilder();
        StringBuilder json = new StringBuilder();
        StringBuilder fasta = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            smiles.append("C".repeat(1 + i % 30)).append(" name ").append(i).append(i % 2 == 0 ? "\n" : "\r\n");
            json.append("{\"id\":")
                    .append(i)
                    .append(",\"t\":\"")
                    .append("x".repeat(i % 50))
                    .append("\"}\n");
            fasta.append(">s")
                    .append(i)
                    .append("\nMKV\n")
                    .append("ACD".repeat(i % 7))
                    .append('\n');
        }
        List<String> tables = List.of(
                write("a.smi", smiles.toString()),
                write("b.jsonl", json.toString()),
                write("c.fasta", fasta.toString()));
        for (String path : tables) {
            List<Row> whole = rows(path);
            assertThat(whole).hasSize(200);
            assertThat(Tables.read(SPARK, new TableName(path, null), 100).collectAsList())
                    .isEqualTo(whole);
        }
        assertThat(rows(tables.get(0)).get(199)).isEqualTo(row("C".repeat(20), "name 199"));
        assertThat(rows(tables.get(2)).get(3)).isEqualTo(row("s3", "MKVACDACDACD"));
        String broken = write("broken.jsonl", json + "{\"id\": 1\n");
        assertThat(refusal(() ->
                        Tables.read(SPARK, new TableName(broken, null), 100).collectAsList()))
                .startsWith("Cannot read " + broken + ": line 201: this is not a JSON object: Unexpected end-of-input");
    }

    @Test
    void tellsTheSeparatorFromTheHeader() throws IOException {
        for (String separator : List.of(",", ";", "\t", "|")) {
            String path = write(
                    "t" + (int) separator.charAt(0) + ".csv",
                    "a@smiles@c\n1@\"C;C|C,C\tC\"@2\n".replace("@", separator));
            assertThat(rows(path)).containsExactly(row("1", "C;C|C,C\tC", "2"));
        }
        assertThat(rows(write("semicolon.csv", "\"Id\";\"Name, usual\";\"Smiles\"\n\"1\";\"\";\"C\"\n")))
                .containsExactly(row("1", "", "C"));
        assertThat(rows(write("decimal.csv", "smiles;ic50, uM;x\nC;3;x\n"))).containsExactly(row("C", "3", "x"));
        assertThat(rows(write("a.TSV", "id\tsmiles\n1\tC\n"))).containsExactly(row("1", "C"));
        String both = write("both.csv", "smiles;ic50, uM\nC;3,5\n");
        assertThat(refusal(both))
                .isEqualTo("Cannot read " + both
                        + ": its header and rows fit the separator , as well as ; (say which with --separator)");
        assertThat(Tables.read(SPARK, new TableName(both, null, TextOptions.of(";", null)))
                        .collectAsList())
                .containsExactly(row("C", "3,5"));
        assertThatThrownBy(() -> TextOptions.of(",,", null))
                .hasMessage("Invalid --separator: ,, (must be one ASCII character such as , ; | or tab, and no quote)");
    }

    @Test
    void readsEncodingsThatAreToldAndRefusesOthers() throws IOException {
        String text = "smiles,name\nCCO,éthanol\nC,€\n";
        List<Row> wanted = List.of(row("CCO", "éthanol"), row("C", "€"));
        for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
            String path = write(charset + ".csv", ("\uFEFF" + text).getBytes(Charset.forName(charset)));
            assertThat(rows(path)).isEqualTo(wanted);
        }
        byte[] latin = text.getBytes(Charset.forName("windows-1252"));
        assertThat(Tables.read(SPARK, new TableName(write("cp1252.csv", latin), null, TextOptions.of(null, "cp1252")))
                        .collectAsList())
                .isEqualTo(wanted);
        String asked = write("asked.csv", latin);
        assertThat(refusal(() -> Tables.read(SPARK, new TableName(asked, null, TextOptions.of(null, "utf-8")))
                        .collectAsList()))
                .startsWith("Cannot read " + asked
                        + ": row 1 (line 2): cell 2: the byte 0xE9 at or after character 1 is not UTF-8 (set")
                .contains("--encoding cp1252");
        byte[] bare = text.getBytes(StandardCharsets.UTF_16LE);
        assertThat(Tables.read(SPARK, new TableName(write("bare.csv", bare), null, TextOptions.of(null, "utf-16le")))
                        .collectAsList())
                .isEqualTo(wanted);
        assertThat(Tables.read(
                                SPARK,
                                new TableName(
                                        write("sjis.csv", "a,b\n表,ソ\n".getBytes(Charset.forName("Shift_JIS"))),
                                        null,
                                        TextOptions.of(null, "shift_jis")))
                        .collectAsList())
                .containsExactly(row("表", "ソ"));
        assertThatThrownBy(() -> TextOptions.of(null, "utf-9"))
                .hasMessage("Invalid --encoding: utf-9 (must be one such as utf-8, utf-16, cp1252, iso-8859-1)");
        assertThat(refusal(write("zero.csv", "a,b\n1,x\0y\n"))).contains("row 1 (line 2): cell 2: a byte is 0");
        assertThat(refusal(write("bad.smi", "CCO \u00e9\u00e9\u00e9\n".getBytes(StandardCharsets.ISO_8859_1))))
                .contains("bad.smi: line 1: the byte 0xE9");
    }

    @Test
    void readsPackedFilesWholeOrRefusesThem() throws IOException {
        String path = write("a.CSV.GZ", gzip("smiles,x\nC,1\n", "CC,2\n"));
        assertThat(rows(path)).containsExactly(row("C", "1"), row("CC", "2"));
        String no = write("no.csv.gz", "smiles,x\nC,1\n");
        assertThat(refusal(no))
                .isEqualTo("Cannot read " + no + ": it is not compressed by gzip, as its name says (rename it)");
        byte[] whole = gzip("smiles,x\n" + "C,1\nCCCNC,17\n".repeat(5000));
        assertThat(refusal(write("cut.csv.gz", Arrays.copyOf(whole, whole.length - 20))))
                .contains("cut.csv.gz: its compressed bytes ");
        byte[] flipped = whole.clone();
        flipped[whole.length / 2] ^= 0x55;
        assertThat(refusal(write("flipped.csv.gz", flipped))).contains("flipped.csv.gz: ");
        assertThat(refusal(write("packed.csv", whole)))
                .endsWith("packed.csv: its bytes are those of a packed file (unpack it, or call it .gz)");
        assertThat(rows(write("a.smi.gz", gzip("CCO x\n")))).containsExactly(row("CCO", "x"));
        assertThat(rows(write("a.jsonl.gz", gzip("{\"a\":1}\n{\"a\":2}\n")))).containsExactly(row(1L), row(2L));
    }

    @Test
    void readsTheFilesOfAFolderByTheNamesOfTheirColumns() throws IOException {
        write("shards.csv/part1.csv", "id,product,smiles\n1,CCC,CCO\n");
        write("shards.csv/part2.csv", "smiles;id;product\nCN;2;CCCC\n");
        write("shards.csv/deeper/part3.csv.gz", gzip("product,smiles,id\nP,C,3\n"));
        write("shards.csv/_SUCCESS", "");
        write("shards.csv/.part.crc", "x");
        write("shards.csv/empty.csv", "");
        String path = folder.resolve("shards.csv").toString();

        assertThat(read(path).select("id", "product", "smiles").collectAsList())
                .containsExactlyInAnyOrder(row("1", "CCC", "CCO"), row("2", "CCCC", "CN"), row("3", "P", "C"));
        write("shards.csv/part9.csv", "smiles,id\nCN,2\n");
        assertThat(refusal(path))
                .isEqualTo("Cannot read %s/part9.csv: it has no column product, which %s/deeper/part3.csv.gz has"
                        .formatted(path, path));
        Files.delete(folder.resolve("shards.csv/part9.csv"));
        write("shards.csv/part8.csv", "smiles,id,product,more\nCN,2,x,y\n");
        assertThat(refusal(path)).contains("part8.csv: it has a column more, which ");
    }

    @Test
    void keepsWhatTheNamesOfFoldersSay() throws IOException {
        write("hive.csv/plate=001/a.csv", "smiles\nCCO\n");
        write("hive.csv/plate=1e3/b.csv", "smiles\nCC\n");
        write("hive.csv/plate=a%2Fb/c.csv", "smiles\nC\n");
        write("hive.csv/plate=__HIVE_DEFAULT_PARTITION__/d.csv", "smiles\nN\n");
        String path = folder.resolve("hive.csv").toString();
        assertThat(read(path).columns()).containsExactly("smiles", "plate");
        assertThat(rows(path))
                .containsExactlyInAnyOrder(row("CCO", "001"), row("CC", "1e3"), row("C", "a/b"), row("N", null));

        String parquet = folder.resolve("hive.parquet").toString();
        for (String plate : List.of("001", "1e3")) {
            SPARK.sql("select 'C' as smiles").write().parquet(parquet + "/plate=" + plate);
        }
        assertThat(rows(parquet)).containsExactlyInAnyOrder(row("C", "001"), row("C", "1e3"));
        write("hive.jsonl/plate=007/a.jsonl", "{\"x\": 1}\n{}\n");
        assertThat(rows(folder.resolve("hive.jsonl").toString())).containsExactly(row(1L, "007"), row(null, "007"));
        write("mixed.csv/plate=1/a.csv", "smiles\nC\n");
        write("mixed.csv/well=1/a.csv", "smiles\nC\n");
        assertThat(refusal(folder.resolve("mixed.csv").toString()))
                .contains("mixed.csv: its folders do not have the same names: ");
        write("twice.csv/plate=1/a.csv", "smiles,plate\nC,2\n");
        assertThat(refusal(folder.resolve("twice.csv").toString()))
                .contains("columns 2 and 3 are called plate and plate");
    }

    @Test
    void readsNamesOfAnyLetters() throws IOException {
        for (String name : List.of("a[1].csv", "a{b}.csv", "a:b.csv", "a b.csv", "a*b.csv", "ä%20.csv", "a=1/x.csv")) {
            assertThat(rows(write(name, "smiles\nC\n"))).as(name).containsExactly(row("C"));
        }
        for (String name : List.of("p[1].parquet", "p:b c.parquet", "p*.parquet")) {
            Path plain = folder.resolve("plain.parquet");
            if (!Files.exists(plain)) {
                SPARK.sql("select 'C' as smiles").coalesce(1).write().parquet(plain.toString());
            }
            Path target = folder.resolve(name);
            Files.createDirectories(target);
            for (Path file : Files.list(plain)
                    .filter(each -> each.toString().endsWith(".parquet"))
                    .toList()) {
                Files.copy(file, target.resolve("part 0 [1].parquet"));
            }
            assertThat(rows(target.toString())).as(name).containsExactly(row("C"));
        }
        write("many1.csv", "smiles\nC\n");
        write("many2.csv", "smiles\nCC\n");
        assertThat(rows(folder.resolve("many*.csv").toString())).containsExactly(row("C"), row("CC"));
        assertThat(rows(folder.resolve("many{1,2}.csv").toString())).hasSize(2);
        assertThatThrownBy(() -> read(folder.resolve("none[1].csv").toString()))
                .hasMessage("Cannot read %s/none[1].csv: no such file".formatted(folder));
    }

    @Test
    void readsSmilesWithNames() throws IOException {
        assertThat(rows(write("a.smi", "CCO ethanol\nc1ccccc1\tbenzene with name\nCC\n\n# comment\nC[N+](C)C  \n")))
                .containsExactly(
                        row("CCO", "ethanol"),
                        row("c1ccccc1", "benzene with name"),
                        row("CC", null),
                        row("C[N+](C)C", null));
        String headed = write("header.smi", "smiles id\nCCO 1\nCC 2\n");
        assertThat(read(headed).columns()).containsExactly("smiles", "id");
        assertThat(rows(headed)).containsExactly(row("CCO", "1"), row("CC", "2"));
        assertThat(read(write("plain.smi", "CCO\nC\n")).columns()).containsExactly("smiles");
        assertThat(rows(write("b.SMI", "\uFEFFCCO x\r\n"))).containsExactly(row("CCO", "x"));
    }

    @Test
    void readsSequences() throws IOException {
        String path = write("a.fasta", ">sp|P1 first one\nMKV LL\nAA*\n\n;old\n>second\nmkv\n>none\n");
        assertThat(read(path).columns()).containsExactly("name", "sequence");
        assertThat(rows(path))
                .containsExactly(row("sp|P1 first one", "MKVLLAA*"), row("second", "mkv"), row("none", null));
        assertThat(read(write("a.faa", ">x\nMK\n")).columns()).containsExactly("name", "protein");
        assertThat(read(write("a.fna.gz", gzip(">x\nAC\n"))).columns()).containsExactly("name", "dna");
        assertThat(refusal(write("no.fa", "MKV\n")))
                .endsWith("no.fa: line 1: letters before the first name (a name is a line that begins with >)");
    }

    private static final String ETHANOL = "ethanol\n  x\n\n  3  2  0  0  0  0  0  0  0  0999 V2000\n"
            + "    0.0000    0.0000    0.0000 C   0  0\n    1.0000    0.0000    0.0000 C   0  0\n"
            + "    2.0000    0.0000    0.0000 O   0  0\n  1  2  1  0\n  2  3  1  0\nM  END\n";

    @Test
    void readsStructuresWithTheirFields() throws IOException {
        String path = write(
                "a.sdf",
                ETHANOL + "> <pIC50>\n7.5\n\n>  1  <Note> \ntwo\nlines\n\n$$$$\n" + ETHANOL.replace("ethanol", "")
                        + "> <SMILES>\nOCC\n\n$$$$\n" + "broken\n\n\n  9  9  0 V2000\nM  END\n$$$$\n");
        assertThat(read(path).columns()).containsExactly("smiles", "name", "pIC50", "Note", "field_SMILES");
        assertThat(rows(path))
                .containsExactly(
                        row("CCO", "ethanol", "7.5", "two\nlines", null),
                        row("CCO", null, null, null, "OCC"),
                        row(null, "broken", null, null, null));
        assertThat(refusal(write("cut.sdf", ETHANOL + "$$$$\nethanol\n  x\n\n  3  2")))
                .endsWith("cut.sdf: line 12: the record that starts here has no end (M  END and $$$$; was the file"
                        + " copied whole?)");
    }

    @Test
    void readsObjectsOfAnyLayout() throws IOException {
        String pretty = write("pretty.json", "[\n  {\n    \"smiles\": \"CCO\",\n    \"x\": 1\n  },\n  {\"x\": 2.5}\n]");
        assertThat(read(pretty).columns()).containsExactly("smiles", "x");
        assertThat(rows(pretty)).containsExactly(row("CCO", 1.0), row(null, 2.5));
        assertThat(rows(write("one.json", "{\n \"b\": 1,\n \"a\": [1, {\"c\": null}]\n}\n{\"b\": 3}\n")))
                .hasSize(2);
        assertThat(read(folder.resolve("one.json").toString()).columns()).containsExactly("b", "a");
        String bad = write("bad.jsonl", "{\"smiles\":\"CCO\"}\n{\"smiles\":\"CC\"");
        assertThat(refusal(bad)).startsWith("Cannot read " + bad + ": line 2: this is not a JSON object: ");
        assertThat(refusal(write("twice.jsonl", "{\"a\":1}\n{\"a\":1,\"a\":2}\n")))
                .contains("twice.jsonl: line 2: this is not a JSON object: Duplicate field 'a'");
        assertThat(refusal(write("number.jsonl", "{\"a\":1}\n5\n")))
                .contains("line 2: this is not a JSON object: it must be");
        String deep = "{\"smiles\":\"CCO\",\"x\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}\n";
        assertThat(refusal(write("deep.jsonl", deep))).contains("deep.jsonl", "line 1", "not a JSON object: ");
        assertThat(refusal(write("deep.json", deep)))
                .contains("deep.json: row 1 (line 1): this is not a JSON object: ");
        assertThat(refusal(write("cut.json", "[{\"a\":1},\n{\"a\":")))
                .contains("cut.json: row 2 (line 2): this is not a JSON");
    }

    @Test
    void readsParquetFilesOfDifferentColumns() throws IOException {
        String path = folder.resolve("mixed.parquet").toString();
        SPARK.sql("select 'C' as smiles, 1L as a").write().mode("append").parquet(path);
        SPARK.sql("select 'x' as b, 'CC' as smiles").write().mode("append").parquet(path);
        assertThat(read(path).select("smiles", "a", "b").collectAsList())
                .containsExactlyInAnyOrder(row("C", 1L, null), row("CC", null, "x"));

        String types = folder.resolve("types.parquet").toString();
        SPARK.sql("select 'C' as smiles, 1 as a").write().mode("append").parquet(types);
        SPARK.sql("select 'C' as smiles, 2.5D as a").write().mode("append").parquet(types);
        assertThat(refusal(types))
                .matches("Cannot read .*types.parquet/part-.*: its column a is of type (INT32|DOUBLE), and that of"
                        + " .*types.parquet/part-.* of type (INT32|DOUBLE) \\(write them with one type\\)");
        assertThat(refusal(write("no.parquet", "CCO\n")))
                .isEqualTo("Cannot read %s/no.parquet: it is not a Parquet file".formatted(folder));
    }

    @Test
    void saysWhereATableHoldsNothing() throws IOException {
        assertThat(read(write("empty.csv", "")).columns()).isEmpty();
        assertThat(rows(write("header.csv", "a,b\n"))).isEmpty();
        Files.createDirectories(folder.resolve("nothing.csv"));
        assertThatThrownBy(() -> read(folder.resolve("nothing.csv").toString()))
                .isInstanceOf(EmptyTableException.class)
                .hasMessage("Cannot read %s/nothing.csv: it has no rows".formatted(folder));
        assertThatThrownBy(() -> Tables.textList(SPARK, new TableName(write("t.csv", "smiles\n"), null), "smiles"))
                .hasMessage("Cannot read %s/t.csv: it has no rows".formatted(folder));
    }
}
