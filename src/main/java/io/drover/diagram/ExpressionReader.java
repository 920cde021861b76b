package io.drover.diagram;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one expression by the grammar of the unified expression language, without the parts that call something. */
final class ExpressionReader {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:"
            + "(?<number>\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d+)?|\\.\\d+(?:[eE][+-]?\\d+)?)"
            + "|(?<text>'(?:[^'\\\\]|\\\\.)*'|\"(?:[^\"\\\\]|\\\\.)*\")"
            + "|(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*)"
            + "|(?<sign>&&|\\|\\||==|!=|<=|>=|[-+*/%<>!?:.,()\\[\\]]))");
    private static final Set<String> BINARY = Set.of(
            "&&", "||", "and", "or", "==", "!=", "<", ">", "<=", ">=", "eq", "ne", "lt", "gt", "le", "ge", "+", "-",
            "*", "/", "%", "div", "mod");
    private static final Set<String> UNARY = Set.of("!", "not", "-", "empty");
    private static final Set<String> LITERALS = Set.of("true", "false", "null");
    private static final int DEEPEST = 50;
    private static final String VARIABLES = ". Expressions are made of variables, constants, operators and now()";
    private static final String NOW = "now";
    private static final String EXECUTION = "execution";

    /** What an expression may know of where it stands. */
    private static final Set<String> FACTS =
            Set.of("processBusinessKey", "processInstanceId", "currentActivityId", "currentActivityName");

    /** Names of the engine's that are no variables. */
    private static final Set<String> ENGINE = Set.of(EXECUTION, "task", "caseExecution", "externalTask");

    private final List<String> tokens = new ArrayList<>();
    private int at;
    private int depth;

    /** The expression is not allowed; the message says why. */
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message);
        }
    }

    /** @param expression without its braces */
    ExpressionReader(String expression) throws Wrong {
        var matcher = TOKEN.matcher(expression.stripTrailing());
        int from = 0;
        while (from < expression.stripTrailing().length()) {
            if (!matcher.find(from) || matcher.start() != from) {
                throw new Wrong("has '" + expression.substring(from).strip() + "', which cannot be read");
            }
            tokens.add(matcher.group().strip());
            from = matcher.end();
        }
    }

    void read() throws Wrong {
        if (tokens.isEmpty()) {
            throw new Wrong("is empty");
        }
        choice();
        if (at < tokens.size()) {
            throw new Wrong("cannot be read from '" + tokens.get(at) + "' on");
        }
    }

    private void choice() throws Wrong {
        if (++depth > DEEPEST) {
            throw new Wrong("is nested more than " + DEEPEST + " deep");
        }
        operand();
        while (at < tokens.size() && BINARY.contains(tokens.get(at))) {
            at++;
            operand();
        }
        if (takes("?")) {
            choice();
            expect(":");
            choice();
        }
        depth--;
    }

    private void operand() throws Wrong {
        while (at < tokens.size() && UNARY.contains(tokens.get(at))) {
            at++;
        }
        var token = next();
        if (token.equals("(")) {
            choice();
            expect(")");
        } else if (isName(token)) {
            named(token);
        } else if (!Character.isDigit(token.charAt(0)) && "'\".".indexOf(token.charAt(0)) < 0 || token.equals(".")) {
            throw new Wrong("cannot be read at '" + token + "'");
        }
        parts();
    }

    private void named(String name) throws Wrong {
        if (BINARY.contains(name)) {
            throw new Wrong("cannot be read at '" + name + "'");
        }
        boolean prefixed = at + 2 < tokens.size()
                && tokens.get(at).equals(":")
                && isName(tokens.get(at + 1))
                && tokens.get(at + 2).equals("(");
        if (!prefixed
                && name.equals(NOW)
                && isNext("(")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).equals(")")) {
            at += 2;
        } else if (prefixed || isNext("(") && !LITERALS.contains(name)) {
            throw new Wrong(
                    "calls the function '" + (prefixed ? name + ":" + tokens.get(at + 1) : name) + "'" + VARIABLES);
        } else if (ENGINE.contains(name) && !(name.equals(EXECUTION) && isFact())) {
            throw new Wrong("names '" + name + "', which is the engine's" + VARIABLES);
        }
    }

    private boolean isFact() {
        return isNext(".") && at + 1 < tokens.size() && FACTS.contains(tokens.get(at + 1));
    }

    private boolean isNext(String token) {
        return at < tokens.size() && tokens.get(at).equals(token);
    }

    private void parts() throws Wrong {
        while (at < tokens.size()) {
            if (takes("[")) {
                choice();
                expect("]");
            } else if (takes(".")) {
                part(next());
            } else {
                return;
            }
            if (isNext("(")) {
                throw new Wrong("calls the method '" + tokens.get(at - 1) + "'" + VARIABLES);
            }
        }
    }

    private void part(String name) throws Wrong {
        if (!isName(name)) {
            throw new Wrong("cannot be read at '" + name + "'");
        }
        if (name.equals("class")) {
            throw new Wrong("reads 'class'" + VARIABLES);
        }
    }

    private String next() throws Wrong {
        if (at >= tokens.size()) {
            throw new Wrong("ends too early");
        }
        return tokens.get(at++);
    }

    private boolean takes(String token) {
        boolean there = isNext(token);
        at += there ? 1 : 0;
        return there;
    }

    private void expect(String token) throws Wrong {
        if (!takes(token)) {
            throw new Wrong("lacks '" + token + "'" + (at < tokens.size() ? " before '" + tokens.get(at) + "'" : ""));
        }
    }

    private static boolean isName(String token) {
        return Character.isLetter(token.charAt(0)) || token.charAt(0) == '_' || token.charAt(0) == '$';
    }
}
