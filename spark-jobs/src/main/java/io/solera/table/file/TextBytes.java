package io.solera.table.file;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A growing buffer of the bytes of a cell or line, and its validated text. */
final class TextBytes {
    /** Maximum length of a cell or line. */
    static final int MAX_LENGTH = 64 << 20;

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

    /** @return false if it is too long */
    boolean add(int b) {
        if (size == bytes.length) {
            if (size >= MAX_LENGTH) {
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

    /** The text; null if the bytes are invalid. */
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

    /** Why the bytes are not text, and the way out. */
    String problem() {
        for (int k = 0; k < size; k++) {
            if (bytes[k] == 0) {
                return "a byte is 0, which is not text (if the file is UTF-16: --encoding utf-16le or utf-16be)";
            }
        }
        for (int k = 0; k < size; k++) {
            if (bytes[k] < 0) {
                return ("the byte 0x%02X at or after character %d is not %s (set the file's encoding, such as "
                                + "--encoding cp1252, or save it as UTF-8)")
                        .formatted(bytes[k], k + 1, charset.name());
            }
        }
        return "its bytes are not " + charset.name();
    }
}
