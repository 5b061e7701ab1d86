package io.solera.table.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.solera.table.TableName;
import io.solera.table.TableProblem;
import io.solera.table.Tables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestTextEncoding {
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    private static final Charset CP1252 = Charset.forName("windows-1252");

    @TempDir
    private Path folder;

    /** What a table holds, and what was said while it was read. */
    private record Reading(List<Row> rows, String said) {}

    private String write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, bytes).toString();
    }

    private static Reading read(String path) throws IOException {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setErr(err);
            return new Reading(
                    Tables.read(SPARK, path).collectAsList(),
                    said.toString(StandardCharsets.UTF_8).strip());
        } finally {
            System.setErr(before);
        }
    }

    private static String refusal(String path) {
        Throwable problem = TableProblem.of(catchThrowable(() -> read(path)));
        assertThat(problem).isInstanceOf(MalformedTableException.class);
        return String.valueOf(problem.getMessage());
    }

    private static Row row(Object... cells) {
        return RowFactory.create(cells);
    }

    private static String encoding(byte[] bytes) {
        return TextEncoding.of(bytes, null).encoding();
    }

    @Test
    void readsEveryKindOfTextInWesternEncoding() throws IOException {
        String csv = write("a.csv", "smiles,name\nCCO,\u00e9thanol\nC,5 \u20ac\n".getBytes(CP1252));
        assertThat(read(csv).rows()).containsExactly(row("CCO", "\u00e9thanol"), row("C", "5 \u20ac"));
        assertThat(read(csv).said())
                .isEqualTo("solera: Reading " + csv + " as cp1252 (it is not UTF-8); --encoding sets it");
        assertThat(read(write("a.tsv", "name\tsmiles\nbenz\u00e8ne\tC\n".getBytes(CP1252)))
                        .rows())
                .containsExactly(row("benz\u00e8ne", "C"));
        assertThat(read(write("a.smi", "CCO \u00e9thanol\n".getBytes(CP1252))).rows())
                .containsExactly(row("CCO", "\u00e9thanol"));
        assertThat(read(write("a.jsonl", "{\"a\": \"\u00e9thanol\"}\n".getBytes(CP1252)))
                        .rows())
                .containsExactly(row("\u00e9thanol"));
        assertThat(read(write("a.json", "[\n{\"a\": \"\u00e9thanol\"}\n]".getBytes(CP1252)))
                        .rows())
                .containsExactly(row("\u00e9thanol"));
        assertThat(read(write("a.fasta", ">prot\u00e9ine\nMK\n".getBytes(CP1252)))
                        .rows())
                .containsExactly(row("prot\u00e9ine", "MK"));
        String sdf = "caf\u00e9ine\n\n\n  1  0  0  0  0  0  0  0  0  0999 V2000\n"
                + "    0.0000    0.0000    0.0000 C   0  0\nM  END\n$$$$\n";
        assertThat(read(write("a.sdf", sdf.getBytes(CP1252))).rows()).containsExactly(row("C", "caf\u00e9ine"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("smiles,name\nCCO,\u00e9thanol\n".getBytes(CP1252));
        }
        assertThat(read(write("a.csv.gz", packed.toByteArray())).rows()).containsExactly(row("CCO", "\u00e9thanol"));
    }

    @Test
    void saysOnceForAFolderWhatItRecognised() throws IOException {
        for (int k = 0; k < 20; k++) {
            write(
                    "all.csv/%02d.csv".formatted(k),
                    "a,b\nx,\u00e9t\u00e9\n".getBytes(k < 3 ? CP1252 : StandardCharsets.UTF_8));
        }
        Reading reading = read(folder.resolve("all.csv").toString());
        assertThat(reading.rows()).hasSize(20).containsOnly(row("x", "\u00e9t\u00e9"));
        assertThat(reading.said())
                .isEqualTo("solera: Reading " + folder
                        + "/all.csv/00.csv and 2 more as cp1252 (they are not UTF-8); --encoding sets it");
    }

    @Test
    void readsLargeFilesInWesternEncodingInPieces() throws IOException {
        StringBuilder text = new StringBuilder("smiles,name\n");
        List<Row> wanted = new ArrayList<>();
        for (int k = 0; k < 500; k++) {
            text.append("C,\"\u00e9thanol\n ").append(k).append("\"\n");
            wanted.add(row("C", "\u00e9thanol\n " + k));
        }
        String path = write("large.csv", text.toString().getBytes(CP1252));
        var table = Tables.read(SPARK, new TableName(path, null), 1000);
        assertThat(table.rdd().getNumPartitions()).isGreaterThan(5);
        assertThat(table.collectAsList()).isEqualTo(wanted);
    }

    @Test
    void readsWideEncodingsWithoutAMark() throws IOException {
        String text = "smiles,name\nCCO,\u00e9thanol\nC,\u8868\n";
        for (String charset : List.of("UTF-16LE", "UTF-16BE")) {
            String path = write(charset + ".csv", text.getBytes(Charset.forName(charset)));
            assertThat(read(path).rows()).containsExactly(row("CCO", "\u00e9thanol"), row("C", "\u8868"));
            assertThat(read(path).said())
                    .isEqualTo("solera: Reading " + path + " as " + charset
                            + " (it has no byte order mark); --encoding sets it");
        }
        assertThat(read(write("one.smi", "CCO".getBytes(StandardCharsets.UTF_16LE)))
                        .rows())
                .containsExactly(row("CCO"));
        String marked = write("marked.csv", ("\uFEFF" + text).getBytes(Charset.forName("UTF-32LE")));
        assertThat(read(marked).rows()).containsExactly(row("CCO", "\u00e9thanol"), row("C", "\u8868"));
        assertThat(read(marked).said()).isEmpty();
        assertThat(refusal(write("zero.csv", "a,b\n1,x\0y\n".getBytes(StandardCharsets.US_ASCII))))
                .contains("row 1 (line 2): cell 2: a byte is 0");
        byte[] odd = "smiles,name\nCCO,ethanol\n".getBytes(StandardCharsets.UTF_16LE);
        odd[4] = 0;
        assertThat(refusal(write("odd.csv", odd))).contains("a byte is 0");
    }

    @Test
    void refusesWhatIsFoundOnlyAfterThePartThatIsLookedAt() throws IOException {
        StringBuilder text = new StringBuilder("smiles,name\n");
        int rows = 0;
        while (text.length() <= TextEncoding.LOOKED_AT) {
            text.append("CCO,ethanol\n");
            rows++;
        }
        String path = write("late.csv", (text + "CCO,\u00e9thanol\n").getBytes(CP1252));
        assertThat(refusal(path))
                .startsWith(("Cannot read %s: row %d (line %d): cell 2: the byte 0xE9 at or after character 1 is"
                                + " not UTF-8 (set")
                        .formatted(path, rows + 1, rows + 2))
                .contains("--encoding cp1252");
        String cut = "a" + "\u00e9".repeat(TextEncoding.LOOKED_AT);
        assertThat(encoding(cut.getBytes(StandardCharsets.UTF_8))).isEqualTo("UTF-8");
        byte[] first = new byte[TextEncoding.LOOKED_AT];
        System.arraycopy(cut.getBytes(StandardCharsets.UTF_8), 0, first, 0, first.length);
        assertThat(encoding(first)).isEqualTo("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e9t\u00e9",
                "acide ac\u00e9tique, pr\u00e9par\u00e9 \u00e0 25 \u00b0C; l\u2019\u00e9thanol co\u00fbte 5 \u20ac",
                "Schwefels\u00e4ure, Ma\u00dfl\u00f6sung 0,1 M; \u201eg\u00fcnes\u201c Pulver",
                "\u00c4thanol und \u00d6l",
                "\u00e1cido sulf\u00farico, a\u00f1o, \u00bfqu\u00e9?",
                "solu\u00e7\u00e3o de s\u00f3dio, n\u00e3o",
                "r\u00f8dt bl\u00e5b\u00e6r p\u00e5 en \u00f8",
                "p\u00e4\u00e4st\u00f6\u00f6n, \u00e4\u00e4",
                "IC50 = 3 \u00b5M \u00b1 0.5, 2.1 \u00c5, CuSO4\u00b75H2O, x\u00b2",
                "structure\u2013activity \u201cquoted\u201d Pfizer\u2122",
                "cr\u00e9\u00e9e, \u0153uf, \u00eele",
            })
    void knowsTextOfWesternEurope(String text) {
        assertThat(encoding(text.getBytes(CP1252))).isEqualTo("windows-1252");
        assertThat(encoding(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1251,\u0441\u0435\u0440\u043d\u0430\u044f \u043a\u0438\u0441\u043b\u043e\u0442\u0430",
        "KOI8-R,\u0441\u0435\u0440\u043d\u0430\u044f \u043a\u0438\u0441\u043b\u043e\u0442\u0430",
        "windows-1253,\u03b1-D-glucose and \u03b2-carotene",
        "ISO-8859-7,\u03b8\u03b5\u03b9\u03b9\u03ba\u03cc \u03bf\u03be\u03cd",
        "windows-1250,b\u0142\u0119kit metylenowy",
        "ISO-8859-2,kwas borny i b\u0142\u0119kit",
        "windows-1254,s\u00fclf\u00fcrik asit ve alkol\u00fcn a\u011f\u0131r",
        "windows-1255,\u05d7\u05d5\u05de\u05e6\u05d4",
        "windows-1256,\u062d\u0645\u0636 \u0627\u0644\u0643\u0628\u0631\u064a\u062a\u064a\u0643",
        "Shift_JIS,\u786b\u9178 \u30a8\u30bf\u30ce\u30fc\u30eb",
        "EUC-JP,\u786b\u9178 \u30a8\u30bf\u30ce\u30fc\u30eb",
        "GBK,\u786b\u9178 \u4e59\u9187",
        "Big5,\u786b\u9178 \u4e59\u9187",
        "EUC-KR,\ud669\uc0b0 \uc5d0\ud0c4\uc62c",
        "IBM850,benz\u00e8ne et \u00e9thanol",
        "IBM437,b\u00e9b\u00e9",
        "x-MacRoman,benz\u00e8ne et \u00e9thanol",
        "x-MacRoman,Schwefels\u00e4ure",
    })
    void takesNoOtherEncodingForIt(String charset, String text) {
        assertThat(encoding(("smiles,name\nC," + text + "\n").getBytes(Charset.forName(charset))))
                .isEqualTo("UTF-8");
    }

    @Test
    void takesNoBytesForText() {
        byte[] bytes = new byte[4096];
        new Random(1).nextBytes(bytes);
        assertThat(encoding(bytes)).isEqualTo("UTF-8");
        assertThat(encoding(new byte[] {'a', (byte) 0x81, 'b'})).isEqualTo("UTF-8");
        assertThat(TextEncoding.of("\u00e9t\u00e9".getBytes(CP1252), "ISO-8859-2")
                        .encoding())
                .isEqualTo("ISO-8859-2");
    }
}
