package com.freshtrack.infra.config;

/** How much is at stake: {@code prod} protects and retains what holds data and refuses what can't be repeated. */
public enum Environment {
    DEV("dev"),
    PROD("prod");

    private final String text;

    Environment(String text) {
        this.text = text;
    }

    /** The word that {@code freshtrack:environment} takes. */
    public String text() {
        return text;
    }
}
