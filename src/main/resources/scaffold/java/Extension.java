import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * @NAME@: drives the VMs of one external system for Drover. Java 17 and nothing else.
 *
 * <pre>@ENTRY@ &lt;verb> &lt;payload file> &lt;timeout in seconds></pre>
 *
 * <p>Payload: a JSON document; "virtualmachineid" and "virtualmachinename" name the VM, "cloudstack.vm.details" describes it (cpus,
 * maxRam in bytes, nics, ...), "externaldetails" holds what was configured for the extension, the cluster mapping, the host and the
 * VM, "parameters" those of a custom action. Answer: one JSON document on standard output, nothing else; what people should read
 * goes to standard error, but no secrets. Exit code 0 for success; 1, with {"status":"error","error":"..."}, for a failure;
 * 75, with "retryable":true besides, where asking again later can help.
 *
 * <p>As it is, the program only remembers in files whether a VM is on. Replace the methods under "To be filled in".
 */
public final class Extension {
    private final Map<?, ?> payload;
    private final String vmName;
    private final Path state;

    private Extension(Map<?, ?> payload) throws IOException {
        this.payload = payload;
        this.vmName = text(payload.get("virtualmachinename"));
        this.state = stateDirectory();
    }

    /** A failure whose message the person is told who asked: what was wrong with which value, and what to do. */
    private static final class Refusal extends RuntimeException {
        Refusal(String message) {
            super(message);
        }
    }

    /** The external system is away or busy for a moment, and nothing was begun: Drover asks again as the diagram says. */
    private static final class TryAgain extends RuntimeException {
        TryAgain(String message) {
            super(message);
        }
    }

    // --- To be filled in ----------------------------------------------------------------------------------------------------

    /**
     * Before the first start. The answer is a patch on "cloudstack.vm.details": MAC or IP addresses of nics, the VNC password, or
     * details to be kept with the VM, such as {"details":{"external_id":"103"}}. An empty one changes nothing.
     */
    private Map<String, Object> prepare() {
        return Map.of();
    }

    /**
     * The first start: creates the VM and starts it. It is called again after a failure, so it must cope with what an earlier
     * attempt left behind.
     */
    private Map<String, Object> create() throws IOException {
        remember("poweron");
        return Map.of("message", "VM " + vmName + " created");
    }

    /** Starts a VM that was created before. One that runs is a success. */
    private Map<String, Object> start() throws IOException {
        requireVm();
        remember("poweron");
        return Map.of("message", "VM " + vmName + " started");
    }

    /** Stops the VM. One that does not exist, or is stopped, is a success. */
    private Map<String, Object> stop() throws IOException {
        if (Files.exists(vmFile())) {
            remember("poweroff");
        }
        return Map.of("message", "VM " + vmName + " stopped");
    }

    private Map<String, Object> reboot() throws IOException {
        requireVm();
        remember("poweron");
        return Map.of("message", "VM " + vmName + " rebooted");
    }

    /** Removes the VM for good. One that does not exist is a success. */
    private Map<String, Object> delete() throws IOException {
        Files.deleteIfExists(vmFile());
        Files.deleteIfExists(noteFile());
        return Map.of("message", "VM " + vmName + " deleted");
    }

    /** Whether the VM is on: poweron, poweroff, or unknown where that cannot be told. */
    private Map<String, Object> status() throws IOException {
        var file = vmFile();
        return Map.of("power_state", Files.exists(file) ? Files.readString(file).split(" ", 2)[0] : "unknown");
    }

    /** The same for all VMs of the host at once, by internal name. */
    private Map<String, Object> statuses() throws IOException {
        Map<String, Object> power = new LinkedHashMap<>();
        try (var files = Files.newDirectoryStream(state, "*.vm")) {
            for (var file : files) {
                var words = Files.readString(file).split(" ", 2);
                power.put(words[1], words[0]);
            }
        }
        return Map.of("power_state", power);
    }

    /** A custom action. Its message is shown to the person who asked: a text, an object or a list of objects. */
    private Map<String, Object> setNote() throws IOException {
        requireVm();
        var note = payload.get("parameters") instanceof Map<?, ?> parameters ? text(parameters.get("note")) : "";
        if (note.isEmpty()) {
            throw new Refusal("The parameter note is missing: give it a text");
        }
        Files.writeString(noteFile(), note);
        return Map.of("printmessage", "true", "message", Map.of("vm", vmName, "note", note));
    }

    private Map<String, Object> run(String verb) throws IOException {
        return switch (verb) {
            case "prepare" -> prepare();
            case "create" -> create();
            case "start" -> start();
            case "stop" -> stop();
            case "reboot" -> reboot();
            case "delete" -> delete();
            case "status" -> status();
            case "statuses" -> statuses();
            case "SetNote" -> setNote();
            default -> throw new Refusal("Unknown verb '" + verb + "': see verbs and custom actions in extension.yaml");
        };
    }

    // --- The payload --------------------------------------------------------------------------------------------------------

