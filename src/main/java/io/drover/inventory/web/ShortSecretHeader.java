package io.drover.inventory.web;

import io.drover.inventory.ShortSecrets;
import java.nio.charset.StandardCharsets;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.util.UriUtils;

/** Warns whoever sets a short secret by a header {@code Warning} in the answer (RFC 7234, code 299). */
@Component
class ShortSecretHeader {

    @EventListener
    void onShortSecret(ShortSecrets.Noticed noticed) {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
                && request.getResponse() != null) {
            var name = UriUtils.encode(noticed.name(), StandardCharsets.UTF_8);
            request.getResponse()
                    .addHeader(HttpHeaders.WARNING, "299 - \"" + new ShortSecrets.Noticed(name).words() + "\"");
        }
    }
}
