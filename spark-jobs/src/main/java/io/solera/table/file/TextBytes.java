package io.solera.table.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes of a cell or line that grow, and the text that they are, checked. */
final class TextBytes {
    /** The longest cell or line. */
    static final int LONGEST = 64 << 20;

    private final Charset charset;
    private final CharsetDecoder decoder;
    private byte[] bytes = new byte[256];
    private int size;
    private boolean ascii = true;

    TextBytes(Charset charset) {
        this.charset = charset;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    void clear() {
        size = 0;
        ascii = true;
    }

    /** @return false when it is too long */
    boolean add(int b) {
        if (size == bytes.length) {
            if (size >= LONGEST) {
                return false;
            }
            bytes = Arrays.copyOf(bytes, 2 * size);
        }
        bytes[size++] = (byte) b;
        ascii &= b > 0 && b < 128;
        return true;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The text; null where the bytes are none. */
    @Nullable
    String text() {
        if (ascii) {
            return new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
        }
        try {
            String text = decoder.decode(ByteBuffer.wrap(bytes, 0, size)).toString();
            return text.indexOf('\0') < 0 ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Why the bytes are no text, and what to do. */
    String problem() {
        for (int k = 0; k < size; k++) {
            if (bytes[k] == 0) {
                return "a byte is 0, which is no text (if the file is UTF-16: --encoding utf-16le or utf-16be)";
            }
        }
        for (int k = 0; k < size; k++) {
            if (bytes[k] < 0) {
                return "the byte 0x%02X at or after character %d is no %s (say how the file is written, such as --encoding cp1252, or save it as UTF-8)"
                        .formatted(bytes[k], k + 1, charset.name());
            }
        }
        return "its bytes are no " + charset.name();
    }
}
