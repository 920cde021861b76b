package io.drover.emulator.hyperv;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/** Who gets in: by NTLM, which holds for the connection, and by Basic where it is allowed. */
final class Login {

    private final String user;
    private final String password;
    private final Ntlm ntlm;
    private volatile boolean basicAllowed;

    Login(String user, String password, String passwordHash) {
        this.user = user;
        this.password = password;
        this.ntlm = new Ntlm(user, passwordHash);
    }

    void allowBasic() {
        basicAllowed = true;
    }

    /** Whether the request is logged in; if not, it has been answered. */
    synchronized boolean admits(HttpExchange exchange, int length) throws IOException {
        var given = exchange.getRequestHeaders().getFirst("Authorization");
        if (given == null) {
            return ntlm.knows(connection(exchange)) || refuse(exchange, "Negotiate");
        }
        var parts = given.split(" ", 2);
        var proof = Base64.getDecoder().decode(parts[1]);
        if (parts[0].equals("Basic")) {
            var right = (user + ":" + password).equals(new String(proof, StandardCharsets.UTF_8));
            return basicAllowed && right || refuse(exchange, "Negotiate");
        }
        var challenge = ntlm.challenge(connection(exchange), proof);
        if (challenge != null) {
            return refuse(exchange, "Negotiate " + Base64.getEncoder().encodeToString(challenge));
        }
        try {
            return ntlm.logsIn(connection(exchange), proof) && length > 0 || refuse(exchange, "Negotiate");
        } catch (GeneralSecurityException impossible) {
            throw new IOException(impossible);
        }
    }

    /** Ends the login of the connection and says so. */
    synchronized void end(HttpExchange exchange) throws IOException {
        ntlm.forget(connection(exchange));
        refuse(exchange, "Negotiate");
    }

    private boolean refuse(HttpExchange exchange, String offer) throws IOException {
        exchange.getResponseHeaders().add("WWW-Authenticate", offer);
        if (basicAllowed) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"WSMAN\"");
        }
        exchange.sendResponseHeaders(401, -1);
        exchange.getResponseBody().close();
        return false;
    }

    private static String connection(HttpExchange exchange) {
        return exchange.getRemoteAddress().toString();
    }
}
