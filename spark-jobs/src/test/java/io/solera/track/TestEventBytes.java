package io.solera.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestEventBytes {
    /** Written by TensorBoard's own writer, by docs/reference/event_file.py. */
    private static final String GOLDEN = "events.out.tfevents.golden";

    @Test
    void areThoseOfTensorBoardsOwnWriter() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        double start = 1_790_000_000.25;
        bytes.writeBytes(EventBytes.head(start));
        bytes.writeBytes(EventBytes.event(start, new Scalars(0, 0, Map.of("round/number", 0.0))));
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("qed/loss", -0.3);
        values.put("evaluation/rewards/sa_shaped", 1e-30);
        values.put("größe/" + "x".repeat(150), 3.0e38);
        bytes.writeBytes(EventBytes.event(start, new Scalars(127, 1.5, values)));
        bytes.writeBytes(EventBytes.event(start, new Scalars(128, 2, Map.of("a", 1.0))));
        bytes.writeBytes(EventBytes.event(start, new Scalars(3_000_000_000L, 1e6, Map.of("a", -0.0))));
        try (InputStream golden = TestEventBytes.class.getResourceAsStream(GOLDEN)) {
            assertThat(bytes.toByteArray()).isEqualTo(golden.readAllBytes());
        }
    }

    @Test
    void theStartIsReadFromTheFirstRecordAlone() {
        byte[] head = EventBytes.head(1_790_000_000.25);
        assertThat(head).hasSize(EventBytes.HEAD);
        assertThat(EventBytes.start(head)).hasValue(1_790_000_000.25);
        byte[] other = head.clone();
        other[EventBytes.HEAD - 1] ^= 1;
        assertThat(EventBytes.start(other)).isEmpty();
        assertThat(EventBytes.start(new byte[] {1, 2})).isEmpty();
        assertThat(EventBytes.start(new byte[EventBytes.HEAD])).isEmpty();
    }
}
