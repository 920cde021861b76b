package io.drover.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of a task's form.
 *
 * @param name the variable that it sets
 * @param label what it asks, in words
 * @param type {@code string}, {@code long}, {@code boolean}, {@code date} or {@code enum}
 * @param values what an enum can be
 * @param limits {@code min}, {@code max}, {@code minlength}, {@code maxlength}, where it has any
 * @param value what is there already, or what is taken if nothing is given
 */
public record FormField(
        String name,
        @Nullable String label,
        String type,
        boolean required,
        boolean readOnly,
        @Nullable List<String> values,
        @Nullable Map<String, String> limits,
        @Nullable String value) {}
