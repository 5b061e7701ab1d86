package io.solera.reward;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A thread-safe LRU cache of a pure function. Two threads that miss at the same time both compute the value. */
public final class BoundedCache<K, V> {
    private final Map<K, V> values;

    public BoundedCache(int capacity) {
        values = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    public V get(K key, Function<? super K, ? extends V> function) {
        V known = find(key);
        if (known != null) {
            return known;
        }
        V value = function.apply(key);
        put(key, value);
        return value;
    }

    public @Nullable V find(K key) {
        synchronized (values) {
            return values.get(key);
        }
    }

    public void put(K key, V value) {
        synchronized (values) {
            values.put(key, value);
        }
    }

    public int size() {
        synchronized (values) {
            return values.size();
        }
    }
}
