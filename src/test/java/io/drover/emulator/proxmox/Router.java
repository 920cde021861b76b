package io.drover.emulator.proxmox;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which request is answered by what. A path or a method that is not listed is not implemented. */
final class Router {

    /** Answers a request; the matcher's groups are the variable parts of the path. */
    interface Action {
        Object answer(Call call, Matcher path);
    }

    private record Route(String method, Pattern path, Schema schema, Action action) {}

    private final List<Route> routes = new ArrayList<>();

    void add(String method, String path, Schema schema, Action action) {
        var pattern = path.replace("{node}", "(?<node>[^/]+)")
                .replace("{vmid}", "(?<vmid>[^/]+)")
                .replace("{upid}", "(?<upid>[^/]+)")
                .replace("{snapname}", "(?<snapname>[^/]+)");
        routes.add(new Route(method, Pattern.compile(pattern), schema, action));
    }

    Object answer(Call call) {
        for (var route : routes) {
            var path = route.path().matcher(call.path());
            if (route.method().equals(call.method()) && path.matches()) {
                if (call.method().equals("DELETE") && call.body()) {
                    throw new Refusal(501, "Unexpected content for method 'DELETE'");
                }
                route.schema().check(call.parameters());
                return route.action().answer(call, path);
            }
        }
        throw new Refusal(501, "Method '%s %s' not implemented".formatted(call.method(), call.path()));
    }

    /** The VM's number in the path. */
    static int vmid(Matcher path) {
        var text = path.group("vmid");
        if (!text.matches("[1-9]\\d{2,8}")) {
            throw Refusal.parameter("vmid", "invalid format - value does not look like a valid VM ID\n");
        }
        return Integer.parseInt(text);
    }
}
