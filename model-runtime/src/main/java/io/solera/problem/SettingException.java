package io.solera.problem;

import org.jspecify.annotations.Nullable;

/**
 * A setting that cannot be. A record names its own components, as keys are written ({@code gradient-clip}); what reads
 * a job knows under which path and in which line the user wrote the key ({@link #at}).
 */
public final class SettingException extends IllegalArgumentException implements Problem {
    private final String key;
    private final @Nullable String value;
    private final String why;

    private SettingException(String key, @Nullable String value, String why, @Nullable Throwable cause) {
        super(text(key, value, "", why), cause);
        this.key = key;
        this.value = value;
        this.why = why;
    }

    /**
     * @param key with the path below the record that checks it, such as {@code critic.trunk}
     * @param rule as {@code must be at least 1}
     */
    public SettingException(String key, Object value, String rule) {
        this(key, String.valueOf(value), rule, null);
    }

    /** What was refused while the value of a key was read; its message is kept as it is. */
    public static SettingException of(String key, RequestException refused) {
        return new SettingException(key, null, String.valueOf(refused.getMessage()), refused);
    }

    /** The same of a key below another. */
    public SettingException within(String above) {
        return new SettingException(above + "." + key, value, why, getCause());
    }

    public String key() {
        return key;
    }

    /**
     * The message about the same setting where the user wrote it.
     *
     * @param path of the key in the job
     * @param place such as {@code at line 3}; empty: the job does not have the key
     * @param shown the value as the user wrote it; null: as the check saw it
     */
    public String at(String path, String place, @Nullable String shown) {
        return text(path, value == null || shown == null ? value : shown, place.isEmpty() ? "" : " " + place, why);
    }

    @Override
    public Category category() {
        return Category.REQUEST;
    }

    private static String text(String key, @Nullable String value, String place, String why) {
        return value == null
                ? "%s%s: %s".formatted(key, place, why)
                : "Invalid %s: %s%s (%s)".formatted(key, value, place, why);
    }
}
