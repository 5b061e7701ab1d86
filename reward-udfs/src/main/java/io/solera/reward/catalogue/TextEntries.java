package io.solera.reward.catalogue;

import java.util.List;

/** The rewards on texts. */
final class TextEntries {
    static final List<RewardEntry> ALL = List.of();

    private TextEntries() {}
}
