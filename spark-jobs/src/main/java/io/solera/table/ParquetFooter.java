package io.solera.table;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the logical types in a Parquet footer that Spark does not accept: 16-bit floats, for which the Parquet library
 * of Spark 3.5 refuses the whole file, and UUIDs. Such an annotation, the field {@code logicalType} of a
 * {@code SchemaElement}, is skipped by readers once its field number is increased by one, which keeps the size.
 *
 * <p>The footer uses Thrift's compact protocol: <a
 * href="https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift">parquet.thrift</a>, <a
 * href="https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md">its specification</a>.
 */
final class ParquetFooter {
    /** The hidden annotations, by their number in the union {@code LogicalType}. */
    static final int UUID = 14;

    static final int FLOAT16 = 15;
    /** Added to the byte of a field to get the next field number. */
    static final int NEXT_FIELD = 0x10;

    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;
    /** Size of a value in bytes by type number; 0: a variable-length number. */
    private static final int[] BYTES = {0, 0, 0, 1, 0, 0, 0, 8};

    private static final int DEEPEST = 32;
    private static final int SCHEMA = 2;
    private static final int CHILDREN = 5;
    private static final int LOGICAL_TYPE = 10;

    private final ByteBuffer bytes;
    private final List<Integer> leaves = new ArrayList<>();
    private final List<Integer> hidden = new ArrayList<>();

    private ParquetFooter(byte[] footer) {
        bytes = ByteBuffer.wrap(footer);
    }

    /** @throws IllegalArgumentException if the bytes are not a footer */
    static ParquetFooter of(byte[] footer) {
        ParquetFooter found = new ParquetFooter(footer);
        try {
            found.read();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IllegalArgumentException("its footer is damaged", e);
        }
        return found;
    }

    /** The logical type number of each column of values, in order; 0 if there is none. */
    List<Integer> leaves() {
        return List.copyOf(leaves);
    }

    /** The offsets in the footer of the bytes to which {@link #NEXT_FIELD} is added. */
    List<Integer> hidden() {
        return List.copyOf(hidden);
    }

    private void read() {
        int field = 0;
        for (int head = next(); head != 0; head = next()) {
            field = number(head, field);
            if (field == SCHEMA) {
                int kind = next();
                for (int left = size(kind); left > 0; left--) {
                    element();
                }
                return;
            }
            skip(head & 0xf, 0);
        }
    }

    private void element() {
        boolean leaf = true;
        int meaning = 0;
        int field = 0;
        for (int head = next(); head != 0; head = next()) {
            int place = bytes.position() - 1;
            boolean counted = head >> 4 != 0;
            field = number(head, field);
            leaf &= field != CHILDREN;
            if (field == LOGICAL_TYPE && (head & 0xf) == STRUCT) {
                meaning = union();
                if ((meaning == FLOAT16 || meaning == UUID) && counted) {
                    hidden.add(place);
                }
            } else {
                skip(head & 0xf, 0);
            }
        }
        if (leaf) {
            leaves.add(meaning);
        }
    }

    /** The number of the last field of a union, its only one. */
    private int union() {
        int field = 0;
        for (int head = next(); head != 0; head = next()) {
            field = number(head, field);
            skip(head & 0xf, 0);
        }
        return field;
    }

    private int next() {
        return bytes.get() & 0xff;
    }

    private int number(int head, int last) {
        if (head >> 4 != 0) {
            return last + (head >> 4);
        }
        long number = variable();
        return (int) (number >>> 1 ^ -(number & 1));
    }

    private int size(int head) {
        return head >> 4 == 0xf ? length() : head >> 4;
    }

    private int length() {
        long length = variable();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        return (int) length;
    }

    private long variable() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int b = next();
            number |= (b & 0x7fL) << shift;
            if (b < 0x80) {
                return number;
            }
        }
        throw new BufferUnderflowException();
    }

    private void skip(int type, int depth) {
        if (depth > DEEPEST || type < 1 || type > STRUCT) {
            throw new IllegalArgumentException("a value of type %d at depth %d".formatted(type, depth));
        }
        switch (type) {
            case BINARY -> pass(length());
            case LIST, SET -> {
                int kind = next();
                for (int left = size(kind); left > 0; left--) {
                    skipElement(kind & 0xf, depth);
                }
            }
            case MAP -> {
                int left = length();
                int kinds = left == 0 ? 0 : next();
                for (; left > 0; left--) {
                    skipElement(kinds >> 4, depth);
                    skipElement(kinds & 0xf, depth);
                }
            }
            case STRUCT -> {
                int field = 0;
                for (int head = next(); head != 0; head = next()) {
                    field = number(head, field);
                    skip(head & 0xf, depth + 1);
                }
            }
            default -> {
                if (type > 2 && BYTES[type] > 0) {
                    pass(BYTES[type]);
                } else if (type > 2) {
                    variable();
                }
            }
        }
    }

    /** In a list a boolean also has a byte. */
    private void skipElement(int type, int depth) {
        if (type == 1 || type == 2) {
            pass(1);
        } else {
            skip(type, depth + 1);
        }
    }

    private void pass(int count) {
        if (count > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + count);
    }
}
