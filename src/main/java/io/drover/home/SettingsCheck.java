package io.drover.home;

import io.drover.problem.EditDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Ends a start with a setting that there is not, or with a value that it cannot have, before anything is created: a misspelt
 * {@code drover.home} must not begin an empty installation, nor a misspelt {@code drover.runner.user} run programs as root.
 */
class SettingsCheck implements EnvironmentPostProcessor, Ordered {
    private static final ConfigurationPropertyName ALL = ConfigurationPropertyName.of("drover");

    /** What Drover itself gives to the programs that it starts, one of which may start another Drover. */
    private static final Pattern OF_PROGRAMS =
            Pattern.compile("DROVER_(ACTION_ID|ATTEMPT|SANDBOX|DIRECTORIES_.+|ACTIONID)");

    /** What is said when somebody has looked for it below {@code drover.}; the port is the web server's setting. */
    private static final Pattern OF_PORT = Pattern.compile("drover(\\.server|\\.http)?\\.ports?");

    /** What tests of Drover are told by {@code -D}. */
    private static final List<ConfigurationPropertyName> OF_TESTS = List.of(
            ConfigurationPropertyName.of("drover.crash"),
            ConfigurationPropertyName.of("drover.torture"),
            ConfigurationPropertyName.of("drover.openapi"),
            ConfigurationPropertyName.of("drover.full-disk"),
            ConfigurationPropertyName.of("drover.states"));

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var known = new KnownSettings();
        var unknown = unknown(environment, known);
        if (!unknown.isEmpty()) {
            throw new StartRefusedException(
                    unknown.size() == 1
                            ? "There is no setting " + unknown.get(0)
                            : "There are no settings " + String.join("; ", unknown),
                    "Correct or remove it. The settings are: " + String.join(", ", known.names()));
        }
        var wrong = wrong(environment, known);
        if (!wrong.isEmpty()) {
            throw new StartRefusedException(
                    String.join(System.lineSeparator(), wrong),
                    "Correct the value. Durations are 500ms, 10s, 5m; sizes are 64KB, 2MB");
        }
    }

    /** After the configuration files have been read, and before the home directory is created. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }

    private static List<String> unknown(ConfigurableEnvironment environment, KnownSettings known) {
        Set<String> said = new TreeSet<>();
        for (var source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource names) {
                names.stream()
                        .filter(name -> ALL.isAncestorOf(name) && !known.has(name) && !isOfTests(name))
                        .filter(name -> !isExpected(source, name, known))
                        .forEach(name -> said.add(told(name, source.getUnderlyingSource(), known)));
            }
        }
        return List.copyOf(said);
    }

    private static boolean isOfTests(ConfigurationPropertyName name) {
        return OF_TESTS.stream().anyMatch(tests -> tests.isAncestorOf(name));
    }

    private static boolean isExpected(
            ConfigurationPropertySource source, ConfigurationPropertyName name, KnownSettings known) {
        if (!(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource)) {
            return false;
        }
        var variable = variable(name);
        var property = source.getConfigurationProperty(name);
        var value = property == null ? "" : String.valueOf(property.getValue());
        return known.hasAs(variable)
                || OF_PROGRAMS.matcher(variable).matches()
                || PlatformVariables.have(variable, value);
    }

    private static String variable(ConfigurationPropertyName name) {
        return name.toString()
                .toUpperCase(java.util.Locale.ROOT)
                .replaceAll("[.\\[]", "_")
                .replaceAll("[-\\]]", "");
    }

    private static String told(ConfigurationPropertyName name, Object source, KnownSettings known) {
        var isVariable = source instanceof SystemEnvironmentPropertySource;
        var where = source instanceof PropertySource<?> named ? " (" + place(named) + ")" : "";
        var nearest = OF_PORT.matcher(name.toString()).matches()
                ? Optional.of("server.port")
                : EditDistance.nearest(name.toString(), known.names());
        return "'" + (isVariable ? variable(name) : name) + "'" + where
                + nearest.map(candidate -> "; did you mean "
                                + (isVariable ? variable(ConfigurationPropertyName.of(candidate)) : candidate) + "?")
                        .orElse("");
    }

    private static String place(PropertySource<?> source) {
        return switch (source.getName()) {
            case "commandLineArgs" -> "on the command line";
            case "systemProperties" -> "given by -D";
            case "systemEnvironment" -> "in the environment";
            default -> source.getName();
        };
    }

    private static List<String> wrong(ConfigurableEnvironment environment, KnownSettings known) {
        List<String> wrong = new ArrayList<>();
        var binder = Binder.get(environment);
        for (var type : known.classes()) {
            var prefix = type.getAnnotation(ConfigurationProperties.class).value();
            try {
                binder.bindOrCreate(prefix, Bindable.of(type));
            } catch (BindException e) {
                wrong.add(sentence(e));
            }
        }
        try {
            binder.bind("drover.demo", Boolean.class);
        } catch (BindException e) {
            wrong.add(sentence(e));
        }
        return wrong;
    }

    private static String sentence(BindException failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        var property = failure.getProperty();
        return (property == null
                        ? "The settings " + failure.getName() + " cannot be used"
                        : "The setting " + property.getName() + " cannot be '" + property.getValue() + "'")
                + ": " + last.getMessage();
    }
}
