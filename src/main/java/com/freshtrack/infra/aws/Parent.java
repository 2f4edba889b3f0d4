package com.freshtrack.infra.aws;

import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.Resource;
import java.util.List;

/**
 * What the parts of a stack hang their resources on.
 *
 * @param component the component that all of them descend from
 * @param name its name, with which the names of all of them begin
 */
record Parent(Resource component, String name) {
    String child(String suffix) {
        return name + "-" + suffix;
    }

    CustomResourceOptions options() {
        return builder().build();
    }

    CustomResourceOptions after(Resource... others) {
        return builder().dependsOn(List.of(others)).build();
    }

    CustomResourceOptions.Builder builder() {
        return CustomResourceOptions.builder().parent(component);
    }
}
