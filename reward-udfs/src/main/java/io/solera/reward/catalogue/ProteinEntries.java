package io.solera.reward.catalogue;

import java.util.List;

/** The rewards on proteins. */
final class ProteinEntries {
    static final List<RewardEntry> ALL = List.of();

    private ProteinEntries() {}
}
