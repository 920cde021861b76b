package io.drover.secret;

import java.util.HashMap;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;

/** HTML's and XML's character references: HTML 4's names, those that HTML 5 has for ASCII, and numbers. */
final class Entities {
    private static final int LONGEST_NAME = 16;
    private static final Map<String, Integer> HTML5 = new HashMap<>();

    static {
        var names = "excl ! quot \" num # dollar $ percnt % amp & apos ' lpar ( rpar ) ast * midast * plus + comma ,"
                + " period . sol / colon : semi ; lt < equals = gt > quest ? commat @ lsqb [ lbrack [ bsol \\ rsqb ]"
                + " rbrack ] Hat ^ lowbar _ UnderBar _ grave ` DiacriticalGrave ` lcub { lbrace { verbar | vert |"
                + " VerticalLine | rcub } rbrace }";
        var words = names.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            HTML5.put(words[i], (int) words[i + 1].charAt(0));
        }
        HTML5.put("Tab", (int) '\t');
        HTML5.put("NewLine", (int) '\n');
    }

    private Entities() {}

    /** Adds what the reference at an ampersand stands for, also where its ampersand is a reference itself. */
    static void read(String text, int at, Readings readings) {
        int pos = at + 1;
        while (text.startsWith("amp;", pos)) {
            pos += 4;
            readings.add('&', pos);
        }
        if (text.startsWith("#", pos)) {
            number(text, pos + 1, readings);
        } else {
            name(text, pos, readings);
        }
    }

    private static void number(String text, int at, Readings readings) {
        boolean hex = at < text.length() && (text.charAt(at) == 'x' || text.charAt(at) == 'X');
        int pos = hex ? at + 1 : at;
        int value = 0;
        int digits = 0;
        while (pos < text.length() && digits < 8) {
            int digit = Character.digit(text.charAt(pos), hex ? 16 : 10);
            if (digit < 0) {
                break;
            }
            value = value * (hex ? 16 : 10) + digit;
            digits++;
            pos++;
        }
        if (digits > 0 && Character.isValidCodePoint(value)) {
            readings.add(value, text.startsWith(";", pos) ? pos + 1 : pos);
        }
    }

    private static void name(String text, int at, Readings readings) {
        int end = at;
        while (end < text.length() && end - at <= LONGEST_NAME && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        if (end == at || !text.startsWith(";", end)) {
            return;
        }
        var name = text.substring(at, end);
        var ascii = HTML5.get(name);
        if (ascii != null) {
            readings.add(ascii, end + 1);
            return;
        }
        var reference = "&" + name + ";";
        var read = HtmlUtils.htmlUnescape(reference);
        if (!read.equals(reference) && read.codePointCount(0, read.length()) == 1) {
            readings.add(read.codePointAt(0), end + 1);
        }
    }
}
