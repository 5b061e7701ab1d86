package io.solera.jobs.input;

import io.solera.checkpoint.Policy;
import io.solera.checkpoint.file.Folder;
import io.solera.checkpoint.file.ModelFiles;
import io.solera.lang.Sha256;
import io.solera.reward.catalogue.Permission;
import io.solera.reward.catalogue.Resources;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;

/**
 * Models and tables that rewards read when they are made, with a digest of their content: a file of the same name may
 * change.
 */
public final class ReadInputs implements Resources {
    private static final int DIGITS = 12;

    private final Resources inner;
    private final Map<String, String> digests = new TreeMap<>();

    public ReadInputs(Resources inner) {
        this.inner = inner;
    }

    /**
     * By the name that the reward has for it, or that and the name of a file in it: the beginning of the content's
     * SHA-256.
     */
    public Map<String, String> digests() {
        return Map.copyOf(digests);
    }

    @Override
    public Folder folder(String name) throws IOException {
        Folder folder = inner.folder(name);
        return new Folder() {
            @Override
            public InputStream open(String file) throws IOException {
                return digested(name + "/" + file, folder.open(file));
            }

            @Override
            public OutputStream create(String file) throws IOException {
                return folder.create(file);
            }

            @Override
            public boolean exists(String file) throws IOException {
                return folder.exists(file);
            }

            @Override
            public long size(String file) throws IOException {
                return folder.size(file);
            }

            @Override
            public String location() {
                return folder.location();
            }
        };
    }

    @Override
    public Policy policy(String name) throws IOException {
        Policy policy = inner.policy(name);
        if (!name.equals("reference")) { // which the run has a hash of
            Folder folder = folder(name);
            if (folder.exists(ModelFiles.WEIGHTS)) {
                try (InputStream in = folder.open(ModelFiles.WEIGHTS)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
        }
        return policy;
    }

    @Override
    public InputStream open(String path) throws IOException {
        return digested(path, inner.open(path));
    }

    @Override
    public boolean allows(Permission permission) {
        return inner.allows(permission);
    }

    private InputStream digested(String name, InputStream in) {
        Sha256 hash = new Sha256();
        return new FilterInputStream(hash.reading(in)) {
            private boolean closed;

            @Override
            public void close() throws IOException {
                if (!closed) {
                    closed = true;
                    digests.put(name, hash.hex().substring(0, DIGITS));
                }
                super.close();
            }
        };
    }
}
