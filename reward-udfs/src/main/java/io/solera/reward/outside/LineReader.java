package io.solera.reward.outside;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 whose length is bounded, so that a program without line ends cannot fill the memory. */
final class LineReader {
    private final InputStream in;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;

    LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next line without its end; null if no complete line follows.
     *
     * @throws LostAnswerException if it has more bytes than {@code limit}
     */
    @Nullable
    String next(int limit) throws IOException, LostAnswerException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (at == end) {
                at = 0;
                end = Math.max(0, in.read(buffer));
                if (end == 0) {
                    return null;
                }
            }
            int begin = at;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, begin, at - begin);
            if (line.size() > limit) {
                throw LostAnswerException.failed(
                        "Cannot read an answer: it is longer than %d bytes (smaller batches have shorter ones)"
                                .formatted(limit));
            }
            if (at < end) {
                at++;
                return line.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
