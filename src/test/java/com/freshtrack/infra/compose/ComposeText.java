package com.freshtrack.infra.compose;

import com.freshtrack.infra.services.ServiceSpec;
import java.util.List;

/** A specification as it gets to a host with Compose. */
public final class ComposeText {
    private ComposeText() {}

    /** What host/deploy is told counts too: a file's text and whether it can be executed are the bundle's. */
    public static String of(ServiceSpec spec) {
        return ComposeFile.render("freshtrack-sample", List.of(spec))
                + spec.files().stream()
                        .map(file -> Bundle.File.of(spec.name(), file).permissions())
                        .toList();
    }
}
