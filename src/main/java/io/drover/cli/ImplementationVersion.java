package io.drover.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the jar was built with. */
final class ImplementationVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = ImplementationVersion.class.getPackage().getImplementationVersion();
        return new String[] {"drover " + Objects.requireNonNullElse(version, "(not built as a jar)")};
    }
}
