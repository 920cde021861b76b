package io.drover.inventory;

import io.drover.text.Cut;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is known of whether VMs were created outside, and what follows from it. */
@Service
@Transactional
public class VmCreations {
    private static final String CREATION = """
            UPDATE vm SET creation = :creation,
                state = CASE WHEN :creation <> 'Created' AND state IN ('Running', 'Stopped') THEN 'Error' ELSE state END
            WHERE id = :vm AND creation <> :creation
            """;
    private static final String UNBIND = """
            UPDATE vm SET last_host_id = COALESCE(host_id, last_host_id), host_id = wished_host_id, cluster_id = wished_cluster_id
            WHERE id = :vm AND creation <> 'Created'
            """;
    private static final String NOTE =
            "UPDATE vm SET state_reason = :text WHERE id = :vm AND state IN ('Running', 'Stopped')";

    private final JdbcClient jdbc;
    private final NicsBeforePatch patched;

    VmCreations(JdbcClient jdbc, NicsBeforePatch patched) {
        this.jdbc = jdbc;
        this.patched = patched;
    }

    /**
     * Records what is known of the VM's creation. What is not created neither runs nor is stopped; what patches have set on a
     * VM that was created stays.
     */
    public void set(UUID vm, Creation creation) {
        jdbc.sql(CREATION).param("creation", creation.name()).param("vm", vm).update();
        if (creation == Creation.Created) {
            patched.forget(vm);
        }
    }

    /**
     * Takes a VM that was not created off the host that was chosen for it, which becomes its last one; what was wished for when
     * the VM was asked for stays. One that was created stays where it is.
     */
    public void unbind(UUID vm) {
        jdbc.sql(UNBIND).param("vm", vm).update();
    }

    /** Puts a note on a VM that runs or is stopped, or takes it off with null. */
    public void note(UUID vm, @Nullable String text) {
        jdbc.sql(NOTE)
                .param("text", text == null ? null : Cut.to(Vms.MOST_IN_REASON, Cut.clean(text), Cut.IN_RECORD))
                .param("vm", vm)
                .update();
    }
}
