package io.drover;

import io.drover.DroverClient.Answer;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** One of the two doors at which the engine itself answers. */
enum EngineDoor {
    REST("/engine-rest"),
    WEB("/camunda/api/engine/engine/default");

    private final String path;

    EngineDoor(String path) {
        this.path = path;
    }

    String path(String rest) {
        return path + rest;
    }

    Answer get(DroverClient client, String rest) {
        return client.get(path + rest);
    }

    Answer delete(DroverClient client, String rest) {
        return client.send("DELETE", path + rest, null, new byte[0], headers(client));
    }

    Answer post(DroverClient client, String rest, Object body, String... headers) {
        return client.json("POST", path + rest, body, with(headers(client), headers));
    }

    Answer put(DroverClient client, String rest, Object body) {
        return client.json("PUT", path + rest, body, headers(client));
    }

    /** What a browser sends along with a change: the session and the token against forgery. */
    private String[] headers(DroverClient client) {
        if (this == REST) {
            return new String[0];
        }
        var given = client.get(path + "/task/count").headers().allValues("Set-Cookie").stream()
                .flatMap(cookie -> HttpCookie.parse(cookie).stream())
                .toList();
        var cookies = given.stream().map(it -> it.getName() + "=" + it.getValue()).collect(Collectors.joining("; "));
        var token = given.stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElse("");
        return new String[] {"Cookie", cookies, "X-XSRF-TOKEN", token};
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(Arrays.asList(some));
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }
}
