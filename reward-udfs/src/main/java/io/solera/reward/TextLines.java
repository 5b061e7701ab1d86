package io.solera.reward;

import io.solera.problem.MalformedFileException;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text files that rewards read: UTF-8 with or without a byte order mark; invalid bytes are refused, never replaced. */
public final class TextLines {
    private TextLines() {}

    /** @param name of the file, for messages */
    public static BufferedReader of(InputStream in, String name) throws IOException {
        Reader decoded = new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        BufferedReader reader = new BufferedReader(new Checked(decoded, name));
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return reader;
    }

    /** Names the file with invalid bytes. */
    private static final class Checked extends FilterReader {
        private final String name;

        Checked(Reader in, String name) {
            super(in);
            this.name = name;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            try {
                return super.read(buffer, offset, length);
            } catch (CharacterCodingException e) {
                throw new MalformedFileException(
                        "Cannot read %s: its bytes are not UTF-8 (save it as UTF-8)".formatted(name), e);
            }
        }
    }
}
