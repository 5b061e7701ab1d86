package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads an event file by its format alone, with sums of a bitwise CRC-32C, and no part of what writes it. */
final class EventReader {
    /** A number of an event. */
    record Point(double time, long step, String tag, float value) {}

    private EventReader() {}

    static List<Point> points(Path file) throws IOException {
        List<Point> points = new ArrayList<>();
        ByteBuffer in = little(Files.readAllBytes(file));
        boolean first = true;
        while (in.hasRemaining()) {
            byte[] length = bytes(in, 8);
            assertThat(in.getInt()).as("sum of a length").isEqualTo(masked(length));
            byte[] data = bytes(in, Math.toIntExact(little(length).getLong()));
            assertThat(in.getInt()).as("sum of a record").isEqualTo(masked(data));
            event(little(data), first, points);
            first = false;
        }
        return points;
    }

    private static void event(ByteBuffer event, boolean first, List<Point> points) {
        double time = Double.NaN;
        long step = 0;
        String version = "";
        while (event.hasRemaining()) {
            int field = (int) varint(event);
            switch (field >>> 3) {
                case 1 -> time = event.getDouble();
                case 2 -> step = varint(event);
                case 3 -> version = text(event);
                case 5 -> {
                    ByteBuffer summary = message(event);
                    while (summary.hasRemaining()) {
                        assertThat(varint(summary)).as("a value").isEqualTo(0x0a);
                        value(message(summary), time, step, points);
                    }
                }
                default -> throw new AssertionError("field " + (field >>> 3));
            }
        }
        assertThat(version).isEqualTo(first ? "brain.Event:2" : "");
    }

    private static void value(ByteBuffer value, double time, long step, List<Point> points) {
        assertThat(varint(value)).as("a tag").isEqualTo(0x0a);
        String tag = text(value);
        assertThat(varint(value)).as("a simple value").isEqualTo(0x15);
        points.add(new Point(time, step, tag, value.getFloat()));
        assertThat(value.hasRemaining()).isFalse();
    }

    private static String text(ByteBuffer in) {
        ByteBuffer text = message(in);
        return StandardCharsets.UTF_8.decode(text).toString();
    }

    private static ByteBuffer message(ByteBuffer in) {
        return little(bytes(in, (int) varint(in)));
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static int masked(byte[] bytes) {
        int sum = ~0;
        for (byte one : bytes) {
            sum ^= one & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum >>> 1 ^ ((sum & 1) == 0 ? 0 : 0x82F63B78);
            }
        }
        sum = ~sum;
        return (sum >>> 15 | sum << 17) + 0xa282ead8;
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
