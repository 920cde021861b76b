package io.drover.emulator.proxmox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The parameters that a request may and must have. Anything else is refused as Proxmox refuses it. */
final class Schema {

    private static final String BOOLEAN = "[01]";
    private static final String DIGITS = "\\d+";
    private static final String NAME =
            "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*";
    private static final String ID = "[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]";
    private static final String OSTYPE = "other|wxp|w2k|w2k3|w2k8|wvista|win7|win8|win10|win11|l24|l26|solaris";
    private static final String MAC = "[0-9A-F]{2}(:[0-9A-F]{2}){5}";
    private static final String NET = "(virtio|e1000|e1000e|rtl8139|vmxnet3)(=" + MAC
            + ")?,bridge=[A-Za-z][\\w.-]*(,tag=([1-9]\\d{0,2}|[1-3]\\d{3}|40[0-8]\\d|409[0-4]))?(,firewall=[01])?";
    private static final String DRIVE = "[^,\\s]+(,[a-z_]+=[^,\\s]+)*";

    static final Schema NONE = new Schema();
    static final Schema CONFIG = new Schema()
            .may("name", NAME)
            .may("description", "(?s).*")
            .may("tags", "[a-z0-9_][a-z0-9_+.-]*([;, ][a-z0-9_][a-z0-9_+.-]*)*")
            .may("cores", "[1-9]\\d*")
            .may("sockets", "[1-9]\\d*")
            .may("vcpus", "[1-9]\\d*")
            .may("memory", "[1-9]\\d*")
            .may("balloon", DIGITS)
            .may("ostype", OSTYPE)
            .may("scsihw", "lsi|virtio-scsi-pci|virtio-scsi-single|megasas")
            .may("boot", "order=[a-z]+\\d+(;[a-z]+\\d+)*")
            .may("onboot", BOOLEAN)
            .may("protection", BOOLEAN)
            .may("agent", BOOLEAN)
            .may("net\\d+", NET)
            .may("(scsi|virtio|sata|ide)\\d+", DRIVE);
    static final Schema UPDATE = CONFIG.and()
            .may("delete", "[a-z]+\\d*(,[a-z]+\\d*)*")
            .may("digest", "[0-9a-f]{40}")
            .may("skiplock", BOOLEAN);
    static final Schema CREATE = CONFIG.and()
            .must("vmid", DIGITS)
            .may("pool", ID)
            .may("start", BOOLEAN)
            .may("storage", ID);
    static final Schema CLONE = new Schema()
            .must("newid", DIGITS)
            .may("name", NAME)
            .may("description", "(?s).*")
            .may("full", BOOLEAN)
            .may("storage", ID)
            .may("target", "[A-Za-z0-9-]+")
            .may("pool", ID)
            .may("snapname", ID)
            .may("format", "raw|qcow2|vmdk")
            .may("bwlimit", DIGITS);
    static final Schema DELETE = new Schema()
            .may("purge", BOOLEAN)
            .may("destroy-unreferenced-disks", BOOLEAN)
            .may("skiplock", BOOLEAN);
    static final Schema RESIZE = new Schema()
            .must("disk", "(scsi|virtio|sata|ide)\\d+")
            .must("size", "\\+?\\d+(\\.\\d+)?[KMGT]?")
            .may("skiplock", BOOLEAN);
    static final Schema SHUTDOWN = new Schema()
            .may("timeout", DIGITS)
            .may("forceStop", BOOLEAN)
            .may("keepActive", BOOLEAN)
            .may("skiplock", BOOLEAN);
    static final Schema STOP = new Schema()
            .may("timeout", DIGITS)
            .may("keepActive", BOOLEAN)
            .may("skiplock", BOOLEAN)
            .may("overrule-shutdown", BOOLEAN);
    static final Schema START = new Schema().may("timeout", DIGITS).may("skiplock", BOOLEAN);
    static final Schema REBOOT = new Schema().may("timeout", DIGITS);
    static final Schema RESET = new Schema().may("skiplock", BOOLEAN);
    static final Schema SNAPSHOT = new Schema()
            .must("snapname", "[A-Za-z][A-Za-z0-9_-]{1,39}")
            .may("description", "(?s).*")
            .may("vmstate", BOOLEAN);
    static final Schema ROLLBACK = new Schema().may("start", BOOLEAN);
    static final Schema FORCE = new Schema().may("force", BOOLEAN);
    static final Schema VNC = new Schema().may("websocket", BOOLEAN).may("generate-password", BOOLEAN);
    static final Schema PATH = new Schema().must("path", "/.*");
    static final Schema NEXTID = new Schema().may("vmid", DIGITS);
    static final Schema RESOURCES = new Schema().may("type", "vm|storage|node|sdn");
    static final Schema LIST = new Schema().may("full", BOOLEAN);
    static final Schema READ_CONFIG = new Schema().may("current", BOOLEAN).may("snapshot", ID);
    static final Schema LOG =
            new Schema().may("start", DIGITS).may("limit", DIGITS).may("download", BOOLEAN);

    private final Map<String, Pattern> known = new LinkedHashMap<>();
    private final Set<String> required = new TreeSet<>();

    private Schema may(String name, String value) {
        known.put(name, Pattern.compile(value));
        return this;
    }

    private Schema must(String name, String value) {
        required.add(name);
        return may(name, value);
    }

    private Schema and() {
        var copy = new Schema();
        copy.known.putAll(known);
        copy.required.addAll(required);
        return copy;
    }

    /** Refuses with status 400 and one message for each wrong parameter. */
    void check(Map<String, String> parameters) {
        Map<String, String> errors = new TreeMap<>();
        for (var name : required) {
            if (!parameters.containsKey(name)) {
                errors.put(name, "property is missing and it is not optional");
            }
        }
        parameters.forEach((name, value) -> {
            var pattern = pattern(name);
            if (pattern == null) {
                errors.put(
                        name, "property is not defined in schema and the schema does not allow additional properties");
            } else if (!pattern.matcher(value).matches()) {
                errors.put(name, "invalid format - value '%s' does not match".formatted(value));
            }
        });
        if (parameters.containsKey("skiplock")) {
            errors.put("skiplock", "Only root may use this option.");
        }
        if (!errors.isEmpty()) {
            throw new Refusal(400, "Parameter verification failed.", errors);
        }
    }

    private Pattern pattern(String name) {
        return known.entrySet().stream()
                .filter(entry -> name.matches(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
