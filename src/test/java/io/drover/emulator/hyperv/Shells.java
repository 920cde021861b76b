package io.drover.emulator.hyperv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The shells of WinRM and what runs in them: powershell.exe with an encoded command, nothing else. */
final class Shells {

    private static final String PROGRAM = "powershell.exe -NoProfile -NonInteractive -EncodedCommand ";
    private static final int LONGEST = 8191;

    /** What a command printed so far; one that never ends has no exit code. */
    private static final class Command {
        byte[] stdout = {};
        String stderr = "";

        @Nullable
        Integer exitCode;

        int delays;
        boolean begun;
    }

    private final Host host;
    private final Map<String, Map<String, Command>> shells = new ConcurrentHashMap<>();
    /** What PowerShell writes to its error stream besides errors. */
    volatile String noise = "";

    /** What scripts print that take this cmdlet, instead of what it gives. */
    final Map<String, String> prints = new ConcurrentHashMap<>();

    /** How often a command has printed nothing yet when it is asked. */
    volatile int delays;

    Shells(Host host) {
        this.host = host;
    }

    /** The shells that nobody deleted. */
    int open() {
        return shells.size();
    }

    /** The commands in them. */
    int commands() {
        return shells.values().stream().mapToInt(Map::size).sum();
    }

    String create(Soap request) throws SoapFault {
        if (!"65001".equals(request.options().get("WINRS_CODEPAGE"))
                || !request.text("OutputStreams").equals("stdout stderr")) {
            throw SoapFault.invalid("code page or streams");
        }
        var id = UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
        shells.put(id, new ConcurrentHashMap<>());
        return "<rsp:Shell><rsp:ShellId>" + id + "</rsp:ShellId></rsp:Shell>";
    }

    String command(Soap request) throws SoapFault {
        var commands = commands(request);
        var line = request.text("Command");
        if (!line.startsWith(PROGRAM) || line.length() > LONGEST) {
            throw new SoapFault("s:Receiver", "2150858770", "The command line is not understood or too long.");
        }
        var script =
                new String(Base64.getDecoder().decode(line.substring(PROGRAM.length())), StandardCharsets.UTF_16LE);
        var id = UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
        commands.put(id, run(script));
        return "<rsp:CommandResponse><rsp:CommandId>" + id + "</rsp:CommandId></rsp:CommandResponse>";
    }

    private Command run(String script) {
        var command = new Command();
        command.delays = delays;
        var cmdlets = new HashMap<String, Cmdlet>();
        Stream.of(new VmCmdlets(host).all(), new HardwareCmdlets(host).all(), new ObjectCmdlets(host).all())
                .flatMap(java.util.List::stream)
                .forEach(cmdlet -> cmdlets.put(cmdlet.name(), host.watched(cmdlet)));
        try {
            command.stdout = new Interpreter(cmdlets).run(script).getBytes(StandardCharsets.UTF_8);
            prints.forEach((cmdlet, printed) -> {
                if (script.contains(cmdlet + " ")) {
                    command.stdout = printed.getBytes(StandardCharsets.UTF_8);
                }
            });
            command.exitCode = 0;
            command.stderr = noise;
        } catch (PowerShellError error) {
            command.stderr = noise + error.clixml();
            command.exitCode = 1;
        } catch (VmCmdlets.Endless endless) {
            command.delays = Integer.MAX_VALUE;
        }
        return command;
    }

    String receive(Soap request) throws SoapFault {
        var id = request.attribute("DesiredStream", "CommandId");
        var command = command(request, id);
        if (command.delays > 0) {
            command.delays--;
            throw SoapFault.timedOut();
        }
        int half = command.begun ? 0 : command.stdout.length / 2 + 1;
        if (!command.begun && half < command.stdout.length) {
            command.begun = true;
            var first = stream("stdout", id, Arrays.copyOf(command.stdout, half));
            command.stdout = Arrays.copyOfRange(command.stdout, half, command.stdout.length);
            return "<rsp:ReceiveResponse>" + first + "<rsp:CommandState CommandId=\"" + id + "\" State=\"" + Soap.SHELL
                    + "/CommandState/Running\"/></rsp:ReceiveResponse>";
        }
        return "<rsp:ReceiveResponse>" + stream("stdout", id, command.stdout)
                + stream("stderr", id, command.stderr.getBytes(StandardCharsets.UTF_8))
                + "<rsp:Stream Name=\"stdout\" CommandId=\"" + id + "\" End=\"true\"/><rsp:CommandState CommandId=\""
                + id
                + "\" State=\"" + Soap.SHELL + "/CommandState/Done\"><rsp:ExitCode>" + command.exitCode
                + "</rsp:ExitCode></rsp:CommandState></rsp:ReceiveResponse>";
    }

    String signal(Soap request) throws SoapFault {
        command(request, request.attribute("Signal", "CommandId"));
        if (!request.text("Code").equals(Soap.SHELL + "/signal/terminate")) {
            throw SoapFault.invalid("signal code");
        }
        commands(request).remove(request.attribute("Signal", "CommandId"));
        return "<rsp:SignalResponse/>";
    }

    String delete(Soap request) throws SoapFault {
        commands(request);
        shells.remove(request.shellId());
        return "";
    }

    private static String stream(String name, String id, byte[] bytes) {
        return bytes.length == 0
                ? ""
                : "<rsp:Stream Name=\"" + name + "\" CommandId=\"" + id + "\">"
                        + Base64.getEncoder().encodeToString(bytes) + "</rsp:Stream>";
    }

    private Map<String, Command> commands(Soap request) throws SoapFault {
        var commands = shells.get(request.shellId());
        if (commands == null) {
            throw SoapFault.unknownShell(request.shellId());
        }
        return commands;
    }

    private Command command(Soap request, String id) throws SoapFault {
        var command = commands(request).get(id);
        if (command == null) {
            throw new SoapFault("w:InvalidParameter", "2150858752", "The command identifier is not known.");
        }
        return command;
    }
}
