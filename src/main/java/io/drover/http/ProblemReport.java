package io.drover.http;

import java.io.IOException;
import java.util.Locale;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What Tomcat refuses before anybody else sees it, e.g. a path that it cannot decode, as problem details. */
public final class ProblemReport extends ErrorReportValve {

    /** For Tomcat, which knows this class by its name. */
    public ProblemReport() {}

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var status = HttpStatus.resolve(response.getStatus());
        var words = status == null ? "Error" : status.getReasonPhrase();
        var slug = status == null ? "error" : status.name().toLowerCase(Locale.ROOT).replace('_', '-');
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.getReporter()
                    .write("{\"type\":\"/problems/" + slug + "\",\"title\":\"" + words + "\",\"status\":"
                            + response.getStatus() + ",\"detail\":\"" + detail(response.getStatus())
                            + "\",\"instance\":\"/\"}");
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("The client is gone before it could be told", e);
        }
    }

    private static String detail(int status) {
        return status < 500
                ? "The request is malformed: its first line, its path or a header cannot be read"
                : "Drover failed unexpectedly; its log says why";
    }
}
