package io.solera.reward.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestClusters {
    @Test
    void aChainJoinsTheFirstLongerOneThatItIsLike() {
        // WKLR is like WKLRF (4 of 5); DDDD is like nothing; WKDD is like DDDD (2 of 4) but not like WKLRF (2 of 5)
        List<String> chains = List.of("WKLR", "WKLRF", "DDDD", "WKDD");
        assertThat(Clusters.of(chains, 0.5)).containsExactly("WKLRF", "WKLRF", "DDDD", "DDDD");
        assertThat(Clusters.of(chains, 1)).isEqualTo(chains);
    }

    @Test
    void equalChainsAreOneFamily() {
        assertThat(Clusters.of(List.of("WKL", "wkl"), 1)).containsExactly("WKL", "WKL");
        assertThat(Clusters.of(List.of(), 0.5)).isEmpty();
        assertThat(Clusters.of(List.of("MKX", "MKV"), 0.1)).containsExactly("MKX", "MKV");
    }
}
