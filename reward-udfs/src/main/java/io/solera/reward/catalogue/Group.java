package io.solera.reward.catalogue;

import java.util.List;

/** A chapter of the catalogue. */
public record Group(String title, List<RewardEntry> entries) {
    public Group {
        entries = List.copyOf(entries);
    }
}
