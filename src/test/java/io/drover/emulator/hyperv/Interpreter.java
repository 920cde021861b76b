package io.drover.emulator.hyperv;

import io.drover.emulator.hyperv.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the few forms of PowerShell that the extension sends: lines of {@code $name = value} or pipelines of cmdlets with
 * named parameters whose values are literals, numbers, variables and lists. All else is an error, as are cmdlets and
 * parameters that are not known. It is no PowerShell: whether one reads the scripts in the same way is not proved by it.
 */
final class Interpreter {

    private final Map<String, Cmdlet> cmdlets;
    private final Map<String, Object> variables = new HashMap<>();
    private final StringBuilder output = new StringBuilder();
    private List<Token> tokens = List.of();
    private int at;

    Interpreter(Map<String, Cmdlet> cmdlets) {
        this.cmdlets = cmdlets;
        variables.put("$true", true);
        variables.put("$false", false);
    }

    /** What the script prints; a {@link PowerShellError} ends it. */
    String run(String script) {
        tokens = Token.of(script);
        for (at = 0; at < tokens.size(); at++) {
            if (peek().kind() != Kind.END) {
                statement();
            }
        }
        return output.toString();
    }

    private void statement() {
        var target =
                tokens.get(at + 1).kind() == Kind.ASSIGN ? take(Kind.VARIABLE).text() : null;
        if (target != null) {
            take(Kind.ASSIGN);
        }
        if (peek().kind() == Kind.LITERAL) {
            variables.put(String.valueOf(target), take(Kind.LITERAL).text());
        } else {
            finish(target, pipeline());
        }
        if (peek().kind() != Kind.END) {
            throw unexpected(peek());
        }
    }

    private void finish(@Nullable String target, List<?> result) {
        if (target != null) {
            variables.put(target, result.size() == 1 ? result.get(0) : result);
            return;
        }
        for (var each : result) {
            if (!(each instanceof String)) {
                throw new IllegalStateException("The script would print a table of " + each.getClass());
            }
            output.append(each).append("\r\n");
        }
    }

    private List<?> pipeline() {
        requireStop();
        List<?> passed = command(List.of());
        while (peek().kind() == Kind.PIPE) {
            at++;
            passed = command(passed);
        }
        return passed;
    }

    private void requireStop() {
        if (!"Stop".equals(variables.get("$ErrorActionPreference"))) {
            throw new IllegalStateException("Scripts must stop at their first error");
        }
    }

    private List<?> command(List<?> input) {
        var name = take(Kind.WORD).text();
        var cmdlet = cmdlets.get(name);
        if (cmdlet == null) {
            throw new PowerShellError(
                    "The term '" + name
                            + "' is not recognized as the name of a cmdlet, function, script file, or operable program.",
                    "CommandNotFoundException");
        }
        var given = Arguments.none();
        while (peek().kind() == Kind.PARAMETER) {
            parameter(cmdlet, given);
        }
        return cmdlet.work().run(new Arguments(name, given, List.copyOf(input)));
    }

    private void parameter(Cmdlet cmdlet, Map<String, Object> given) {
        var parts = take(Kind.PARAMETER).text().substring(1).split(":", 2);
        var name = parts[0];
        if (parts.length == 2 || cmdlet.switches().contains(name)) {
            given.put(name, parts.length == 2 ? variable(parts[1]) : Arguments.switchedOn());
        } else if (cmdlet.parameters().contains(name)) {
            given.put(name, values());
        }
        if (!cmdlet.switches().contains(name) && !cmdlet.parameters().contains(name)) {
            throw new PowerShellError(
                    "A parameter cannot be found that matches parameter name '" + name + "'.",
                    "NamedParameterNotFound," + cmdlet.name());
        }
    }

    private Object values() {
        var values = new ArrayList<Object>(List.of(value()));
        while (peek().kind() == Kind.COMMA) {
            at++;
            values.add(value());
        }
        return values.size() == 1 ? values.get(0) : values;
    }

    private Object value() {
        var token = peek();
        at++;
        if (token.kind() == Kind.VARIABLE) {
            return variable(token.text());
        } else if (token.kind() == Kind.NUMBER) {
            return Long.parseLong(token.text());
        } else if (token.kind() == Kind.LITERAL || token.kind() == Kind.WORD || token.kind() == Kind.COMPUTED) {
            return token.text();
        }
        throw unexpected(token);
    }

    private Object variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("The variable " + name + " was never set");
        }
        return value;
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token take(Kind kind) {
        var token = peek();
        if (token.kind() != kind) {
            throw unexpected(token);
        }
        at++;
        return token;
    }

    private static PowerShellError unexpected(Token token) {
        return new PowerShellError(
                "Unexpected token '" + token.text() + "' in expression or statement.", "UnexpectedToken");
    }
}
