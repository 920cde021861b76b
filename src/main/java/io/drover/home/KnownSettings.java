package io.drover.home;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** The settings below {@code drover.} that there are: the home, the demo, and what the records of settings have. */
final class KnownSettings {
    private static final String PACKAGE = "io.drover";

    private final List<ConfigurationPropertyName> single = new ArrayList<>();

    /** Settings that have others below them: lists and maps. */
    private final List<ConfigurationPropertyName> open = new ArrayList<>();

    private final List<Class<?>> records;

    KnownSettings() {
        single.add(ConfigurationPropertyName.of("drover.home"));
        single.add(ConfigurationPropertyName.of("drover.demo"));
        records = records();
        records.forEach(
                type -> add(type.getAnnotation(ConfigurationProperties.class).value(), type));
    }

    /** The records that settings are read into. */
    List<Class<?>> classes() {
        return records;
    }

    boolean has(ConfigurationPropertyName name) {
        return single.contains(name) || open.stream().anyMatch(known -> known.equals(name) || known.isAncestorOf(name));
    }

    /** Whether an environment variable means a setting, with its dashes left out or written as underscores. */
    boolean hasAs(String variable) {
        return names().stream().anyMatch(name -> bare(name).equals(bare(variable)));
    }

    private static String bare(String name) {
        return name.replaceAll("[._-]", "").toLowerCase(java.util.Locale.ROOT);
    }

    /** All names, as they are written. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        single.forEach(name -> names.add(name.toString()));
        open.forEach(name -> names.add(name.toString()));
        names.sort(null);
        return names;
    }

    private void add(String prefix, Class<?> type) {
        for (var component : type.getRecordComponents()) {
            var name = prefix + "." + dashed(component);
            if (component.getType().isRecord()) {
                add(name, component.getType());
            } else {
                (hasOthersBelow(component.getType()) ? open : single).add(ConfigurationPropertyName.of(name));
            }
        }
    }

    private static boolean hasOthersBelow(Class<?> type) {
        return Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type) || type.isArray();
    }

    private static String dashed(RecordComponent component) {
        return component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT);
    }

    private static List<Class<?>> records() {
        var scan = new ClassPathScanningCandidateComponentProvider(false);
        scan.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        return scan.findCandidateComponents(PACKAGE).stream()
                .map(found -> ClassUtils.resolveClassName(
                        String.valueOf(found.getBeanClassName()), KnownSettings.class.getClassLoader()))
                .filter(Class::isRecord)
                .<Class<?>>map(type -> type)
                .toList();
    }
}
