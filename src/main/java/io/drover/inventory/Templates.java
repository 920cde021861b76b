package io.drover.inventory;

import io.drover.access.Actor;
import io.drover.history.History;
import io.drover.history.Subject;
import io.drover.page.Page;
import io.drover.page.PageRequest;
import io.drover.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The templates. A reference is a name or an id. */
@Service
public class Templates {
    private static final String THING = "template";
    private static final int MOST_IN_DESCRIPTION = 1000;
    private static final Pattern ARCH = Pattern.compile("[A-Za-z0-9_-]{1,20}");

    private final JdbcClient jdbc;
    private final NamedRows<Template> rows;
    private final Details details;
    private final ObjectProvider<ExtensionNames> extensions;
    private final ObjectProvider<DeclaredDetails> declared;
    private final History history;
    private final Clock clock;

    Templates(
            JdbcClient jdbc,
            Details details,
            ObjectProvider<ExtensionNames> extensions,
            ObjectProvider<DeclaredDetails> declared,
            History history,
            Clock clock) {
        this.jdbc = jdbc;
        this.rows = new NamedRows<>(jdbc, THING, Templates::toTemplate);
        this.details = details;
        this.extensions = extensions;
        this.declared = declared;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Adds a template.
     *
     * @throws ProblemException when the request is invalid or the name is taken
     */
    @Transactional
    public Template create(TemplateSpec spec, Actor actor) {
        var id = UUID.randomUUID();
        var values = checked(new Template(id, "", null, "x86_64", null, clock.instant()), spec, spec.name());
        values.put("id", id);
        values.put("created_at", OffsetDateTime.now(clock));
        rows.insert(values);
        return saved(id, spec, "template.created", actor);
    }

    /** The template, or a refusal {@code template-not-found}. */
    public Template get(String reference) {
        return rows.get(reference);
    }

    /** The template with this id, or a refusal. */
    public Template get(UUID id) {
        return rows.get(id);
    }

    /** The template, if there is one. */
    public Optional<Template> find(String reference) {
        return rows.find(reference);
    }

    /** The templates in the order of their names. */
    public Page<Template> list(PageRequest page) {
        return rows.page(page, Map.of(), Template::name);
    }

    /** The names of several templates in one query. */
    public Map<UUID, String> names(Collection<UUID> ids) {
        return rows.names(ids);
    }

    /** The names of the extensions that know these templates, by the extensions' ids. */
    public Map<UUID, String> extensionNames(Collection<Template> known) {
        var names = extensions.getIfAvailable();
        Map<UUID, String> found = new HashMap<>();
        for (var template : known) {
            if (names != null && template.extensionId() != null) {
                found.computeIfAbsent(template.extensionId(), names::nameOf);
            }
        }
        return found;
    }

    /** Changes the fields that are given. */
    @Transactional
    public Template update(String reference, TemplateSpec spec, Actor actor) {
        var old = rows.locked(reference);
        rows.update(old.id(), checked(old, spec, spec.name() == null ? old.name() : spec.name()));
        return saved(old.id(), spec, "template.updated", actor);
    }

    /** Removes a template that no VM was made from; otherwise refuses with {@code in-use}. */
    @Transactional
    public void delete(String reference, Actor actor) {
        var template = rows.get(reference);
        new Usage(jdbc, template.id()).vms("template_id").refuse(THING, template.name());
        new Usage(jdbc, template.id()).forgetExpunged("template_id");
        details.remove(DetailOwner.TEMPLATE, template.id());
        rows.delete(template.id(), template.name());
        history.append(actor, "template.deleted", subject(template), Map.of());
    }

    private Map<String, @Nullable Object> checked(Template old, TemplateSpec spec, @Nullable String name) {
        var findings = new Findings();
        findings.name(name);
        findings.text("/description", spec.description(), MOST_IN_DESCRIPTION);
        if (spec.arch() != null && !ARCH.matcher(spec.arch()).matches()) {
            findings.add("/arch", "must have 1 to 20 letters, digits, _ or -, e.g. x86_64 or aarch64", spec.arch());
        }
        var extension = spec.extension() == null ? old.extensionId() : extension(findings, spec.extension());
        details.check(findings, DetailOwner.TEMPLATE, old.id(), spec.details());
        if (extension != null && (spec.details() != null || spec.extension() != null)) {
            var all = details.after(DetailOwner.TEMPLATE, old.id(), spec.details());
            declared.ifAvailable(manifests -> findings.addAll(manifests.ofTemplate(extension, all)));
        }
        findings.refuse();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", name);
        values.put("description", Texts.changed(old.description(), spec.description()));
        values.put("arch", spec.arch() == null ? old.arch() : spec.arch());
        values.put("extension_id", extension);
        return values;
    }

    private @Nullable UUID extension(Findings findings, String reference) {
        return reference.isEmpty() ? null : findings.known("/extension", "extension", reference, this::extensionId);
    }

    private Optional<UUID> extensionId(String reference) {
        try {
            return Optional.ofNullable(extensions.getIfAvailable()).map(names -> names.idOf(reference));
        } catch (ProblemException unknown) {
            return Optional.empty();
        }
    }

    private Template saved(UUID id, TemplateSpec spec, String kind, Actor actor) {
        if (spec.details() != null) {
            details.merge(DetailOwner.TEMPLATE, id, spec.details());
        }
        var template = rows.get(id);
        history.append(
                actor,
                kind,
                subject(template),
                Map.of("arch", template.arch(), "details", Texts.names(spec.details())));
        return template;
    }

    private static Subject subject(Template template) {
        return new Subject(THING, template.id(), template.name());
    }

    private static Template toTemplate(ResultSet row, int number) throws SQLException {
        return new Template(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("description"),
                row.getString("arch"),
                row.getObject("extension_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
