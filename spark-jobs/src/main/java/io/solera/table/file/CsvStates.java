package io.solera.table.file;

import java.io.IOException;
import java.io.InputStream;

/**
 * The states of a reader of CSV, and to which of them a piece of a file leads from each: so that many tasks can look at a large file at
 * once, and its pieces then be read from the right state.
 */
public final class CsvStates {
    public static final int START = 0;
    static final int PLAIN = 1;
    static final int QUOTED = 2;
    /** After a quote inside of quotes: the cell ends, or the quote is doubled. */
    static final int CLOSED = 3;
    /** Something follows a closing quote: no CSV. */
    public static final int BROKEN = 4;

    private static final int ALL = 5;
    private static final int STARTS = 4;
    /** Four states at once, as digits of base 5. */
    private static final int SETS = ALL * ALL * ALL * ALL;

    private static final int KINDS = 4;
    private static final int[][] NEXT = {
        {PLAIN, QUOTED, START, START},
        {PLAIN, PLAIN, START, START},
        {QUOTED, CLOSED, QUOTED, QUOTED},
        {BROKEN, QUOTED, START, START},
        {BROKEN, BROKEN, BROKEN, BROKEN}
    };
    private static final int[] TABLE = table();

    private CsvStates() {}

    /** The state after a byte. */
    static int next(int state, int b, char separator) {
        return NEXT[state][kind(b, separator)];
    }

    /** The states that the next bytes lead to, from START, PLAIN, QUOTED and CLOSED. */
    public static int[] after(InputStream in, long bytes, char separator) throws IOException {
        int[] kinds = new int[256];
        for (int b = 0; b < kinds.length; b++) {
            kinds[b] = kind(b, separator);
        }
        int set = 0;
        for (int start = STARTS - 1; start >= 0; start--) {
            set = set * ALL + start;
        }
        byte[] buffer = new byte[1 << 16];
        long left = bytes;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (read < 0) {
                break;
            }
            for (int k = 0; k < read; k++) {
                set = TABLE[set * KINDS + kinds[buffer[k] & 0xff]];
            }
            left -= read;
        }
        int[] states = new int[ALL];
        for (int start = 0; start < STARTS; start++) {
            states[start] = set % ALL;
            set /= ALL;
        }
        states[BROKEN] = BROKEN;
        return states;
    }

    private static int kind(int b, char separator) {
        return b == '"' ? 1 : b == separator ? 2 : b == '\n' || b == '\r' ? 3 : 0;
    }

    private static int[] table() {
        int[] table = new int[SETS * KINDS];
        for (int set = 0; set < SETS; set++) {
            for (int kind = 0; kind < KINDS; kind++) {
                int result = 0;
                int rest = set;
                int place = 1;
                for (int start = 0; start < STARTS; start++) {
                    result += place * NEXT[rest % ALL][kind];
                    rest /= ALL;
                    place *= ALL;
                }
                table[set * KINDS + kind] = result;
            }
        }
        return table;
    }
}
