package io.drover.home;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/** Ends a start whose port cannot be opened before anything is created; Tomcat would find out at its very end. */
class PortCheck implements EnvironmentPostProcessor, Ordered {
    private static final String PORT = "server.port";
    private static final int USUAL = 8080;
    private static final int LEAST_UNPRIVILEGED = 1024;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        int port = environment.getProperty(PORT, Integer.class, USUAL);
        if (application.getWebApplicationType() != WebApplicationType.SERVLET || port <= 0) {
            return;
        }
        var host = environment.getProperty("server.address");
        var address = host == null ? new InetSocketAddress(port) : new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new StartRefusedException(
                    "server.address is " + host + ", which is not an address of this machine", "Correct or remove it.");
        }
        check(address);
    }

    private static void check(InetSocketAddress address) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (BindException e) {
            throw refusal(address, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw refusal(address, e.toString());
        }
    }

    private static StartRefusedException refusal(InetSocketAddress address, String why) {
        var where = address.getAddress().isAnyLocalAddress() ? "" : " at " + address.getHostString();
        var another = " or set another port, for instance --" + PORT + "=" + (address.getPort() + 1) + ".";
        return new StartRefusedException(
                PORT + " is " + address.getPort() + ", which cannot be opened" + where + ": " + why,
                address.getPort() < LEAST_UNPRIVILEGED && why.contains("denied")
                        ? "Ports below " + LEAST_UNPRIVILEGED + " are root's: give the server the right to it,"
                                + another
                        : "Stop what listens there, perhaps another Drover," + another);
    }

    /** With the check of the settings, before the home directory is created. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE - 1;
    }
}
