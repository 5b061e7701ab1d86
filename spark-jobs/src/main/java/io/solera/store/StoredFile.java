package io.solera.store;

/** A file of a round: its name below the attempt's folder, its size and its SHA-256. */
public record StoredFile(String name, long bytes, String sha256) {}
