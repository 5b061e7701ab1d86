package io.solera.reward.sql;

import io.solera.reward.BoundedCache;
import io.solera.reward.Guarded;
import io.solera.reward.Reward;
import io.solera.reward.catalogue.RewardCall;
import io.solera.reward.catalogue.RewardCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The rewards that queries use on this JVM, each made once, by its call, its version and the file systems that it was read from. */
final class LoadedRewards {
    private static final BoundedCache<Key, Reward> REWARDS = new BoundedCache<>(64);

    private record Key(RewardCall call, int version, HadoopSettings settings) {}

    private LoadedRewards() {}

    /**
     * One thread at a time, so that no model is read twice.
     *
     * @throws IllegalArgumentException when an argument has no such value
     */
    public static synchronized Reward of(RewardCall call, HadoopSettings settings) {
        int version = RewardCatalogue.entry(call.name()).version();
        return REWARDS.get(new Key(call, version, settings), key -> made(call, settings));
    }

    private static Reward made(RewardCall call, HadoopSettings settings) {
        try {
            return new Guarded(RewardCatalogue.create(
                    call, new HadoopResources(settings.configuration(), SqlPermissions.granted())));
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }
}
