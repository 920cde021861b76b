package io.drover.problem.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** Whether a request would rather have a page for people than JSON for programs, by its header {@code Accept}. */
public final class PagePreference {
    private static final List<MediaType> PAGE = List.of(MediaType.TEXT_HTML);
    private static final List<MediaType> JSON = List.of(MediaType.APPLICATION_PROBLEM_JSON, MediaType.APPLICATION_JSON);

    private PagePreference() {}

    /**
     * True where HTML is accepted with a higher quality than JSON, or with the same one but more exactly, as browsers do. Who
     * accepts anything, says nothing, says it unreadably, or asks from a script that says so, is not asking for a page.
     */
    public static boolean of(HttpServletRequest request) {
        if (request.getHeader("X-Requested-With") != null) {
            return false;
        }
        try {
            var accepted = MediaType.parseMediaTypes(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
            var page = Liking.best(accepted, PAGE);
            var json = Liking.best(accepted, JSON);
            return page.quality() > json.quality()
                    || page.quality() == json.quality() && page.quality() > 0 && page.exactness() > json.exactness();
        } catch (InvalidMediaTypeException e) {
            return false;
        }
    }

    /** How much something is liked, and by how exact a range: 0 any type, 1 any subtype, 2 exactly this. */
    private record Liking(double quality, int exactness) {
        private static final Liking NONE = new Liking(0, -1);

        static Liking best(List<MediaType> accepted, List<MediaType> forms) {
            return forms.stream()
                    .map(form -> of(accepted, form))
                    .reduce((one, other) -> one.quality >= other.quality ? one : other)
                    .orElse(NONE);
        }

        /** The most exact range decides (RFC 9110, 12.5.1). */
        private static Liking of(List<MediaType> accepted, MediaType form) {
            var liking = NONE;
            for (var range : accepted) {
                var exactness = range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
                if (range.includes(form) && exactness > liking.exactness) {
                    liking = new Liking(range.getQualityValue(), exactness);
                }
            }
            return liking;
        }
    }
}
