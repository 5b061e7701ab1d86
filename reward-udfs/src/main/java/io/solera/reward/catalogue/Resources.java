package io.solera.reward.catalogue;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import java.io.IOException;
import java.io.InputStream;

/** What a reward needs from outside while it is made: the caller knows the file systems and the models. */
public interface Resources {
    /** A policy by its path, or by a name that the caller gives a meaning, such as {@code reference}. */
    Policy policy(String name) throws IOException;

    /** The folder of a model of another kind. */
    Folder folder(String path) throws IOException;

    InputStream open(String path) throws IOException;

    /**
     * Whether a reward may do what can harm. It may where whoever wrote its arguments may run programs here anyway, as the owner of a
     * job, and says so; never for whoever can send a query.
     */
    default boolean allows(Permission permission) {
        return false;
    }
}
