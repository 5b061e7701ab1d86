package io.solera.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.solera.table.file.MalformedTableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of Parquet that others write, and Spark does not read itself. */
class TestParquetTable {
    private static final SparkSession SPARK = SparkSession.builder()
            .master("local[2]")
            .appName("test")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
    /**
     * The field 10 of a schema element, the logical type, with field 15 of that union, FLOAT16, as pyarrow writes it.
     */
    private static final byte[] FLOAT16 = {0x6c, (byte) 0xfc, 0, 0};

    @TempDir
    private Path folder;

    private Path write(String name, MessageType schema, Group... rows) throws IOException {
        Path file = folder.resolve(name);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new org.apache.hadoop.fs.Path(file.toUri()))
                .withType(schema)
                .withConf(new Configuration())
                .build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        }
        Files.delete(file.resolveSibling("." + file.getFileName() + ".crc"));
        return file;
    }

    private Path write(String name, String schema, Group... rows) throws IOException {
        return write(name, MessageTypeParser.parseMessageType(schema), rows);
    }

    private static Group group(String schema) {
        return new SimpleGroup(MessageTypeParser.parseMessageType(schema));
    }

    /**
     * Says of columns of two bytes that they are 16-bit floats, which the Parquet library of Spark 3.5 cannot write.
     */
    private static void annotate(Path file, String... columns) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int begin = bytes.length
                - 8
                - ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        String footer = new String(bytes, begin, bytes.length - 8 - begin, StandardCharsets.ISO_8859_1);
        for (String column : columns) {
            String element = (char) column.length() + column + "\0";
            int end = footer.indexOf(element) + element.length() - 1;
            assertThat(end).as(column).isGreaterThan(element.length());
            footer =
                    footer.substring(0, end) + new String(FLOAT16, StandardCharsets.ISO_8859_1) + footer.substring(end);
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, begin);
        all.write(footer.getBytes(StandardCharsets.ISO_8859_1));
        all.write(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.length())
                .array());
        all.write(bytes, bytes.length - 4, 4);
        Files.write(file, all.toByteArray());
    }

    private static Binary half(int bits) {
        return Binary.fromConstantByteArray(new byte[] {(byte) bits, (byte) (bits >> 8)});
    }

    private static Dataset<Row> read(Path file) throws IOException {
        return Tables.read(SPARK, file.toString());
    }

    private static String refusal(Path file) {
        Throwable problem = TableProblem.of(catchThrowable(() -> read(file).collectAsList()));
        assertThat(problem).isInstanceOf(MalformedTableException.class);
        return String.valueOf(problem.getMessage());
    }

    private static Row row(Object... cells) {
        return RowFactory.create(cells);
    }

    @Test
    void readsHalves() throws IOException {
        String schema = "message m { required binary smiles (STRING); optional fixed_len_byte_array(2) half;"
                + " optional fixed_len_byte_array(2) code; }";
        // by IEEE 754-2008, table 3.5: 0.5, -2, the largest, the smallest normal, the smallest, zeros, infinities, none
        int[] bits = {0x3800, 0xc000, 0x7bff, 0x0400, 0x0001, 0x8000, 0x7c00, 0xfc00, 0x7e00, 0x3555};
        float[] values = {
            0.5f,
            -2,
            65504,
            0x1p-14f,
            0x1p-24f,
            -0f,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN,
            0x1.554p-2f
        };
        Group[] groups = new Group[bits.length + 1];
        for (int k = 0; k < bits.length; k++) {
            groups[k] = group(schema)
                    .append("smiles", "C")
                    .append("half", half(bits[k]))
                    .append("code", half(0x6162));
        }
        groups[bits.length] = group(schema).append("smiles", "CC");
        Path file = write("half.parquet", schema, groups);
        annotate(file, "half");

        assertThat(read(file).schema().simpleString()).isEqualTo("struct<smiles:string,half:float,code:binary>");
        List<Row> rows = read(file).collectAsList();
        for (int k = 0; k < bits.length; k++) {
            assertThat(rows.get(k).<Float>getAs("half")).as("bits %x", bits[k]).isEqualTo(Float.valueOf(values[k]));
            assertThat(rows.get(k).<byte[]>getAs("code")).containsExactly('b', 'a');
        }
        assertThat(rows.get(bits.length)).isEqualTo(row("CC", null, null));
        assertThat(read(file).filter("half > 0.4 and half < 1").count()).isEqualTo(1);
        assertThat(read(file).inputFiles()).containsExactly(file.toUri().toString());
    }

    @Test
    void readsHalvesInsideOfOtherValues() throws IOException {
        String schema = "message m { optional group list (LIST) { repeated group list { optional"
                + " fixed_len_byte_array(2) element; } } optional group map (MAP) { repeated group"
                + " key_value { required fixed_len_byte_array(2) key; optional"
                + " fixed_len_byte_array(2) value; } } optional group both { optional"
                + " fixed_len_byte_array(2) part; optional binary text (STRING); } }";
        Group row = group(schema);
        Group list = row.addGroup("list");
        list.addGroup("list").append("element", half(0x3c00));
        list.addGroup("list");
        row.addGroup("map").addGroup("key_value").append("key", half(0x4000)).append("value", half(0x4200));
        row.addGroup("both").append("part", half(0x4400)).append("text", "x");
        Path file = write("nested.parquet", schema, row, group(schema));
        annotate(file, "element", "key", "value", "part");

        assertThat(read(file).schema().simpleString())
                .isEqualTo("struct<list:array<float>,map:map<float,float>,both:struct<part:float,text:string>>");
        assertThat(read(file)
                        .selectExpr("list[0]", "list[1]", "map_keys(map)[0]", "map[2f]", "both.part", "both.text")
                        .collectAsList())
                .containsExactly(row(1f, null, 2f, 3f, 4f, "x"), row(null, null, null, null, null, null));
        assertThat(read(file)
                        .selectExpr("list is null", "map is null", "both is null")
                        .collectAsList())
                .containsExactly(row(false, false, false), row(true, true, true));
    }

    @Test
    void readsAFolderInWhichOnlySomeFilesHaveHalves() throws IOException {
        Files.createDirectories(folder.resolve("all.parquet"));
        String schema = "message m { required binary smiles (STRING); required fixed_len_byte_array(2) half; }";
        annotate(
                write(
                        "all.parquet/a.parquet",
                        schema,
                        group(schema).append("smiles", "C").append("half", half(0x3c00))),
                "half");
        String other = "message m { required binary smiles (STRING); }";
        write("all.parquet/b.parquet", other, group(other).append("smiles", "CC"));

        assertThat(read(folder.resolve("all.parquet")).collectAsList())
                .containsExactlyInAnyOrder(row("C", 1f), row("CC", null));
        write(
                "all.parquet/c.parquet",
                schema,
                group(schema).append("smiles", "C").append("half", half(0x3c00)));
        assertThat(refusal(folder.resolve("all.parquet")))
                .endsWith("c.parquet: its column half is of type FIXED_LEN_BYTE_ARRAY, and that of " + folder
                        + "/all.parquet/a.parquet of type FIXED_LEN_BYTE_ARRAY FLOAT16 (write them with one type)");
    }

    @Test
    void readsWholeNumbersOfEveryWidth() throws IOException {
        String schema = "message m { required int32 a (UINT_8); required int32 b (UINT_16); required int32 c (UINT_32);"
                + " required int64 d (UINT_64); required int32 e (INT_8); required int32 f (INT_16);"
                + " optional group list (LIST) { repeated group list { optional int32 element (UINT_32); } } }";
        Group row = group(schema)
                .append("a", 255)
                .append("b", 65535)
                .append("c", -1)
                .append("d", -1L);
        row.append("e", -128)
                .append("f", -32768)
                .addGroup("list")
                .addGroup("list")
                .append("element", -1);
        Path file = write("integers.parquet", schema, row);

        assertThat(read(file)
                        .selectExpr("a", "b", "c", "d", "e", "f", "list[0]")
                        .collectAsList())
                .containsExactly(row(
                        (short) 255,
                        65535,
                        4294967295L,
                        new BigDecimal("18446744073709551615"),
                        (byte) -128,
                        (short) -32768,
                        4294967295L));
    }

    @Test
    void readsTimesInNanosecondsWhereverTheyAre() throws IOException {
        String schema = "message m { required int64 t (TIMESTAMP(NANOS,false)); optional group list (LIST) { repeated"
                + " group list { optional int64 element (TIMESTAMP(NANOS,true)); } } }";
        Group row = group(schema).append("t", -1000L);
        row.addGroup("list").addGroup("list").append("element", 1_577_836_800_123_456_000L);
        Path file = write("times.parquet", schema, row);

        assertThat(read(file).selectExpr("t", "unix_micros(list[0])").collectAsList())
                .containsExactly(row(LocalDateTime.parse("1969-12-31T23:59:59.999999"), 1_577_836_800_123_456L));
        Group fine = group(schema).append("t", 0L);
        fine.addGroup("list").addGroup("list").append("element", 1_577_836_800_123_456_001L);
        Path finer = write("finer.parquet", schema, fine);
        assertThat(refusal(finer))
                .isEqualTo("Cannot read " + finer
                        + ": column list has a time that is finer than microseconds (write it in"
                        + " microseconds): 1577836800123456001");
    }

    @Test
    void readsUuidsAsText() throws IOException {
        MessageType schema = Types.buildMessage()
                .required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                .length(16)
                .as(LogicalTypeAnnotation.uuidType())
                .named("id")
                .named("m");
        Group row = new SimpleGroup(schema).append("id", Binary.fromString("0123456789abcdef"));
        assertThat(read(write("uuid.parquet", schema, row)).collectAsList())
                .containsExactly(row("30313233-3435-3637-3839-616263646566"));
    }

    @Test
    void refusesWhatSparkHasNot() throws IOException {
        String time = "message m { required int64 t (TIME(MICROS,false)); }";
        Path times = write("time.parquet", time, group(time).append("t", 1L));
        assertThat(refusal(times))
                .isEqualTo("Cannot read " + times
                        + ": its column t holds values of type TIME, which Spark does not have (write them as"
                        + " text or numbers)");
        String wide = "message m { required fixed_len_byte_array(26) d (DECIMAL(60,10)); }";
        Path decimals =
                write("wide.parquet", wide, group(wide).append("d", Binary.fromConstantByteArray(new byte[26])));
        assertThat(refusal(decimals))
                .isEqualTo("Cannot read " + decimals
                        + ": its column d holds decimals of 60 digits, and Spark's have at most 38 (write them"
                        + " as text)");
    }

    @Test
    void refusesAFileThatIsNotThatOfItsChecksums() throws IOException {
        Path file = folder.resolve("changed.parquet");
        SPARK.range(3).coalesce(1).write().parquet(file.toString());
        try (var files = Files.list(file)) {
            Path part = files.filter(each -> each.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(part);
            bytes[5] ^= 1;
            Files.write(part, bytes);
            assertThat(refusal(file))
                    .isEqualTo("Cannot read " + part + ": its bytes do not fit its checksums (copy it again, or remove "
                            + part.resolveSibling("." + part.getFileName() + ".crc")
                            + " if it was changed on purpose)");
        }
    }

    @Test
    void damagedFootersAreRefused() throws IOException {
        String schema = "message m { required fixed_len_byte_array(2) half; }";
        Path file = write("half.parquet", schema, group(schema).append("half", half(0x3c00)));
        annotate(file, "half");
        byte[] bytes = Files.readAllBytes(file);
        int size = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - 8);
        byte[] footer = new byte[size];
        System.arraycopy(bytes, bytes.length - 8 - size, footer, 0, size);
        assertThat(ParquetFooter.of(footer).leaves()).containsExactly(ParquetFooter.FLOAT16);

        int refused = 0;
        Random random = new Random(7);
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] damaged = footer.clone();
            for (int k = random.nextInt(4); k >= 0; k--) {
                damaged[random.nextInt(40)] = (byte) random.nextInt(256);
            }
            Throwable problem = catchThrowable(() -> ParquetFooter.of(damaged));
            if (problem != null) {
                assertThat(problem).isInstanceOf(IllegalArgumentException.class).hasMessage("its footer is damaged");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
        bytes[bytes.length - 8 - size + 3] = (byte) 0xff;
        Files.write(file, bytes);
        assertThat(refusal(file)).startsWith("Cannot read " + file + ": ");
    }
}
