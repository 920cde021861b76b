package io.drover.extension.allowed;

import io.drover.home.Home;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * The directories that details of extensions may lead to, by the names that manifests use. They are settings of the server and
 * never lead to its home, but for what is kept there for VMs.
 */
@Component
@EnableConfigurationProperties(AllowedDirectoriesProperties.class)
public class AllowedDirectories {
    private static final String VARIABLE = "DROVER_DIRECTORIES_";

    private final Map<String, List<String>> byName;

    /** @throws io.drover.home.StartRefusedException when a directory that was set must not be one */
    @Autowired
    AllowedDirectories(AllowedDirectoriesProperties properties, Home home) {
        var rule = new DirectoryRule(home.root());
        Map<String, List<String>> all = new TreeMap<>();
        defaults(home.root())
                .forEach((name, paths) ->
                        all.put(name, paths.stream().filter(rule::allows).toList()));
        properties.allowedDirectories().forEach((name, paths) -> {
            paths.forEach(path -> rule.require(name, path));
            all.put(name, List.copyOf(paths));
        });
        this.byName = all;
    }

    private AllowedDirectories(Map<String, List<String>> byName) {
        this.byName = byName;
    }

    /** These and no others; for work that needs no server. */
    public static AllowedDirectories of(Map<String, List<String>> byName) {
        return new AllowedDirectories(new TreeMap<>(byName));
    }

    /** The directories of this name; none when nobody has set any. */
    public List<String> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** What programs are told, so that they can look again: a variable for each name, with commas between the directories. */
    public Map<String, String> environment() {
        Map<String, String> variables = new LinkedHashMap<>();
        byName.forEach((name, paths) -> variables.put(variable(name), String.join(",", paths)));
        return variables;
    }

    private static String variable(String name) {
        return VARIABLE + name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Map<String, List<String>> defaults(Path home) {
        var user = Path.of(System.getProperty("user.home"));
        return Map.of(
                "images", List.of("/srv/images", "/var/lib/libvirt/images"),
                "vms",
                        List.of(
                                "/var/lib/drover-qemu",
                                user.resolve("drover-qemu").toString(),
                                "/var/tmp/drover-qemu-conformance",
                                home.resolve(DirectoryRule.VMS).toString()),
                "state",
                        List.of(
                                home.resolve(DirectoryRule.SIMULATOR).toString(),
                                home.resolve(DirectoryRule.VMS).toString(),
                                "/var/lib/drover-simulator"),
                "keys", List.of("/etc/drover"),
                "certificates",
                        List.of(
                                "/etc/drover",
                                "/etc/ssl",
                                "/etc/pki",
                                "/usr/share/ca-certificates",
                                "/usr/local/share/ca-certificates"),
                "serial", List.of("/var/log/drover-serial"),
                "sockets", List.of("/run/libvirt", "/var/run/libvirt"),
                "hyperv-disks", List.of("D:\\vhd", "D:\\vms"),
                "hyperv-images", List.of("D:\\templates", "D:\\iso"));
    }
}
