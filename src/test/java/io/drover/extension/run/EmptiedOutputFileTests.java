package io.drover.extension.run;

import java.nio.file.Path;

/** The same accounting where blocks cannot be given back. */
class EmptiedOutputFileTests extends OutputFileTests {

    @Override
    HolePunch punch() {
        return new HolePunch(Path.of("/no/such/fallocate"));
    }
}
