package io.drover.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.Ssl;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says at the end of the start which address to open. */
@Component
class ReadyNotice {
    private static final Logger LOG = LoggerFactory.getLogger(ReadyNotice.class);

    private final ServerProperties server;

    ReadyNotice(ServerProperties server) {
        this.server = server;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) throws URISyntaxException {
        if (event.getApplicationContext() instanceof WebServerApplicationContext context) {
            LOG.info(
                    "Drover is ready: {}",
                    address(server, context.getWebServer().getPort()));
        }
    }

    /** As seen from this machine. */
    static URI address(ServerProperties server, int port) throws URISyntaxException {
        InetAddress bound = server.getAddress();
        var host = bound == null || bound.isAnyLocalAddress() ? "localhost" : bound.getHostAddress();
        return new URI(Ssl.isEnabled(server.getSsl()) ? "https" : "http", null, host, port, "/", null, null);
    }
}
