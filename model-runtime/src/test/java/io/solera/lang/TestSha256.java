package io.solera.lang;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class TestSha256 {
    /** FIPS 180-2, appendix B.1. */
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isThatOfTheStandard() throws IOException {
        assertThat(Sha256.of("abc")).isEqualTo(ABC);
        assertThat(Sha256.of(new ByteArrayInputStream("abc".getBytes(UTF_8)))).isEqualTo(ABC);
    }

    @Test
    void partsAddUp() throws IOException {
        Sha256 hash = new Sha256().add("a");
        ByteArrayOutputStream copy = new ByteArrayOutputStream();
        try (OutputStream out = hash.writing(copy)) {
            out.write('b');
        }
        hash.reading(new ByteArrayInputStream("c".getBytes(UTF_8))).readAllBytes();

        assertThat(hash.hex()).isEqualTo(ABC);
        assertThat(copy.toString(UTF_8)).isEqualTo("b");
    }
}
