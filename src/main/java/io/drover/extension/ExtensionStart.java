package io.drover.extension;

import io.drover.access.Actor;
import io.drover.home.StartStep;
import org.springframework.stereotype.Component;

/** Unpacks and registers extensions at start. */
@Component
class ExtensionStart extends StartStep {
    private final BuiltInExtensions builtIns;
    private final UnpackedVersions unpacked;
    private final SealedStorage sealed;
    private final ExtensionScan scan;

    ExtensionStart(BuiltInExtensions builtIns, UnpackedVersions unpacked, SealedStorage sealed, ExtensionScan scan) {
        super(0);
        this.builtIns = builtIns;
        this.unpacked = unpacked;
        this.sealed = sealed;
        this.scan = scan;
    }

    @Override
    protected void run() {
        sealed.complete();
        unpacked.removeRemains();
        builtIns.unpack();
        scan.run(Actor.SYSTEM);
    }
}
