package com.freshtrack.infra.services;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file that is put into a service before its start.
 *
 * <p>Its text may hold {@code ${secret:NAME}} where a secret's value belongs; a target fills them in at deploy time. Where
 * Docker's engine writes it, as root, every process of its own container can read it, because the processes are not.
 *
 * @param path where it goes, absolute
 * @param template its text, with placeholders for secrets
 * @param executable whether it can be executed
 */
public record FileSpec(String path, String template, boolean executable) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret:([A-Za-z0-9_]+)}");

    /** A file without anything to execute. */
    public static FileSpec text(String path, String template) {
        return new FileSpec(path, template, false);
    }

    /** The file {@code /run/secrets/NAME} that holds one secret and nothing else. */
    public static FileSpec secret(String name) {
        return text("/run/secrets/" + name, placeholder(name));
    }

    /** What stands for a secret's value in a template. */
    public static String placeholder(String name) {
        return "${secret:" + name + "}";
    }

    /** The names of the secrets in this file, in the order of their first appearance. */
    public Set<String> secrets() {
        var names = new LinkedHashSet<String>();
        PLACEHOLDER.matcher(template).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    /**
     * The file's text with every secret in place.
     *
     * @throws IllegalArgumentException when a secret has no value; the message names it
     */
    public String render(Map<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(match -> {
            var value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("no value for the secret " + match.group(1) + " in " + path);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    /** The octal permissions that the file gets. */
    public String permissions() {
        return executable ? "0555" : "0444";
    }
}
