package io.solera.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.solera.checkpoint.Gpt2Config;
import org.junit.jupiter.api.Test;

class TestNetworkPool {
    private static final Gpt2Config SMALL = Gpt2Config.of(7, 9, 8, 1, 2);

    @Test
    void aNetworkServesOneTaskAtATime() {
        try (NetworkPool.Lease first = NetworkPool.lease(SMALL);
                NetworkPool.Lease second = NetworkPool.lease(SMALL)) {
            assertThat(second.network()).isNotSameAs(first.network());
        }
    }

    @Test
    void aNetworkGivenBackIsLentAgain() {
        Network network;
        try (NetworkPool.Lease lease = NetworkPool.lease(SMALL)) {
            network = lease.network();
        }
        try (NetworkPool.Lease lease = NetworkPool.lease(SMALL)) {
            assertThat(lease.network()).isSameAs(network);
        }
    }

    @Test
    void givingBackTwiceLendsOnce() {
        NetworkPool.Lease lease = NetworkPool.lease(SMALL);
        lease.close();
        lease.close();
        try (NetworkPool.Lease first = NetworkPool.lease(SMALL);
                NetworkPool.Lease second = NetworkPool.lease(SMALL)) {
            assertThat(second.network()).isNotSameAs(first.network());
        }
    }

    @Test
    void networksAreLentByShape() {
        NetworkPool.lease(SMALL).close();
        try (NetworkPool.Lease lease = NetworkPool.lease(Gpt2Config.of(7, 9, 16, 1, 2))) {
            assertThat(lease.network().config().hiddenSize()).isEqualTo(16);
        }
    }
}
