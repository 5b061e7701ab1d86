package io.solera.table.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text of another encoding as UTF-8; bytes that are none of it are refused. */
final class Utf8Stream extends InputStream {
    private final Reader reader;
    private final Charset charset;
    private final String file;
    private final char[] chars = new char[1 << 13];
    private int kept;
    private byte[] bytes = new byte[0];
    private int next;

    Utf8Stream(InputStream in, Charset charset, String file) {
        this.reader = new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        this.charset = charset;
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        return next < bytes.length || fill() ? bytes[next++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (next >= bytes.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, bytes.length - next);
        System.arraycopy(bytes, next, target, offset, count);
        next += count;
        return count;
    }

    private boolean fill() throws IOException {
        int count;
        try {
            do {
                count = reader.read(chars, kept, chars.length - kept);
            } while (count == 0);
        } catch (CharacterCodingException e) {
            throw new MalformedTableException(
                    "Cannot read %s: its bytes are no %s (say by --encoding how it is written)"
                            .formatted(file, charset.name()),
                    e);
        }
        int all = kept + Math.max(0, count);
        // both halves of a pair go together
        int whole = count > 0 && Character.isHighSurrogate(chars[all - 1]) ? all - 1 : all;
        bytes = new String(chars, 0, whole).getBytes(StandardCharsets.UTF_8);
        next = 0;
        System.arraycopy(chars, whole, chars, 0, all - whole);
        kept = all - whole;
        return bytes.length > 0 || (count > 0 && fill());
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
