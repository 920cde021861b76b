package io.drover.emulator.hyperv;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a script. Literals end at any of the quotes that PowerShell takes for a single quote, of which two are one.
 * What only an injection would need ({@code ;}, double quotes, backticks, parentheses, {@code &}) is no token.
 */
record Token(Kind kind, String text) {

    enum Kind {
        LITERAL,
        NUMBER,
        VARIABLE,
        WORD,
        PARAMETER,
        COMPUTED,
        PIPE,
        COMMA,
        ASSIGN,
        END
    }

    private static final String QUOTES = "'\u2018\u2019\u201a\u201b";

    static List<Token> of(String script) {
        var tokens = new ArrayList<Token>();
        int at = 0;
        while (at < script.length()) {
            char c = script.charAt(at);
            if (c == '\n') {
                tokens.add(new Token(Kind.END, "\n"));
                at++;
            } else if (c == ' ') {
                at++;
            } else if (QUOTES.indexOf(c) >= 0) {
                at = literal(script, at + 1, tokens);
            } else if (script.startsWith("@{", at)) {
                int end = script.indexOf("}}", at) + 2;
                tokens.add(new Token(Kind.COMPUTED, script.substring(at, end)));
                at = end;
            } else {
                at = word(script, at, tokens);
            }
        }
        tokens.add(new Token(Kind.END, ""));
        return tokens;
    }

    private static int literal(String script, int start, List<Token> tokens) {
        var text = new StringBuilder();
        for (int at = start; at < script.length(); at++) {
            char c = script.charAt(at);
            if (QUOTES.indexOf(c) >= 0) {
                if (at + 1 == script.length() || QUOTES.indexOf(script.charAt(at + 1)) < 0) {
                    tokens.add(new Token(Kind.LITERAL, text.toString()));
                    return at + 1;
                }
                at++;
            }
            text.append(c);
        }
        throw new PowerShellError("The string is missing the terminator: '.", "TerminatorExpectedAtEndOfString");
    }

    private static int word(String script, int start, List<Token> tokens) {
        char c = script.charAt(start);
        if (c == '|' || c == ',' || c == '=') {
            tokens.add(new Token(c == '|' ? Kind.PIPE : c == ',' ? Kind.COMMA : Kind.ASSIGN, String.valueOf(c)));
            return start + 1;
        }
        int end = start;
        while (end < script.length()
                && (Character.isLetterOrDigit(script.charAt(end)) || "-$:_.".indexOf(script.charAt(end)) >= 0)) {
            end++;
        }
        if (end == start) {
            throw new PowerShellError("Unexpected token '" + c + "' in expression or statement.", "UnexpectedToken");
        }
        var text = script.substring(start, end);
        tokens.add(new Token(kind(text), text));
        return end;
    }

    private static Kind kind(String text) {
        if (text.startsWith("$")) {
            return Kind.VARIABLE;
        } else if (text.matches("\\d+")) {
            return Kind.NUMBER;
        }
        return text.startsWith("-") ? Kind.PARAMETER : Kind.WORD;
    }
}
