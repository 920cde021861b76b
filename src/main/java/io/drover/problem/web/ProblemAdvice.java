package io.drover.problem.web;

import io.drover.problem.DatabaseAway;
import io.drover.problem.ProblemException;
import io.drover.problem.Violation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.BadRequestException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/** Turns every refusal and every framework error into RFC 9457 problem details; the only place that knows status codes. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    private final EveryFault faults;

    ProblemAdvice(EveryFault faults) {
        this.faults = faults;
    }

    @ExceptionHandler
    ResponseEntity<Object> onRefusal(ProblemException refusal, WebRequest request) {
        return problem(refusal, request);
    }

    /** The firewall looks at parameters only when they are read. */
    @ExceptionHandler
    ResponseEntity<Object> onRejected(RequestRejectedException rejected, WebRequest request) {
        return problem(ProblemException.invalid("?", "parameters must have no NUL", null), request);
    }

    /** Everything else is a bug: the client gets no detail, the log gets all of it. */
    @ExceptionHandler
    ResponseEntity<Object> onBug(Exception bug, WebRequest request) throws Exception {
        if (bug instanceof AccessDeniedException || bug instanceof AuthenticationException) {
            throw bug;
        }
        for (Throwable cause = bug; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyRefusedException refused) {
                return problem(refused.refusal(), request);
            }
            if (cause instanceof BadRequestException || cause instanceof ClientAbortException) {
                return problem(ProblemException.invalid("", "the body is cut off or wrongly framed", null), request);
            }
        }
        var away = DatabaseAway.refusal(bug);
        if (away.isPresent()) {
            LOG.warn("{}: the database cannot be reached", request.getDescription(false));
            return problem(away.get(), request);
        }
        LOG.error("Unexpected failure of {}", request.getDescription(false), bug);
        var body = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "Drover failed unexpectedly; its log says why");
        body.setType(URI.create("/problems/internal-error"));
        return respond(body, new HttpHeaders(), bug, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        List<Violation> violations = new ArrayList<>();
        ex.getFieldErrors()
                .forEach(error -> violations.add(new Violation(
                        "/" + error.getField().replace('.', '/'),
                        "NotNull".equals(error.getCode()) ? "is missing" : String.valueOf(error.getDefaultMessage()),
                        error.getRejectedValue())));
        return problem(ProblemException.invalid(violations), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return problem(faults.refusal(ex), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(
            HttpMediaTypeNotSupportedException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var taken = ex.getSupportedMediaTypes().stream()
                .filter(MediaType::isConcrete)
                .map(MediaType::toString)
                .distinct()
                .collect(Collectors.joining(" or "));
        var given = ex.getContentType() == null ? "it is missing" : "not '" + ex.getContentType() + "'";
        var detail = "Content-Type must be " + (taken.isEmpty() ? "application/json" : taken) + "; " + given;
        return respond(ProblemDetail.forStatusAndDetail(status, detail), headers, ex, request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onWrongType(MethodArgumentTypeMismatchException ex, WebRequest request) {
        var pointer = (ex.getParameter().hasParameterAnnotation(PathVariable.class) ? "path:" : "?") + ex.getName();
        var message = "must be " + TypeWords.of(ex.getRequiredType());
        return problem(ProblemException.invalid(pointer, message, String.valueOf(ex.getValue())), request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var detail = "There is nothing at " + ex.getHttpMethod() + " /" + ex.getResourcePath();
        return respond(ProblemDetail.forStatusAndDetail(status, detail), headers, ex, request);
    }

    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception ex, @Nullable Object given, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        var body = given == null && ex instanceof ErrorResponse response ? response.getBody() : given;
        if (body instanceof ProblemDetail detail && detail.getType().equals(URI.create("about:blank"))) {
            var known = HttpStatus.resolve(status.value());
            var slug = known == null
                    ? "error"
                    : known.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
            detail.setType(URI.create("/problems/" + slug));
        }
        var response = super.handleExceptionInternal(ex, body, headers, status, request);
        if (response != null
                && response.getBody() instanceof ProblemDetail problem
                && request instanceof ServletWebRequest web
                && PagePreference.of(web.getRequest())) {
            return ProblemResponses.of(problem, headers, web.getRequest());
        }
        return response == null ? ResponseEntity.status(status).build() : response;
    }

    private ResponseEntity<Object> problem(ProblemException refusal, WebRequest request) {
        var body = ProblemResponses.body(refusal);
        var headers = new HttpHeaders();
        ProblemResponses.retryAfter(refusal).ifPresent(seconds -> headers.set(HttpHeaders.RETRY_AFTER, seconds));
        return respond(body, headers, refusal, request);
    }

    private ResponseEntity<Object> respond(ProblemDetail body, HttpHeaders headers, Exception ex, WebRequest request) {
        return handleExceptionInternal(ex, body, headers, HttpStatusCode.valueOf(body.getStatus()), request);
    }
}
