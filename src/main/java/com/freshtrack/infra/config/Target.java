package com.freshtrack.infra.config;

/** Where the product is put. */
public enum Target {
    SELF_HOSTED("self-hosted"),
    DO_DROPLET("do-droplet"),
    DO_APP_PLATFORM("do-app-platform"),
    AWS_EC2("aws-ec2"),
    AWS_FARGATE("aws-fargate");

    private final String text;

    Target(String text) {
        this.text = text;
    }

    /** The word that {@code freshtrack:target} takes. */
    public String text() {
        return text;
    }
}
