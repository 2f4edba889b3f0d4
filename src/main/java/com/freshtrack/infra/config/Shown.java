package com.freshtrack.infra.config;

import java.util.regex.Pattern;

/** How a value that somebody gave is shown in a message: on one line, without control characters, without passwords. */
final class Shown {
    private static final int LONGEST = 120;
    private static final Pattern PASSWORD_IN_URL = Pattern.compile("://([^/@:\\s]*):[^/@\\s]*@");
    private static final Pattern PLAIN_WORD = Pattern.compile("[A-Za-z0-9@%+=:,./_-]+");

    private Shown() {}

    /** The text in double quotes, escaped, and cut where it is long. */
    static String text(String value) {
        var redacted = PASSWORD_IN_URL.matcher(value).replaceAll("://$1:" + SecretText.REDACTED + "@");
        var shown = new StringBuilder("\"");
        redacted.codePoints().limit(LONGEST).forEach(character -> {
            if (character == '"' || character == '\\') {
                shown.append('\\').appendCodePoint(character);
            } else if (character >= ' ' && character <= '~') {
                shown.appendCodePoint(character);
            } else {
                shown.append("\\u{%x}".formatted(character));
            }
        });
        return shown.append(redacted.codePointCount(0, redacted.length()) > LONGEST ? "…\"" : "\"")
                .toString();
    }

    /** Whether the value is a URL with a password in it. */
    static boolean holdsPassword(String value) {
        return PASSWORD_IN_URL.matcher(value).find();
    }

    /** The text as one word of a POSIX shell. */
    static String shellWord(String value) {
        return PLAIN_WORD.matcher(value).matches() ? value : "'" + value.replace("'", "'\\''") + "'";
    }
}
