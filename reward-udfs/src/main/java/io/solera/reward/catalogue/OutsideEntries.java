package io.solera.reward.catalogue;

import java.util.List;

/** The rewards that are computed outside of this program: by a process of the user's own, or by a service. */
final class OutsideEntries {
    static final List<RewardEntry> ALL = List.of();

    private OutsideEntries() {}
}
