package io.solera.reward.catalogue;

import java.util.List;

/** The rewards on DNA. */
final class DnaEntries {
    static final List<RewardEntry> ALL = List.of();

    private DnaEntries() {}
}
