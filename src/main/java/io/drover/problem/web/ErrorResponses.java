package io.drover.problem.web;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Locale;
import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What other parts of the server leave to the container to tell, as problem details; asked for by itself, there is nothing. */
@RestController
@Hidden
class ErrorResponses implements ErrorController {

    @RequestMapping("${server.error.path:${error.path:/error}}")
    ResponseEntity<Object> tell(HttpServletRequest request) {
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var status = code instanceof Integer number ? HttpStatus.resolve(number) : HttpStatus.NOT_FOUND;
        var known = status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
        var path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return ProblemResponses.of(
                body(known, path == null ? request.getRequestURI() : path.toString()), new HttpHeaders(), request);
    }

    static ProblemDetail body(HttpStatus status, String path) {
        var body = ProblemDetail.forStatusAndDetail(status, detail(status));
        body.setType(
                URI.create("/problems/" + status.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        body.setInstance(ProblemResponses.instance(path));
        return body;
    }

    private static String detail(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "There is nothing here";
            case BAD_REQUEST -> "The request is malformed";
            default ->
                status.is5xxServerError()
                        ? "Drover failed unexpectedly; its log says why"
                        : "The request was refused: " + status.getReasonPhrase();
        };
    }
}
