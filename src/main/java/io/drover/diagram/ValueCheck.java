package io.drover.diagram;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that the engine would only look at once it needs them. */
final class ValueCheck {
    private static final String TIME = "(T(?=\\d)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?";
    private static final String PERIOD = "P(?=.)(\\d+Y)?(\\d+M)?(\\d+D)?" + TIME;
    private static final String DATE =
            "\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d:?\\d\\d)?)?";
    private static final Pattern DURATION = Pattern.compile(PERIOD);
    private static final Pattern MOMENT = Pattern.compile(DATE);
    private static final Pattern CYCLE = Pattern.compile("R\\d*(/" + DATE + ")?/" + PERIOD + "(/" + DATE + ")?");
    private static final Pattern CRON = Pattern.compile("\\S+(\\s+\\S+){5,6}");
    private static final Pattern RETRIES =
            Pattern.compile("R\\d+/" + PERIOD + "|" + PERIOD + "(\\s*,\\s*" + PERIOD + ")*");
    private static final Pattern TIME_TO_LIVE = Pattern.compile("P\\d{1,9}D|\\d{1,9}");
    private static final Pattern FORM_KEY = Pattern.compile("[\\w.-]+");
    private static final List<String> FIELD_TYPES = List.of("string", "long", "boolean", "date", "enum");
    private static final List<String> CONSTRAINTS =
            List.of("required", "readonly", "min", "max", "minlength", "maxlength");
    private static final List<String> BINDINGS = List.of("latest", "deployment", "version", "versionTag");

    private final Faults faults;

    ValueCheck(Faults faults) {
        this.faults = faults;
    }

    void check(Node node) {
        if (node.isExtension()) {
            extension(node);
        } else if (node.isBpmn()) {
            timer(node);
            bpmn(node);
        }
        node.children().forEach(this::check);
    }

    private void extension(Node node) {
        switch (node.name()) {
            case "formField" -> formField(node);
            case "formProperty" -> oneOf(node, "type", node.own("type"), FIELD_TYPES);
            case "constraint" -> {
                if (node.own("name") == null) {
                    faults.add(node, "A constraint must have a name, one of " + CONSTRAINTS);
                }
                oneOf(node, "name", node.own("name"), CONSTRAINTS);
            }
            case "failedJobRetryTimeCycle" ->
                must(node, node.text(), RETRIES, "like R3/PT10S, attempts / pause, or a list of pauses");
            default -> {}
        }
    }

    private void formField(Node field) {
        if (field.own("id") == null || field.own("type") == null) {
            faults.add(field, "A field of a form must have an id and a type, one of " + FIELD_TYPES);
        }
        oneOf(field, "type", field.own("type"), FIELD_TYPES);
    }

    private void bpmn(Node node) {
        var key = node.extension("formKey");
        if (key != null && !FORM_KEY.matcher(key).matches()) {
            faults.add(
                    node,
                    "camunda:formKey=\"" + key + "\" is not allowed: forms in files are not served; put the fields"
                            + " into the diagram, as camunda:formData");
        }
        if (node.name().equals("callActivity")) {
            callActivity(node);
        }
        var timeToLive = node.extension("historyTimeToLive");
        if (timeToLive != null && !TIME_TO_LIVE.matcher(timeToLive).matches()) {
            faults.add(node, "camunda:historyTimeToLive=\"" + timeToLive + "\" must be days, e.g. P30D or 30");
        }
    }

    private void callActivity(Node call) {
        oneOf(call, "camunda:calledElementBinding", call.extension("calledElementBinding"), BINDINGS);
        var called = call.own("calledElement");
        if (called == null || called.isBlank()) {
            faults.add(call, "The call activity must name the process that it calls, as calledElement");
        } else if (DroverWords.isOperation(called) && !DroverWords.OPERATIONS.contains(DroverWords.verbOf(called))) {
            faults.add(
                    call,
                    "calledElement=\"" + called + "\": there is no operation '" + DroverWords.verbOf(called)
                            + "'; there are " + DroverWords.OPERATIONS);
        }
    }

    private void timer(Node node) {
        switch (node.name()) {
            case "timeDuration" -> must(node, node.text(), DURATION, "an ISO 8601 duration such as PT5M");
            case "timeDate" -> must(node, node.text(), MOMENT, "an ISO 8601 date such as 2027-01-31T08:00:00Z");
            case "timeCycle" -> {
                if (!CRON.matcher(node.text()).matches()) {
                    must(node, node.text(), CYCLE, "like R3/PT10M, or a cron expression of six parts");
                }
            }
            default -> {}
        }
    }

    private void must(Node node, String value, Pattern pattern, String rule) {
        if (!Expressions.isIn(value) && !pattern.matcher(value).matches()) {
            faults.add(node, "'" + value + "' in '" + node.spelling() + "' must be " + rule);
        }
    }

    private void oneOf(Node node, String attribute, @Nullable String value, List<String> allowed) {
        if (value != null && !Expressions.isIn(value) && !allowed.contains(value)) {
            faults.add(node, attribute + "=\"" + value + "\" must be one of " + allowed);
        }
    }
}
