package io.solera.reward.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a catalogue reward.
 *
 * @param otherwise the default; null if the argument is required, empty for none
 */
public record Argument(String name, @Nullable String otherwise, String summary) {}
