package io.solera.lang;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestNearest {
    @Test
    void hasTheFewestEdits() {
        assertThat(Nearest.of("qedd", List.of("logp", "qed", "sa"))).contains("qed");
    }

    @Test
    void isTheFirstOfSeveral() {
        assertThat(Nearest.of("ab", List.of("ac", "ad"))).contains("ac");
    }

    @Test
    void needsANameToBeNear() {
        assertThat(Nearest.of("qed", List.of())).isEmpty();
    }
}
