package io.drover.http;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;

/**
 * A request whose body has been gathered. Whoever serves it sees an ordinary one, although it comes from an asynchronous
 * dispatch: to take it for such a dispatch would be to take it for one that the login has let in before.
 */
final class WholeRequest extends HttpServletRequestWrapper {
    private final ServletInputStream source;
    private byte[] body = {};
    private boolean startedAnew;
    private @Nullable ServletInputStream stream;
    private @Nullable BufferedReader reader;
    private @Nullable Map<String, String[]> parameters;

    WholeRequest(HttpServletRequest request) throws IOException {
        super(request);
        this.source = request.getInputStream();
    }

    static boolean isForm(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null
                && type.strip().regionMatches(true, 0, MediaType.APPLICATION_FORM_URLENCODED_VALUE, 0, 33);
    }

    ServletInputStream source() {
        return source;
    }

    void arrived(byte[] bytes) {
        body = bytes;
    }

    @Override
    public DispatcherType getDispatcherType() {
        var type = super.getDispatcherType();
        return type == DispatcherType.ASYNC && !startedAnew ? DispatcherType.REQUEST : type;
    }

    @Override
    public AsyncContext startAsync() {
        startedAnew = true;
        return super.startAsync();
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        startedAnew = true;
        return super.startAsync(request, response);
    }

    @Override
    public ServletInputStream getInputStream() {
        if (stream == null) {
            stream = new BytesInputStream(body);
        }
        return stream;
    }

    @Override
    public BufferedReader getReader() {
        if (reader == null) {
            reader = new BufferedReader(new InputStreamReader(getInputStream(), charset()));
        }
        return reader;
    }

    @Override
    public @Nullable String getParameter(String name) {
        var values = parameters().get(name);
        return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
        return parameters().get(name);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        return Collections.enumeration(parameters().keySet());
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        return Collections.unmodifiableMap(parameters());
    }

    private Map<String, String[]> parameters() {
        if (parameters == null) {
            var query = super.getParameterMap();
            var asForm = isForm(this) && "POST".equals(getMethod()) && stream == null;
            parameters = asForm ? FormFields.addedTo(query, body, charset()) : query;
        }
        return parameters;
    }

    private Charset charset() {
        var name = getCharacterEncoding();
        return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    }
}
