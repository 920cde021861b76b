package io.drover.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** The extensions that Drover's jar carries, below {@code extensions/<Name>/} on the class path. */
@Component
class BuiltInResources {
    private final Map<String, Map<String, Resource>> byFolder = new TreeMap<>();

    BuiltInResources() {
        this(new PathMatchingResourcePatternResolver());
    }

    BuiltInResources(ResourcePatternResolver resolver) {
        try {
            var roots = new ArrayList<String>();
            for (var root : resolver.getResources("classpath*:extensions/")) {
                roots.add(withSlash(root.getURL().toString()));
            }
            for (var resource : resolver.getResources("classpath*:extensions/**")) {
                add(resource, roots);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the built-in extensions", e);
        }
    }

    /** The names of the folders. */
    Set<String> folders() {
        return byFolder.keySet();
    }

    /** Writes the files of one of the folders into a directory that is new. */
    void copy(String folder, Path target) throws IOException {
        for (var file : byFolder.getOrDefault(folder, Map.of()).entrySet()) {
            var copy = target.resolve(file.getKey()).normalize();
            if (!copy.startsWith(target)) {
                throw new IOException(
                        "The built-in extension " + folder + " has a file outside of it: " + file.getKey());
            }
            Files.createDirectories(copy.getParent());
            try (var in = file.getValue().getInputStream()) {
                Files.copy(in, copy);
            }
        }
    }

    private void add(Resource resource, List<String> roots) throws IOException {
        var url = resource.getURL().toString();
        if (url.endsWith("/") || !resource.isReadable()) {
            return;
        }
        for (var root : roots) {
            if (url.startsWith(root)) {
                var path = UriUtils.decode(url.substring(root.length()), StandardCharsets.UTF_8);
                int slash = path.indexOf('/');
                if (slash > 0) {
                    byFolder.computeIfAbsent(path.substring(0, slash), name -> new TreeMap<>())
                            .putIfAbsent(path.substring(slash + 1), resource);
                }
                return;
            }
        }
    }

    private static String withSlash(String url) {
        return url.endsWith("/") ? url : url + "/";
    }
}
