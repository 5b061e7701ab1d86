package io.solera.reward.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * An argument of a catalogue reward.
 *
 * @param otherwise what it is when it is not given; null when it must be given, empty for nothing
 */
public record Argument(String name, @Nullable String otherwise, String summary) {}
