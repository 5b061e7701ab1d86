package io.solera.jobs;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Solera.class.getPackage().getImplementationVersion();
        return new String[] {"solera " + (version == null ? "(not from a jar)" : version)};
    }
}
