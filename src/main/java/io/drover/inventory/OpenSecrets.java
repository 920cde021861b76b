package io.drover.inventory;

import io.drover.home.StartStep;
import org.springframework.stereotype.Component;

/** Seals what an earlier release has stored in the open and what is known to be secret now. */
@Component
class OpenSecrets extends StartStep {
    private final Details details;

    OpenSecrets(Details details) {
        super(0);
        this.details = details;
    }

    @Override
    protected void run() {
        details.sealUrls();
    }
}
