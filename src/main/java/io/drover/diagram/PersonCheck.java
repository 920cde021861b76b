package io.drover.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whom a task for a person names, and whether four eyes are asked for, as far as these are no expressions. */
final class PersonCheck {
    static final String FOUR_EYES = "fourEyes";

    private static final String DOMAIN = "domain:";
    private static final Pattern DOMAINS = Pattern.compile("/|(/[A-Za-z0-9][A-Za-z0-9._-]{0,62})+");
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern NAMING = Pattern.compile("(user|group)\\((.*)\\)");
    private static final Pattern LIKE_FOUR_EYES = Pattern.compile("(?i)(four|4)[ _-]?eyes?");

    private final Faults faults;

    PersonCheck(Faults faults) {
        this.faults = faults;
    }

    void check(Node node) {
        if (node.isBpmn("userTask")) {
            accounts(node, "camunda:assignee", node.extension("assignee"));
            accounts(node, "camunda:candidateUsers", node.extension("candidateUsers"));
            groups(node, "camunda:candidateGroups", node.extension("candidateGroups"));
        } else if (node.isBpmn("formalExpression")) {
            resource(node);
        } else if (node.isExtension() && node.name().equals("property")) {
            fourEyes(node);
        }
        node.children().forEach(this::check);
    }

    /** BPMN's own way to name somebody: {@code user(NAME)}, {@code group(NAME)}, or a group's name alone. */
    private void resource(Node expression) {
        var around = Stream.<@Nullable Node>iterate(expression.parent(), node -> node != null, Node::parent)
                .limit(2)
                .filter(node -> node != null && node.isBpmn("humanPerformer", "performer", "potentialOwner"))
                .findFirst();
        if (around.isEmpty()) {
            return;
        }
        boolean performer = !String.valueOf(around.get().name()).equals("potentialOwner");
        for (var part : parts(expression.text())) {
            var naming = NAMING.matcher(part);
            boolean named = naming.matches();
            var name = named ? naming.group(2).strip() : part;
            if (performer || named && "user".equals(naming.group(1))) {
                accounts(expression, expression.spelling(), name);
            } else {
                groups(expression, expression.spelling(), name);
            }
        }
    }

    private void accounts(Node node, String where, @Nullable String text) {
        parts(text).stream()
                .filter(name -> !ACCOUNT.matcher(name).matches())
                .forEach(name -> faults.add(
                        node,
                        where + " names '" + name + "', which is no name of an account: those have 1 to 63 letters,"
                                + " digits or . _ -, and begin with a letter or digit"));
    }

    private void groups(Node node, String where, @Nullable String text) {
        parts(text).stream()
                .filter(name -> !isGroup(name))
                .forEach(name -> faults.add(
                        node,
                        where + " names '" + name + "', which is no group; a group is one of " + DroverWords.ROLES
                                + ", or domain: and a path, e.g. domain:/sales"));
    }

    private static boolean isGroup(String name) {
        return DroverWords.ROLES.contains(name)
                || name.startsWith(DOMAIN)
                        && DOMAINS.matcher(name.substring(DOMAIN.length())).matches();
    }

    private void fourEyes(Node property) {
        var name = String.valueOf(property.own("name"));
        var value = property.own("value");
        boolean is = name.equals(FOUR_EYES);
        if (!is && LIKE_FOUR_EYES.matcher(name).matches()) {
            faults.add(property, "The property '" + name + "' has no effect; it must be spelled " + FOUR_EYES);
        } else if (is && !property.owner().isBpmn("userTask")) {
            faults.add(property, "The property " + FOUR_EYES + " has an effect on user tasks only; remove it");
        } else if (is && !List.of("true", "false").contains(String.valueOf(value))) {
            faults.add(
                    property,
                    "The property " + FOUR_EYES + " is '" + (value == null ? "" : value)
                            + "'; it must be true (whoever has asked for the operation may not answer) or false");
        }
    }

    /** What stands between commas, without expressions, which may have commas of their own. */
    private static List<String> parts(@Nullable String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        var all = text == null ? "" : text;
        for (int at = 0; at <= all.length(); at++) {
            char c = at == all.length() ? ',' : all.charAt(at);
            if (c == '{') {
                depth++;
            } else if (c == '}') {
                depth--;
            } else if (c == ',' && (depth <= 0 || at == all.length())) {
                parts.add(all.substring(begin, at).strip());
                begin = at + 1;
            }
        }
        parts.removeIf(part -> part.isEmpty() || Expressions.isIn(part));
        return parts;
    }
}
