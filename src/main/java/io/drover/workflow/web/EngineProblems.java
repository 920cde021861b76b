package io.drover.workflow.web;

import io.drover.problem.ProblemException;
import io.drover.problem.web.ProblemResponses;
import jakarta.servlet.http.HttpServletRequest;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What the engine refuses is about a diagram or about somebody who was faster, not a failure of the server. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class EngineProblems {

    @ExceptionHandler
    ResponseEntity<Object> onFaster(OptimisticLockingException ex, HttpServletRequest request) {
        return ProblemResponses.of(
                ProblemException.conflict("changed-meanwhile", "The process has moved on meanwhile; try again"),
                request);
    }

    @ExceptionHandler
    ResponseEntity<Object> onRefusal(ProcessEngineException ex, HttpServletRequest request) {
        return ProblemResponses.of(
                ProblemException.conflict("process-unusable", "The process cannot go on: " + ex.getMessage()), request);
    }
}
