package io.drover.operation;

import io.drover.history.History;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Puts the ends of operations on the record. */
@Component
class OperationEndings {
    private static final Logger LOG = LoggerFactory.getLogger(OperationProgress.class);

    private final VmGround ground;
    private final History history;

    OperationEndings(VmGround ground, History history) {
        this.ground = ground;
        this.history = history;
    }

    void record(Operation ended) {
        LOG.info(
                "Operation {} ({}) has ended: {}{}",
                ended.id(),
                ended.verb(),
                ended.state(),
                ended.error() == null ? "" : ", " + ended.error().message());
        var body = new LinkedHashMap<String, Object>();
        body.put("verb", ended.verb());
        body.put("vm", ended.vmId());
        if (ended.call() != null) {
            body.put("customAction", ended.call().action());
        }
        if (ended.error() != null) {
            body.put("error", ended.error());
        }
        if (ground.isForced(ended.id())) {
            body.put("forced", true);
        }
        var kind = "operation." + ended.state().name().toLowerCase(Locale.ROOT);
        history.append(ended.requestedBy(), kind, OperationControl.subject(ended), Map.copyOf(body));
    }
}
