package io.drover.problem.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Refuses who wants an answer in another form than there is before anything is done, not after it. */
@Component
class AcceptCheck implements HandlerInterceptor, WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws HttpMediaTypeNotAcceptableException {
        var accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        if (handler instanceof HandlerMethod method && !method.isVoid() && !accepted.isEmpty()) {
            var forms = forms(request);
            if (accepted.stream().noneMatch(wanted -> forms.stream().anyMatch(wanted::isCompatibleWith))) {
                throw new HttpMediaTypeNotAcceptableException(forms);
            }
        }
        return true;
    }

    /** What the handler says that it answers; JSON unless it says something. */
    private static List<MediaType> forms(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE) instanceof Set<?> said
                ? said.stream().map(MediaType.class::cast).toList()
                : List.of(MediaType.APPLICATION_JSON);
    }
}
