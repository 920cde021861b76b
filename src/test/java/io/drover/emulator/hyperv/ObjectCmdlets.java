package io.drover.emulator.hyperv;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Cmdlets for objects and files: Select-Object, ConvertTo-Json, Out-Null, *-Item, Test-Path, Set-ItemProperty. */
final class ObjectCmdlets {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern COMPUTED = Pattern.compile("@\\{Name='(\\w+)';Expression=\\{(?:\\[string]\\$_\\.(\\w+)"
            + "|\\$_\\.(\\w+)\\.ToUniversalTime\\(\\)\\.ToString\\('o'\\))}}");

    private final Host host;

    ObjectCmdlets(Host host) {
        this.host = host;
    }

    List<Cmdlet> all() {
        return List.of(
                Cmdlet.of("Select-Object", "Property", ObjectCmdlets::select),
                Cmdlet.of("ConvertTo-Json", "Compress+", ObjectCmdlets::json),
                Cmdlet.of("Out-Null", "", arguments -> List.of()),
                Cmdlet.of("New-Item", "ItemType Path Force+", this::newItem),
                Cmdlet.of("Get-Item", "LiteralPath ErrorAction", this::getItem),
                Cmdlet.of("Copy-Item", "LiteralPath Destination", this::copyItem),
                Cmdlet.of("Set-ItemProperty", "LiteralPath Name Value", this::setProperty),
                Cmdlet.of("Remove-Item", "Recurse+ Force+", this::removeItem),
                Cmdlet.of("Test-Path", "LiteralPath", this::testPath));
    }

    private static List<?> select(Arguments arguments) {
        var wanted = arguments.given().get("Property");
        var names = wanted instanceof List<?> list ? list : List.of(String.valueOf(wanted));
        var selected = new ArrayList<Object>();
        for (var each : arguments.input()) {
            var all = properties(each);
            var chosen = new LinkedHashMap<String, Object>();
            for (var name : names) {
                var computed = COMPUTED.matcher(String.valueOf(name));
                boolean matches = computed.matches();
                if (!matches && String.valueOf(name).startsWith("@")) {
                    throw new PowerShellError("Unexpected token '" + name + "'.", "UnexpectedToken");
                }
                var source = matches
                        ? computed.group(2) == null ? computed.group(3) : computed.group(2)
                        : String.valueOf(name);
                chosen.put(matches ? computed.group(1) : source, all.get(source));
            }
            selected.add(chosen);
        }
        return selected;
    }

    private static Map<String, Object> properties(Object object) {
        if (object instanceof Vm vm) {
            return vm.properties();
        } else if (object instanceof Vm.Drive drive) {
            var properties = new LinkedHashMap<String, Object>();
            properties.put("Path", drive.path);
            return properties;
        } else if (object instanceof Vm.Snapshot snapshot) {
            return Map.of(
                    "Id", snapshot.id(),
                    "Name", snapshot.name(),
                    "ParentSnapshotName", snapshot.parent(),
                    "CreationTime", "2026-11-23T03:00:00.0000000Z");
        }
        throw new IllegalStateException("No properties of " + object.getClass());
    }

    private static List<?> json(Arguments arguments) {
        var input = arguments.input();
        if (input.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(JSON.writeValueAsString(input.size() == 1 ? input.get(0) : input));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private List<?> newItem(Arguments arguments) {
        if (arguments.text("ItemType").equals("File")) {
            if (host.readOnly) {
                throw new PowerShellError("The media is write protected.", "IOException,New-Item");
            }
            host.addFile(arguments.text("Path"), "New-Item");
            return List.of(new Object());
        }
        if (!arguments.text("ItemType").equals("Directory")) {
            throw new PowerShellError("The type is not a known type.", "Argument,New-Item");
        }
        host.addFolder(arguments.text("Path"));
        return List.of(new Object());
    }

    private List<?> getItem(Arguments arguments) {
        var path = arguments.text("LiteralPath");
        if (host.exists(path)) {
            return List.of(path);
        } else if (arguments.has("ErrorAction") && arguments.text("ErrorAction").equals("Ignore")) {
            return List.of();
        }
        throw new PowerShellError(
                "Cannot find path '" + path + "' because it does not exist.", "PathNotFound,Get-Item");
    }

    private List<?> testPath(Arguments arguments) {
        var paths = arguments.value("LiteralPath", Object.class);
        return (paths instanceof List<?> list ? list : List.of(paths))
                .stream().map(path -> host.exists(String.valueOf(path))).toList();
    }

    private List<?> copyItem(Arguments arguments) {
        host.requireFile(arguments.text("LiteralPath"), "Copy-Item");
        host.addFile(arguments.text("Destination"), "Copy-Item");
        return List.of();
    }

    private List<?> setProperty(Arguments arguments) {
        host.requireFile(arguments.text("LiteralPath"), "Set-ItemProperty");
        arguments.value("Value", Boolean.class);
        return List.of();
    }

    private List<?> removeItem(Arguments arguments) {
        for (var path : arguments.input()) {
            boolean held = host.vms.values().stream()
                    .flatMap(vm -> vm.drives.stream())
                    .anyMatch(drive -> drive.path != null && drive.path.startsWith(path + "\\"));
            if (held) {
                throw new PowerShellError(
                        "The process cannot access the file because it is being used.", "IOException");
            }
            host.files.removeIf(file -> file.equals(path) || file.startsWith(path + "\\"));
        }
        return List.of();
    }
}
