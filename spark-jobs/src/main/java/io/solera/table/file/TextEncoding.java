package io.solera.table.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Recognises how a file of text is written, from its first bytes: by a byte order mark; else UTF-16 by its bytes that are 0; else UTF-8
 * where they are that; else cp1252 where they look like it. What is none of it stays UTF-8, and is refused where its row is read.
 */
public final class TextEncoding {
    /** Bytes that are looked at. */
    static final int LOOKED_AT = 1 << 20;

    private static final Map<String, byte[]> MARKS = new LinkedHashMap<>();

    static {
        MARKS.put("UTF-8", bytes(0xEF, 0xBB, 0xBF));
        // before that of UTF-16, with which it begins
        MARKS.put("UTF-32LE", bytes(0xFF, 0xFE, 0, 0));
        MARKS.put("UTF-32BE", bytes(0, 0, 0xFE, 0xFF));
        MARKS.put("UTF-16LE", bytes(0xFF, 0xFE));
        MARKS.put("UTF-16BE", bytes(0xFE, 0xFF));
    }

    private TextEncoding() {}

    /**
     * @param first at most {@link #LOOKED_AT} bytes; fewer are the whole file
     * @param asked by the user; a mark in the file overrules it
     */
    static Dialect of(byte[] first, @Nullable String asked) {
        for (Map.Entry<String, byte[]> mark : MARKS.entrySet()) {
            byte[] bytes = mark.getValue();
            if (first.length >= bytes.length
                    && ByteBuffer.wrap(first, 0, bytes.length).equals(ByteBuffer.wrap(bytes))) {
                return new Dialect(',', mark.getKey(), bytes.length, false);
            }
        }
        if (asked != null) {
            return new Dialect(',', asked, 0, false);
        }
        boolean whole = first.length < LOOKED_AT;
        for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            if (isWide(first, wide, whole)) {
                return new Dialect(',', wide.name(), 0, true);
            }
        }
        boolean western = text(first, StandardCharsets.UTF_8, whole) == null && Western.fits(first);
        return new Dialect(',', western ? Western.CP1252.name() : "UTF-8", 0, western);
    }

    /** What was recognised in some files, for the user: a line per encoding. */
    public static List<String> notes(List<TableFile> files, List<Dialect> dialects) {
        Map<String, List<TableFile>> found = new LinkedHashMap<>();
        for (int k = 0; k < files.size(); k++) {
            if (dialects.get(k).recognised()) {
                found.computeIfAbsent(dialects.get(k).encoding(), key -> new ArrayList<>())
                        .add(files.get(k));
            }
        }
        List<String> notes = new ArrayList<>();
        found.forEach((encoding, all) -> {
            boolean western = encoding.equals(Western.CP1252.name());
            String more = all.size() == 1 ? "" : " and %d more".formatted(all.size() - 1);
            notes.add("Reading %s%s as %s (%s); --encoding sets it"
                    .formatted(
                            all.get(0).shown(),
                            more,
                            western ? "cp1252" : encoding,
                            western
                                    ? (all.size() == 1 ? "it is not UTF-8" : "they are not UTF-8")
                                    : (all.size() == 1
                                            ? "it has no byte order mark"
                                            : "they have no byte order mark")));
        });
        return notes;
    }

    /** Whether zeros are at one of two places only, and what is read then has letters, marks and line breaks alone. */
    private static boolean isWide(byte[] first, Charset charset, boolean whole) {
        int zero = charset.equals(StandardCharsets.UTF_16LE) ? 1 : 0;
        int zeros = 0;
        for (int k = 0; k < first.length; k++) {
            if (first[k] == 0) {
                if (k % 2 != zero) {
                    return false;
                }
                zeros++;
            }
        }
        String text = zeros == 0 ? null : text(first, charset, whole);
        return text != null
                && text.chars().noneMatch(c -> Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r')
                && (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || 2 * zeros >= text.length());
    }

    /** The bytes as text; null where they are none of this encoding. */
    private static @Nullable String text(byte[] first, Charset charset, boolean whole) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(first.length + 1);
        // the last character of a part may be cut
        boolean fits = !decoder.decode(ByteBuffer.wrap(first), text, whole).isError();
        return fits ? text.flip().toString() : null;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int k = 0; k < values.length; k++) {
            bytes[k] = (byte) values[k];
        }
        return bytes;
    }
}
