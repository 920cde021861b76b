package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The service offerings. A reference is a name or an id. */
@Service
public class ServiceOfferings {
    private static final String THING = "service offering";
    private static final int MOST_CPUS = 1024;
    private static final int MOST_MHZ = 100_000;
    private static final int MOST_MIB = 16_777_216;

    private final JdbcClient jdbc;
    private final NamedRows<ServiceOffering> rows;
    private final Details details;
    private final History history;
    private final Clock clock;

    ServiceOfferings(JdbcClient jdbc, Details details, History history, Clock clock) {
        this.jdbc = jdbc;
        this.rows = new NamedRows<>(jdbc, THING, ServiceOfferings::toOffering);
        this.details = details;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Adds a service offering.
     *
     * @throws io.drover.problem.ProblemException when the request is invalid or the name is taken
     */
    @Transactional
    public ServiceOffering create(ServiceOfferingSpec spec, Actor actor) {
        var id = UUID.randomUUID();
        var values = checked(id, spec);
        values.put("id", id);
        values.put("created_at", OffsetDateTime.now(clock));
        rows.insert(values);
        return saved(id, spec, "service-offering.created", actor);
    }

    /** The service offering, or a refusal {@code service-offering-not-found}. */
    public ServiceOffering get(String reference) {
        return rows.get(reference);
    }

    /** The service offering with this id, or a refusal. */
    public ServiceOffering get(UUID id) {
        return rows.get(id);
    }

    /** The service offering, if there is one. */
    public Optional<ServiceOffering> find(String reference) {
        return rows.find(reference);
    }

    /** The service offerings in the order of their names. */
    public Page<ServiceOffering> list(PageRequest page) {
        return rows.page(page, Map.of(), ServiceOffering::name);
    }

    /** The names of several service offerings in one query. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return rows.names(ids);
    }

    /** Changes the fields that are given; VMs that exist see it at their next start. */
    @Transactional
    public ServiceOffering update(String reference, ServiceOfferingSpec spec, Actor actor) {
        var old = rows.locked(reference);
        var wanted = new ServiceOfferingSpec(
                spec.name() == null ? old.name() : spec.name(),
                spec.cpus() == null ? Integer.valueOf(old.cpus()) : spec.cpus(),
                spec.cpuSpeedMhz() == null ? Integer.valueOf(old.cpuSpeedMhz()) : spec.cpuSpeedMhz(),
                spec.memoryMib() == null ? Integer.valueOf(old.memoryMib()) : spec.memoryMib(),
                spec.details());
        rows.update(old.id(), checked(old.id(), wanted));
        return saved(old.id(), spec, "service-offering.updated", actor);
    }

    /** Removes a service offering that no VM has; otherwise refuses with {@code in-use}. */
    @Transactional
    public void delete(String reference, Actor actor) {
        var offering = rows.get(reference);
        new Usage(jdbc, offering.id()).vms("service_offering_id").refuse(THING, offering.name());
        new Usage(jdbc, offering.id()).forgetExpunged("service_offering_id");
        details.remove(DetailOwner.SERVICE_OFFERING, offering.id());
        rows.delete(offering.id(), offering.name());
        history.append(actor, "service-offering.deleted", subject(offering), Map.of());
    }

    private Map<String, @Nullable Object> checked(UUID id, ServiceOfferingSpec spec) {
        var findings = new Findings();
        findings.name(spec.name());
        findings.range("/cpus", spec.cpus(), 1, MOST_CPUS);
        findings.range("/cpuSpeedMhz", spec.cpuSpeedMhz(), 1, MOST_MHZ);
        findings.range("/memoryMib", spec.memoryMib(), 1, MOST_MIB);
        details.check(findings, DetailOwner.SERVICE_OFFERING, id, spec.details());
        findings.refuse();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", spec.name());
        values.put("cpus", spec.cpus());
        values.put("cpu_speed_mhz", spec.cpuSpeedMhz());
        values.put("memory_mib", spec.memoryMib());
        return values;
    }

    private ServiceOffering saved(UUID id, ServiceOfferingSpec spec, String kind, Actor actor) {
        if (spec.details() != null) {
            details.merge(DetailOwner.SERVICE_OFFERING, id, spec.details());
        }
        var offering = rows.get(id);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("cpus", offering.cpus());
        body.put("cpuSpeedMhz", offering.cpuSpeedMhz());
        body.put("memoryMib", offering.memoryMib());
        body.put("details", Texts.names(spec.details()));
        history.append(actor, kind, subject(offering), body);
        return offering;
    }

    private static Subject subject(ServiceOffering offering) {
        return new Subject("service-offering", offering.id(), offering.name());
    }

    private static ServiceOffering toOffering(ResultSet row, int number) throws SQLException {
        return new ServiceOffering(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getInt("cpus"),
                row.getInt("cpu_speed_mhz"),
                row.getInt("memory_mib"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
