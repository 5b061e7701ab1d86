package io.solera.reward.dna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestJasparMarks {
    private static final String MOTIF = ">MA1\tx\nA [ 1 0 ]\nC [ 0 1 ]\nG [ 0 0 ]\nT [ 2 2 ]\n";

    private static List<Motif> read(String text) throws IOException {
        return JasparFile.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "m.jaspar");
    }

    @Test
    void readsMotifsAfterAByteOrderMarkAndOfRna() throws IOException {
        assertThat(read("\uFEFF" + MOTIF)).isEqualTo(read(MOTIF)).hasSize(1);
        assertThat(read(MOTIF.replace("\nT", "\nU"))).isEqualTo(read(MOTIF));
    }

    @Test
    void refusesBytesThatAreNoText() {
        byte[] latin = ">MA1 \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> JasparFile.read(new ByteArrayInputStream(latin), "m.jaspar"))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot read m.jaspar: its bytes are not UTF-8 (save it as UTF-8)");
    }
}