    /** A detail of the VM, else of the host, the mapping, the extension; empty where no level has it. */
    private String detail(String name) {
        if (payload.get("externaldetails") instanceof Map<?, ?> levels) {
            for (var level : List.of("virtualmachine", "host", "resourcemap", "extension")) {
                if (levels.get(level) instanceof Map<?, ?> details && details.containsKey(name)) {
                    return text(details.get(name));
                }
            }
        }
        return "";
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    // --- What the scaffold remembers ----------------------------------------------------------------------------------------

    private Path stateDirectory() throws IOException {
        var given = detail("state_directory");
        var home = text(System.getenv("XDG_STATE_HOME"));
        var user = text(System.getenv("HOME"));
        if (given.isEmpty() && home.isEmpty() && user.isEmpty()) {
            throw new Refusal("There is no HOME to keep state in: set the detail state_directory");
        }
        var base = home.isEmpty() ? user + "/.local/state" : home;
        return Files.createDirectories(Path.of(given.isEmpty() ? base + "/drover-@NAME@" : given));
    }

    private Path vmFile() {
        return state.resolve(vmId() + ".vm");
    }

    private Path noteFile() {
        return state.resolve(vmId() + ".note");
    }

    private String vmId() {
        var id = text(payload.get("virtualmachineid"));
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new Refusal("The payload has no usable virtualmachineid: it must be a UUID");
        }
        return id;
    }

    private void requireVm() {
        if (!Files.exists(vmFile())) {
            throw new Refusal("There is no VM " + vmName + ": create it first");
        }
    }

    /** The file is replaced in one step, so that nobody reads half of it. */
    private void remember(String power) throws IOException {
        var draft = state.resolve("." + vmId() + "." + ProcessHandle.current().pid());
        Files.writeString(draft, power + " " + vmName);
        Files.move(draft, vmFile(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    // --- One call -----------------------------------------------------------------------------------------------------------

    public static void main(String[] arguments) {
        Map<String, Object> answer = new LinkedHashMap<>();
        int exitCode = 1;
        try {
            answer.put("status", "success");
            answer.putAll(answer(arguments));
            exitCode = 0;
        } catch (TryAgain e) {
            answer = Map.of("status", "error", "error", e.getMessage(), "retryable", true);
            exitCode = 75;
        } catch (Refusal e) {
            answer = Map.of("status", "error", "error", e.getMessage());
        } catch (IOException | RuntimeException e) {
            System.err.println(e.getClass().getName());
            answer = Map.of("status", "error", "error", "Something went wrong: " + e.getClass().getSimpleName());
        }
        var bytes = (Json.write(answer) + "\n").getBytes(StandardCharsets.UTF_8);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
        System.exit(exitCode);
    }

    private static Map<String, Object> answer(String[] arguments) throws IOException {
        if (arguments.length != 3 || !arguments[2].matches("\\d+")) {
            throw new Refusal("Usage: @ENTRY@ <verb> <payload file> <timeout in seconds>");
        }
        var file = Path.of(arguments[1]);
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new Refusal("The payload '" + file + "' cannot be read: pass a JSON file");
        }
        if (Json.read(Files.readString(file)) instanceof Map<?, ?> payload) {
            return new Extension(payload).run(arguments[0]);
        }
        throw new Refusal("The payload '" + file + "' must be a JSON object");
    }

    /** As much JSON as is needed here: objects are maps, arrays are lists, numbers are texts. */
    private static final class Json {
        private final String text;
        private int at;

        private Json(String text) {
            this.text = text;
        }

        static Object read(String text) {
            var json = new Json(text);
            var value = json.value();
            json.blanks();
            if (json.at < text.length()) {
                throw json.wrong();
            }
            return value;
        }

        static String write(Object value) {
            if (value instanceof Map<?, ?> map) {
                var members = map.entrySet().stream().map(e -> write(e.getKey()) + ":" + write(e.getValue()));
                return "{" + String.join(",", members.toList()) + "}";
            }
            if (value instanceof List<?> list) {
                return "[" + String.join(",", list.stream().map(Json::write).toList()) + "]";
            }
            if (value instanceof Number || value instanceof Boolean || value == null) {
                return String.valueOf(value);
            }
            var out = new StringBuilder("\"");
            value.toString().chars().forEach(c -> out.append(
                    c == '"' || c == '\\' ? "\\" + (char) c : c < ' ' ? String.format("\\u%04x", c) : String.valueOf((char) c)));
            return out.append('"').toString();
        }

        private Object value() {
            blanks();
            if (take('{')) {
                return object();
            }
            if (take('[')) {
                return array();
            }
            if (take('"')) {
                return string();
            }
            int begin = at;
            while (at < text.length() && "+-.0123456789eEtrufalsn".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            var word = text.substring(begin, at);
            if (!word.matches("true|false|null|-?\\d[0-9.eE+-]*")) {
                throw wrong();
            }
            return word.equals("null") ? null : word;
        }

        private Map<String, Object> object() {
            Map<String, Object> members = new LinkedHashMap<>();
            blanks();
            if (take('}')) {
                return members;
            }
            do {
                blanks();
                must('"');
                var name = string();
                blanks();
                must(':');
                members.put(name, value());
                blanks();
            } while (take(','));
            must('}');
            return members;
        }

        private List<Object> array() {
            List<Object> elements = new ArrayList<>();
            blanks();
            if (take(']')) {
                return elements;
            }
            do {
                elements.add(value());
                blanks();
            } while (take(','));
            must(']');
            return elements;
        }

        private String string() {
            var out = new StringBuilder();
            while (at < text.length() && text.charAt(at) != '"') {
                char c = text.charAt(at++);
                out.append(c == '\\' ? escaped() : c);
            }
            must('"');
            return out.toString();
        }

        private char escaped() {
            if (at >= text.length()) {
                throw wrong();
            }
            char c = text.charAt(at++);
            if (c == 'u' && at + 4 <= text.length()) {
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            return c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private boolean take(char c) {
            boolean there = at < text.length() && text.charAt(at) == c;
            at += there ? 1 : 0;
            return there;
        }

        private void must(char c) {
            if (!take(c)) {
                throw wrong();
            }
        }

        private Refusal wrong() {
            return new Refusal("The payload is not JSON: something is wrong at character " + (at + 1));
        }
    }
}
