package io.solera.jobs.console;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String text() {
        String version = Version.class.getPackage().getImplementationVersion();
        return "solera " + (version == null ? "(not from a jar)" : version);
    }
}
