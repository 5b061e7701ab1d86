package io.solera.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.solera.checkpoint.file.MalformedModelException;
import io.solera.rl.BlockVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestSafetensors {
    private static final ParameterLayout LAYOUT =
            new ParameterLayout.Builder().add("a", 2, 2).add("b", 3).build();
    private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}";
    private static final String B = "\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[16,28]}";

    @Test
    void readsWhatItWrote() throws IOException {
        BlockVector values = BlockVector.of(1, 2, 3, 4, 5, -6, Float.MIN_VALUE);
        assertThat(read(written(values))).isEqualTo(values);
    }

    @Test
    void readsVectorsOfSeveralBlocks() throws IOException {
        int size = BlockVector.BLOCK_SIZE + 70_000;
        ParameterLayout layout = new ParameterLayout.Builder()
                .add("a", 69_999)
                .add("b", size - 69_999)
                .build();
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = k;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(out, layout, BlockVector.of(values));
        assertThat(Safetensors.read(new ByteArrayInputStream(out.toByteArray()), layout, "m.safetensors")
                        .toArray())
                .isEqualTo(values);
    }

    @Test
    void writesTheFormatToTheByte() throws IOException {
        byte[] bytes = written(BlockVector.of(1, 2, 3, 4, 5, 6, 7));
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) buffer.getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).trim())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\"}," + A + "," + B + "}");
        assertThat(buffer.getFloat(8 + length + 16)).isEqualTo(5);
        assertThat(bytes).hasSize(8 + length + 28).isEqualTo(written(BlockVector.of(1, 2, 3, 4, 5, 6, 7)));
    }

    @Test
    void tensorsMayComeInAnyOrder() throws IOException {
        String header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[12,28]}}";
        assertThat(read(file(header, 1, 2, 3, 4, 5, 6, 7))).isEqualTo(BlockVector.of(4, 5, 6, 7, 1, 2, 3));
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] whole = written(BlockVector.zeros(7));
        for (int length : new int[] {0, 5, 20, whole.length - 1}) {
            assertRefused(
                    Arrays.copyOf(whole, length), "Cannot read m.safetensors: the file is truncated (copy it again)");
        }
    }

    @Test
    void refusesADamagedHeader() {
        assertRefused(
                new byte[] {-1, -1, -1, -1, -1, -1, -1, 127},
                "Cannot read m.safetensors: it is no safetensors file (header length 9223372036854775807)");
        assertThatThrownBy(() -> read(file("[1, 2]")))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read m.safetensors: its header is no JSON object (it does not begin with {)");
        assertThatThrownBy(() -> read(file("{\"a\"")))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage("Cannot read m.safetensors: its header is no JSON object (see line 1 column 5)");
        assertRefused(
                file("{\"a\":{\"dtype\":\"F32\"}," + B + "}"),
                "Cannot read m.safetensors: the header of tensor a is damaged");
        assertRefused(
                file("{\"a\":{\"dtype\":{},\"shape\":[2,2],\"data_offsets\":[0,16]}," + B + "}"),
                "Cannot read m.safetensors: the header of tensor a is damaged");
        assertRefused(
                file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0]}," + B + "}"),
                "Cannot read m.safetensors: the header of tensor a is damaged");
    }

    @Test
    void refusesAnotherShapeOrType() {
        assertRefused(
                file("{" + A.replace("[2,2]", "[4]") + "," + B + "}"),
                "Cannot read m.safetensors: tensor a is F32[4] at [0, 16] (must be F32, F16 or BF16 of [2, 2])");
        assertRefused(
                file("{" + A.replace("F32", "F64") + "," + B + "}"),
                "Cannot read m.safetensors: tensor a is F64[2, 2] at [0, 16] (must be F32, F16 or BF16 of [2, 2])");
        assertRefused(
                file("{" + A.replace("[0,16]", "[0,12]") + "," + B.replace("[16,28]", "[12,24]") + "}"),
                "Cannot read m.safetensors: tensor a is F32[2, 2] at [0, 12] (must be F32, F16 or BF16 of [2, 2])");
    }

    @Test
    void refusesTensorsThatLieOnEachOther() {
        assertRefused(
                file("{" + A + "," + B.replace("[16,28]", "[12,24]") + "}", 1, 2, 3, 4, 5, 6, 7),
                "Cannot read m.safetensors: no tensor starts at byte 16 of the values");
    }

    @Test
    void refusesMissingAndUnknownTensors() {
        assertRefused(file("{" + A + "}", 1, 2, 3, 4), "Cannot read m.safetensors: tensor b is missing");
        assertRefused(
                file("{" + A + "," + B + ",\"lora_A\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[28,32]}}"),
                "Cannot read m.safetensors: tensor lora_A is not part of this model");
    }

    @Test
    void refusesTrailingBytes() throws IOException {
        byte[] whole = written(BlockVector.zeros(7));
        assertRefused(
                Arrays.copyOf(whole, whole.length + 1), "Cannot read m.safetensors: bytes follow the last tensor");
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(MalformedModelException.class)
                .hasMessage(message);
    }

    private static BlockVector read(byte[] bytes) throws IOException {
        return Safetensors.read(new ByteArrayInputStream(bytes), LAYOUT, "m.safetensors");
    }

    private static byte[] written(BlockVector values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(out, LAYOUT, values);
        return out.toByteArray();
    }

    private static byte[] file(String header, float... values) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer =
                ByteBuffer.allocate(8 + json.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(json.length).put(json);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return buffer.array();
    }
}
