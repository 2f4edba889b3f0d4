package com.freshtrack.infra;

/** SSH keys that were made for tests and are used nowhere. */
public final class SshKeys {
    public static final String HOST =
            """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
            QyNTUxOQAAACDJJGnYYHKH7qkUQnRNX7b0cfwOKcMTajaMsbslH9Ki7gAAAJjgxJ4G4MSe
            BgAAAAtzc2gtZWQyNTUxOQAAACDJJGnYYHKH7qkUQnRNX7b0cfwOKcMTajaMsbslH9Ki7g
            AAAEBr49OXG0tsulA5J7wFF7MI8xPaUefwm2heGh6GNsw+ZMkkadhgcofuqRRCdE1ftvRx
            /A4pwxNqNoyxuyUf0qLuAAAADmZvciB0ZXN0cyBvbmx5AQIDBAUGBw==
            -----END OPENSSH PRIVATE KEY-----
            """;

    public static final String HOST_PUBLIC =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMkkadhgcofuqRRCdE1ftvRx/A4pwxNqNoyxuyUf0qLu";

    public static final String DEPLOY =
            """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW
            QyNTUxOQAAACAeleEQNfpD3LZWuiINJVP5YnvmHgWy7zNkKsGWJWqvEgAAAJjxvHIq8bxy
            KgAAAAtzc2gtZWQyNTUxOQAAACAeleEQNfpD3LZWuiINJVP5YnvmHgWy7zNkKsGWJWqvEg
            AAAEBRzzo4RwNiXFPYNE+OmEsNybhdGaQbzMmj1X0e+hYHGh6V4RA1+kPctla6Ig0lU/li
            e+YeBbLvM2QqwZYlaq8SAAAADmZvciB0ZXN0cyBvbmx5AQIDBAUGBw==
            -----END OPENSSH PRIVATE KEY-----
            """;

    public static final String DEPLOY_PUBLIC =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB6V4RA1+kPctla6Ig0lU/lie+YeBbLvM2QqwZYlaq8S";

    /** With a passphrase. */
    public static final String LOCKED =
            """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDIfALqvm
            1zsjWBnDnZ9dKQAAAAEAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIO9gkMpuqXOuQzHb
            i7dxSjx8ujey6E01pIJrrAahqN1PAAAAoGz2WUGw46ghk9A6UXmAuUOsaa2H6uam9wqjTp
            hrRzKs6DgNGYanLwXmvknc79NY0kcM2nPNasrzCtzoEnrE7H1xMRErQWzNSXRDJE9eedrf
            fmYywHo6n4kPcd+rY6RWFAU3qQ3Y/k6f6Q+jAOO28IZlB3qwzYg4I+7H1KJHRgwlseKIpT
            ODDp0ndsS1xNYghHUceU6bxjP44g4MjTqWVgA=
            -----END OPENSSH PRIVATE KEY-----
            """;

    /** Of another type, ECDSA. */
    public static final String OTHER_TYPE =
            """
            -----BEGIN OPENSSH PRIVATE KEY-----
            b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS
            1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQQM9PrpvSggZPmowz0jMbJz0RN/K74b
            HmYbs/BK7yrtQ5BL/da9eKGx1iKwWNUI8kFYXCSBWyAKp/b/j8LMhAjyAAAAoIAXivaAF4
            r2AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBAz0+um9KCBk+ajD
            PSMxsnPRE38rvhseZhuz8ErvKu1DkEv91r14obHWIrBY1QjyQVhcJIFbIAqn9v+PwsyECP
            IAAAAhAKJB0VVj2noaEsr1UzbhD1c4+ZBKezUQrkUUEXIxvxxiAAAAAXQBAgMEBQY=
            -----END OPENSSH PRIVATE KEY-----
            """;

    private SshKeys() {}
}
