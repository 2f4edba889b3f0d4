package com.freshtrack.dev.plugins.simulated.aws;

import com.freshtrack.dev.plugins.simulated.Inventory;
import com.freshtrack.dev.plugins.simulated.OnlyGrows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What RDS refuses of a database's version and storage
 * (https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html, from memory).
 */
final class DatabaseRefusals {

    private static final String PARAMETERS = "aws:rds/parameterGroup:ParameterGroup";

    private static final Pattern MAJOR = Pattern.compile("[0-9]{1,4}");

    private final Inventory inventory;

    DatabaseRefusals(Inventory inventory) {
        this.inventory = inventory;
    }

    List<String> made(Map<String, Object> inputs) {
        Object group = inputs.get("parameterGroupName");
        String family = inputs.get("engine") + String.valueOf(major(inputs));
        return inventory.existing(PARAMETERS, String.valueOf(group)).stream()
                .map(found -> found.properties().get("family"))
                .filter(found -> inputs.containsKey("engineVersion") && !family.equals(found))
                .map(found -> "property \"parameterGroupName\" names parameters of another version: got " + found
                        + "; allowed is " + family)
                .toList();
    }

    List<String> changed(Map<String, Object> olds, Map<String, Object> inputs) {
        List<String> problems = new ArrayList<>(made(inputs));
        if (major(inputs) < major(olds)) {
            problems.add("property \"engineVersion\" goes back: got " + major(inputs) + " after " + major(olds)
                    + "; allowed is " + major(olds) + " or newer");
        } else if (major(inputs) > major(olds) && !Boolean.TRUE.equals(inputs.get("allowMajorVersionUpgrade"))) {
            problems.add("property \"engineVersion\" is another major version: got " + major(inputs) + " after "
                    + major(olds) + "; allowed is that with allowMajorVersionUpgrade true");
        }
        problems.addAll(OnlyGrows.problems("allocatedStorage", "", olds, inputs));
        return problems;
    }

    /** 0 where no version is asked for, which is RDS's choice then. */
    private static int major(Map<String, Object> properties) {
        Matcher number = MAJOR.matcher(String.valueOf(properties.get("engineVersion")));
        return number.lookingAt() ? Integer.parseInt(number.group()) : 0;
    }
}
