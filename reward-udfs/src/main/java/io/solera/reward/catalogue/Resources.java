package io.solera.reward.catalogue;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import java.io.IOException;
import java.io.InputStream;

/** External resources that a reward needs when it is created: the caller knows the file systems and the models. */
public interface Resources {
    /** A policy by its path, or by a name that the caller defines, such as {@code reference}. */
    Policy policy(String name) throws IOException;

    /** The folder of a model of another kind. */
    Folder folder(String path) throws IOException;

    InputStream open(String path) throws IOException;

    /**
     * Whether a reward may do something dangerous: only if the author of its arguments may run programs here anyway,
     * like the owner of a job, and allows it explicitly; never for anyone who can just send a query.
     */
    default boolean allows(Permission permission) {
        return false;
    }
}
