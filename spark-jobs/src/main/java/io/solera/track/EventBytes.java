package io.solera.track;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.zip.CRC32C;

/**
 * The bytes of TensorBoard's event files. A record of TFRecord is {@code length: u64, crc(length): u32, data,
 * crc(data): u32}, little-endian, with masked CRC-32C sums; its data is a message {@code Event} of Protocol Buffers:
 * {@code wall_time: double = 1, step: int64 = 2, file_version: string = 3, summary: Summary = 5}, with {@code Summary
 * (value: repeated Value = 1)} and {@code Value (tag: string = 1, simple_value: float = 2)}.
 */
final class EventBytes {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;
    private static final int FRAME = Long.BYTES + 2 * Integer.BYTES;

    /** Bytes of the first record of a file. */
    static final int HEAD = FRAME + 1 + Double.BYTES + 2 + VERSION.length();

    // a field's number and its wire type: 0 varint, 1 of 8 bytes, 2 of a length, 5 of 4 bytes
    private static final int WALL_TIME = 1 << 3 | 1;
    private static final int STEP = 2 << 3;
    private static final int FILE_VERSION = 3 << 3 | 2;
    private static final int SUMMARY = 5 << 3 | 2;
    private static final int VALUE = 1 << 3 | 2;
    private static final int TAG = 1 << 3 | 2;
    private static final int SIMPLE_VALUE = 2 << 3 | 5;

    private EventBytes() {}

    /**
     * The first record of a file.
     *
     * @param start the time of its first event, seconds since 1970
     */
    static byte[] head(double start) {
        byte[] bytes = new byte[HEAD - FRAME];
        ByteBuffer data = little(bytes);
        data.put((byte) WALL_TIME).putDouble(start);
        data.put((byte) FILE_VERSION).put((byte) VERSION.length()).put(utf8(VERSION));
        return record(bytes);
    }

    /** The time that a first record has; empty if the bytes are not one. */
    static OptionalDouble start(byte[] head) {
        if (head.length != HEAD) {
            return OptionalDouble.empty();
        }
        double start = little(head).getDouble(Long.BYTES + Integer.BYTES + 1);
        return Arrays.equals(head(start), head) ? OptionalDouble.of(start) : OptionalDouble.empty();
    }

    /** A record with the numbers of one place. */
    static byte[] event(double start, Scalars scalars) {
        int size = 0;
        for (String tag : scalars.values().keySet()) {
            int value = valueSize(utf8(tag).length);
            size += 1 + varintSize(value) + value;
        }
        byte[] bytes = new byte[1 + Double.BYTES + 1 + varintSize(scalars.step()) + 1 + varintSize(size) + size];
        ByteBuffer data = little(bytes);
        data.put((byte) WALL_TIME).putDouble(start + scalars.seconds());
        if (scalars.step() != 0) { // the default of a field is not written
            data.put((byte) STEP);
            varint(data, scalars.step());
        }
        data.put((byte) SUMMARY);
        varint(data, size);
        scalars.values().forEach((name, number) -> {
            byte[] tag = utf8(name);
            data.put((byte) VALUE);
            varint(data, valueSize(tag.length));
            data.put((byte) TAG);
            varint(data, tag.length);
            data.put(tag).put((byte) SIMPLE_VALUE).putFloat(number.floatValue());
        });
        return record(Arrays.copyOf(bytes, data.position()));
    }

    private static int valueSize(int tag) {
        return 1 + varintSize(tag) + tag + 1 + Float.BYTES;
    }

    private static byte[] record(byte[] data) {
        byte[] length = new byte[Long.BYTES];
        little(length).putLong(data.length);
        byte[] record = new byte[FRAME + data.length];
        little(record).put(length).putInt(masked(length)).put(data).putInt(masked(data));
        return record;
    }

    private static int masked(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }

    private static void varint(ByteBuffer to, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static int varintSize(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
