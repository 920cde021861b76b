package io.drover.emulator.hyperv;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.drover.emulator.Certificate;
import io.drover.emulator.Faults;
import io.drover.emulator.Faults.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A Hyper-V host that is reached by WinRM over HTTPS, after the public documents MS-WSMV (shell of text commands), DSP0226
 * (WS-Management), MS-NLMP (NTLM) and the reference of the Hyper-V module. It speaks Create, Command, Receive, Signal and
 * Delete of the shell, NTLM version 2 bound to the connection, and Basic where it is allowed. Commands are encoded
 * PowerShell, which a small {@link Interpreter} runs: 37 cmdlets with just the parameters that the extension uses. Wrong
 * messages are answered with SOAP faults and status 500, wrong logins with 401, what a script does wrong on its error
 * stream as CLIXML with exit code 1. Not there: Send, Kerberos, encryption of messages, and PowerShell itself.
 */
public final class HyperVEmulator implements AutoCloseable {

    static final String USER = "drover";
    static final String PASSWORD = "Winter-2026!";
    private static final String PASSWORD_MD4 = "dd35b53af684eaebe9ab9afb283b8384";

    static final String TEMPLATE = "D:\\templates\\debian 12.vhdx";
    static final String ISO = "D:\\iso\\installer.iso";

    final Host host = new Host();
    final Shells shells = new Shells(host);
    final Faults faults = new Faults();
    private final Login login = new Login(USER, PASSWORD, PASSWORD_MD4);
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final HttpsServer server;
    private final Certificate certificate;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Starts a host with folders, a template and an ISO on a free port of this machine. */
    public HyperVEmulator(Certificate certificate) throws IOException, GeneralSecurityException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        for (var folder : List.of("D:\\templates", "D:\\iso", "D:\\vhd", "D:\\vms")) {
            host.addFolder(folder);
        }
        host.files.addAll(List.of(TEMPLATE, ISO));
        this.certificate = certificate;
        server.start();
    }

    /** The details of a host by which an extension gets here. */
    public Map<String, String> details() {
        return Map.of(
                "url",
                url(),
                "username",
                USER,
                "password",
                PASSWORD,
                "ca_file",
                certificate.file().toString(),
                "network_switch",
                "External",
                "vhd_path",
                "D:\\vhd",
                "vm_path",
                "D:\\vms\\");
    }

    /** The details of a template that is there. */
    public Map<String, String> templateDetails() {
        return Map.of("template_type", "template", "template_path", TEMPLATE, "graceful_stop_seconds", "2");
    }

    /** How many VMs the host has. */
    public synchronized int vms() {
        return host.vms.size();
    }

    /** Full paths of the files and folders on the host. */
    public synchronized Set<String> files() {
        return Set.copyOf(host.files);
    }

    /** How many shells clients have not deleted. */
    public synchronized int openShells() {
        return shells.open();
    }

    /** Lets the host take Basic logins, too. */
    void allowBasic() {
        login.allowBasic();
    }

    String url() {
        return "https://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        if (!exchange.getRequestMethod().equals("POST")
                || !exchange.getRequestURI().getPath().equals("/wsman")) {
            send(exchange, 404, "text/html", "<h2>Not Found</h2>");
        } else if (!login.admits(exchange, body.length)) {
            exchange.close();
        } else {
            answer(exchange, body);
        }
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        Soap request;
        try {
            request = Soap.of(body);
        } catch (SoapFault fault) {
            send(exchange, 500, "application/soap+xml;charset=UTF-8", fault.xml());
            return;
        }
        var operation = request.action().substring(request.action().lastIndexOf('/') + 1);
        if (faults.take(operation, Fault.DROP_BEFORE)) {
            exchange.close();
        } else if (faults.take(operation, Fault.UNAVAILABLE_BEFORE)) {
            send(exchange, 503, "text/html", "<h2>Service Unavailable</h2>");
        } else if (faults.take(operation, Fault.EXPIRED)) {
            login.end(exchange);
        } else {
            perform(exchange, operation, request);
        }
    }

    private void perform(HttpExchange exchange, String operation, Soap request) throws IOException {
        int status = 200;
        String xml;
        try {
            xml = Soap.envelope(request.action() + "Response", result(operation, request));
        } catch (SoapFault fault) {
            status = 500;
            xml = fault.xml();
        }
        if (faults.take(operation, Fault.DROP_AFTER)) {
            exchange.close();
        } else if (faults.take(operation, Fault.UNAVAILABLE_AFTER)) {
            send(exchange, 502, "text/html", "<h2>Bad Gateway</h2>");
        } else {
            faults.take(operation, Fault.NONE);
            send(exchange, status, "application/soap+xml;charset=UTF-8", xml);
        }
    }

    private synchronized String result(String operation, Soap request) throws SoapFault {
        if (faults.take(operation, Fault.BUSY)) {
            throw SoapFault.quota();
        }
        if (operation.equals("Create")) {
            return shells.create(request);
        } else if (operation.equals("Command")) {
            return shells.command(request);
        } else if (operation.equals("Receive")) {
            return shells.receive(request);
        } else if (operation.equals("Signal")) {
            return shells.signal(request);
        } else if (operation.equals("Delete")) {
            return shells.delete(request);
        }
        throw new SoapFault("a:ActionNotSupported", "2150858767", "The action is not supported by the service.");
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.getResponseBody().close();
    }
}
