package io.solera.reward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestBoundedCache {
    @Test
    void forgetsWhatWasNotUsedForLongest() {
        AtomicInteger computed = new AtomicInteger();
        BoundedCache<String, Integer> cache = new BoundedCache<>(2);
        for (String key : new String[] {"a", "bb", "a", "ccc", "a", "bb"}) {
            assertThat(cache.get(key, text -> {
                        computed.incrementAndGet();
                        return text.length();
                    }))
                    .isEqualTo(key.length());
        }
        assertThat(computed).hasValue(4);
        assertThat(cache.size()).isEqualTo(2);
    }
}
