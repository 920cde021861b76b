package io.drover.extension.manifest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is told about a custom action that has ended, with placeholders such as <code>{{actionName}}</code>. */
final class MessageTemplate {
    static final String ACTION = "actionName";
    static final String EXTENSION = "extensionName";
    static final String RESOURCE = "resourceName";

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(ACTION, EXTENSION, RESOURCE));
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");

    private MessageTemplate() {}

    /** The placeholders that mean nothing. */
    static List<String> unknown(String template) {
        return PLACEHOLDER
                .matcher(template)
                .results()
                .filter(found -> !KNOWN.contains(found.group(1)))
                .map(found -> found.group())
                .toList();
    }

    /** All placeholders there are, as they are written. */
    static String known() {
        return String.join(", ", KNOWN.stream().map(name -> "{{" + name + "}}").toList());
    }

    /** The text with the values put in; what a value contains is left as it is. */
    static String expand(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found -> Matcher.quoteReplacement(values.getOrDefault(found.group(1), found.group())));
    }
}
